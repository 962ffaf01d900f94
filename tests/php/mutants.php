<?php

/**
 * Breaks the core in PHP in one place after the other, and names the places where no test notices: see tests/php-mutants.sh,
 * which runs it.
 *
 *     php mutants.php SCRATCH [--shard K/N] [--again] [--more] [--list] [FILE-OR-FOLDER...]
 *     php mutants.php SCRATCH --explained    whether each mutant that is explained is still one of them; nothing is run
 *
 * SCRATCH is a folder for recordings and results. Files and folders are named from php/src/Core on.
 */

declare(strict_types=1);

define('ROOT', dirname(__DIR__, 2));

require __DIR__ . '/inputs.php';
require __DIR__ . '/left_out.php';
require __DIR__ . '/complaints.php';
require ROOT . '/php/autoload.php';
spl_autoload_register(static function (string $class): void {
    $path = strncmp($class, 'Mutants\\', 8) === 0 ? 'mutants/' . substr($class, 8) : "differential/$class";
    if (is_file(__DIR__ . "/$path.php")) {
        require __DIR__ . "/$path.php";
    }
});

exit((new Mutants\Run(Mutants\Options::of(array_slice($argv, 1))))->status());
