<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

/** Unsigned varints (multiformats unsigned-varint specification; keys.md, "Multibase and multicodec"). */
final class Varint
{
    private function __construct()
    {
    }

    /**
     * Splits an unsigned varint of at most 63 bits off the front. Null if it is cut off, too long or not minimal.
     *
     * @return array{int, string}|null the number, and the bytes after it
     */
    public static function split(string $bytes): ?array
    {
        $value = 0;
        for ($at = 0, $shift = 0; $shift < 63 && $at < strlen($bytes); $at++, $shift += 7) {
            $byte = ord($bytes[$at]);
            $value |= ($byte & 0x7f) << $shift;
            if (($byte & 0x80) === 0) {
                $isMinimal = $byte !== 0 || $shift === 0;
                return $isMinimal ? [$value, (string) substr($bytes, $at + 1)] : null;
            }
        }
        return null;
    }

    /** Writes an unsigned varint. */
    public static function encode(int $value): string
    {
        $bytes = '';
        while ($value > 0x7f) {
            $bytes .= chr($value & 0x7f | 0x80);
            $value >>= 7;
        }
        return $bytes . chr($value);
    }
}
