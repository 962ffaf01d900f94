<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** The parts of a list of entries that matter. */
final class Listing
{
    /** @var string */
    public $folder;

    /** @var list<Entry> the PHP files directly in the plugin's folder */
    public $phpFiles;

    /** @param list<Entry> $phpFiles */
    public function __construct(string $folder, array $phpFiles)
    {
        $this->folder = $folder;
        $this->phpFiles = $phpFiles;
    }
}
