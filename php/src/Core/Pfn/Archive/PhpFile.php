<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** A PHP file directly in the plugin's folder. Numbers of 2^63 and above are negative here. */
final class PhpFile
{
    /** @var string */
    public $name;

    /** @var int */
    public $method;

    /** @var int */
    public $packedSize;

    /** @var int */
    public $size;

    /** @var int where its data is */
    public $offset;

    public function __construct(Entry $entry, int $offset)
    {
        $this->name = $entry->name;
        $this->method = $entry->method;
        $this->packedSize = $entry->packedSize;
        $this->size = $entry->size;
        $this->offset = $offset;
    }
}
