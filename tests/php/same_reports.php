<?php

/**
 * The reports of two backends on the corpus, as corpus.php wrote them: the same, from the first member to the last, but for
 * what left_out.php says.
 *
 *     php same_reports.php REPORTS REPORTS
 */

declare(strict_types=1);

require __DIR__ . '/left_out.php';

/** The reports by the names of their cases. */
function reports(string $path): array
{
    $reports = [];
    foreach (file($path, FILE_IGNORE_NEW_LINES) as $line) {
        [$name, $json] = explode("\t", $line, 2);
        $reports[$name] = json_decode(compared($json), true);
    }
    return $reports;
}

[$first, $second] = [reports($argv[1]), reports($argv[2])];
$different = 0;
foreach ($first + $second as $name => $report) {
    $pair = [$first[$name] ?? null, $second[$name] ?? null];
    if ($pair[0] !== $pair[1]) {
        echo "$name: ", json_encode($pair[0]), "\n  against ", json_encode($pair[1]), "\n";
        $different++;
    }
}
$same = count($first + $second) - $different;
printf("same reports: %d passed, %d failed\n", $same, $different);
exit($different === 0 && $same >= 1000 ? 0 : 1);
