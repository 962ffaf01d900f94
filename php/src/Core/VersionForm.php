<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** How a version is written. */
final class VersionForm
{
    /** By FAIR's grammar: one to three numbers, optionally a pre-release and build metadata. */
    public const FAIR = 'fair';

    /** Like it, but with four numbers or more, or with a `v` in front. It has an order. */
    public const LOOSE = 'loose';

    /** Any other string. It has no order, is never the latest, and is found by its exact name. */
    public const UNORDERED = 'unordered';

    private function __construct()
    {
    }
}
