<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Code;
use FedVerify\Core\Encoding\Base64;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Sniff;

/**
 * Ed25519 public keys as publishers hand them out: PEM, SubjectPublicKeyInfo, or the bare bytes in base64 (keys.md,
 * "PEM and SPKI").
 */
final class Pem
{
    /** The first line of a public key in PEM (RFC 7468, section 13). */
    private const PEM_BEGIN = '-----BEGIN PUBLIC KEY-----';

    /** Its last line. */
    private const PEM_END = '-----END PUBLIC KEY-----';

    /** How the SubjectPublicKeyInfo of an Ed25519 key starts; the key's 32 bytes follow (RFC 8410, section 4). */
    private const SPKI_PREFIX = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

    /** Bytes of an Ed25519 public key (RFC 8032, section 5.1.5). */
    private const KEY_BYTES = 32;

    private function __construct()
    {
    }

    /**
     * Reads a key: PEM on several lines or on one, the PEM body without its markers, or the bare 32 bytes; base64 or
     * base64url, with or without padding. White space around and inside is ignored.
     *
     * The federation node takes the last 32 bytes of whatever it decodes; that would verify signatures with an X25519
     * key, or with the end of an RSA modulus. Here the bytes are exactly an Ed25519 key, or refused.
     *
     * @param string $what names the key in messages
     * @throws Fault `input.too_large` above `recordBytes`, `input.not_utf8`, `pfn.key.invalid`. The message says what
     *     was given instead, and never repeats any of it: it may be a private key
     */
    public static function readEd25519(string $what, string $text, Limits $limits): PublicKey
    {
        Json::checkSize($what, $text, 'recordBytes', $limits);
        self::checkUtf8($what, $text);
        $text = trim($text, Sniff::WHITE_SPACE);
        if ($text === '') {
            throw self::noKey('the string is empty');
        }
        if (Mistakes::isPrivate($text)) {
            throw self::noKey(Mistakes::PRIVATE_KEY);
        }
        return strncmp($text, '-----BEGIN', 10) === 0 ? self::fromPem($text) : self::fromBase64($text);
    }

    /** @throws Fault */
    private static function checkUtf8(string $what, string $text): void
    {
        try {
            Json::utf8($what, $text);
        } catch (Fault $fault) {
            if (Mistakes::isDer($text)) {
                $message = "the $what is binary and looks like DER; give it as PEM";
                throw new Fault(Code::INPUT_NOT_UTF8, $message);
            }
            $thing = Sniff::known($text);
            throw $thing === null ? $fault : new Fault(Code::INPUT_NOT_UTF8, "expected the $what, but $thing");
        }
    }

    /** @throws Fault */
    private static function fromPem(string $text): PublicKey
    {
        if (strncmp($text, self::PEM_BEGIN, strlen(self::PEM_BEGIN)) !== 0) {
            throw self::noKey(Mistakes::inPem($text));
        }
        $rest = (string) substr($text, strlen(self::PEM_BEGIN));
        $isEnded = substr($rest, -strlen(self::PEM_END)) === self::PEM_END;
        $bytes = $isEnded ? self::decode((string) substr($rest, 0, -strlen(self::PEM_END))) : null;
        if ($bytes === null) {
            throw self::noKey(self::faultInPem($rest, $isEnded));
        }
        return self::fromSpki($bytes, null);
    }

    /** What is wrong with PEM, from what follows its first marker, if it is not base64 and the last marker. */
    private static function faultInPem(string $rest, bool $isEnded): string
    {
        if (strpos($rest, '\n') !== false) {
            return 'the PEM contains \n instead of line breaks';
        }
        if (strpos($rest, '-----BEGIN') !== false) {
            return 'there is more than one PEM block; give one key';
        }
        return $isEnded
            ? 'the PEM has something other than base64 between its markers'
            : 'the PEM does not end with its END line';
    }

    /** @throws Fault */
    private static function fromBase64(string $text): PublicKey
    {
        $bytes = self::decode($text);
        if ($bytes === null) {
            throw self::noKey(Mistakes::inString($text) ?? 'it is neither PEM nor base64');
        }
        if (strlen($bytes) === self::KEY_BYTES) {
            return self::fromBytes($bytes);
        }
        return self::fromSpki($bytes, Mistakes::inString($text));
    }

    private static function decode(string $text): ?string
    {
        return Base64::decodeAny(str_replace(str_split(Sniff::WHITE_SPACE), '', $text));
    }

    /**
     * Reads a SubjectPublicKeyInfo. If it is not one of ours, its bytes say what it is, or else the string that it came
     * from.
     *
     * @throws Fault
     */
    private static function fromSpki(string $bytes, ?string $mistake): PublicKey
    {
        $prefix = strlen(self::SPKI_PREFIX);
        if (strlen($bytes) === $prefix + self::KEY_BYTES && strncmp($bytes, self::SPKI_PREFIX, $prefix) === 0) {
            return self::fromBytes(substr($bytes, $prefix));
        }
        $found = 'expected ' . self::KEY_BYTES . ' bytes, or the 44 of a SubjectPublicKeyInfo, found ' . strlen($bytes);
        throw self::noKey(Mistakes::inBytes($bytes) ?? $mistake ?? $found);
    }

    /** @throws Fault */
    private static function fromBytes(string $bytes): PublicKey
    {
        try {
            return PublicKey::fromEd25519($bytes);
        } catch (Fault $fault) {
            throw new Fault(Code::PFN_KEY_INVALID, $fault->message());
        }
    }

    private static function noKey(string $what): Fault
    {
        return new Fault(Code::PFN_KEY_INVALID, "not an Ed25519 public key: $what");
    }
}
