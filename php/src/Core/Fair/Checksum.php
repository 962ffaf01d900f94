<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Quote;

/** A checksum of an artifact, in a form that can be compared. */
final class Checksum
{
    /** The algorithms, each with the number of its digest's hexadecimal digits. */
    private const HEX_DIGITS = ['sha256' => 64, 'sha384' => 96];

    private string $algorithm;
    private string $hex;

    private function __construct(string $algorithm, string $hex)
    {
        $this->algorithm = $algorithm;
        $this->hex = $hex;
    }

    /**
     * Reads `sha256:` or `sha384:` and hexadecimal in either case.
     *
     * @throws Fault Code::FAIR_CHECKSUM_UNSUPPORTED for another algorithm, Code::FAIR_CHECKSUM_MALFORMED
     */
    public static function parse(string $text): self
    {
        $parts = explode(':', $text, 2);
        if (count($parts) !== 2) {
            throw self::malformed($text);
        }
        [$algorithm, $hex] = $parts;
        if (!isset(self::HEX_DIGITS[$algorithm])) {
            $message = 'expected a checksum with sha256 or sha384, found ' . Quote::quote($algorithm);
            throw new Fault(Code::FAIR_CHECKSUM_UNSUPPORTED, $message);
        }
        $digits = self::HEX_DIGITS[$algorithm];
        if (strlen($hex) !== $digits || strspn($hex, '0123456789abcdefABCDEF') !== $digits) {
            throw self::malformed($text);
        }
        return new self($algorithm, strtr($hex, 'ABCDEF', 'abcdef'));
    }

    /** Whether the package matches the checksum. */
    public function matches(PackageDigests $digests): bool
    {
        return $this->hex === ($this->algorithm === 'sha256' ? $digests->sha256Hex() : $digests->sha384Hex());
    }

    private static function malformed(string $text): Fault
    {
        $expected = 'sha256: or sha384: and the digest in hexadecimal';
        return new Fault(Code::FAIR_CHECKSUM_MALFORMED, "expected $expected, found " . Quote::quote($text));
    }
}
