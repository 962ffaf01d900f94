<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** How a verification can end. */
final class Verdict
{
    public const VERIFIED = 'verified';
    public const REJECTED = 'rejected';
    public const UNDETERMINED = 'undetermined';
}
