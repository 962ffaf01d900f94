<?php

declare(strict_types=1);

/** Randomness that a seed repeats, on every version of PHP. */
final class Random
{
    /** Starts anew for one case, so that it can be repeated alone. */
    public static function seed(int $seed, int $case): void
    {
        mt_srand(crc32("$seed/$case"));
    }

    /** An integer from 0 to $count - 1. */
    public static function below(int $count): int
    {
        return mt_rand(0, max(0, $count - 1));
    }

    /** True once in so many times. */
    public static function once(int $in): bool
    {
        return self::below($in) === 0;
    }

    /**
     * @param non-empty-list<mixed> $list
     * @return mixed
     */
    public static function pick(array $list)
    {
        return $list[self::below(count($list))];
    }

    /** @param array<string, int> $weights */
    public static function weighted(array $weights): string
    {
        $left = self::below(array_sum($weights));
        foreach ($weights as $name => $weight) {
            $left -= $weight;
            if ($left < 0) {
                break;
            }
        }
        return (string) $name;
    }

    public static function bytes(int $count): string
    {
        $bytes = '';
        for ($i = 0; $i < $count; $i++) {
            $bytes .= chr(self::below(256));
        }
        return $bytes;
    }

    /**
     * So many of the list, each at most once, in random order.
     *
     * @param list<mixed> $list
     * @return list<mixed>
     */
    public static function some(array $list, int $count): array
    {
        shuffle($list);
        return array_slice($list, 0, $count);
    }
}
