<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Encoding\Base64;
use FedVerify\Core\Fault;

/** A well-formed signature of a publisher, not yet verified, and the one check that all of them go through. */
final class Signature
{
    /** Bytes of an Ed25519 signature (RFC 8032, section 5.1.6). */
    private const SIGNATURE_BYTES = 64;

    /** The longest encoded signature: base64 with padding. Longer strings are not decoded. */
    private const MAX_ENCODED_BYTES = 88;

    /** The characters of Unicode's property White_Space, in UTF-8. */
    private const WHITE_SPACE = '/[\x09-\x0d\x20]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]'
        . '|\xe2\x81\x9f|\xe3\x80\x80/';

    /** @var string */
    private $bytes;

    private function __construct(string $bytes)
    {
        $this->bytes = $bytes;
    }

    /**
     * Decodes 64 bytes of base64 or base64url, with or without padding, and nothing else (pfn.md, "Signature
     * encoding").
     *
     * @throws Fault pfn.signature.encoding. The message says what was found
     */
    public static function parse(string $encoded): self
    {
        $size = strlen($encoded);
        if ($encoded === '') {
            throw self::unusable('an empty string');
        }
        if ($size > self::MAX_ENCODED_BYTES) {
            $max = self::MAX_ENCODED_BYTES;
            throw self::unusable("a string of $size bytes, above the $max of the longest form");
        }
        $bytes = Base64::decodeAny($encoded);
        if ($bytes === null) {
            throw self::unusable(self::notBase64($encoded));
        }
        if (strlen($bytes) !== self::SIGNATURE_BYTES) {
            throw self::unusable(strlen($bytes) . ' bytes');
        }
        return new self($bytes);
    }

    /** Whether this key made the signature over these bytes, verified strictly (keys.md, "Ed25519"). */
    public function isBy(PublisherKey $key, string $signed): bool
    {
        $ed25519 = $key->publicKey()->asEd25519();
        return $ed25519 !== null && $ed25519->verifies($signed, $this->bytes);
    }

    private static function notBase64(string $encoded): string
    {
        $what = preg_match(self::WHITE_SPACE, $encoded) !== 0
            ? 'has white space in it'
            : 'is not strict base64: it was cut off, or has a character, padding or unused bits that it should not '
                . 'have';
        return 'a string of ' . strlen($encoded) . " bytes that $what";
    }

    private static function unusable(string $found): Fault
    {
        $message = 'expected a signature of ' . self::SIGNATURE_BYTES . " bytes in base64, found $found";
        return new Fault(Code::PFN_SIGNATURE_ENCODING, $message);
    }
}
