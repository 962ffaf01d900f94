<?php

declare(strict_types=1);

namespace Mutants;

/** All mutants of a file. */
final class Mutations
{
    /** Of what words these make, and whether, no verdict depends: messages. */
    private const MESSAGES = ['$message'];

    /** @return list<Mutant> */
    public static function of(Source $source): array
    {
        $skipped = self::skipped($source);
        $mutants = $seen = [];
        foreach ([Swaps::class, Conditions::class, Numbers::class, Deletions::class, Tables::class] as $sort) {
            foreach ($sort::of($source) as $mutant) {
                if (!isset($skipped[$mutant->token()])) {
                    $mutant->number($seen);
                    $mutants[] = $mutant;
                }
            }
        }
        return $mutants;
    }

    /** @return array<int, true> the tokens of messages, and those before the class */
    private static function skipped(Source $source): array
    {
        $skipped = [];
        for ($index = 0; $index < $source->count() && !$source->is($index, [T_CLASS, T_INTERFACE]); $index++) {
            $skipped[$index] = true;
        }
        for (; $index < $source->count(); $index++) {
            $last = null;
            if ($source->is($index, T_NEW) && $source->is($index + 2, '(')) {
                $isFault = in_array($source->token($index + 1)->text, ['Fault', 'Refusal', 'Problem', '\LogicException'], true);
                $last = $isFault ? $source->partner($index + 2) : null;
            } elseif ($source->is($index, T_VARIABLE) && in_array($source->token($index)->text, self::MESSAGES, true)) {
                for ($last = $index; !$source->is($last, ';') && !$source->isCloser($last); $last = $source->after($last)) {
                }
            }
            for ($at = $index; $last !== null && $at <= $last; $at++) {
                $skipped[$at] = true;
            }
        }
        return $skipped;
    }
}
