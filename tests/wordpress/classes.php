<?php

/* Loads the library, and the classes of the tests: runners, publishers, keys. */

declare(strict_types=1);

require __DIR__ . '/../../php/autoload.php';
spl_autoload_register(static function (string $class): void {
    foreach (['runner', 'publisher', '../php/differential'] as $folder) {
        if (is_file(__DIR__ . "/$folder/$class.php")) {
            require __DIR__ . "/$folder/$class.php";
        }
    }
});
