<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Quote;

/**
 * Files and folders that only this process knows, for as long as it needs them. What is left of them when a request
 * ends is removed then, after a fatal error, too: destructors do not run after one.
 */
final class PrivateFiles
{
    /** @var array<string, resource> the open files, by their paths */
    private static $files = [];

    /** @var array<string, int> how many files there are in each folder, named by their numbers */
    private static $folders = [];

    /** @var int|null the process that made them: one that was forked from it must not remove them */
    private static $process;

    /**
     * A new file under a random name, which only its owner may read.
     *
     * @return array{0: string, 1: resource} its path, and the file, open for reading and writing
     * @throws Fault `io.file.unwritable`
     */
    public static function file(string $folder): array
    {
        self::arrange();
        $path = rtrim($folder, '/') . '/fedverify-' . bin2hex(random_bytes(16));
        $before = umask(0177);
        $file = @fopen($path, 'x+b');
        umask($before);
        if ($file === false) {
            throw new Fault(Code::IO_FILE_UNWRITABLE, 'no file can be made in ' . Quote::quote($folder));
        }
        self::$files[$path] = $file;
        // Where there is no umask. Nothing is in the file yet.
        if (!@chmod($path, 0600)) {
            self::removeFile($path);
            throw new Fault(Code::IO_FILE_UNWRITABLE, 'no private file can be made in ' . Quote::quote($folder));
        }
        return [$path, $file];
    }

    /** A new folder under a random name. */
    public static function folder(): string
    {
        self::arrange();
        $folder = sys_get_temp_dir() . '/fedverify-' . bin2hex(random_bytes(16));
        if (!@mkdir($folder, 0700)) {
            throw new \RuntimeException('fedverify cannot make a private folder in ' . sys_get_temp_dir());
        }
        self::$folders[$folder] = 0;
        return $folder;
    }

    /** The path of the next file in a folder. */
    public static function next(string $folder): string
    {
        return $folder . '/' . self::$folders[$folder]++;
    }

    /**
     * The file that is open at this path, at its start; null where it is none of these.
     *
     * @return resource|null
     */
    public static function heldAt(string $path)
    {
        $file = self::$files[$path] ?? null;
        return $file !== null && rewind($file) ? $file : null;
    }

    /** Whether the path still leads to the open file. */
    public static function isAt(string $path): bool
    {
        clearstatcache(true, $path);
        $found = @lstat($path);
        $opened = isset(self::$files[$path]) ? fstat(self::$files[$path]) : false;
        return $found !== false && $opened !== false
            && [$found['dev'], $found['ino']] === [$opened['dev'], $opened['ino']];
    }

    public static function removeFile(string $path): void
    {
        // Whoever moved it away has it now.
        if (self::$process === getmypid() && self::isAt($path)) {
            @unlink($path);
        }
        if (isset(self::$files[$path])) {
            fclose(self::$files[$path]);
            unset(self::$files[$path]);
        }
    }

    public static function removeFolder(string $folder): void
    {
        if (!isset(self::$folders[$folder]) || self::$process !== getmypid()) {
            return;
        }
        while (self::$folders[$folder] > 0) {
            @unlink($folder . '/' . --self::$folders[$folder]);
        }
        @rmdir($folder);
        unset(self::$folders[$folder]);
    }

    private static function arrange(): void
    {
        if (self::$process === null) {
            register_shutdown_function([self::class, 'removeAll']);
        }
        self::$process = self::$process ?? getmypid();
    }

    /** @internal when the request ends */
    public static function removeAll(): void
    {
        array_map([self::class, 'removeFile'], array_map('strval', array_keys(self::$files)));
        array_map([self::class, 'removeFolder'], array_map('strval', array_keys(self::$folders)));
    }
}
