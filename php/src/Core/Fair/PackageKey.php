<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Key\PublicKey;

/** The public key of a verification method that signs packages. */
final class PackageKey
{
    private string $id;
    private PublicKey $key;

    public function __construct(string $id, PublicKey $key)
    {
        $this->id = $id;
        $this->key = $key;
    }

    /** The id of the verification method, without `#`. */
    public function id(): string
    {
        return $this->id;
    }

    public function key(): PublicKey
    {
        return $this->key;
    }
}
