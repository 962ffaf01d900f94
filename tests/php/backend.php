<?php

/** Which of PHP's ways to fedverify the tests take. */

declare(strict_types=1);

require_once __DIR__ . '/../../php/autoload.php';

/** Takes this way, or ends the program where it is not available. */
function use_backend(string $name): void
{
    if ($name !== 'extension') {
        FedVerify\Backend::configure(['only' => $name]);
    }
    $backend = FedVerify\Backend::detect();
    if ($backend->name() !== $name) {
        fwrite(STDERR, "expected the backend $name, found:\n" . $backend->explanation() . "\n");
        exit(2);
    }
}
