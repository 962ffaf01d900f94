<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Code;

/** Takes a package's bytes in pieces, and hashes them in constant memory. */
final class PackageHasher
{
    /** How much is read at a time: PHP reads no more from a file in one call, and calls cost more than in Rust. */
    private const CHUNK_BYTES = 1 << 16;

    /** @var int */
    private $maxSize;

    /** @var int */
    private $size = 0;

    /** @var \HashContext */
    private $sha256;

    /** @var \HashContext */
    private $sha384;

    /** Starts a package of at most `packageBytes`. */
    public function __construct(Limits $limits)
    {
        $this->maxSize = $limits->get('packageBytes');
        $this->sha256 = hash_init('sha256');
        $this->sha384 = hash_init('sha384');
    }

    public function __clone()
    {
        $this->sha256 = hash_copy($this->sha256);
        $this->sha384 = hash_copy($this->sha384);
    }

    /**
     * Takes the next bytes.
     *
     * @throws Fault `input.too_large`; the bytes that were too many are not taken, and the hasher should be dropped
     */
    public function update(string $bytes): void
    {
        $length = strlen($bytes);
        if ($length > $this->maxSize - $this->size) {
            $found = 'the package has more bytes';
            throw Fault::beyondLimit(Code::INPUT_TOO_LARGE, $found, 'packageBytes', $this->maxSize);
        }
        $this->size += $length;
        hash_update($this->sha256, $bytes);
        hash_update($this->sha384, $bytes);
    }

    /**
     * Takes everything that a stream has left.
     *
     * @param resource $stream
     * @param callable(int): void|null $progress is told now and then how many bytes were taken so far
     * @throws Fault `input.too_large`; `io.file.unreadable` when reading fails
     */
    public function updateFrom($stream, ?callable $progress = null): void
    {
        while (!feof($stream)) {
            $bytes = self::read($stream);
            $this->update($bytes);
            if ($progress !== null && $bytes !== '') {
                $progress($this->size);
            }
        }
    }

    /**
     * The next bytes of a stream that has not ended, so many at most; none where it has ended since.
     *
     * @param resource $stream
     * @throws Fault `io.file.unreadable`
     */
    public static function read($stream, int $most = self::CHUNK_BYTES): string
    {
        error_clear_last();
        $bytes = @fread($stream, $most);
        if (is_string($bytes) && ($bytes !== '' || feof($stream))) {
            return $bytes;
        }
        // No bytes and no end: the stream waited too long, does not wait at all, or cannot be read.
        $why = error_get_last()['message'] ?? 'PHP did not say why';
        $state = stream_get_meta_data($stream);
        if ($state['timed_out'] || !$state['blocked']) {
            $why = $state['timed_out'] ? 'the stream timed out' : 'the stream does not wait for its bytes';
        } elseif ($bytes === '') {
            return '';
        }
        throw self::unreadable($why);
    }

    private static function unreadable(string $why): Fault
    {
        $message = 'the package could not be read to its end: ' . Quote::quote($why);
        return new Fault(Code::IO_FILE_UNREADABLE, $message);
    }

    /** The digests of all bytes taken. The hasher is used up. */
    public function finish(): PackageDigests
    {
        return new PackageDigests($this->size, hash_final($this->sha256, true), hash_final($this->sha384, true));
    }
}
