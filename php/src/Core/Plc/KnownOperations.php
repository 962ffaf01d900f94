<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;
use FedVerify\Core\Pin\PinnedOperation;

/** Operations whose signatures were checked before. */
final class KnownOperations
{
    /**
     * @var list<PinnedOperation> those at the start of the log, if the text of the log starts with the text of before
     */
    private $start;

    /**
     * @var Index else who signed them, by their CIDs: wherever an operation with this CID is, the same key signed it
     */
    private $signers;

    /** @var int how many operations were encoded */
    private $count = 0;

    /**
     * @param list<PinnedOperation> $start
     */
    public function __construct(array $start, Index $signers)
    {
        $this->start = $start;
        $this->signers = $signers;
    }

    public static function nothing(): self
    {
        return new self([], new Index());
    }

    /** The bytes of the next operation of the log, computed as far as they are not proven. */
    public function encode(Operation $operation): Encoded
    {
        $place = $this->count++;
        if (isset($this->start[$place])) {
            return Encoded::proven($this->start[$place]);
        }
        $encoded = Encoded::of($operation);
        $signer = $this->signers->get($encoded->cid());
        return $signer === null ? $encoded : $encoded->signedBy($signer);
    }
}
