<?php

/** What resolves identities, played: for the tests of what comes after it. To be required before wordpress.php. */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\WordPress\Plugin;

final class Resolved
{
    /** @var string */
    public $did;

    public function __construct(string $did)
    {
        $this->did = $did;
    }
}

final class Resolver
{
    /** @var array<string, \Throwable> */
    public $fails = [];

    public function resolve(string $did): Resolved
    {
        if (isset($this->fails[$did])) {
            throw $this->fails[$did];
        }
        Plugin::get()->identities()->record_verified($did, ['id' => $did, 'service' => []], [], [], []);
        return new Resolved($did);
    }
}

final class Metadata
{
}

final class Repository
{
    public function metadata(Resolved $resolved): Metadata
    {
        return new Metadata();
    }
}
