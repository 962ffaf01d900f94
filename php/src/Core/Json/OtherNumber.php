<?php

declare(strict_types=1);

namespace FedVerify\Core\Json;

/** A JSON number that PHP does not hold exactly: a fraction, one with an exponent or a sign, or a large one. */
final class OtherNumber
{
    /** @var bool */
    private $isWhole;

    /** @var string */
    private $text;

    /** @param string $text the number as it is written, where it is whole */
    public function __construct(bool $isWhole, string $text = '')
    {
        $this->isWhole = $isWhole;
        $this->text = $text;
    }

    /** The number as it is written, where it is whole; empty otherwise. */
    public function toString(): string
    {
        return $this->text;
    }

    /** Whether core takes it as a whole number, which PHP cannot hold: 2^63 to 2^64 - 1. */
    public function isWhole(): bool
    {
        return $this->isWhole;
    }
}
