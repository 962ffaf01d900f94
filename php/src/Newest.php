<?php

declare(strict_types=1);

namespace FedVerify;

/** The newest of several directories' logs: Directory::newest(). */
final class Newest
{
    /** @var string */
    private $url;

    /** @var Identity */
    private $identity;

    /** @var list<array{code: string, message: string}> */
    private $warnings;

    /**
     * @internal
     *
     * @param list<array{code: string, message: string}> $warnings
     */
    public function __construct(string $url, Identity $identity, array $warnings)
    {
        $this->url = $url;
        $this->identity = $identity;
        $this->warnings = $warnings;
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
