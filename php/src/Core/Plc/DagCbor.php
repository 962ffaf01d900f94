<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

/**
 * The few forms of DAG-CBOR that an operation has (RFC 8949, section 3): null, and strings, lists and maps of known
 * length.
 */
final class DagCbor
{
    public const NULL = "\xf6";

    private const TEXT = 0x60;

    private const LIST = 0x80;

    private const MAP = 0xa0;

    private function __construct()
    {
    }

    public static function text(string $text): string
    {
        return self::head(self::TEXT, strlen($text)) . $text;
    }

    /** @param list<string> $texts */
    public static function texts(array $texts): string
    {
        $bytes = self::head(self::LIST, count($texts));
        foreach ($texts as $text) {
            $bytes .= self::head(self::TEXT, strlen($text)) . $text;
        }
        return $bytes;
    }

    /** The start of a map, whose members follow. */
    public static function map(int $members): string
    {
        return self::head(self::MAP, $members);
    }

    /** The shortest form of a length, as DAG-CBOR demands. */
    private static function head(int $major, int $length): string
    {
        if ($length < 24) {
            return chr($major | $length);
        }
        if ($length < 0x100) {
            return chr($major | 24) . chr($length);
        }
        if ($length < 0x10000) {
            return chr($major | 25) . pack('n', $length);
        }
        return $length <= 0xffffffff ? chr($major | 26) . pack('N', $length) : chr($major | 27) . pack('J', $length);
    }
}
