<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Core\Fault;

/** The starts of the files in an archive. */
final class Content
{
    /** How much of a file WordPress reads for its header (`get_file_data`). */
    public const START_BYTES = 8 * 1024;

    /**
     * How much compressed data is read for it. Twice as much: deflate never makes data much longer, but it can be
     * padded with empty blocks without end (RFC 1951, section 3.2.4).
     */
    private const COMPRESSED_BYTES = 16 * 1024;

    /** @var Source */
    private $source;

    /** @var Inflater */
    private $inflater;

    public function __construct(Source $source)
    {
        $this->source = $source;
        $this->inflater = new Inflater();
    }

    /**
     * The first 8 KiB of a file, or all of it if it is shorter.
     *
     * @throws Fault pfn.archive.unreadable
     */
    public function startOf(PhpFile $file): string
    {
        $wanted = min($file->packedSize, self::COMPRESSED_BYTES);
        $packed = $this->source->exactly($file->offset, $wanted);
        if ($file->method === Entry::STORE) {
            if ($file->size !== $file->packedSize) {
                throw self::refused($file, 'is stored, but has two different sizes');
            }
            return substr($packed, 0, self::START_BYTES);
        }
        if ($file->method !== Entry::DEFLATE) {
            throw self::refused($file, 'is compressed, but not with deflate');
        }
        return $this->inflateStart($file, $packed);
    }

    /**
     * Inflates the first 8 KiB. Refuses what is damaged, or does not have the file's size as far as this can tell. What ends
     * within them ends with the data: an unpacker that reads the archive from its start would find something else behind
     * it.
     */
    private function inflateStart(PhpFile $file, string $packed): string
    {
        $hasMore = strlen($packed) !== $file->packedSize;
        $start = $this->inflater->inflate($packed, $hasMore, self::START_BYTES);
        $size = $start === null ? 0 : strlen($start);
        $isSizeRight = $this->inflater->isDone()
            ? $size === $file->size && !$hasMore && $this->inflater->isAtEnd()
            : $size === self::lessOf($file->size, $size);
        if ($start === null || !$isSizeRight) {
            throw self::refused($file, 'does not decompress to its stated size, or has more data');
        }
        return $start;
    }

    /** The lesser of a number without sign and another one. */
    private static function lessOf(int $unsigned, int $bound): int
    {
        return $unsigned < 0 ? $bound : min($unsigned, $bound);
    }

    private static function refused(PhpFile $file, string $what): Fault
    {
        return Refusal::unreadable(Refusal::quoteBytes($file->name) . " $what");
    }
}
