<?php

/**
 * Runs a test program with a mutant in a process that has nothing else: what memory a trial has left over would be there for it.
 *
 *     php alone.php MUTANT PROGRAM ARGUMENT
 */

declare(strict_types=1);

require __DIR__ . '/../../../php/autoload.php';

ob_start(static fn (): string => '');
require $argv[1];
$argv = array_slice($argv, 2);
require $argv[0];
