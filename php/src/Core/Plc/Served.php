<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Quote;
use FedVerify\Core\Timestamp;

/** The directory's word about an operation. Nobody signs it. */
final class Served
{
    /** @var string */
    private $did;

    /** @var string */
    private $cid;

    /** @var bool|null */
    private $nullified;

    /** @var Timestamp */
    private $createdAt;

    public function __construct(string $did, string $cid, ?bool $nullified, Timestamp $createdAt)
    {
        $this->did = $did;
        $this->cid = $cid;
        $this->nullified = $nullified;
        $this->createdAt = $createdAt;
    }

    public function did(): string
    {
        return $this->did;
    }

    /** Null in an export of numbered entries, which has no such flag. */
    public function nullified(): ?bool
    {
        return $this->nullified;
    }

    public function createdAt(): Timestamp
    {
        return $this->createdAt;
    }

    /**
     * Compares the served CID with the computed one. It is never used otherwise.
     *
     * @throws Fault
     */
    public function checkCid(string $computed): void
    {
        if ($computed !== $this->cid) {
            $found = Quote::quote($this->cid);
            $message = "expected the CID {$computed} (computed from the operation), found {$found}";
            throw (new Fault(Code::PLC_CID_MISMATCH, $message))->withCid($computed);
        }
    }
}
