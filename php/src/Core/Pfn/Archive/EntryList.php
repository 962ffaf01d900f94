<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** The list of entries that an end record names. Numbers of 2^63 and above are negative here. */
final class EntryList
{
    /** @var int how many entries it says it has */
    public $entries;

    /** @var int */
    public $size;

    /** @var int */
    public $offset;

    public function __construct(int $entries, int $size, int $offset)
    {
        $this->entries = $entries;
        $this->size = $size;
        $this->offset = $offset;
    }
}
