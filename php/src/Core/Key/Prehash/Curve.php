<?php

declare(strict_types=1);

namespace FedVerify\Core\Key\Prehash;

use FedVerify\Code;
use FedVerify\Core\Fault;

/**
 * A curve on which operations and packages are signed, with as much of its arithmetic as the sum of two points takes.
 * Multiples of the generator are openssl's: it computes the public key of a private one.
 */
final class Curve
{
    /** The object identifier of an EC public key, in DER (RFC 5480, section 2.1.1). */
    private const EC_PUBLIC_KEY = '06072a8648ce3d0201';

    /** The object identifiers of the curves, in DER (SEC 2, A.2.1), their fields' primes and their orders. */
    private const SECP256K1 = [
        '06052b8104000a',
        'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f',
        'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
    ];
    private const P256 = [
        '06082a8648ce3d030107',
        'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff',
        'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    ];

    /** @var array<string, self> */
    private static array $curves = [];

    private string $oid;
    private Modulus $field;
    private Modulus $order;

    /** @param array{0: string, 1: string, 2: string} $parameters */
    private function __construct(array $parameters)
    {
        [$oid, $field, $order] = $parameters;
        $this->oid = (string) hex2bin($oid);
        $this->field = new Modulus($field);
        $this->order = new Modulus($order);
    }

    public static function secp256k1(): self
    {
        return self::$curves['secp256k1'] = self::$curves['secp256k1'] ?? new self(self::SECP256K1);
    }

    public static function p256(): self
    {
        return self::$curves['P-256'] = self::$curves['P-256'] ?? new self(self::P256);
    }

    /** The arithmetic of scalars. */
    public function order(): Modulus
    {
        return $this->order;
    }

    /**
     * The point that the 33 bytes of a public key write.
     *
     * @throws Fault Code::API_UNSUPPORTED
     */
    public function point(string $compressed): Point
    {
        $algorithm = self::der("\x30", (string) hex2bin(self::EC_PUBLIC_KEY) . $this->oid);
        $spki = self::der("\x30", $algorithm . self::der("\x03", "\0" . $compressed));
        return $this->pointOf(openssl_pkey_get_public(self::pem('PUBLIC KEY', $spki)));
    }

    /**
     * The generator times a scalar that is not 0, in 32 bytes.
     *
     * @throws Fault Code::API_UNSUPPORTED
     */
    public function generatorTimes(string $scalar): Point
    {
        // RFC 5915, section 3. The public key is left out, so openssl computes it.
        $parameters = self::der("\xa0", $this->oid);
        $private = self::der("\x30", "\x02\x01\x01" . self::der("\x04", $scalar) . $parameters);
        return $this->pointOf(openssl_pkey_get_private(self::pem('EC PRIVATE KEY', $private)));
    }

    /** The sum of two points with different x, so neither equal nor opposite (SEC 1, section 2.2.1, rule 4). */
    public function sum(Point $a, Point $b): Point
    {
        $field = $this->field;
        [$ax, $ay] = [$field->read($a->x()), $field->read($a->y())];
        [$bx, $by] = [$field->read($b->x()), $field->read($b->y())];
        $inverse = $field->inverse($field->subtract($bx, $ax));
        $slope = $field->multiply($field->subtract($by, $ay), $inverse);
        $x = $field->subtract($field->subtract($field->multiply($slope, $slope), $ax), $bx);
        $y = $field->subtract($field->multiply($slope, $field->subtract($ax, $x)), $ay);
        return new Point($field->write($x), $field->write($y));
    }

    /**
     * @param resource|\OpenSSLAsymmetricKey|false $key
     * @throws Fault Code::API_UNSUPPORTED
     */
    private function pointOf($key): Point
    {
        $details = $key === false ? false : openssl_pkey_get_details($key);
        $x = $details === false ? null : $details['ec']['x'] ?? null;
        $y = $details === false ? null : $details['ec']['y'] ?? null;
        if (!is_string($x) || !is_string($y)) {
            $message = 'this PHP\'s openssl cannot compute with points of the curve of a signing key';
            throw new Fault(Code::API_UNSUPPORTED, $message);
        }
        return new Point(str_pad($x, Point::BYTES, "\0", STR_PAD_LEFT), str_pad($y, Point::BYTES, "\0", STR_PAD_LEFT));
    }

    /** A value in DER, of fewer than 128 bytes (X.690, section 8.1.3.4). */
    private static function der(string $tag, string $content): string
    {
        return $tag . chr(strlen($content)) . $content;
    }

    private static function pem(string $label, string $der): string
    {
        return "-----BEGIN $label-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END $label-----\n";
    }
}
