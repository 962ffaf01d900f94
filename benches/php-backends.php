<?php

/**
 * What each of PHP's ways to fedverify takes: logs of 1, 5 and 50 operations, and a package.
 *
 *     export FEDVERIFY_LIBRARY=… FEDVERIFY_BINARY=…
 *     php -n -d extension=… -d extension=ffi benches/php-backends.php [ROUNDS [MEGABYTES]]
 *
 * All in one process, in turns; the figures are medians, and the best of all rounds, which other programs on the
 * machine disturb least. Every round has logs by a key of its own, so that none is known already. What is not there is
 * named with the reason. docs/php.md has the table.
 */

declare(strict_types=1);

use FedVerify\Backend\BackendMissingException;
use FedVerify\Backend\Binary;
use FedVerify\Backend\Engine;
use FedVerify\Backend\Library;
use FedVerify\Backend\LocalFile;
use FedVerify\Backend\Php;
use FedVerify\Verifier;

require __DIR__ . '/../php/autoload.php';
require __DIR__ . '/../php-ext/tests/example.inc';
spl_autoload_register(static function (string $class): void {
    if (is_file(__DIR__ . "/../tests/php/differential/$class.php")) {
        require __DIR__ . "/../tests/php/differential/$class.php";
    }
});

const LENGTHS = [1, 5, 50];

/** A log of so many operations, by one secp256k1 key, with what an ordinary identity has. */
function log_of(int $length, string $label): array
{
    $key = KeyPair::of('secp256k1', $label);
    $prev = null;
    $did = '';
    $entries = [];
    for ($i = 0; $i < $length; $i++) {
        $operation = new SignedOperation([
            'type' => 'plc_operation',
            'rotationKeys' => [$key->did],
            'verificationMethods' => (object) ['atproto' => $key->did],
            'alsoKnownAs' => ["at://handle-$i.example"],
            'services' => (object) ['pds' => (object) ['type' => 'Server', 'endpoint' => 'https://pds.example']],
            'prev' => $prev,
        ], $key);
        $prev = $operation->cid;
        $did = $did === '' ? $operation->did : $did;
        $entries[] = [
            'did' => $did,
            'operation' => $operation->members,
            'cid' => $operation->cid,
            'nullified' => false,
            'createdAt' => gmdate('Y-m-d\TH:i:s\Z', 1700000000 + 60 * $i),
        ];
    }
    return ['did' => $did, 'log' => json_encode($entries, JSON_UNESCAPED_SLASHES)];
}

/**
 * The ways, by name: each takes kind and inputs, and gives the report.
 *
 * @return array<string, callable(string, array): string>
 */
function ways(): array
{
    $ways = [];
    if (extension_loaded('fedverify')) {
        $ways['extension'] = static function (string $kind, array $inputs): string {
            return Verifier::verify($kind, $inputs)->toJson();
        };
    } else {
        echo "extension: not loaded\n";
    }
    $engines = [
        'FFI' => static function (): Engine {
            return Library::load(null);
        },
        'command' => static function (): Engine {
            return Binary::find(null);
        },
        'PHP' => static function (): Engine {
            return Php::tested();
        },
    ];
    foreach ($engines as $name => $find) {
        try {
            $engine = $find();
        } catch (BackendMissingException $missing) {
            echo "$name: {$missing->getMessage()}\n";
            continue;
        }
        $ways[$name] = static function (string $kind, array $inputs) use ($engine): string {
            if (isset($inputs['package'])) {
                $inputs['package'] = LocalFile::open($inputs['package']);
            }
            return $engine->verify($kind, $inputs, [], null);
        };
    }
    return $ways;
}

function milliseconds(float $time): string
{
    return sprintf($time < 10 ? '%.2f' : '%.1f', $time);
}

$rounds = (int) ($argv[1] ?? 15);
$megabytes = (int) ($argv[2] ?? 20);
$package = scratch_file();
$file = fopen($package, 'wb');
for ($i = 0; $i < $megabytes; $i++) {
    fwrite($file, random_bytes(1000000));
}
fclose($file);
$inputs = ['did' => example_did(), 'log' => example('fair/log.json'), 'metadata' => metadata_for($package)];
$inputs['package'] = $package;
$ways = ways();
$times = [];
// The first round warms up.
for ($round = 0; $round <= $rounds; $round++) {
    $work = [];
    foreach (LENGTHS as $length) {
        $work["log of $length"] = ['plc-log', log_of($length, "round $round of $length")];
    }
    $work["package of $megabytes MB"] = ['fair-package', $inputs];
    foreach ($work as $name => [$kind, $given]) {
        foreach ($ways as $way => $verify) {
            $start = hrtime(true);
            $report = $verify($kind, $given);
            $took = (hrtime(true) - $start) / 1e6;
            if (json_decode($report)->verdict !== 'verified') {
                throw new LogicException("$way: $report");
            }
            if ($round > 0) {
                $times[$name][$way][] = $took;
            }
        }
    }
}
printf("Medians of %d rounds in ms, in brackets the best, PHP %s.\n\n", $rounds, PHP_VERSION);
echo '| | ', implode(' | ', array_keys($ways)), " |\n|---|", str_repeat('---|', count($ways)), "\n";
foreach ($times as $name => $columns) {
    $row = array_map(static function (array $taken): string {
        sort($taken);
        return milliseconds($taken[intdiv(count($taken), 2)]) . ' (' . milliseconds($taken[0]) . ')';
    }, $columns);
    echo "| $name | ", implode(' | ', $row), " |\n";
}
