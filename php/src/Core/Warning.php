<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** Something that a verified input does that should be known: core/src/warning.rs. Safe to print, like a fault's message. */
final class Warning
{
    /** @var string one of FedVerify\WarningCode */
    private $code;

    /** @var string */
    private $message;

    public function __construct(string $code, string $message)
    {
        $this->code = $code;
        $this->message = $message;
    }

    public function code(): string
    {
        return $this->code;
    }

    /** What was found, and where. */
    public function message(): string
    {
        return $this->message;
    }
}
