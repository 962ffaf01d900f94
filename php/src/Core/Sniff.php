<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * Known things that are given in place of a document or a key, known by how they start or end: core/src/sniff.rs. What
 * is said of one repeats none of it: it may be secret.
 */
final class Sniff
{
    /** White space of ASCII (WHATWG Infra), which Rust trims too. */
    public const WHITE_SPACE = " \t\n\f\r";

    /**
     * How a ZIP file starts (APPNOTE.TXT, section 4.3.7). Swapped arguments are the most common mistake with
     * documents.
     */
    public const ZIP = "PK\x03\x04";

    private const URL = 'this is a URL; give the document that it leads to';

    /** No JSON starts like this. */
    private const STARTS = [
        self::ZIP => 'this is a ZIP file',
        // RFC 1952, section 2.3.1.
        "\x1f\x8b" => 'this is compressed with gzip',
        'did:' => 'this is an identity (a DID)',
        'https://' => self::URL,
        'http://' => self::URL,
        '-----BEGIN' => 'this is PEM',
        '<' => 'this is HTML or XML',
    ];

    /** The longest path that Linux opens (PATH_MAX). */
    private const MAX_PATH_BYTES = 4096;

    /**
     * Characters of the shortest form of a key: 32 bytes in base64 without padding. A key in base64 may contain
     * slashes, and even start with one, so only something shorter that starts with a slash is taken for a path.
     */
    private const SHORTEST_KEY = 43;

    /** `./`, `../`, `~/`, the same on Windows, and a drive there. */
    private const PATH_START = '~\A(?:\.{1,2}[/\\\\]|\~/|\\\\{2}|[A-Za-z]:[/\\\\])~';

    /** Two slashes, or one and a star, start a comment. */
    private const ABSOLUTE_START = '~\A/[^/*]~';

    /** A server's message may end with the name of a file, and JSON that was cut off with a URL. */
    private const NO_NAME = " \t\"";

    private const EXTENSIONS = [
        '.pem', '.pub', '.key', '.der', '.crt', '.cer', '.txt', '.json', '.jsonl', '.zip', '.php',
    ];

    private function __construct()
    {
    }

    /** What this is, where it is known. It looks at the start and the end, and at what is as short as a path. */
    public static function known(string $bytes): ?string
    {
        $bytes = trim($bytes, self::WHITE_SPACE);
        $byStart = self::byStart($bytes, self::STARTS);
        if ($byStart !== null) {
            return $byStart;
        }
        if ($bytes === '') {
            return 'this is empty';
        }
        return self::isPath($bytes) ? 'this looks like a path; give the contents of the file' : null;
    }

    /**
     * What this is, from its start, without regard to case.
     *
     * @param array<string, string> $starts each with what something is that starts so
     */
    public static function byStart(string $bytes, array $starts): ?string
    {
        foreach ($starts as $start => $what) {
            if (strncasecmp($bytes, $start, strlen($start)) === 0) {
                return $what;
            }
        }
        return null;
    }

    private static function isPath(string $bytes): bool
    {
        if (strlen($bytes) > self::MAX_PATH_BYTES || strpbrk($bytes, "\n\r") !== false) {
            return false;
        }
        if (preg_match(self::PATH_START, $bytes) === 1) {
            return true;
        }
        if (strlen($bytes) < self::SHORTEST_KEY && preg_match(self::ABSOLUTE_START, $bytes) === 1) {
            return true;
        }
        return strpbrk($bytes, self::NO_NAME) === false && self::hasExtension($bytes);
    }

    private static function hasExtension(string $bytes): bool
    {
        foreach (self::EXTENSIONS as $extension) {
            if (strcasecmp((string) substr($bytes, -strlen($extension)), $extension) === 0) {
                return true;
            }
        }
        return false;
    }
}
