<?php

declare(strict_types=1);

namespace FedVerify\Core\Curve;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\Asn1;

/**
 * ECDSA over a digest. PHP's openssl takes what was signed and hashes it; of a package there is only the digest, and of
 * a digest cut by numeric length (fair.md, "Truncated digests") there is nothing that it is the hash of.
 *
 * So the key is moved. A signature (r, s) is valid over the digest z under the key Q where the point (z·G + r·Q) / s
 * has the x-coordinate r. Over the hash h of a message of our own, and under the key Q' = Q + (z - h)/r · G, that is
 * the same point: (h·G + r·Q') / s = (h·G + r·Q + (z - h)·G) / s = (z·G + r·Q) / s. The one is valid exactly where the
 * other is, and openssl judges the other.
 */
final class MovedKey
{
    /**
     * What is hashed. What a message moves the key by can be the key or its opposite, and then the sum below does not
     * hold; each moves it by something else, so at most two of the three do that.
     */
    private const MESSAGES = ['0', '1', '2'];

    /** Where the object identifier of the curve is in the start of a SubjectPublicKeyInfo, before three other bytes. */
    private const CURVE_AT = 13;

    /** Bytes of a coordinate. */
    private const BYTES = 32;

    /** @var Parameters */
    private $parameters;

    /** @var PrimeField */
    private $field;

    /** @var PrimeField */
    private $scalars;

    public function __construct(Parameters $parameters)
    {
        $this->parameters = $parameters;
        $this->field = new PrimeField($parameters->prime);
        $this->scalars = new PrimeField($parameters->order);
    }

    /**
     * Whether the signature is valid (SEC 1, section 4.1.4). That r and s are between 1 and the order is for the caller
     * to check.
     *
     * @param string $key a compressed point of the curve
     * @param string $digest 32 bytes
     * @throws Fault `api.unsupported`
     */
    public function verifies(string $key, string $digest, string $r, string $s): bool
    {
        $scalars = $this->scalars;
        $inverse = $scalars->inverse($scalars->fromBytes($r));
        $digest = $scalars->fromBytes($digest);
        $point = $this->pointOf(openssl_pkey_get_public($this->publicPem($key)));
        foreach (self::MESSAGES as $message) {
            $hash = $scalars->fromBytes(hash('sha256', $message, true));
            $moved = $this->moved($point, $scalars->multiply($scalars->subtract($digest, $hash), $inverse));
            if ($moved !== null) {
                $der = Asn1::encodeSignature($r, $s);
                // -1 and false mean an error, such as that the sum of products is the neutral point.
                return @openssl_verify($message, $der, $this->publicPem($moved), 'sha256') === 1;
            }
        }
        throw new \LogicException('a point and its opposite are two points');
    }

    /**
     * The point plus the base point times the scalar, compressed; null where the two are equal or opposite.
     *
     * @param array{0: string, 1: string} $point
     * @param list<int> $scalar
     */
    private function moved(array $point, array $scalar): ?string
    {
        [$x, $y] = $point;
        if (!$this->scalars->isZero($scalar)) {
            $pem = $this->privatePem($this->scalars->toBytes($scalar));
            $by = $this->pointOf(openssl_pkey_get_private($pem));
            if ($by[0] === $x) {
                return null;
            }
            [$x, $y] = $this->sum($point, $by);
        }
        return ((ord($y[self::BYTES - 1]) & 1) === 1 ? "\3" : "\2") . $x;
    }

    /**
     * The sum of two points with different x (SEC 1, section 2.2.1, rule 4).
     *
     * @param array{0: string, 1: string} $one
     * @param array{0: string, 1: string} $other
     * @return array{0: string, 1: string}
     */
    private function sum(array $one, array $other): array
    {
        $field = $this->field;
        [$x1, $y1] = array_map([$field, 'fromBytes'], $one);
        [$x2, $y2] = array_map([$field, 'fromBytes'], $other);
        $slope = $field->multiply($field->subtract($y2, $y1), $field->inverse($field->subtract($x2, $x1)));
        $x = $field->subtract($field->subtract($field->multiply($slope, $slope), $x1), $x2);
        $y = $field->subtract($field->multiply($slope, $field->subtract($x1, $x)), $y1);
        return [$field->toBytes($x), $field->toBytes($y)];
    }

    /**
     * The coordinates of a public key, or of that which openssl computes for a private one.
     *
     * @param mixed $key
     * @return array{0: string, 1: string}
     * @throws Fault
     */
    private function pointOf($key): array
    {
        $details = $key === false ? [] : openssl_pkey_get_details($key);
        if (!isset($details['ec']['x'], $details['ec']['y'])) {
            $message = "PHP's openssl gives no coordinates of {$this->parameters->name} keys";
            throw new Fault(Code::API_UNSUPPORTED, $message);
        }
        $padded = [];
        foreach (['x', 'y'] as $name) {
            $padded[] = str_pad($details['ec'][$name], self::BYTES, "\0", STR_PAD_LEFT);
        }
        return $padded;
    }

    private function publicPem(string $compressed): string
    {
        return self::pem('PUBLIC KEY', $this->parameters->spkiPrefix . $compressed);
    }

    /** A private key without the public one (RFC 5915, section 3). */
    private function privatePem(string $scalar): string
    {
        $curve = substr($this->parameters->spkiPrefix, self::CURVE_AT, -3);
        $members = "\x02\x01\x01\x04\x20" . $scalar . "\xa0" . chr(strlen($curve)) . $curve;
        return self::pem('EC PRIVATE KEY', "\x30" . chr(strlen($members)) . $members);
    }

    private static function pem(string $label, string $der): string
    {
        return "-----BEGIN $label-----\n" . base64_encode($der) . "\n-----END $label-----\n";
    }
}
