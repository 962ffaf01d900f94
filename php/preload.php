<?php

/**
 * For opcache.preload, where ffi.enable is "preload": then only preloaded code may use FFI.
 *
 *     ffi.preload=…/php/fedverify-ffi.h
 *     opcache.preload=…/php/preload.php
 *
 * The first loads the C library by its name, libfedverify.so.0.1, from where the system looks for libraries.
 */

declare(strict_types=1);

foreach (['Engine', 'LocalFile', 'LibraryCall', 'Library'] as $name) {
    require_once __DIR__ . "/src/Backend/$name.php";
}
