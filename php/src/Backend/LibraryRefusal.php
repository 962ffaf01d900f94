<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** The library answered with an error. */
final class LibraryRefusal extends \Exception
{
    /** @var \FFI\CData the library's error */
    public $error;

    public function __construct(\FFI\CData $error)
    {
        parent::__construct('the library refused');
        $this->error = $error;
    }
}
