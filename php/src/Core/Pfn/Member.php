<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

/** A member's value, as JavaScript has it before it is written: undefined, null, or a string. */
final class Member
{
    /** @var bool */
    private $isUndefined;

    /** @var string|null */
    private $string;

    private function __construct(bool $isUndefined, ?string $string)
    {
        $this->isUndefined = $isUndefined;
        $this->string = $string;
    }

    /** The member is left out. */
    public static function undefined(): self
    {
        return new self(true, null);
    }

    public static function null(): self
    {
        return new self(false, null);
    }

    public static function string(string $string): self
    {
        return new self(false, $string);
    }

    public function isUndefined(): bool
    {
        return $this->isUndefined;
    }

    /** The string, if it is one. */
    public function intoString(): ?string
    {
        return $this->string;
    }
}
