<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** The types of FAIR packages. */
final class PackageType
{
    public const WP_PLUGIN = 'wp-plugin';
    public const WP_THEME = 'wp-theme';
    public const WP_CORE = 'wp-core';
    public const TYPO3_EXTENSION = 'typo3-extension';

    /** All of them. */
    public const ALL = [
        'wp-plugin',
        'wp-theme',
        'wp-core',
        'typo3-extension',
    ];
}
