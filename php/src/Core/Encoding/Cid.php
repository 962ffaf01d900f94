<?php

declare(strict_types=1);

namespace FedVerify\Core\Encoding;

/** CIDs of operations: one form only, so that no other spelling can slip through. */
final class Cid
{
    /** The multibase prefix of base32 in lower case. */
    private const BASE32_LOWER = 'b';

    private const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

    /** Version 1, the codec DAG-CBOR, SHA-256 and its 32 bytes (multicodec table). */
    private const PREFIX = "\x01\x71\x12\x20";

    /** What every such CID starts with: the prefix, as far as its bits fill characters. */
    private const START = 'bafyrei';

    /** Characters of such a CID: `b` and the base32 of 36 bytes. */
    private const CHARS = 59;

    private function __construct()
    {
    }

    /** The CID of DAG-CBOR bytes with this SHA-256: version 1, in base32 (did-plc.md, "Bytes and CID"). */
    public static function fromSha256(string $sha256): string
    {
        return self::BASE32_LOWER . Encoding::base32(self::PREFIX . $sha256);
    }

    /** The SHA-256 in such a CID; null for any other string. */
    public static function sha256In(string $text): ?string
    {
        $isPossible = strlen($text) === self::CHARS && strncmp($text, self::START, strlen(self::START)) === 0;
        if (!$isPossible || strspn($text, self::ALPHABET) !== self::CHARS) {
            return null;
        }
        $sha256 = substr(self::base32Bytes(substr($text, 1)), strlen(self::PREFIX), 32);
        // Only what we write ourselves counts: this judges the prefix's last bits and the unused ones.
        return self::fromSha256($sha256) === $text ? $sha256 : null;
    }

    /** The bytes of base32 in lower case, whatever its unused bits are. */
    private static function base32Bytes(string $text): string
    {
        // PHP's own digits of base 32 are another alphabet in the same order.
        $digits = strtr($text, self::ALPHABET, '0123456789abcdefghijklmnopqrstuv');
        $bytes = '';
        for ($at = 0; $at < strlen($digits); $at += 8) {
            $bits = (int) base_convert(str_pad(substr($digits, $at, 8), 8, '0'), 32, 10);
            $bytes .= substr(pack('J', $bits), 3);
        }
        return $bytes;
    }
}
