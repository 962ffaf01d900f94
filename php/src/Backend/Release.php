<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Backend;

/** Which release of fedverify these files are of. */
final class Release
{
    public const VERSION = '0.1.0';
}
