<?php

/** Which of PHP's ways to fedverify the tests take. */

declare(strict_types=1);

/** Takes this way, or ends the program where it is not to be had. */
function use_backend(string $name): void
{
    if ($name !== 'extension' || !extension_loaded('fedverify')) {
        fwrite(STDERR, "the backend $name is not to be had here\n");
        exit(2);
    }
}

/** Why a backend cannot be told a case; null where it can. */
function cannot_say(string $backend, array $case): ?string
{
    return null;
}
