<?php

declare(strict_types=1);

namespace FedVerify\Core\Key\Prehash;

/** A point of a curve, other than the point at infinity. */
final class Point
{
    /** Bytes of a coordinate. */
    public const BYTES = 32;

    private string $x;
    private string $y;

    public function __construct(string $x, string $y)
    {
        $this->x = $x;
        $this->y = $y;
    }

    public function x(): string
    {
        return $this->x;
    }

    public function y(): string
    {
        return $this->y;
    }

    /** The 33 bytes of SEC 1, section 2.3.3. */
    public function compressed(): string
    {
        return ((ord($this->y[self::BYTES - 1]) & 1) === 1 ? "\x03" : "\x02") . $this->x;
    }
}
