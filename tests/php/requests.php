<?php

/**
 * Requests that lack something, or have what they may not: what callers do, and no server can. The same on every backend.
 *
 *     php requests.php BACKEND
 */

declare(strict_types=1);

use FedVerify\Backend;
use FedVerify\Code;
use FedVerify\Exception;
use FedVerify\Limits;
use FedVerify\Verifier;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';
require_once __DIR__ . '/inputs.php';

$backend = $argv[1] ?? 'php';
use_backend($backend);


// Inputs of cases of the corpus.
$cases = array_column(json_decode(file_get_contents(CORPUS . '/manifest.json'), true)['cases'], null, 'name');
$of = static fn (string $name): array => inputs($cases[$name]);
$without = static fn (array $inputs, string ...$names): array => array_diff_key($inputs, array_flip($names));

// What becomes of a request: its code, the step that it stopped at, and why. What judges nothing fails no step.
$stopped = static function (array $checks, array $error, string $verdict) use ($check): array {
    ['code' => $code, 'message' => $message] = $error;
    $step = array_column($checks, null, 'detail')[$message] ?? ['check' => null, 'outcome' => null];
    $outcomes = array_unique(array_column($checks, 'outcome'));
    $isTold = $verdict === 'rejected' ? $step['outcome'] === 'fail' : !in_array('fail', $outcomes, true);
    $check("no step failed that was not taken: $message", $isTold);
    return [$code, $step['check'], $message];
};
$told = static function (string $kind, array $inputs, array $limits = []) use ($stopped): array {
    try {
        return [Verifier::verify($kind, $inputs, $limits)->verdict()];
    } catch (Exception $exception) {
        $report = $exception->report();
        return $stopped($report->checks(), $report->error(), $report->verdict());
    }
};
$refused = static function (string $what, array $told, ?string $step, string $message) use ($check): void {
    $check($what, $told === [Code::API_ARGUMENT, $step, $message]);
};

// What is missing is missed at the step that wants it, or before the first, where no step failed; and not before something
// that is wrong whatever it is.
$package = $of('fair/form/ed25519-sha384');
$check('nothing is missing', $told('fair-package', $package) === ['verified']);
foreach (['did' => null, 'log' => 'plc.json', 'metadata' => 'fair.metadata', 'package' => 'fair.bytes'] as $name => $step) {
    $found = $told('fair-package', $without($package, $name));
    $refused("without $name", $found, $step, "expected the input $name, found none");
}
$noRepository = $of('fair/service/none');
$found = $told('fair-metadata', $without($noRepository, 'package', 'metadata'));
$check('no repository, so no metadata', [$found[0], $found[1]] === [Code::FAIR_SERVICE_MISSING, 'fair.identity']);
$found = $told('fair-package', $without($of('fair/artifact/none'), 'package'));
$check('no artifact, so no package', [$found[0], $found[1]] === [Code::FAIR_ARTIFACT_MISSING, 'fair.artifact']);
$alias = $of('fair/alias/confirmed');
$refused('without records', $told('fair-alias', $without($alias, 'txt')), 'fair.alias', 'expected the input txt, found none');
$check('nothing to confirm', $told('fair-alias', $without($of('fair/alias/none-claimed'), 'txt')) === ['verified']);
$challenge = $of('pfn/challenge/uuid');
foreach (['key' => 'pfn.key', 'challenge' => null, 'signature' => null] as $name => $step) {
    $found = $told('pfn-challenge', $without($challenge, $name));
    $refused("without $name", $found, $step, "expected the input $name, found none");
}

// What goes together.
$signed = $of('pfn/plugin/archive-signature-signed');
$check('an archive with its signature', $told('pfn-plugin', $signed) === ['verified']);
$message = 'archiveSignature needs the archive: give it too';
$refused('a signature of no archive', $told('pfn-plugin', $without($signed, 'archive')), null, $message);
$check('an archive without one', $told('pfn-plugin', $without($signed, 'archiveSignature')) === ['verified']);
$found = $told('fair-package', $package + ['remember' => true]);
$refused('a memory without a clock', $found, null, 'a pin needs a clock: pass `now`');
$message = 'noDowngrade needs a pin: give pin, or remember on a first visit';
$refused('no downgrade without a memory', $told('fair-package', $package + ['noDowngrade' => true]), null, $message);
$message = 'waitRecoveryWindow needs a clock: pass `now`';
$refused('waiting without a clock', $told('fair-package', $package + ['waitRecoveryWindow' => true]), null, $message);

$message = 'expected the clock `now` in seconds since 1970, at most 253402300799 (9999-12-31T23:59:59Z); found 253402300800';
$refused('a late clock without a pin', $told('fair-package', $package + ['now' => 253402300800]), null, $message);
$check('the latest', $told('fair-package', $package + ['now' => 253402300799]) === ['verified']);

// Nothing is remembered of a did:web, whichever way it is asked for.
$web = $of('web/package');
$check('a did:web', $told('fair-package', $web) === ['verified']);
$pin = $of('pin/release/unchanged')['pin'];
$message = 'a did:web has no memory: verify it without a pin and without refusing downgrades';
$memories = [['remember' => true], ['noDowngrade' => true], ['pin' => $pin], ['remember' => true, 'noDowngrade' => true, 'pin' => $pin]];
foreach ($memories as $memory) {
    $refused('a memory: ' . implode(', ', array_keys($memory)), $told('fair-package', $web + $memory), null, $message);
}
$message = 'a did:web has no recovery window: verify it without waiting for one';
$refused('waiting', $told('fair-package', $web + ['waitRecoveryWindow' => true]), null, $message);
$unset = ['remember' => false, 'noDowngrade' => false, 'waitRecoveryWindow' => false];
$check('flags that are not set', $told('fair-package', $web + $unset) === ['verified']);

// Names, and what a kind takes. What is not known is told before its value is looked at.
$refused('of another kind', $told('key', ['did' => 'x']), null, 'a verification of kind key takes no input did');
$names = implode(', ', array_keys(FedVerify\Core\Tables\InputName::TYPES));
foreach (['packages' => '"packages"', "a\nb" => '"a\\nb"', '7' => '"7"', '' => '""'] as $name => $quoted) {
    $found = $told('fair-package', [$name => new stdClass()] + $package);
    $refused("no such input: $quoted", $found, null, "expected one of the inputs $names, found $quoted");
}
$names = implode(', ', Limits::names());
foreach (['logByte' => '"logByte"', 'did' => '"did"'] as $name => $quoted) {
    $found = $told('fair-package', $package, [$name => 1]);
    $refused("no such limit: $quoted", $found, null, "expected one of the limits $names, found $quoted");
}
$found = $told('fair-package', $package, ['logBytes' => 1, 'no' => 1] + ['such' => 1]);
$refused('the first fault', $found, null, "expected one of the limits $names, found \"no\"");

// What is given by PHP's types alone is checked before; who calls the engine itself is told by core's.
if (in_array($backend, ['php', 'ffi'], true)) {
    $engine = Backend::engine();
    $judged = static function (string $kind, array $inputs, array $limits = []) use ($engine, $stopped): array {
        $report = json_decode($engine->verify($kind, $inputs, $limits, null), true);
        return $stopped($report['checks'], $report['error'], $report['verdict']);
    };
    $wrong = [
        'the input log takes bytes, found a number' => ['log' => 1],
        'the input pin takes bytes, found a flag' => ['pin' => true],
        'the input did takes a string, found a number' => ['did' => 1],
        'the input now takes a number, found a flag' => ['now' => false],
        'the input now takes a number, found bytes' => ['now' => '1'],
        'the input remember takes a flag, found a number' => ['remember' => 1],
        'the input remember takes a flag, found bytes' => ['remember' => 'true'],
        'the input package takes a stream, found bytes' => ['package' => 'bytes'],
        'the input package takes a stream, found a number' => ['package' => 1],
        'a verification of kind fair-package takes no input key' => ['key' => 1],
        'expected the name of an input in UTF-8, found another byte at offset 1' => ["a\xff" => 1],
        'expected the string of an input in UTF-8, found another byte at offset 2' => ['did' => "ab\xff"],
    ];
    foreach ($wrong as $message => $inputs) {
        $refused($message, $judged('fair-package', $inputs), null, $message);
    }
    $message = 'expected the name of a limit in UTF-8, found another byte at offset 0';
    $refused($message, $judged('fair-package', [], ["\xff" => 1]), null, $message);
    $refused('the clock is of no use', $judged('key', ['now' => 1]), null, 'a verification of kind key takes no input now');
}

$finish('requests');
