<?php

/**
 * The conformance corpus through PHP. Every case goes through Verifier, with every input by its name, and is compared as
 * tests/corpus/README.md says; those of AuditLog, Identity and Pfn go through these, too, and must give the very report. The
 * cases of several directories go through the classes for these.
 *
 *     php corpus.php [BACKEND [REPORTS]]
 *
 * BACKEND is `extension`, `ffi`, `binary` or `php`; REPORTS a file that takes, one on a line, the name of every
 * case, a tab, and the JSON of its report.
 */

declare(strict_types=1);

require __DIR__ . '/typed.php';
require __DIR__ . '/backend.php';
require __DIR__ . '/inputs.php';
require __DIR__ . '/directories.php';

/** The form of the manifest that this program reads. */
const FORMAT = 2;

/** Cases that PHP judges otherwise, each with the reason. */
const EXCEPTIONS = [];

/** The parts of a report in which facts are looked up; after them, its top level. */
const PARTS = ['identity', 'release', 'package', 'plugin', 'key'];

/** JSON objects are equal whatever the order of their members. */
function canonical($value)
{
    if (!is_array($value)) {
        return $value;
    }
    $value = array_map('canonical', $value);
    if ($value !== [] && array_keys($value) !== range(0, count($value) - 1)) {
        ksort($value, SORT_STRING);
    }
    return $value;
}

/** A fact by its name, in whichever part of the report holds it. */
function fact(array $report, string $name)
{
    foreach (PARTS as $part) {
        if (isset($report[$part][$name])) {
            return $report[$part][$name];
        }
    }
    return $report[$name] ?? null;
}

/** What an outcome has that the case does not expect. */
function differences(array $case, Outcome $outcome): array
{
    $differences = [];
    $compare = static function (string $what, $expected, $found) use (&$differences): void {
        if (canonical($expected) !== canonical($found)) {
            $differences[] = "expected $what " . json_encode($expected) . ', found ' . json_encode($found);
        }
    };
    $report = $outcome->report->toArray();
    $compare('kind', $case['kind'], $report['kind']);
    $compare('verdict', $case['verdict'], $outcome->verdict);
    $compare('verdict in the report', $case['verdict'], $report['verdict']);
    $compare('code', $case['code'], $outcome->exception ? $outcome->exception->errorCode() : null);
    $compare('code in the report', $case['code'], $report['error']['code'] ?? null);
    if (isset($case['operation'])) {
        $compare('operation', $case['operation'], $outcome->exception->operation());
    }
    if ($case['verdict'] === 'verified') {
        $codes = array_column($report['warnings'], 'code');
        sort($codes, SORT_STRING);
        $compare('warnings', $case['warnings'], $codes);
    }
    foreach ($case['facts'] ?? [] as $name => $expected) {
        $compare($name, $expected, fact($report, $name));
    }
    if (array_key_exists('pin', $case)) {
        $compare('pin', $case['pin'], json_decode($outcome->report->pin() ?? 'null', true));
    }
    $json = json_encode($outcome->report);
    $compare('jsonSerialize()', $report, json_decode($json, true));
    // Objects without members stay objects. PHP has none with a name that starts with NUL.
    $objects = json_decode($outcome->report->toJson());
    $compare('objects', $objects === null ? $json : json_encode($objects), $json);
    return $differences;
}

/** What a case comes to that it should not. */
function judge(array $case, Outcome $outcome, array $inputs): array
{
    $typed = typed($case['kind'], $inputs, $case['limits'] ?? []);
    return array_merge(differences($case, $outcome), $typed ?? []);
}

$backend = $argv[1] ?? 'extension';
use_backend($backend);
$manifest = json_decode(file_get_contents(CORPUS . '/manifest.json'), true);
if ($manifest['format'] !== FORMAT) {
    fwrite(STDERR, 'expected the format ' . FORMAT . ", found {$manifest['format']}\n");
    exit(2);
}
$reports = isset($argv[2]) ? fopen($argv[2], 'wb') : null;
$counts = ['passed' => 0, 'failed' => 0, 'excepted' => 0];
foreach ($manifest['cases'] as $case) {
    $inputs = inputs($case);
    $outcome = Outcome::of($case['kind'], $inputs, $case['limits'] ?? []);
    $differences = judge($case, $outcome, $inputs);
    $reason = EXCEPTIONS[$case['name']] ?? null;
    if ($reason !== null && $differences === []) {
        $differences = ["it is excepted ($reason), but passes"];
    } elseif ($reason !== null) {
        echo "excepted: {$case['name']} ($reason)\n";
        $counts['excepted']++;
        continue;
    }
    foreach ($differences as $difference) {
        echo "{$case['name']}: $difference\n";
    }
    $counts[$differences === [] ? 'passed' : 'failed']++;
    if ($reports) {
        fwrite($reports, "{$case['name']}\t" . $outcome->report->toJson() . "\n");
    }
}
foreach (untyped() as $reason => $count) {
    echo "through Verifier only: $count cases ($reason)\n";
}
$wrong = array_filter(array_map('directory_difference', directory_cases()));
foreach ($wrong as $difference) {
    echo "$difference\n";
}
printf("several directories: %d passed, %d failed\n", count(directory_cases()) - count($wrong), count($wrong));
printf("corpus: %d passed, %d failed, %d skipped\n", $counts['passed'], $counts['failed'], $counts['excepted']);
exit($counts['failed'] + count($wrong) === 0 && $counts['passed'] >= 1000 ? 0 : 1);
