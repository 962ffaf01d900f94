<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** A private folder for what the command reads. */
final class Scratch
{
    /** @var string */
    private $folder;

    /** @var int */
    private $files = 0;

    public function __construct()
    {
        $folder = sys_get_temp_dir() . '/fedverify-' . bin2hex(random_bytes(16));
        if (!@mkdir($folder, 0700)) {
            throw new \RuntimeException('fedverify cannot make a private folder in ' . sys_get_temp_dir());
        }
        $this->folder = $folder;
    }

    /** The path of a new file with this content. */
    public function file(string $content): string
    {
        $path = $this->folder . '/' . $this->files++;
        if (@file_put_contents($path, $content) !== strlen($content)) {
            throw new \RuntimeException("fedverify cannot write $path");
        }
        return $path;
    }

    public function remove(): void
    {
        while ($this->files > 0) {
            @unlink($this->folder . '/' . --$this->files);
        }
        @rmdir($this->folder);
    }
}
