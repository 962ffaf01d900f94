<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** How an archive is tied to the record that was verified. */
final class ArchiveBinding
{
    /** The archive's folder and header match what was signed. Its bytes are not signed. */
    public const CONSISTENT = 'consistent';

    /** The archive's folder and header match what was signed, and the publisher's key signed its bytes. */
    public const SIGNED = 'signed';

    private function __construct()
    {
    }
}
