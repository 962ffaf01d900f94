<?php

declare(strict_types=1);

namespace FedVerify\Core\Curve;

/** The points of a curve, by PHP's own arithmetic. */
final class Point
{
    private function __construct()
    {
    }

    /**
     * Whether a point of the curve has this x.
     *
     * @param string $x 32 bytes, big-endian, below the prime
     */
    public static function isOn(Parameters $curve, string $x): bool
    {
        $field = new PrimeField($curve->prime);
        [$x, $a, $b] = array_map([$field, 'fromBytes'], [$x, $curve->a, $curve->b]);
        $square = $field->add($field->multiply($field->add($field->multiply($x, $x), $a), $x), $b);
        // No point of these curves has 0 as its y: their orders are odd.
        return $field->equal($field->power($square, $curve->halfPrime), $field->fromInt(1));
    }
}
