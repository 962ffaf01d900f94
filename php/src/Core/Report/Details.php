<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

/** Which details of an identity a report tells. */
final class Details
{
    /** @var int|null the caller's clock: what can be undone is told by it */
    public ?int $now;

    /** @var bool whether the whole history is wanted, and the DID document that follows from it */
    public bool $history;

    /** @var string one of Reach: where the repository may be */
    public string $reach;

    public function __construct(?int $now, bool $history, string $reach)
    {
        $this->now = $now;
        $this->history = $history;
        $this->reach = $reach;
    }
}
