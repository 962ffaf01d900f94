<?php

declare(strict_types=1);

use FedVerify\Code;

/** How the report of the core in PHP may differ from that of the core in Rust: only so, each with its reason. */
final class Allowed
{
    /** Reports are compared with this in the place of what follows. */
    private const TEXT = '…';

    /**
     * Why JSON is refused: serde_json says it in its own words, and counts lines and columns. The code, the step and
     * the start of the message must be the same.
     */
    private const SERDE_JSON = '/( is not JSON: | goes on after its end: ).*\z/s';

    /** What PHP cannot judge and Rust can: undetermined, with a code that is for that alone. */
    private const CANNOT_JUDGE = [
        // A signature by openssl needs the signed bytes, whole numbers end at 2^63 - 1, and inflating has its bounds.
        Code::API_UNSUPPORTED,
        // memory_limit, which ends the whole request where it is exceeded.
        Code::IO_MEMORY,
    ];

    /** @var array<string, int> how often each difference was allowed */
    private static $counts = [];

    private function __construct()
    {
    }

    /** @return string|null how the reports differ where they may not; null where they agree */
    public static function difference(string $core, string $php): ?string
    {
        if ($core === $php) {
            return null;
        }
        [$expected, $found] = [self::decoded($core), self::decoded($php)];
        if ($found['verdict'] === 'undetermined' && in_array($found['error']['code'], self::CANNOT_JUDGE, true)) {
            self::count('undetermined, ' . $found['error']['code']);
            return null;
        }
        if (self::withoutTexts($expected) === self::withoutTexts($found)) {
            self::count('the words of serde_json');
            return null;
        }
        return implode("\n", self::lines('', $expected, $found)) ?: "written otherwise:\ncore $core\nPHP  $php";
    }

    /** @return array<string, int> */
    public static function counts(): array
    {
        return self::$counts;
    }

    private static function count(string $difference): void
    {
        self::$counts[$difference] = (self::$counts[$difference] ?? 0) + 1;
    }

    /** @return array<string, mixed> */
    private static function decoded(string $report): array
    {
        return json_decode($report, true, 512, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
    }

    /**
     * What differs, a member on a line.
     *
     * @param mixed $expected
     * @param mixed $found
     * @return list<string>
     */
    private static function lines(string $path, $expected, $found): array
    {
        if ($expected === $found) {
            return [];
        }
        if (!is_array($expected) || !is_array($found)) {
            return ["$path: core " . self::json($expected) . "\n$path: PHP  " . self::json($found)];
        }
        $lines = [];
        foreach ($expected + $found as $name => $member) {
            $lines = array_merge($lines, self::lines("$path/$name", $expected[$name] ?? null, $found[$name] ?? null));
        }
        return $lines;
    }

    /** @param mixed $value */
    private static function json($value): string
    {
        return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
    }

    /**
     * @param mixed $value
     * @return mixed
     */
    private static function withoutTexts($value)
    {
        if (is_string($value)) {
            return preg_replace(self::SERDE_JSON, '$1' . self::TEXT, $value);
        }
        return is_array($value) ? array_map([self::class, 'withoutTexts'], $value) : $value;
    }
}
