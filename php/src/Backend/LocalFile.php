<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Memory;

/**
 * A file that PHP opened by its own rules, open_basedir among them; or why it could not. It is opened once, and what is
 * verified is what was opened.
 */
final class LocalFile
{
    /** How much is read at a time. */
    private const PIECE_BYTES = 1 << 16;

    /** @var resource|null */
    private $stream;

    /** @var array{string, string}|null code and message */
    private $fault;

    private function __construct()
    {
    }

    /** Why a path is not one of a local file; null where it is. */
    public static function notLocal(string $path): ?string
    {
        if (preg_match('~^([a-z0-9+.-]+)://|^(data):~i', $path, $wrapper) !== 1) {
            return null;
        }
        $name = $wrapper[1] !== '' ? $wrapper[1] : $wrapper[2];
        $shown = self::shown($path);
        return "expected the path of a local file, found a stream of \"$name\": $shown. Copy it into a file first";
    }

    public static function open(string $path): self
    {
        $shown = self::shown($path);
        if ($path === '' || strpos($path, "\0") !== false) {
            return self::failed(Code::IO_FILE_UNREADABLE, "$shown is not a path");
        }
        $held = PrivateFiles::heldAt($path);
        if ($held !== null) {
            return self::opened($held);
        }
        // Opening a pipe would wait for a writer, maybe forever.
        if (@file_exists($path) && !@is_file($path)) {
            return self::failed(Code::IO_FILE_UNREADABLE, "$shown is not a regular file");
        }
        error_clear_last();
        $stream = @fopen($path, 'rb');
        if ($stream === false) {
            return self::unopened($shown);
        }
        if ((fstat($stream)['mode'] & 0170000) !== 0100000) {
            return self::failed(Code::IO_FILE_UNREADABLE, "$shown is not a regular file");
        }
        return self::opened($stream);
    }

    /** @param resource $stream */
    private static function opened($stream): self
    {
        $file = new self();
        $file->stream = $stream;
        return $file;
    }

    private static function unopened(string $shown): self
    {
        $why = error_get_last()['message'] ?? 'fopen(): PHP did not say why';
        if (strpos($why, 'open_basedir') !== false) {
            $message = "$shown is not within the folders that open_basedir allows";
            return self::failed(Code::IO_FILE_UNREADABLE, $message);
        }
        $code = strpos($why, 'No such file') !== false ? Code::IO_FILE_MISSING : Code::IO_FILE_UNREADABLE;
        // The system's reason is what PHP's message ends with.
        return self::failed($code, "$shown cannot be read: " . preg_replace('/^.*: /s', '', $why));
    }

    private static function failed(string $code, string $message): self
    {
        $file = new self();
        $file->fault = [$code, $message];
        return $file;
    }

    private static function shown(string $path): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;
        return (string) json_encode($path, $flags);
    }

    /** @return resource|null the open file, at its start; null where there is none */
    public function stream()
    {
        return $this->stream;
    }

    /** @return array{string, string}|null why it could not be opened or read, as code and message */
    public function fault(): ?array
    {
        return $this->fault;
    }

    /** The next bytes of the open file; null at its end, and where it cannot be read: then fault() says so. */
    public function read(int $most = self::PIECE_BYTES): ?string
    {
        if (feof($this->stream)) {
            return null;
        }
        $piece = @fread($this->stream, min($most, self::PIECE_BYTES));
        if ($piece === false) {
            $this->fault = [Code::IO_FILE_UNREADABLE, 'the file could not be read to its end'];
            return null;
        }
        return $piece;
    }

    /**
     * What the file holds, up to this many bytes.
     *
     * @return string|self the file itself where it says why it cannot be read
     */
    public function content(int $most)
    {
        $content = '';
        while ($this->fault === null && strlen($content) < $most) {
            $piece = $this->read($most - strlen($content));
            if ($piece === null) {
                break;
            }
            $content .= $piece;
            // A string that grows is held twice now and then.
            if (Memory::lacks(strlen($content) + 2 * self::PIECE_BYTES)) {
                $message = 'memory_limit has no room for a file of over ' . strlen($content) . ' bytes';
                $this->fault = [Code::IO_MEMORY, $message];
            }
        }
        if ($this->fault === null) {
            return $content;
        }
        $this->stream = null;
        return $this;
    }
}
