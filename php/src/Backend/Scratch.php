<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** A private folder for what the command reads. */
final class Scratch
{
    /** Where the command finds the file that PHP opened: its own standard input, so that both see the same file. */
    private const OPENED = '/dev/stdin';

    /** @var string */
    private $folder;

    public function __construct()
    {
        $folder = sys_get_temp_dir() . '/fedverify-' . bin2hex(random_bytes(16));
        if (!@mkdir($folder, 0700)) {
            throw new \RuntimeException('fedverify cannot make a private folder in ' . sys_get_temp_dir());
        }
        $this->folder = $folder;
    }

    /** The path of a file with this content; null is no file. */
    public function file(string $name, ?string $content): string
    {
        $path = "$this->folder/$name";
        if ($content !== null && @file_put_contents($path, $content) !== strlen($content)) {
            throw new \RuntimeException("fedverify cannot write $path");
        }
        return $path;
    }

    /** The path of a file that PHP opened; one that does not exist where it could not. */
    public function opened(LocalFile $file): string
    {
        return $file->stream() === null ? "$this->folder/missing" : self::OPENED;
    }

    public function remove(): void
    {
        foreach (scandir($this->folder) ?: [] as $name) {
            if ($name !== '.' && $name !== '..') {
                @unlink("$this->folder/$name");
            }
        }
        @rmdir($this->folder);
    }
}
