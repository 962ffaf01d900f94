<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Fault;

/** Why an artifact was refused, and whether the package has its checksum. */
final class Refusal extends \Exception
{
    private Fault $fault;
    private bool $isThisFile;

    public function __construct(Fault $fault, bool $isThisFile = false)
    {
        parent::__construct($fault->message());
        $this->fault = $fault;
        $this->isThisFile = $isThisFile;
    }

    public function fault(): Fault
    {
        return $this->fault;
    }

    public function isThisFile(): bool
    {
        return $this->isThisFile;
    }
}
