<?php

declare(strict_types=1);

namespace Mutants;

/** One operator or word for another. */
final class Swaps
{
    private const COMPARISONS = [
        '===' => ['!=='],
        '!==' => ['==='],
        '==' => ['!='],
        '!=' => ['=='],
        '<' => ['<=', '>='],
        '<=' => ['<', '>'],
        '>' => ['>=', '<='],
        '>=' => ['>', '<'],
    ];

    private const OTHERS = [
        '&&' => ['||'],
        '||' => ['&&'],
        '++' => ['--'],
        '--' => ['++'],
        '+=' => ['-='],
        '-=' => ['+='],
        '.=' => ['='],
        '|=' => ['&='],
        '&=' => ['|='],
        '^=' => ['|='],
        '<<=' => ['>>='],
        '>>=' => ['<<='],
        '<<' => ['>>'],
        '>>' => ['<<'],
    ];

    /** These are operators only behind a value. */
    private const BEHIND_VALUES = [
        '+' => ['-'],
        '-' => ['+'],
        '*' => ['+'],
        '%' => ['+'],
        '&' => ['|'],
        '|' => ['&'],
        '^' => ['|'],
    ];

    private const FUNCTIONS = ['min' => 'max', 'max' => 'min', 'intdiv' => 'max'];

    /** @return iterable<Mutant> */
    public static function of(Source $source): iterable
    {
        for ($index = 0; $index < $source->count(); $index++) {
            foreach (self::others($source, $index) as $other) {
                yield new Mutant($source, $index, $index, $other);
            }
        }
    }

    /** @return list<string> what may stand there instead */
    private static function others(Source $source, int $index): array
    {
        $text = $source->token($index)->text;
        if ($source->is($index, T_STRING)) {
            return self::words($source, $index);
        }
        if ($source->is($index, [T_CONSTANT_ENCAPSED_STRING, T_ENCAPSED_AND_WHITESPACE])) {
            return [];
        }
        $others = self::COMPARISONS[$text] ?? self::OTHERS[$text] ?? [];
        if ($others === [] && isset(self::BEHIND_VALUES[$text]) && Operand::endsAt($source, $index - 1)) {
            $others = self::BEHIND_VALUES[$text];
        }
        return $others;
    }

    /** @return list<string> */
    private static function words(Source $source, int $index): array
    {
        $text = $source->token($index)->text;
        if (in_array($text, ['true', 'false'], true) && !self::isStrictness($source, $index)) {
            return [$text === 'true' ? 'false' : 'true'];
        }
        $isCall = $source->is($index + 1, '(') && !$source->is($index - 1, [T_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION]);
        return $isCall && isset(self::FUNCTIONS[$text]) ? [self::FUNCTIONS[$text]] : [];
    }

    /** The third argument of in_array() and the like is how we write, not a rule: what is compared has one type. */
    private static function isStrictness(Source $source, int $index): bool
    {
        $around = $source->around($index);
        return $around !== null && $source->is($around - 1, T_STRING)
            && in_array($source->token($around - 1)->text, ['in_array', 'array_search', 'array_keys'], true);
    }
}
