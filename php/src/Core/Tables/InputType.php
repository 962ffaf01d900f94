<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** What inputs can be. */
final class InputType
{
    public const BYTES = 'bytes';
    public const STRING = 'string';
    public const NUMBER = 'number';
    public const FLAG = 'flag';
    public const STREAM = 'stream';
}
