<?php

/**
 * The reports of two backends on the corpus, as corpus.php wrote them: the same but for the words about files, which each
 * reads in its own way.
 *
 *     php same_reports.php REPORTS REPORTS
 */

declare(strict_types=1);

/** The reports by the names of their cases. */
function reports(string $path): array
{
    $reports = [];
    foreach (file($path, FILE_IGNORE_NEW_LINES) as $line) {
        [$name, $json] = explode("\t", $line, 2);
        $report = json_decode($json, true);
        if (strncmp($report['error']['code'] ?? '', 'io.', 3) === 0) {
            unset($report['error']['message']);
            $report['checks'] = array_map(static function (array $check): array {
                return $check['outcome'] === 'fail' ? ['detail' => ''] + $check : $check;
            }, $report['checks']);
        }
        $reports[$name] = $report;
    }
    return $reports;
}

[$first, $second] = [reports($argv[1]), reports($argv[2])];
$common = array_intersect_key($first, $second);
$different = 0;
foreach ($common as $name => $report) {
    if ($report !== $second[$name]) {
        echo "$name: ", json_encode($report), "\n  against ", json_encode($second[$name]), "\n";
        $different++;
    }
}
printf("same reports: %d passed, %d failed\n", count($common) - $different, $different);
exit($different === 0 && count($common) >= 900 ? 0 : 1);
