<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** What can become of a step. */
final class Outcome
{
    public const PASS = 'pass';
    public const FAIL = 'fail';
    public const SKIPPED = 'skipped';
    public const NOT_REACHED = 'not-reached';
}
