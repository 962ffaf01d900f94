<?php

/**
 * Checks of a test program: `$check(what, holds)`, `$thrown(call)`, `$said(call)`, and at the end `$finish(name)`. To be required at
 * its top.
 */

declare(strict_types=1);

use FedVerify\Backend\BackendMissingException;

$counts = ['passed' => 0, 'failed' => 0];
$check = static function (string $what, bool $holds) use (&$counts): void {
    $counts[$holds ? 'passed' : 'failed']++;
    if (!$holds) {
        echo "failed: $what\n";
    }
};
$thrown = static function (callable $call): string {
    try {
        $call();
        return 'nothing';
    } catch (BackendMissingException $missing) {
        return BackendMissingException::class . ': ' . $missing->getMessage();
    } catch (FedVerify\Exception $exception) {
        return $exception->errorCode();
    } catch (Throwable $throwable) {
        return get_class($throwable) . ': ' . $throwable->getMessage();
    }
};
/** The message of what a call throws. */
$said = static function (callable $call): string {
    try {
        $call();
        return 'nothing';
    } catch (Throwable $throwable) {
        return $throwable->getMessage();
    }
};
$finish = static function (string $name) use (&$counts): void {
    printf("$name: %d passed, %d failed\n", $counts['passed'], $counts['failed']);
    exit($counts['failed'] === 0 ? 0 : 1);
};
