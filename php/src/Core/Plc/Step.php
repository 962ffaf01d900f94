<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Timestamp;

/** One operation, with its bytes computed, and the time that an audit log gives it. */
final class Step
{
    /** @var Encoded */
    private $encoded;

    /** @var Operation */
    private $operation;

    /** @var Timestamp|null */
    private $createdAt;

    public function __construct(Encoded $encoded, Operation $operation, ?Timestamp $createdAt)
    {
        $this->encoded = $encoded;
        $this->operation = $operation;
        $this->createdAt = $createdAt;
    }

    public function encoded(): Encoded
    {
        return $this->encoded;
    }

    public function operation(): Operation
    {
        return $this->operation;
    }

    public function createdAt(): ?Timestamp
    {
        return $this->createdAt;
    }
}
