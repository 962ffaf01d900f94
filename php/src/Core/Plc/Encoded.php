<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Encoding\Cid;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Pin\PinnedOperation;
use FedVerify\Core\PlcDid;

/** What the bytes of an operation come to. */
final class Encoded
{
    /** @var int|null see signer() */
    private $signer;

    /** @var string */
    private $cid;

    /** @var int */
    private $size;

    private function __construct(?int $signer, string $cid, int $size)
    {
        $this->signer = $signer;
        $this->cid = $cid;
        $this->size = $size;
    }

    public static function of(Operation $operation): self
    {
        $bytes = $operation->signedBytes();
        return new self(null, Cid::fromSha256(hash('sha256', $bytes, true)), strlen($bytes));
    }

    /**
     * What is known of an operation whose text is the very text that was verified before. No signature of it is checked
     * again.
     */
    public static function proven(PinnedOperation $pinned): self
    {
        return new self($pinned->signer(), $pinned->cid(), $pinned->size());
    }

    /** The same, with the signature proven by the rotation key of this index. */
    public function signedBy(int $index): self
    {
        return new self($index, $this->cid, $this->size);
    }

    /**
     * Refuses an operation of more bytes than the limit.
     *
     * @throws Fault
     */
    public function within(Limits $limits): self
    {
        $limit = $limits->get('operationBytes');
        if ($this->size > $limit) {
            $found = "the operation has {$this->size} bytes of DAG-CBOR";
            $fault = Fault::aboveLimit(Code::PLC_OPERATION_TOO_LARGE, $found, 'operationBytes', $limit);
            throw $fault->withCid($this->cid);
        }
        return $this;
    }

    /** The index of the rotation key that the signature was found to be by before; null where it is to be checked. */
    public function signer(): ?int
    {
        return $this->signer;
    }

    /** CIDv1, DAG-CBOR, SHA-256, over the DAG-CBOR with `sig`, in base32. */
    public function cid(): string
    {
        return $this->cid;
    }

    /** Bytes of the DAG-CBOR with `sig`. */
    public function size(): int
    {
        return $this->size;
    }

    /** The DID that this operation implies if it is a genesis. The CID holds the hash that the DID is cut from. */
    public function genesisDid(): ?PlcDid
    {
        $sha256 = Cid::sha256In($this->cid);
        return $sha256 === null ? null : PlcDid::fromGenesis($sha256);
    }
}
