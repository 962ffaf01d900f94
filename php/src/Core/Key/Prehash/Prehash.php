<?php

declare(strict_types=1);

namespace FedVerify\Core\Key\Prehash;

use FedVerify\Core\Fault;
use FedVerify\Core\Key\EcdsaKey;
use FedVerify\Core\Key\EcdsaOutcome;

/**
 * ECDSA over a digest. PHP's openssl takes what was signed and hashes it; of a package there is only the digest, and of a
 * digest cut by numeric length (fair.md, "Truncated digests") there is nothing that it is the hash of.
 *
 * So the key is moved. A signature (r, s) is valid over the digest z under the key Q where the point (z·G + r·Q) / s has the
 * x-coordinate r. Over the hash h of a message of our own, and under the key Q' = Q + (z - h)/r · G, that is the same point:
 * (h·G + r·Q') / s = (h·G + r·Q + (z - h)·G) / s = (z·G + r·Q) / s. One signature is valid exactly where the other is, and
 * openssl judges the other.
 */
final class Prehash
{
    /**
     * What is hashed. The key that is moved by the one can be its own opposite, or need another sum than that of two
     * different points; for at least one of these three it is not and does not, since each moves it elsewhere.
     */
    private const MESSAGES = ['0', '1', '2'];

    /**
     * Checks a signature over 32 bytes of a digest, as EcdsaKey::checkMessage() does over a message.
     *
     * @throws Fault Code::API_UNSUPPORTED
     */
    public static function check(EcdsaKey $key, string $prehash, string $signature): string
    {
        $curve = $key->isP256() ? Curve::p256() : Curve::secp256k1();
        $order = $curve->order();
        $r = (string) substr($signature, 0, Point::BYTES);
        if (!$order->isNonZero($r)) {
            return EcdsaOutcome::INVALID;
        }
        $inverse = $order->inverse($order->read($r));
        $digest = $order->read($prehash);
        $point = $curve->point($key->toBytes());
        foreach (self::MESSAGES as $message) {
            $hash = $order->read(hash('sha256', $message, true));
            $scalar = $order->write($order->multiply($order->subtract($digest, $hash), $inverse));
            $moved = self::moved($curve, $point, $scalar);
            if ($moved !== null) {
                $key = $key->isP256() ? EcdsaKey::p256($moved) : EcdsaKey::secp256k1($moved);
                return $key->checkMessage($message, $signature);
            }
        }
        throw new \LogicException('three multiples of the generator are not among two points');
    }

    /** The point plus a multiple of the generator, in 33 bytes; null where the two are equal or opposite. */
    private static function moved(Curve $curve, Point $point, string $scalar): ?string
    {
        if (trim($scalar, "\0") === '') {
            return $point->compressed();
        }
        $multiple = $curve->generatorTimes($scalar);
        return $multiple->x() === $point->x() ? null : $curve->sum($point, $multiple)->compressed();
    }
}
