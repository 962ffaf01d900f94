<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** The inputs of verifications. */
final class InputName
{
    public const DID = 'did';
    public const LOG = 'log';
    public const DOCUMENT = 'document';
    public const METADATA = 'metadata';
    public const PIN = 'pin';
    public const REMEMBER = 'remember';
    public const NOW = 'now';
    public const RELEASE = 'release';
    public const ARTIFACT_URL = 'artifactUrl';
    public const NO_DOWNGRADE = 'noDowngrade';
    public const WAIT_RECOVERY_WINDOW = 'waitRecoveryWindow';
    public const HISTORY = 'history';
    public const TXT = 'txt';
    public const KEY = 'key';
    public const PLUGIN = 'plugin';
    public const SIGNATURE = 'signature';
    public const ARCHIVE_SIGNATURE = 'archiveSignature';
    public const CHALLENGE = 'challenge';
    public const AUTHOR = 'author';
    public const SLUG = 'slug';
    public const PACKAGE = 'package';
    public const ARCHIVE = 'archive';

    /** The type of each input. */
    public const TYPES = [
        'did' => 'string',
        'log' => 'bytes',
        'document' => 'bytes',
        'metadata' => 'bytes',
        'pin' => 'bytes',
        'remember' => 'flag',
        'now' => 'number',
        'release' => 'string',
        'artifactUrl' => 'string',
        'noDowngrade' => 'flag',
        'waitRecoveryWindow' => 'flag',
        'history' => 'flag',
        'txt' => 'string',
        'key' => 'bytes',
        'plugin' => 'bytes',
        'signature' => 'string',
        'archiveSignature' => 'string',
        'challenge' => 'string',
        'author' => 'string',
        'slug' => 'string',
        'package' => 'stream',
        'archive' => 'stream',
    ];

    /** The limit on the bytes of each input that is bytes or a stream. */
    public const LIMITS = [
        'log' => 'logBytes',
        'document' => 'recordBytes',
        'metadata' => 'metadataBytes',
        'pin' => 'pinBytes',
        'key' => 'recordBytes',
        'plugin' => 'recordBytes',
        'package' => 'packageBytes',
        'archive' => 'packageBytes',
    ];
}
