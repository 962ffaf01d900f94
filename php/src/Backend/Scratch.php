<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** A private folder for what the command reads. */
final class Scratch
{
    /** @var string */
    private $folder;

    public function __construct()
    {
        $this->folder = PrivateFiles::folder();
    }

    /** The path of a new file with this content. */
    public function file(string $content): string
    {
        $path = PrivateFiles::next($this->folder);
        if (@file_put_contents($path, $content) !== strlen($content)) {
            throw new \RuntimeException("fedverify cannot write $path");
        }
        return $path;
    }

    public function remove(): void
    {
        PrivateFiles::removeFolder($this->folder);
    }
}
