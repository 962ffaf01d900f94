<?php

/** Loads the library, and the classes of this folder when they are asked for. */

declare(strict_types=1);

require __DIR__ . '/../../../php/autoload.php';
spl_autoload_register(static function (string $class): void {
    if (is_file(__DIR__ . "/$class.php")) {
        require __DIR__ . "/$class.php";
    }
});
