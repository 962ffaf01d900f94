<?php

declare(strict_types=1);

namespace Mutants;

/** Statements that are left out, and bodies of conditions. */
final class Deletions
{
    private const ASSIGNMENTS = [
        '=', T_PLUS_EQUAL, T_MINUS_EQUAL, T_CONCAT_EQUAL, T_OR_EQUAL, T_AND_EQUAL, T_XOR_EQUAL, T_SL_EQUAL, T_SR_EQUAL,
        T_COALESCE_EQUAL, T_INC, T_DEC,
    ];

    /** @return iterable<Mutant> */
    public static function of(Source $source): iterable
    {
        for ($index = 1; $index < $source->count(); $index++) {
            if ($source->is($index, [T_IF, T_ELSEIF, T_ELSE])) {
                yield from self::body($source, $index);
            }
            if (self::isStart($source, $index) && self::isWorthIt($source, $index)) {
                yield new Mutant($source, $index, self::last($source, $index), ';');
            }
        }
    }

    /** Whether a statement of a function starts here. */
    private static function isStart(Source $source, int $index): bool
    {
        $around = $source->around($index);
        return $source->is($index - 1, [';', '}', ord('{')])
            && $around !== null && $source->is($around, ord('{'))
            && $source->functionAt($around) !== null;
    }

    /** The semicolon of a statement. */
    private static function last(Source $source, int $first): int
    {
        for ($at = $first; !$source->is($at, ';'); $at = $source->after($at)) {
        }
        return $at;
    }

    private static function isWorthIt(Source $source, int $index): bool
    {
        if ($source->is($index, T_THROW)) {
            return !self::isLogicException($source, $index);
        }
        if ($source->is($index, [T_CONTINUE, T_BREAK, T_UNSET])) {
            return true;
        }
        if ($source->is($index, T_RETURN)) {
            return $source->is($index + 1, ';');
        }
        return $source->is($index, [T_VARIABLE, T_STRING, T_STATIC, T_NAME_FULLY_QUALIFIED])
            && !$source->is($index + 1, T_VARIABLE)
            && !self::isOwnVariable($source, $index)
            && $source->functionAt($index)['name'] !== '__construct';
    }

    /** Without it the next line is a fault, or another change has the same effect. */
    private static function isOwnVariable(Source $source, int $index): bool
    {
        return $source->is($index, T_VARIABLE) && $source->is($index + 1, self::ASSIGNMENTS);
    }

    /** What no input reaches: a mistake of ours. */
    private static function isLogicException(Source $source, int $throw): bool
    {
        return $source->is($throw + 1, T_NEW) && $source->token($throw + 2)->text === '\LogicException';
    }

    /** @return iterable<Mutant> a body that other changes do not leave out */
    private static function body(Source $source, int $index): iterable
    {
        $open = $source->is($index + 1, '(') ? $source->partner($index + 1) + 1 : $index + 1;
        if (!$source->is($open, '{')) {
            return;
        }
        $statements = [];
        for ($at = $open + 1; $at < $source->partner($open); $at = $source->after($at)) {
            if (self::isStart($source, $at)) {
                $statements[] = $at;
            }
        }
        $last = end($statements);
        if ($last === false || $source->is($last, T_THROW) || (count($statements) === 1 && self::isWorthIt($source, $last))) {
            return;
        }
        yield new Mutant($source, $open, $source->partner($open), '{}');
    }
}
