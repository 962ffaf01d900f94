<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/**
 * What a PHP file says about the plugin that it starts: its header comment, read as WordPress reads it (pfn.md,
 * "Archive consistency").
 */
final class PluginHeader
{
    /** What PHP's `trim` removes. */
    private const PHP_TRIM = " \t\n\r\0\x0b";

    /** What `\s` is in a pattern. */
    private const WHITE_SPACE = " \t\n\x0b\x0c\r";

    /** What may come before the characters of a comment: to WordPress up to 6.8, and to 7.1. */
    private const TAGS = ['<\\?php', '<\\?(?:php)?+'];

    /** @var string */
    private $file;

    /** @var string never empty */
    private $name;

    /** @var string|null never empty */
    private $version;

    private function __construct(string $file, string $name, ?string $version)
    {
        $this->file = $file;
        $this->name = $name;
        $this->version = $version;
    }

    /**
     * The header in the start of a file, as each WordPress reads it: none if it finds no plugin name, because then it
     * does not treat the file as a plugin's; two where they read different headers.
     *
     * @return list<self>
     */
    public static function readings(string $file, string $start): array
    {
        $fields = [];
        foreach (self::TAGS as $tag) {
            $read = [self::field($start, 'plugin name', $tag), self::field($start, 'version', $tag)];
            if ($read[0] !== null && !in_array($read, $fields, true)) {
                $fields[] = $read;
            }
        }
        return array_map(static function (array $read) use ($file): self {
            return new self($file, ...$read);
        }, $fields);
    }

    public function file(): string
    {
        return $this->file;
    }

    public function name(): string
    {
        return $this->name;
    }

    public function version(): ?string
    {
        return $this->version;
    }

    /** Capital letters of ASCII made small. What PHP's own functions do depends on the locale before PHP 8.2. */
    public static function lowerCase(string $text): string
    {
        return strtr($text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
    }

    /**
     * The value of a field, if it is not empty. The field's name is in lower case.
     *
     * WordPress's `get_file_data` turns CR into LF, takes the first line that matches, without regard to case,
     * `/^(?:[ \t]*<\?php)?[ \t\/*#@]*NAME:(.*)$/` (`<\?(?:php)?` in 7.1), and what `_cleanup_header_comment`
     * leaves of it. Both work on bytes.
     */
    private static function field(string $start, string $name, string $tag): ?string
    {
        $pattern = "~(?:\\A|[\\r\\n])(?:[ \\t]*+$tag)?+[ \\t/*#@]*+$name:([^\\r\\n]*+)~";
        $count = preg_match($pattern, self::lowerCase($start), $found, PREG_OFFSET_CAPTURE);
        if ($count === false) {
            throw new \LogicException('the pattern of plugin headers failed: ' . preg_last_error());
        }
        // PHP treats the string "0" as false, and WordPress tests for that here.
        $value = $count === 1 ? substr($start, $found[1][1], strlen($found[1][0])) : '0';
        $value = $value === '0' ? '' : self::clean($value);
        return $value === '' ? null : $value;
    }

    /**
     * Cuts a value at the end of the comment or of the PHP code, and trims it
     * (`_cleanup_header_comment`: `\s*(?:\*\/|\?>).*`, then `trim`).
     */
    private static function clean(string $value): string
    {
        $ends = array_filter([strpos($value, '*/'), strpos($value, '?>')], 'is_int');
        if ($ends !== []) {
            $value = rtrim(substr($value, 0, min($ends)), self::WHITE_SPACE);
        }
        return trim($value, self::PHP_TRIM);
    }
}
