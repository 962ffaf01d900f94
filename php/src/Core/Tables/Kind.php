<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** What can be verified. */
final class Kind
{
    public const PLC_LOG = 'plc-log';
    public const WEB_DOCUMENT = 'web-document';
    public const FAIR_METADATA = 'fair-metadata';
    public const FAIR_PACKAGE = 'fair-package';
    public const FAIR_ALIAS = 'fair-alias';
    public const PFN_PLUGIN = 'pfn-plugin';
    public const PFN_CHALLENGE = 'pfn-challenge';
    public const PFN_FEDERATION_INFO = 'pfn-federation-info';
    public const PFN_AUTHOR_DATA = 'pfn-author-data';
    public const PFN_ASSET_URL = 'pfn-asset-url';
    public const KEY = 'key';

    /** The inputs that a verification of each kind takes. */
    public const INPUTS = [
        'plc-log' => ['did', 'log', 'pin', 'remember', 'now', 'history'],
        'web-document' => ['did', 'document', 'now'],
        'fair-metadata'
            => ['did', 'log', 'document', 'metadata', 'pin', 'remember', 'now', 'release', 'noDowngrade', 'history', 'txt'],
        'fair-package'
            => ['did', 'log', 'document', 'metadata', 'pin', 'remember', 'now', 'release', 'artifactUrl', 'noDowngrade', 'waitRecoveryWindow', 'history', 'txt', 'package'],
        'fair-alias' => ['did', 'log', 'document', 'pin', 'remember', 'now', 'history', 'txt'],
        'pfn-plugin' => ['key', 'plugin', 'signature', 'archiveSignature', 'archive'],
        'pfn-challenge' => ['key', 'signature', 'challenge'],
        'pfn-federation-info' => ['document'],
        'pfn-author-data' => ['document', 'key'],
        'pfn-asset-url' => ['document', 'author', 'slug'],
        'key' => ['key'],
    ];
}
