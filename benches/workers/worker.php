<?php

/**
 * A worker of `make bench`: what is measured in PHP. It speaks as benches/rust does.
 *
 *     php [-d extension=…] benches/workers/worker.php FOLDER extension|ffi|php
 */

declare(strict_types=1);

use FedVerify\Backend\Library;
use FedVerify\Backend\LocalFile;
use FedVerify\Backend\Php;
use FedVerify\RejectedException;
use FedVerify\Verifier;

require __DIR__ . '/../../php/autoload.php';

[, $folder, $way] = $argv;

/** The backend of this way, as a function from kind and inputs to the report. */
function backend(string $way): callable
{
    if ($way === 'extension') {
        return static function (string $kind, array $inputs): string {
            try {
                return Verifier::verify($kind, $inputs)->toJson();
            } catch (RejectedException $rejected) {
                return $rejected->report()->toJson();
            }
        };
    }
    $engine = $way === 'ffi' ? Library::load(null) : Php::tested();
    return static function (string $kind, array $inputs) use ($engine): string {
        if (isset($inputs['package'])) {
            $inputs['package'] = LocalFile::open($inputs['package']);
        }
        return $engine->verify($kind, $inputs, [], null);
    };
}

/** Work that fails where a log is not verified. */
function verify_log(callable $verify, string $path): callable
{
    $log = (string) file_get_contents($path);
    $inputs = ['did' => json_decode($log, true)[0]['did'], 'log' => $log];
    return static function () use ($verify, $inputs): void {
        $report = $verify('plc-log', $inputs);
        if (strpos($report, '"verified"') === false) {
            throw new LogicException($report);
        }
    };
}

/** A package that is read to its end, and then is not that of the example. */
function verify_package(callable $verify, string $path): callable
{
    $example = static function (string $name): string {
        return (string) file_get_contents(__DIR__ . "/../../examples/fair/$name");
    };
    $inputs = [
        'did' => trim($example('did.txt')),
        'log' => $example('log.json'),
        'metadata' => $example('metadata.json'),
        'package' => $path,
    ];
    return static function () use ($verify, $inputs): void {
        $report = $verify('fair-package', $inputs);
        if (strpos($report, '"fair.checksum.mismatch"') === false) {
            throw new LogicException($report);
        }
    };
}

$verify = backend($way);
$subjects = [];
foreach (glob("$folder/log-*.json") as $path) {
    $subjects['log/' . substr(basename($path, '.json'), 4)] = verify_log($verify, $path);
}
foreach (glob("$folder/package-*") as $path) {
    $size = substr(basename($path), strlen('package-'));
    $subjects["package/$size"] = verify_package($verify, $path);
    $subjects["hash_file/$size"] = static function () use ($path): void {
        hash_file('sha256', $path);
        hash_file('sha384', $path);
    };
}
echo implode(' ', array_keys($subjects)), "\n";
while (($line = fgets(STDIN)) !== false) {
    [$name, $count] = explode(' ', trim($line));
    $work = $subjects[$name];
    $start = hrtime(true);
    for ($done = 0; $done < (int) $count; $done++) {
        $work();
    }
    echo hrtime(true) - $start, "\n";
}
