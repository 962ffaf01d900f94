<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Core\Plc\Identity;

/** A log that was verified, and the directory that served it. */
final class Answer
{
    private string $url;
    private Identity $identity;

    public function __construct(string $url, Identity $identity)
    {
        $this->url = $url;
        $this->identity = $identity;
    }

    /** The directory's URL. */
    public function url(): string
    {
        return $this->url;
    }

    /** What its log proves. */
    public function identity(): Identity
    {
        return $this->identity;
    }
}
