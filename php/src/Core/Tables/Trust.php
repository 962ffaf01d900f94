<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** What a verdict can rest on. */
final class Trust
{
    public const SELF_CERTIFIED = 'self-certified';
    public const WEB = 'web';
    public const KEY = 'key';
}
