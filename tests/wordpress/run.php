<?php

/**
 * Runs the scenarios; see tests/wordpress.sh.
 *
 *     php run.php                  those of `make test`
 *     php run.php deep             all, with every backend
 *     php run.php only WORD...     those whose names contain a word
 *     php run.php versions [WORD…] a sample of them, on other versions of PHP
 *     php run.php without [WORD…]  the attacks on a site without fedverify
 *     php run.php worker NUMBER QUEUE    what the others start: takes jobs from the queue
 */

declare(strict_types=1);

require __DIR__ . '/classes.php';
error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

$arguments = array_slice($argv, 1);
$wordpress = (string) getenv('FEDVERIFY_TEST_WORDPRESS');
$target = (string) getenv('FEDVERIFY_TEST_TARGET');
$jobs = new Jobs(Table::scenarios(), $target);
if (($arguments[0] ?? '') === 'worker') {
    (new Worker((int) $arguments[1], $arguments[2], $wordpress))->run();
    exit;
}
$chosen = $jobs->chosen($arguments);
exit((new Runner($wordpress))->run($chosen, $jobs->skipped) ? 0 : 1);
