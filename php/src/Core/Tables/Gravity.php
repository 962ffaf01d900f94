<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** How much depends on what an operation did. */
final class Gravity
{
    public const NONE = 'none';
    public const MINOR = 'minor';
    public const SERIOUS = 'serious';
    public const GRAVE = 'grave';
}
