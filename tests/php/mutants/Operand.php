<?php

declare(strict_types=1);

namespace Mutants;

/** Finds what an operator stands between. */
final class Operand
{
    private const BOUNDARIES = [
        ',', ';', '=', '?', ':', T_RETURN, T_BOOLEAN_AND, T_BOOLEAN_OR, T_DOUBLE_ARROW, T_COALESCE, T_ECHO, T_THROW, T_CASE,
        T_PLUS_EQUAL, T_MINUS_EQUAL, T_CONCAT_EQUAL, T_OR_EQUAL, T_AND_EQUAL, T_XOR_EQUAL, T_SL_EQUAL, T_SR_EQUAL,
        T_COALESCE_EQUAL, T_OPEN_TAG, T_AS,
    ];

    private const COMPARISONS = [
        '<', '>', T_IS_IDENTICAL, T_IS_NOT_IDENTICAL, T_IS_EQUAL, T_IS_NOT_EQUAL, T_IS_SMALLER_OR_EQUAL,
        T_IS_GREATER_OR_EQUAL,
    ];

    /** The first token of what is left of an operator. */
    public static function left(Source $source, int $operator): int
    {
        for ($at = $operator; $at > 0; $at = $source->before($at)) {
            $isBlock = $source->isCloser($at - 1) && $source->is($source->partner($at - 1), ord('{'));
            if ($isBlock || $source->isOpener($at - 1) || $source->is($at - 1, self::BOUNDARIES)) {
                break;
            }
        }
        return $at;
    }

    /** The last token of what is right of an operator. */
    public static function right(Source $source, int $operator): int
    {
        for ($at = $operator + 1; !$source->isCloser($at) && !$source->is($at, self::BOUNDARIES);) {
            $at = $source->after($at);
        }
        return $at - 1;
    }

    /** Whether it has one of these outside its brackets. */
    public static function has(Source $source, int $first, int $last, array $kinds): bool
    {
        for ($at = $first; $at <= $last; $at = $source->after($at)) {
            if ($source->is($at, $kinds)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no other change turns the condition into its opposite: that of an operator, or of `!`. */
    public static function isPlain(Source $source, int $first, int $last): bool
    {
        return $first <= $last
            && !$source->is($first, '!')
            && !self::has($source, $first, $last, self::COMPARISONS)
            && !self::has($source, $first, $last, self::BOUNDARIES);
    }

    /** Whether a value ends here: what follows is a binary operator. */
    public static function endsAt(Source $source, int $index): bool
    {
        if ($source->is($index, T_STRING)) {
            // A constant, rather than a type.
            return $source->is($index - 1, [T_DOUBLE_COLON, T_OBJECT_OPERATOR])
                || preg_match('/^[A-Z][A-Z_\d]+$/', $source->token($index)->text) === 1;
        }
        return $source->is($index, [')', ']', '"', T_VARIABLE, T_LNUMBER, T_CONSTANT_ENCAPSED_STRING]);
    }
}
