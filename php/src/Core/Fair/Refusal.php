<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Fault;

/** Why an artifact was refused, and what says that the package is this one and no other: the surest last. */
final class Refusal extends \Exception
{
    public const NOTHING = 0;
    public const CHECKSUM = 1;
    public const SIGNATURE = 2;

    private Fault $fault;
    private int $likeness;

    public function __construct(Fault $fault, int $likeness = self::NOTHING)
    {
        parent::__construct($fault->message());
        $this->fault = $fault;
        $this->likeness = $likeness;
    }

    public function fault(): Fault
    {
        return $this->fault;
    }

    public function likeness(): int
    {
        return $this->likeness;
    }
}
