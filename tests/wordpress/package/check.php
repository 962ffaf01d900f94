<?php

/**
 * Looks at the plugin's ZIP: php check.php FILE
 */

declare(strict_types=1);

require __DIR__ . '/Package.php';
require __DIR__ . '/Readme.php';
require __DIR__ . '/Versions.php';

error_reporting(E_ALL);
$package = new Package($argv[1], dirname(__DIR__, 3));
$problems = array_merge(
    $package->problems(),
    (new Readme($package->file('readme.txt')))->problems(),
    (new Versions(dirname(__DIR__, 3)))->problems()
);
foreach ($problems as $problem) {
    echo "FAIL $problem\n";
}
if ($problems === []) {
    printf("%d files, all as they should be\n", $package->count());
}
exit($problems === [] ? 0 : 1);
