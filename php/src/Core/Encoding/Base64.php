<?php

declare(strict_types=1);

namespace FedVerify\Core\Encoding;

/** Base64, decoded strictly (RFC 4648): one string for one sequence of bytes. */
final class Base64
{
    /** Characters of a 64-byte signature in base64url without padding. */
    public const SIGNATURE_CHARS = 86;

    private const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

    private function __construct()
    {
    }

    /**
     * Decodes base64url without padding. Null for padding, white space, another alphabet, an impossible length, or
     * unused trailing bits that are not zero (RFC 4648, section 3.5).
     */
    public static function decodeUrl(string $text): ?string
    {
        return self::decode($text, '-_');
    }

    /** Decodes a signature of 64 bytes as decodeUrl() does. */
    public static function decodeUrlSignature(string $text): ?string
    {
        return strlen($text) === self::SIGNATURE_CHARS ? self::decodeUrl($text) : null;
    }

    /**
     * Decodes base64 or base64url, with or without padding, but otherwise as strictly as decodeUrl(): one alphabet in
     * one string, and padding to exactly a multiple of four where there is any.
     */
    public static function decodeAny(string $text): ?string
    {
        if (substr($text, -1) === '=') {
            $padding = substr($text, -2) === '==' ? 2 : 1;
            if (strlen($text) % 4 !== 0) {
                return null;
            }
            $text = substr($text, 0, -$padding);
        }
        return self::decode($text, strpbrk($text, '-_') === false ? '+/' : '-_');
    }

    /** Decodes base64 without padding, with these characters for 62 and 63. */
    private static function decode(string $text, string $last): ?string
    {
        if (strspn($text, self::LETTERS_AND_DIGITS . $last) !== strlen($text)) {
            return null;
        }
        $standard = strtr($text, $last, '+/');
        $bytes = (string) base64_decode($standard, true);
        // PHP ignores unused bits. Only what it would write itself counts, which has no impossible length either.
        return rtrim(base64_encode($bytes), '=') === $standard ? $bytes : null;
    }
}
