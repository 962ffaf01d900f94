<?php

/** Loads the library's classes where Composer does not. The extension's classes, where it is loaded, come first. */

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    if (strncmp($class, 'FedVerify\\', 10) !== 0) {
        return;
    }
    $path = __DIR__ . '/src/' . strtr(substr($class, 10), '\\', '/') . '.php';
    if (is_file($path)) {
        require $path;
    }
});
