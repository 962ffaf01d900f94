<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

/** The forms in which directories serve logs (did-plc.md, "What a directory serves"). */
final class LogForm
{
    /** `GET /<did>/log/audit`: every operation that was ever accepted, nullified ones too, with times and flags. */
    public const AUDIT = 'audit';

    /**
     * `GET /<did>/log`: the surviving operations only, without times. It verifies as a straight chain; whether
     * recoveries were lawful cannot be judged from it, which the identity says in a warning.
     */
    public const BARE = 'bare';

    /**
     * `GET /export`: entries as JSON lines. Flags were true when each entry was exported, so they are derived and not
     * compared.
     */
    public const EXPORT = 'export';

    private function __construct()
    {
    }
}
