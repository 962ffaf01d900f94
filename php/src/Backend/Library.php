<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** fedverify as the C library, through PHP's FFI. */
final class Library
{
    /** @throws BackendMissingException */
    public static function load(?string $path): Engine
    {
        throw new BackendMissingException('not in this version');
    }
}
