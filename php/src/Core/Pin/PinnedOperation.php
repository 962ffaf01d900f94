<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Core\Json\JsonObject;

/** An operation that was verified. */
final class PinnedOperation
{
    /**
     * How long after an operation its nullification can be lawful, as far as a verifier can prove it: the 72 hours of
     * the recovery window, and the 24 hours that a resolver may serve a cached log (did-plc.md, "Late nullifications").
     */
    public const PROVABLE_SECONDS = (72 + 24) * 3600;

    /** @var string */
    private $cid;

    /** @var int */
    private $signer;

    /** @var int */
    private $size;

    /** @var int */
    private $firstSeen;

    /** @var int|null */
    private $createdAt;

    /** @var bool */
    private $nullified;

    public function __construct(
        string $cid,
        int $signer,
        int $size,
        int $firstSeen,
        ?int $createdAt,
        bool $nullified
    ) {
        $this->cid = $cid;
        $this->signer = $signer;
        $this->size = $size;
        $this->firstSeen = $firstSeen;
        $this->createdAt = $createdAt;
        $this->nullified = $nullified;
    }

    public function cid(): string
    {
        return $this->cid;
    }

    /**
     * The index of the key that signed. A CID is the hash of the signed operation, `prev` included: whatever log it is
     * in, the same key signed it.
     */
    public function signer(): int
    {
        return $this->signer;
    }

    /** Bytes of its DAG-CBOR. */
    public function size(): int
    {
        return $this->size;
    }

    /** Seconds since 1970 by the verifier's own clock. */
    public function firstSeen(): int
    {
        return $this->firstSeen;
    }

    /** Seconds since 1970 by the directory, as first served; null where only bare logs were seen. */
    public function createdAt(): ?int
    {
        return $this->createdAt;
    }

    /** Since when the operation was there, as far as this verifier knows: it can be dated ahead, or have been seen late. */
    public function knownSince(): int
    {
        return min($this->createdAt ?? PHP_INT_MAX, $this->firstSeen);
    }

    public function nullified(): bool
    {
        return $this->nullified;
    }

    /**
     * What two pins know of one operation. Of two times the earlier one: by it, each recovery that either pin would refuse
     * is still too late.
     */
    public function joined(?self $other): self
    {
        if ($other === null) {
            return $this;
        }
        $joined = clone $this;
        $joined->firstSeen = min($this->firstSeen, $other->firstSeen);
        $times = array_filter([$this->createdAt, $other->createdAt], 'is_int');
        $joined->createdAt = $times === [] ? null : min($times);
        $joined->nullified = $this->nullified || $other->nullified;
        return $joined;
    }

    public function toValue(): JsonObject
    {
        $names = ['cid', 'signer', 'size', 'firstSeen'];
        $values = [$this->cid, $this->signer, $this->size, $this->firstSeen];
        if ($this->createdAt !== null) {
            $names[] = 'createdAt';
            $values[] = $this->createdAt;
        }
        $names[] = 'nullified';
        $values[] = $this->nullified;
        return new JsonObject($names, $values);
    }
}
