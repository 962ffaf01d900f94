<?php

/**
 * The conformance corpus through PHP: verdict, code, operation, warnings and facts of every case, as
 * tests/conformance.rs compares them.
 *
 *     php corpus.php [BACKEND [REPORTS]]
 *
 * BACKEND is `extension`, `ffi` or `binary`; REPORTS a file that takes, one on a line, the name of every
 * case, a tab, and the JSON of its report.
 */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\Exception as FedVerifyException;
use FedVerify\InvalidInputException;
use FedVerify\Pfn;
use FedVerify\RejectedException;
use FedVerify\Report;

const CORPUS = __DIR__ . '/../corpus';

/** The kinds that PHP offers. */
const KINDS = ['plc-log', 'fair-package', 'pfn-plugin', 'pfn-challenge'];

$backend = $argv[1] ?? 'extension';
require __DIR__ . '/backend.php';
use_backend($backend);

/** The content of a file that PHP's caller reads; null where there is none to read. */
function content(array $inputs, string $name): ?string
{
    $path = CORPUS . '/' . $inputs[$name];
    return is_file($path) ? file_get_contents($path) : null;
}

/** Which file of the case cannot be read by the caller, who therefore calls nothing. */
function unreadable(array $inputs): ?string
{
    foreach (['log', 'metadata', 'key', 'plugin', 'pin'] as $name) {
        if (isset($inputs[$name]) && content($inputs, $name) === null) {
            return $name;
        }
    }
    return null;
}

function verify(string $kind, array $inputs, array $limits): Report
{
    $text = static fn (string $name): ?string => $inputs[$name] ?? null;
    $path = static fn (string $name): ?string => isset($inputs[$name]) ? CORPUS . '/' . $inputs[$name] : null;
    if ($kind === 'pfn-plugin') {
        return Pfn::verifyPlugin(
            content($inputs, 'key'),
            content($inputs, 'plugin'),
            $text('signature'),
            $path('archive'),
            $text('archiveSignature'),
            $limits
        );
    }
    if ($kind === 'pfn-challenge') {
        return Pfn::verifyChallenge(content($inputs, 'key'), $text('challenge'), $text('signature'), $limits);
    }
    $pin = isset($inputs['pin']) ? content($inputs, 'pin') : null;
    // Where the case does not say when, the same moment for every backend, so that their pins are the same.
    $now = (int) ($inputs['now'] ?? 1800000000);
    $identity = AuditLog::verify(content($inputs, 'log'), $inputs['did'], $pin, $now, $limits);
    if ($kind === 'plc-log') {
        compare_getters($identity);
        return $identity->report();
    }
    return $identity->verifyPackage(
        content($inputs, 'metadata'),
        $path('package'),
        $text('release'),
        null,
        $text('artifactUrl'),
        isset($inputs['noDowngrade']),
        $limits
    );
}

/** The getters say what the report says. */
function compare_getters(FedVerify\Identity $identity): void
{
    $facts = $identity->report()->identity();
    $said = [
        'did' => $identity->did(),
        'head' => $identity->head(),
        'operations' => $identity->operations(),
        'nullified' => $identity->nullified(),
        'tombstoned' => $identity->isTombstoned(),
        'rotationKeys' => $identity->rotationKeys(),
        'verificationMethods' => $identity->verificationMethods(),
        'alsoKnownAs' => $identity->alsoKnownAs(),
        'services' => $identity->services(),
    ];
    if ($facts !== $said || $identity->warnings() !== $identity->report()->warnings()) {
        throw new LogicException('the getters differ from the report: ' . json_encode([$said, $facts]));
    }
    $document = $identity->didDocument();
    if ($identity->isTombstoned() ? $document !== [] : $document['id'] !== $identity->did()) {
        throw new LogicException('the DID document is not the identity\'s: ' . json_encode($document));
    }
}

/** What became of a case: the class that tells the verdict, and the report. */
function outcome(array $case): array
{
    try {
        return ['verified', verify($case['kind'], $case['inputs'], $case['limits'] ?? []), null];
    } catch (RejectedException $exception) {
        return ['rejected', $exception->report(), $exception];
    } catch (InvalidInputException $exception) {
        return ['undetermined', $exception->report(), $exception];
    }
}

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
    foreach (['identity', 'release', 'package', 'plugin', 'key'] as $part) {
        if (isset($report[$part][$name])) {
            return $report[$part][$name];
        }
    }
    return null;
}

function differences(array $case, string $verdict, Report $report, ?FedVerifyException $exception): array
{
    $differences = [];
    $compare = static function (string $what, $expected, $found) use (&$differences, $case): void {
        if (canonical($expected) !== canonical($found)) {
            $differences[] = sprintf(
                '%s: expected %s %s, found %s',
                $case['name'],
                $what,
                json_encode($expected),
                json_encode($found)
            );
        }
    };
    $said = $report->toArray();
    $compare('verdict', $case['verdict'], $verdict);
    $compare('verdict in the report', $case['verdict'], $report->verdict());
    $compare('code', $case['code'], $exception ? $exception->errorCode() : null);
    $compare('code in the report', $case['code'], $said['error']['code'] ?? null);
    // A refusal of the log is of the log, whatever it was wanted for.
    $log_failed = $case['kind'] === 'fair-package' && $said['kind'] === 'plc-log';
    if (!$log_failed || $verdict === 'verified') {
        $compare('kind', $case['kind'], $said['kind']);
    }
    if (isset($case['operation'])) {
        $compare('operation', $case['operation'], $exception ? $exception->operation() : null);
    }
    if ($case['verdict'] === 'verified') {
        $codes = array_column($report->warnings(), 'code');
        sort($codes, SORT_STRING);
        $compare('warnings', $case['warnings'], $codes);
        foreach ($case['facts'] ?? [] as $name => $expected) {
            $compare($name, $expected, fact($said, $name));
        }
    }
    $compare('jsonSerialize()', json_encode(json_decode($report->toJson())), json_encode($report));
    return $differences;
}

$cases = json_decode(file_get_contents(CORPUS . '/manifest.json'), true)['cases'];
$reports = isset($argv[2]) ? fopen($argv[2], 'wb') : null;
$counts = ['passed' => 0, 'failed' => 0, 'skipped' => 0];
$skipped = [];
foreach ($cases as $case) {
    $reason = in_array($case['kind'], KINDS, true) ? null : "PHP offers nothing for the kind {$case['kind']}";
    $file = $reason === null ? unreadable($case['inputs']) : null;
    $reason = $file === null ? $reason : "the caller reads the $file, and cannot";
    $reason = $reason ?? cannot_say($backend, $case);
    if ($reason !== null) {
        $skipped[$reason] = ($skipped[$reason] ?? 0) + 1;
        $counts['skipped']++;
        continue;
    }
    [$verdict, $report, $exception] = outcome($case);
    $differences = differences($case, $verdict, $report, $exception);
    $counts[$differences === [] ? 'passed' : 'failed']++;
    foreach ($differences as $difference) {
        echo $difference, "\n";
    }
    if ($reports) {
        fwrite($reports, "{$case['name']}\t" . $report->toJson() . "\n");
    }
}
foreach ($skipped as $reason => $count) {
    echo "skipped: $count cases ($reason)\n";
}
printf("corpus: %d passed, %d failed, %d skipped\n", $counts['passed'], $counts['failed'], $counts['skipped']);
exit($counts['failed'] === 0 && $counts['passed'] >= 900 ? 0 : 1);
