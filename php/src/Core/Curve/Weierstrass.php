<?php

declare(strict_types=1);

namespace FedVerify\Core\Curve;

/**
 * ECDSA over a digest, which PHP's openssl does not offer: it takes the bytes themselves. Only packages signed in one of the
 * legacy forms need it; it takes a hundred times as long. Not in constant time: verification has no secrets.
 *
 * A point is its projective coordinates X, Y and Z; the neutral one has Z = 0.
 */
final class Weierstrass
{
    /** @var Parameters */
    private $parameters;

    /** @var PrimeField */
    private $field;

    /** @var PrimeField */
    private $scalars;

    /** @var list<int> a of the curve's equation */
    private $a;

    /** @var list<int> b of the curve's equation */
    private $b;

    /** @var list<int> */
    private $threeB;

    public function __construct(Parameters $parameters)
    {
        $this->parameters = $parameters;
        $field = $this->field = new PrimeField($parameters->prime);
        $this->scalars = new PrimeField($parameters->order);
        $this->a = $field->subtract($field->fromInt(0), $field->fromInt($parameters->minusA));
        $this->b = $field->fromBytes($parameters->b);
        $this->threeB = $field->add($field->add($this->b, $this->b), $this->b);
    }

    /**
     * Whether the signature is valid (SEC 1, section 4.1.4). That r and s are between 1 and the order is for the caller to
     * check.
     *
     * @param string $point a compressed point of the curve
     * @param string $digest 32 bytes
     */
    public function verifies(string $point, string $digest, string $r, string $s): bool
    {
        $scalars = $this->scalars;
        $inverse = $scalars->inverse($scalars->fromBytes($s));
        $ofBase = $scalars->toBytes($scalars->multiply($scalars->fromBytes($digest), $inverse));
        $ofKey = $scalars->toBytes($scalars->multiply($scalars->fromBytes($r), $inverse));
        $base = $this->decompress($this->parameters->basePoint);
        [$x, , $z] = $this->sumOfProducts($ofBase, $base, $ofKey, $this->decompress($point));
        if ($this->field->isZero($z)) {
            return false;
        }
        $x = $this->field->toBytes($this->field->multiply($x, $this->field->inverse($z)));
        return $scalars->toBytes($scalars->fromBytes($x)) === $r;
    }

    /**
     * The point of its compressed form (SEC 1, section 2.3.4), which must be one of the curve.
     *
     * @return list<list<int>>
     */
    private function decompress(string $bytes): array
    {
        $field = $this->field;
        $x = $field->fromBytes(substr($bytes, 1));
        $square = $field->add($field->multiply($field->multiply($x, $x), $x), $field->multiply($this->a, $x));
        // Both primes are 3 modulo 4.
        $y = $field->power($field->add($square, $this->b), $this->parameters->rootExponent);
        if ((ord($field->toBytes($y)[31]) & 1) !== (ord($bytes[0]) & 1)) {
            $y = $field->subtract($field->fromInt(0), $y);
        }
        return [$x, $y, $field->fromInt(1)];
    }

    /**
     * @param list<list<int>> $one
     * @param list<list<int>> $other
     * @return list<list<int>>
     */
    private function sumOfProducts(string $scalar, array $one, string $otherScalar, array $other): array
    {
        $zero = $this->field->fromInt(0);
        $point = [$zero, $this->field->fromInt(1), $zero];
        // What is added for one bit of each scalar.
        $sums = [$point, $other, $one, $this->add($one, $other)];
        foreach (unpack('C*', $scalar) as $place => $byte) {
            $otherByte = ord($otherScalar[$place - 1]);
            for ($bit = 7; $bit >= 0; $bit--) {
                $point = $this->add($point, $point);
                $index = 2 * ($byte >> $bit & 1) + ($otherByte >> $bit & 1);
                $point = $index === 0 ? $point : $this->add($point, $sums[$index]);
            }
        }
        return $point;
    }

    /**
     * Adds any two points, by formulas without exceptions (Renes, Costello, Batina: Complete addition formulas for prime order
     * elliptic curves, algorithm 1). The names are the paper's.
     *
     * @param list<list<int>> $one
     * @param list<list<int>> $other
     * @return list<list<int>>
     */
    private function add(array $one, array $other): array
    {
        $field = $this->field;
        [$x1, $y1, $z1] = $one;
        [$x2, $y2, $z2] = $other;
        $t0 = $field->multiply($x1, $x2);
        $t1 = $field->multiply($y1, $y2);
        $t2 = $field->multiply($z1, $z2);
        $t3 = $this->crossed($x1, $y1, $x2, $y2, $field->add($t0, $t1));
        $t4 = $this->crossed($x1, $z1, $x2, $z2, $field->add($t0, $t2));
        $t5 = $this->crossed($y1, $z1, $y2, $z2, $field->add($t1, $t2));
        $z3 = $field->add($field->multiply($this->threeB, $t2), $field->multiply($this->a, $t4));
        $x3 = $field->subtract($t1, $z3);
        $z3 = $field->add($t1, $z3);
        $y3 = $field->multiply($x3, $z3);
        $t2 = $field->multiply($this->a, $t2);
        $t1 = $field->add($field->add($field->add($t0, $t0), $t0), $t2);
        $t2 = $field->multiply($this->a, $field->subtract($t0, $t2));
        $t4 = $field->add($field->multiply($this->threeB, $t4), $t2);
        return [
            $field->subtract($field->multiply($t3, $x3), $field->multiply($t5, $t4)),
            $field->add($y3, $field->multiply($t1, $t4)),
            $field->add($field->multiply($t5, $z3), $field->multiply($t3, $t1)),
        ];
    }

    /**
     * (u1 + v1)(u2 + v2) less the sum of u1 u2 and v1 v2.
     *
     * @param list<int> $u1
     * @param list<int> $v1
     * @param list<int> $u2
     * @param list<int> $v2
     * @param list<int> $sum
     * @return list<int>
     */
    private function crossed(array $u1, array $v1, array $u2, array $v2, array $sum): array
    {
        $field = $this->field;
        return $field->subtract($field->multiply($field->add($u1, $v1), $field->add($u2, $v2)), $sum);
    }
}
