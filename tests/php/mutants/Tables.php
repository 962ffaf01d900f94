<?php

declare(strict_types=1);

namespace Mutants;

/** Elements that are missing: of constants, and of lists that in_array() looks through. */
final class Tables
{
    /** @return iterable<Mutant> */
    public static function of(Source $source): iterable
    {
        for ($index = 0; $index < $source->count(); $index++) {
            if ($source->is($index, '[') && (self::isConstant($source, $index) || self::isSearched($source, $index))) {
                yield from self::elements($source, $index);
            }
        }
    }

    private static function isConstant(Source $source, int $index): bool
    {
        return $source->is($index - 1, '=') && $source->is($index - 3, T_CONST);
    }

    private static function isSearched(Source $source, int $index): bool
    {
        $around = $source->around($index);
        return $around !== null && $source->is($around - 1, T_STRING)
            && $source->token($around - 1)->text === 'in_array' && $source->is($index - 1, ',');
    }

    /** @return iterable<Mutant> */
    private static function elements(Source $source, int $open): iterable
    {
        $close = $source->partner($open);
        for ($first = $open + 1; $first < $close; $first = $at + 1) {
            for ($at = $first; $at < $close && !$source->is($at, ','); $at = $source->after($at)) {
            }
            yield new Mutant($source, $first, $source->is($at, ',') ? $at : $at - 1, '');
        }
    }
}
