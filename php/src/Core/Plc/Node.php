<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

/** What the walk knows of an operation that it has passed. */
final class Node
{
    /** @var int|null the operation that this one follows; null for the genesis */
    public $prev;

    /** @var int the place of the signer's key among the rotation keys that it was checked against; lower is higher */
    public $signer;

    /** @var int|null */
    public $latestChild;

    /** @var int|null the recovery that undid it */
    public $nullifiedBy;

    /** @var bool whether it undid others */
    public $isRecovery;

    public function __construct(?int $prev, int $signer, bool $isRecovery)
    {
        $this->prev = $prev;
        $this->signer = $signer;
        $this->isRecovery = $isRecovery;
    }
}
