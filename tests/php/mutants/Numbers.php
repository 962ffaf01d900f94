<?php

declare(strict_types=1);

namespace Mutants;

/** Every number by one more; 1 becomes 0. */
final class Numbers
{
    /** Beside these, one more is what another operator gives: Swaps has it. */
    private const COMPARISONS = [
        '<', '>', T_IS_SMALLER_OR_EQUAL, T_IS_GREATER_OR_EQUAL, T_IS_IDENTICAL, T_IS_NOT_IDENTICAL,
    ];

    /** @return iterable<Mutant> */
    public static function of(Source $source): iterable
    {
        for ($index = 0; $index < $source->count(); $index++) {
            if (!$source->is($index, T_LNUMBER) || self::isLeftOut($source, $index)) {
                continue;
            }
            $number = intval($source->token($index)->text, 0);
            yield new Mutant($source, $index, $index, (string) ($number === 1 ? 0 : $number + 1));
        }
    }

    /** What is compared, and places of a list. */
    private static function isLeftOut(Source $source, int $index): bool
    {
        $isPlace = $source->is($index - 1, '[') && $source->is($index + 1, ']') && Operand::endsAt($source, $index - 2);
        $isCompared = $source->is($index - 1, self::COMPARISONS) || $source->is($index + 1, self::COMPARISONS);
        return $isPlace || $isCompared || $source->is($index + 1, T_DOUBLE_ARROW);
    }
}
