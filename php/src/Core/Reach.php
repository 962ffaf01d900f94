<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** Which hosts the URLs of an identity may name. */
final class Reach
{
    /** Hosts with a name, over https. */
    public const PUBLIC = 'public';

    /** Also loopback, over http or https. For tests. */
    public const LOOPBACK = 'loopback';

    private function __construct()
    {
    }
}
