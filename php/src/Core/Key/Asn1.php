<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

/** The one structure of DER (X.690) that ECDSA needs: a sequence of two integers of at most 32 bytes. */
final class Asn1
{
    private const SEQUENCE = "\x30";

    private const INTEGER = "\x02";

    /** Bytes of r and of s. */
    private const BYTES = 32;

    private function __construct()
    {
    }

    /** Writes r and s, 32 bytes each, as DER. */
    public static function encodeSignature(string $r, string $s): string
    {
        $content = self::integer($r) . self::integer($s);
        return self::SEQUENCE . chr(strlen($content)) . $content;
    }

    /** Reads r and s, 32 bytes each, from strict DER; null for any other form. */
    public static function decodeSignature(string $der): ?string
    {
        $r = self::unsigned($der, 2);
        $s = $r === null ? null : self::unsigned($der, 4 + ord($der[3]));
        // Whatever it is that was read: DER is what we write, byte for byte.
        return $s !== null && self::encodeSignature($r, $s) === $der ? $r . $s : null;
    }

    private static function integer(string $bytes): string
    {
        $bytes = ltrim($bytes, "\0");
        // An integer has one byte at least, and no first bit, which would be its sign.
        if ($bytes === '' || ord($bytes[0]) >= 0x80) {
            $bytes = "\0$bytes";
        }
        return self::INTEGER . chr(strlen($bytes)) . $bytes;
    }

    /** The integer at this place, as 32 bytes; null where there is none of at most so many. */
    private static function unsigned(string $der, int $at): ?string
    {
        if (strlen($der) < $at + 2) {
            return null;
        }
        $length = ord($der[$at + 1]);
        $bytes = ltrim((string) substr($der, $at + 2, $length), "\0");
        return strlen($bytes) <= self::BYTES ? str_pad($bytes, self::BYTES, "\0", STR_PAD_LEFT) : null;
    }
}
