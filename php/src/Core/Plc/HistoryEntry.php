<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Timestamp;

/** One operation of a verified log. */
final class HistoryEntry
{
    /** @var Operation */
    private $operation;

    /** @var string */
    private $cid;

    /** @var int */
    private $size;

    /** @var Timestamp|null */
    private $createdAt;

    /** @var int|null */
    private $nullifiedBy;

    /** @var bool */
    private $isRecovery;

    /** @var int */
    private $signer;

    /** @var int|null */
    private $prev;

    public function __construct(Step $step, Node $node)
    {
        $this->operation = $step->operation();
        $this->cid = $step->encoded()->cid();
        $this->size = $step->encoded()->size();
        $this->createdAt = $step->createdAt();
        $this->nullifiedBy = $node->nullifiedBy;
        $this->isRecovery = $node->isRecovery;
        $this->signer = $node->signer;
        $this->prev = $node->prev;
    }

    public function operation(): Operation
    {
        return $this->operation;
    }

    /** Its CID, recomputed. */
    public function cid(): string
    {
        return $this->cid;
    }

    /** Bytes of its signed DAG-CBOR. */
    public function size(): int
    {
        return $this->size;
    }

    /** When the directory says that it accepted the operation; null from a bare log. Nobody signs times. */
    public function createdAt(): ?Timestamp
    {
        return $this->createdAt;
    }

    /**
     * The index of the key that signed, among the rotation keys of the operation that this one follows (of the genesis:
     * its own).
     */
    public function signer(): int
    {
        return $this->signer;
    }

    /** The index of the operation that this one follows; null for the genesis. */
    public function prev(): ?int
    {
        return $this->prev;
    }

    /** Whether a recovery undid the operation. */
    public function isNullified(): bool
    {
        return $this->nullifiedBy !== null;
    }

    /** The index of the recovery that undid the operation; null where none did. */
    public function nullifiedBy(): ?int
    {
        return $this->nullifiedBy;
    }

    /** Whether the operation undid others: a key of higher authority than theirs signed it. */
    public function isRecovery(): bool
    {
        return $this->isRecovery;
    }
}
