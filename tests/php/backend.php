<?php

/** Which of PHP's ways to fedverify the tests take. */

declare(strict_types=1);

require_once __DIR__ . '/../../php/autoload.php';

/** Takes this way, or ends the program where it is not to be had. */
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

/** Why a backend cannot be told a case; null where it can. */
function cannot_say(string $backend, array $case): ?string
{
    if ($backend !== 'binary') {
        return null;
    }
    foreach (['did', 'release', 'artifactUrl', 'signature', 'archiveSignature', 'challenge'] as $name) {
        if (strpos($case['inputs'][$name] ?? '', "\0") !== false) {
            return 'no command line can carry a NUL';
        }
    }
    return null;
}
