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

    /** How an entry's own header starts (APPNOTE, section 4.3.7). */
    private const SIGNATURE = "PK\x03\x04";

    /** Bytes of an entry's own header without its name and extra fields. */
    private const HEADER_BYTES = 30;

    /** Its numbers after the signature. */
    private const NUMBERS = 'vneeded/vflags/vmethod/vtime/vdate/Vcrc/VpackedSize/Vsize/vname/vfields';

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
    public function startOf(Entry $file): string
    {
        $at = $this->checkHeader($file);
        $wanted = self::lessOf($file->packedSize, self::COMPRESSED_BYTES);
        $packed = $this->source->read($at, $wanted);
        if (strlen($packed) !== $wanted) {
            throw self::refused($file, 'is cut off');
        }
        if ($file->method === Entry::STORE) {
            if ($file->size !== $file->packedSize) {
                throw self::refused($file, 'is stored, but has two different sizes');
            }
            return substr($packed, 0, self::START_BYTES);
        }
        if ($file->method !== Entry::DEFLATE) {
            throw self::refused($file, 'is compressed, but not by deflate');
        }
        return $this->inflateStart($file, $packed);
    }

    /**
     * Compares an entry's own header with the list: both say what the file is, and unpackers differ in which of them
     * they use. Gives the offset of its data.
     */
    private function checkHeader(Entry $file): int
    {
        $fixed = $this->source->exactly($file->offset, self::HEADER_BYTES);
        if (strncmp($fixed, self::SIGNATURE, 4) !== 0) {
            throw Refusal::wrongStart(self::SIGNATURE, substr($fixed, 0, 4));
        }
        $header = unpack(self::NUMBERS, $fixed, 4);
        $bytes = $header['name'] + $header['fields'];
        $at = $file->offset + self::HEADER_BYTES;
        if ($file->packedSize < 0 && $at + $bytes + $file->packedSize >= 0) {
            // The end of the data is at 2^64 or beyond.
            throw Refusal::damaged('Unexpected end of file');
        }
        if ($bytes > Entries::MAX_VARIABLE_BYTES) {
            throw Refusal::damaged("Buffer size too small: required $bytes bytes");
        }
        $name = substr($this->source->exactly($at, $bytes), 0, $header['name']);
        if ($name !== $file->name || $header['method'] !== $file->method) {
            throw self::refused(
                $file,
                'has another name or compression method in the list of entries than in its own header'
            );
        }
        if (Entry::isEncrypted($header['flags'])) {
            throw self::refused($file, 'is encrypted');
        }
        return $at + $bytes;
    }

    /** Inflates the first 8 KiB. Refuses what is damaged, or has not the file's size as far as this can tell. */
    private function inflateStart(Entry $file, string $packed): string
    {
        $hasMore = strlen($packed) !== $file->packedSize;
        $start = $this->inflater->inflate($packed, $hasMore, self::START_BYTES);
        $size = $start === null ? 0 : strlen($start);
        $isSizeRight = $this->inflater->isDone() ? $size === $file->size : $size === self::lessOf($file->size, $size);
        if ($start === null || !$isSizeRight) {
            throw self::refused($file, 'cannot be decompressed to the size that it should have');
        }
        return $start;
    }

    /** The lesser of a number without sign and another one. */
    private static function lessOf(int $unsigned, int $bound): int
    {
        return $unsigned < 0 ? $bound : min($unsigned, $bound);
    }

    private static function refused(Entry $file, string $what): Fault
    {
        return Refusal::unreadable(Refusal::quoteBytes($file->name) . " $what");
    }
}
