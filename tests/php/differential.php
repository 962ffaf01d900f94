<?php

/**
 * The core in PHP beside the core in Rust, by FFI, in one process: random and changed inputs must give the same
 * reports, from the first member to the last, but for what differential/Allowed.php lists.
 *
 *     FEDVERIFY_LIBRARY=… php -d extension=ffi differential.php SEED COUNT [CASE]
 *
 * The same seed gives the same cases. With CASE, the number of one, only that one is run, and printed.
 */

declare(strict_types=1);

use FedVerify\Backend\Library;
use FedVerify\Backend\Php;

require __DIR__ . '/differential/load.php';
require __DIR__ . '/complaints.php';

/** Differences beyond these are counted only. */
const MOST_PRINTED = 20;

$seed = (int) ($argv[1] ?? 1);
$count = (int) ($argv[2] ?? 2000);
$only = isset($argv[3]) ? (int) $argv[3] : null;
$core = Library::load(null);
$php = Php::tested();
$cases = new Cases($seed, $core);

$codes = [];
$compared = 0;
$different = 0;
for ($case = $only ?? 0; $case < ($only === null ? $count : $only + 1); $case++) {
    foreach ($cases->requests($case) as $sort => $request) {
        [$expected, $found] = [$request->reportOf($core), $request->reportOf($php)];
        $compared++;
        $report = json_decode($expected, true, 512, JSON_BIGINT_AS_STRING);
        $code = $report['error']['code'] ?? 'verified';
        $codes[$sort][$code] = ($codes[$sort][$code] ?? 0) + 1;
        $difference = $report['verdict'] === ($request->verdict ?? $report['verdict'])
            ? Allowed::difference($expected, $found)
            : "both are {$report['verdict']} $code, and not {$request->verdict}";
        if ($only !== null) {
            echo $request->toJson(), "\n$expected\n$found\n", $difference ?? 'no difference that counts', "\n";
        } elseif ($difference !== null && $different < MOST_PRINTED) {
            echo "case $case ($sort, {$request->kind}), by differential.php $seed $count $case:\n$difference\n";
        }
        $different += $difference === null ? 0 : 1;
    }
}
$isWorthIt = true;
foreach ($codes as $sort => $counts) {
    arsort($counts);
    $verified = $counts['verified'] ?? 0;
    // Where nothing verifies, most of the rules were never reached.
    $isWorthIt = $isWorthIt && ($verified > 0 || array_sum($counts) < 100);
    printf("%s: %d reports, %d verified, %d codes\n", $sort, array_sum($counts), $verified, count($counts));
}
foreach (Allowed::counts() as $allowed => $times) {
    echo "allowed: $times times $allowed\n";
}
printf("differential: seed %d, %d passed, %d failed\n", $seed, $compared - $different, $different);
exit($different === 0 && $isWorthIt ? 0 : 1);
