<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\PackageHasher;
use FedVerify\Core\Quote;

/** Reads at any offset of an archive: of bytes in memory, or of a stream that can seek. */
final class Source
{
    /** @var string|resource */
    private $reader;

    /** @var int */
    private $size;

    /**
     * @param string|resource $reader
     * @throws Fault io.file.unreadable, also if there are not `size` bytes: then the digests are of something else
     */
    public function __construct($reader, int $size)
    {
        $this->reader = $reader;
        $this->size = $size;
        $end = is_string($reader) ? strlen($reader) : $this->seek(0, SEEK_END);
        if ($end !== $size) {
            $message = "the archive has $end bytes, but $size were hashed: it changed in between";
            throw new Fault(Code::IO_FILE_UNREADABLE, $message);
        }
    }

    /** The number of bytes. */
    public function size(): int
    {
        return $this->size;
    }

    /**
     * The last bytes, or all of them if there are fewer.
     *
     * @throws Fault io.file.unreadable
     */
    public function tail(int $maxBytes): string
    {
        $count = min($this->size, $maxBytes);
        return $this->read($this->size - $count, $count);
    }

    /**
     * So many bytes from an offset, or fewer where the archive ends. An offset of 2^63 and above, which PHP has as a
     * negative number, is beyond every end.
     *
     * @throws Fault io.file.unreadable
     */
    public function read(int $offset, int $bytes): string
    {
        $bytes = $offset < 0 ? 0 : max(0, min($bytes, $this->size - $offset));
        if ($bytes === 0) {
            return '';
        }
        if (is_string($this->reader)) {
            return substr($this->reader, $offset, $bytes);
        }
        $this->seek($offset, SEEK_SET);
        $read = '';
        while (strlen($read) < $bytes && !feof($this->reader)) {
            $read .= PackageHasher::read($this->reader, $bytes - strlen($read));
        }
        if (strlen($read) < $bytes) {
            throw self::failed('it became shorter after it was hashed');
        }
        return $read;
    }

    /**
     * So many bytes from an offset.
     *
     * @throws Fault pfn.archive.unreadable where the archive ends before; io.file.unreadable
     */
    public function exactly(int $offset, int $bytes): string
    {
        $read = $this->read($offset, $bytes);
        if (strlen($read) !== $bytes) {
            throw Refusal::damaged('failed to fill whole buffer');
        }
        return $read;
    }

    /** Moves to an offset, and says where that is. */
    private function seek(int $offset, int $whence): int
    {
        $at = @fseek($this->reader, $offset, $whence) === 0 ? ftell($this->reader) : false;
        if ($at === false) {
            throw self::failed('the stream cannot be read at an offset');
        }
        return $at;
    }

    private static function failed(string $why): Fault
    {
        $message = 'the archive could not be read: ' . Quote::quote($why);
        return new Fault(Code::IO_FILE_UNREADABLE, $message);
    }
}
