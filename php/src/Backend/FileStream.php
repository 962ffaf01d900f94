<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Core\Fault;
use FedVerify\Core\Quote;
use FedVerify\Core\Verification\Stream;

/** A file that PHP opened, as the core in PHP reads it. */
final class FileStream implements Stream
{
    /** @var LocalFile */
    private $file;

    public function __construct(LocalFile $file)
    {
        $this->file = $file;
    }

    /** Why a file could not be opened or read. */
    public static function unreadable(LocalFile $file): Fault
    {
        [$code, $message] = $file->fault();
        return new Fault($code, Quote::printable($message));
    }

    public function pieces(): iterable
    {
        while ($this->file->fault() === null) {
            $piece = $this->file->read();
            if ($piece === null) {
                break;
            }
            yield $piece;
        }
        if ($this->file->fault() !== null) {
            throw self::unreadable($this->file);
        }
    }

    public function resource()
    {
        return $this->file->stream();
    }
}
