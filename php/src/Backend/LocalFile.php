<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;

/**
 * A file that PHP opened by its own rules, open_basedir among them; or why it could not. It is opened once, and what is
 * verified is what was opened.
 */
final class LocalFile
{
    /** A path where no file is. */
    public const NOWHERE = '/nonexistent/fedverify';

    /** @var resource|null */
    private $stream;

    /** @var array{string, string}|null code and message */
    private $fault;

    private function __construct()
    {
    }

    /** A file that is not there, for reports on what comes before it. */
    public static function none(): self
    {
        return self::failed(Code::IO_FILE_MISSING, 'no file was named');
    }

    public static function open(string $path): self
    {
        $shown = json_encode($path, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
        if (preg_match('~^([a-z0-9+.-]+)://|^(data):~i', $path, $wrapper) === 1) {
            $name = $wrapper[1] !== '' ? $wrapper[1] : $wrapper[2];
            $expected = "expected the path of a local file, found a stream of \"$name\": $shown";
            return self::failed(Code::API_ARGUMENT, "$expected. Copy it into a file first");
        }
        if ($path === '') {
            return self::failed(Code::IO_FILE_UNREADABLE, '"" is not a path');
        }
        // A pipe would wait for a writer, maybe for ever.
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
        $file = new self();
        $file->stream = $stream;
        return $file;
    }

    private static function unopened(string $shown): self
    {
        $why = error_get_last()['message'] ?? 'PHP could not open it';
        if (strpos($why, 'open_basedir') !== false) {
            $message = "$shown is not within the folders that open_basedir allows";
            return self::failed(Code::IO_FILE_UNREADABLE, $message);
        }
        $isMissing = strpos($why, 'No such file') !== false;
        return self::failed($isMissing ? Code::IO_FILE_MISSING : Code::IO_FILE_UNREADABLE, "$shown cannot be read");
    }

    private static function failed(string $code, string $message): self
    {
        $file = new self();
        $file->fault = [$code, $message];
        return $file;
    }

    /** @return resource|null the open file, at its start; null where there is none */
    public function stream()
    {
        return $this->stream;
    }

    /** The report, with the true reason where it says that there was no file. */
    public function explain(string $report): string
    {
        $code = json_decode($report)->error->code ?? null;
        if ($this->fault === null || $code !== Code::IO_FILE_MISSING) {
            return $report;
        }
        return Refusal::because($report, ...$this->fault);
    }
}
