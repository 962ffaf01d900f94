<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\MadeByVerification;

/** The newest of several directories' logs: Directory::newest(). */
final class Newest
{
    use MadeByVerification;

    /** @var string */
    private $url;

    /** @var Identity */
    private $identity;

    /** @var list<array{code: string, message: string}> */
    private $warnings;

    private function __construct()
    {
    }

    /** The directory that served it. */
    public function url(): string
    {
        return $this->url;
    }

    /** What it proves. */
    public function identity(): Identity
    {
        return $this->identity;
    }

    /**
     * The directories that lag behind it: `plc.directory.lag`.
     *
     * @return list<array{code: string, message: string}>
     */
    public function warnings(): array
    {
        return $this->warnings;
    }
}
