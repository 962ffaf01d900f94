<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\PinUpdate;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Fault;
use FedVerify\Core\Quote;

/**
 * Pins in a folder, a file for each DID. The folder must be outside of what the web server serves, and on a file system
 * with locks. It is never made: one that is gone must not look like a first visit to everybody.
 */
final class FilePinStore implements PinStore
{
    /** @var string */
    private $folder;

    /** @var array<string, int> */
    private $limits;

    /**
     * @param array<string, int> $limits limits that differ from the defaults, by name
     * @throws InvalidInputException `io.file.missing`: there is no such folder
     */
    public function __construct(string $folder, array $limits = [])
    {
        $this->folder = rtrim($folder, '/');
        $this->limits = $limits;
        $this->checkFolder();
    }

    public function load(string $did): ?string
    {
        $stored = $this->read(PinUpdate::checkedDid($did));
        return $stored === null ? null : PinUpdate::read($did, $stored, $this->limits);
    }

    public function update(string $did, ?string $pin): ?string
    {
        PinUpdate::checkedDid($did);
        if ($pin === null) {
            return $this->load($did);
        }
        $this->checkFolder();
        // A file of its own: the file with the pin is replaced as a whole.
        $lock = @fopen($this->path($did, 'lock'), 'cb');
        if ($lock === false || !flock($lock, LOCK_EX)) {
            throw self::fault(Code::IO_FILE_UNWRITABLE, $this->path($did, 'lock'), 'cannot be locked');
        }
        try {
            $merged = PinUpdate::merged($did, $this->read($did), $pin, $this->limits);
            $this->replace($this->path($did, 'json'), $merged);
            return $merged;
        } finally {
            flock($lock, LOCK_UN);
            fclose($lock);
        }
    }

    /** Only letters and digits follow: the DID was checked. */
    private function path(string $did, string $extension): string
    {
        return $this->folder . '/' . strtr($did, ':', '-') . ".$extension";
    }

    private function checkFolder(): void
    {
        clearstatcache();
        if (!@is_dir($this->folder)) {
            throw self::fault(Code::IO_FILE_MISSING, $this->folder, 'is not a folder');
        }
    }

    /** What the file holds; null where there is none. */
    private function read(string $did): ?string
    {
        $this->checkFolder();
        $path = $this->path($did, 'json');
        if (@lstat($path) === false) {
            // Whoever may not look into the folder is told the same as where there is nothing.
            if (@scandir($this->folder) === false) {
                throw self::fault(Code::IO_FILE_UNREADABLE, $this->folder, 'cannot be read');
            }
            return null;
        }
        $content = @is_file($path) ? @file_get_contents($path) : false;
        if ($content === false) {
            throw self::fault(Code::IO_FILE_UNREADABLE, $path, 'cannot be read');
        }
        return $content;
    }

    /** Whoever reads meanwhile finds the old file or the new one, and so does whoever comes after a power failure. */
    private function replace(string $path, string $content): void
    {
        $temporary = $path . '.' . bin2hex(random_bytes(8));
        $before = umask(0077);
        $file = @fopen($temporary, 'xb');
        umask($before);
        // Where there is no umask. Nothing is in the file yet.
        $isWritten = $file !== false
            && @chmod($temporary, 0600)
            && @fwrite($file, $content) === strlen($content)
            && fflush($file)
            && self::sync($file);
        $isWritten = $file !== false && fclose($file) && $isWritten && @rename($temporary, $path);
        if (!$isWritten) {
            @unlink($temporary);
            throw self::fault(Code::IO_FILE_UNWRITABLE, $path, 'cannot be written');
        }
    }

    /**
     * PHP can since 8.1.
     *
     * @param resource $file
     */
    private static function sync($file): bool
    {
        return !function_exists('fsync') || fsync($file);
    }

    private static function fault(string $code, string $path, string $problem): Exception
    {
        return Refusal::of(new Fault($code, Quote::quote($path) . " $problem"));
    }
}
