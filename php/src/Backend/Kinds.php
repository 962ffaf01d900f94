<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Backend;

/** What can be verified. */
final class Kinds
{
    public const NAMES = [
        'plc-log',
        'web-document',
        'fair-metadata',
        'fair-package',
        'fair-alias',
        'pfn-plugin',
        'pfn-challenge',
        'pfn-federation-info',
        'pfn-author-data',
        'pfn-asset-url',
        'key',
    ];
}
