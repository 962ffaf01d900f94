<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

/**
 * An operation that can still be undone, with what it and the operations after it, up to the next one that can be
 * undone, introduced into the current state. Undoing it undoes all that follows it, too.
 */
final class ContestableOperation
{
    /** @var int its index in the history */
    public $operation;

    /** @var string its CID */
    public $cid;

    /** @var int until when it can be undone, in seconds since 1970; that second is within */
    public $until;

    /** @var list<string> the keys that can undo it, highest authority first */
    public $keys;

    /** @var list<string> the ids of the verification methods that rest on it */
    public $verificationMethods = [];

    /** @var list<string> the ids of the services that rest on it */
    public $services = [];

    /** @var list<string> the aliases that rest on it */
    public $alsoKnownAs = [];

    /**
     * @param list<string> $keys
     */
    public function __construct(int $operation, string $cid, int $until, array $keys)
    {
        $this->operation = $operation;
        $this->cid = $cid;
        $this->until = $until;
        $this->keys = $keys;
    }
}
