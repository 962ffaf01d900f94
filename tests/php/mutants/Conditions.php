<?php

declare(strict_types=1);

namespace Mutants;

/** Conditions that are turned round, loops that never start, and defaults where there is a value. */
final class Conditions
{
    /** @return iterable<Mutant> */
    public static function of(Source $source): iterable
    {
        $negated = [];
        for ($index = 0; $index < $source->count(); $index++) {
            foreach (self::operands($source, $index) as [$first, $last]) {
                if (!isset($negated["$first $last"]) && Operand::isPlain($source, $first, $last)) {
                    $negated["$first $last"] = true;
                    yield new Mutant($source, $first, $last, '!(' . $source->slice($first, $last) . ')');
                }
            }
            yield from self::others($source, $index);
        }
    }

    /** @return iterable<array{int, int}> what is true or false beside a token */
    private static function operands(Source $source, int $index): iterable
    {
        if ($source->is($index, [T_BOOLEAN_AND, T_BOOLEAN_OR])) {
            yield [Operand::left($source, $index), $index - 1];
            yield [$index + 1, Operand::right($source, $index)];
        } elseif ($source->is($index, '?') && Operand::endsAt($source, $index - 1)) {
            yield [Operand::left($source, $index), $index - 1];
        } elseif ($source->is($index, [T_IF, T_ELSEIF])) {
            yield [$index + 2, $source->partner($index + 1) - 1];
        }
    }

    /** @return iterable<Mutant> */
    private static function others(Source $source, int $index): iterable
    {
        if ($source->is($index, '!')) {
            yield new Mutant($source, $index, $index, '');
        } elseif ($source->is($index, T_WHILE)) {
            yield new Mutant($source, $index + 2, $source->partner($index + 1) - 1, 'false');
        } elseif ($source->is($index, T_FOREACH)) {
            for ($as = $index + 2; !$source->is($as, T_AS); $as = $source->after($as)) {
            }
            yield new Mutant($source, $index + 2, $as - 1, '[]');
        } elseif ($source->is($index, T_COALESCE)) {
            yield new Mutant($source, Operand::left($source, $index), $index - 1, 'null');
        }
    }
}
