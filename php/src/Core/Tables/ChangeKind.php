<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** What can become of a part of a state. */
final class ChangeKind
{
    public const REMOVED = 'removed';
    public const ADDED = 'added';
    public const REORDERED = 'reordered';
}
