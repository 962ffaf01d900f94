<?php

/**
 * Holds the stubs to the extension, by reflection.
 *
 *     php -d extension=… stubs.php
 */

declare(strict_types=1);

require __DIR__ . '/signatures.php';

load_stubs('Stub');
$failed = differ(signatures('FedVerify'), signatures('Stub'));
echo $failed ? "stubs: 0 passed, 1 failed\n" : "stubs: 1 passed, 0 failed\n";
exit($failed ? 1 : 0);
