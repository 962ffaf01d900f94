<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** The types of operations. */
final class OperationType
{
    public const PLC_OPERATION = 'plc_operation';
    public const PLC_TOMBSTONE = 'plc_tombstone';
    public const CREATE = 'create';
}
