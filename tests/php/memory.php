<?php

/**
 * Memory that runs out while the core in PHP reads a document: that is the verdict, before PHP would end the process. From where
 * little fits to where all does.
 *
 *     php memory.php [SHAPE]
 */

declare(strict_types=1);

use FedVerify\Code;
use FedVerify\Core\Memory;
use FedVerify\Verifier;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

use_backend('php');

$did = trim(file_get_contents(__DIR__ . '/../../examples/fair/did.txt'));
$log = file_get_contents(__DIR__ . '/../../examples/fair/log.json');
$ofReleases = static fn (string $releases): array => ['fair-metadata', [
    'did' => $did,
    'log' => $log,
    'metadata' => '{"@context":"https://fair.pm/ns/metadata/v1","id":"' . $did . '","type":"wp-plugin","releases":[' . $releases . ']}',
]];
$many = static fn (int $count, string $item): string => implode(',', array_fill(0, $count, $item));
$plugin = static fn (int $number): string => '{"slug":"a' . $number . '","name":"a","version":"1","short_description":"a"}';
$member = static fn (int $number): string => '"' . $number . '":1';
$plugins = implode(',', array_map($plugin, range(1, 8000)));
$shapes = [
    'releases' => $ofReleases($many(6000, '{"version":"' . implode('.', range(1, 40)) . '","artifacts":[]}')),
    'packages of a release' => $ofReleases('{"version":"1","artifacts":{"package":[' . $many(60000, '1') . ']}}'),
    'values that are not read' => ['pfn-federation-info', ['document' => '{"values":[' . $many(60000, '{"a":1}') . ']}']],
    // A list of 131,072 takes as much again at once when it grows.
    'a long list' => ['pfn-federation-info', ['document' => '{"values":[' . $many(140000, '1') . ']}']],
    'a big object' => ['pfn-federation-info', ['document' => '{"values":{' . implode(',', array_map($member, range(1, 80000))) . "}}"]],
    'plugins' => ['pfn-author-data', ['document' => '{"username":"a","plugins":[' . $plugins . ']}']],
];
// Each in a process of its own: what PHP has left from one before would be there for the next.
if (!isset($argv[1])) {
    // Large blocks until there is no room for another: PHP ends nothing, and more than half of the limit is taken.
    ini_set('memory_limit', '48M');
    foreach ([1 << 18, 1 << 20, (2 << 20) - 1, 2 << 20, 5 << 20] as $bytes) {
        $blocks = [];
        while (!Memory::lacks($bytes)) {
            $blocks[] = str_repeat('a', $bytes - 100);
        }
        $check("blocks of $bytes bytes", memory_get_usage() > 24 << 20);
    }
    unset($blocks);
    ini_set('memory_limit', '-1');
    foreach (array_keys($shapes) as $what) {
        [$status, $said] = FedVerify\Backend\Process::run([PHP_BINARY, '-n', __FILE__, $what]);
        $check("$what: $said", $status === 0);
    }
    $finish('memory');
}
[$kind, $inputs] = $shapes[$argv[1]];
unset($shapes);
$ends = $messages = [];
for ($mebibytes = 4; end($ends) !== 'judged' && $mebibytes < 100; $mebibytes++) {
    gc_mem_caches();
    ini_set('memory_limit', (string) (memory_get_usage(true) + ($mebibytes << 20)));
    $end = 'judged';
    try {
        Verifier::verify($kind, $inputs);
    } catch (FedVerify\Exception $exception) {
        if ($exception->errorCode() === Code::IO_MEMORY) {
            [$end, $messages[$exception->getMessage()]] = ['no memory', true];
        }
    }
    $ends[] = $end;
}
ini_set('memory_limit', '-1');
$check('memory runs out, and suffices', array_values(array_unique($ends)) === ['no memory', 'judged']);
if ($argv[1] === 'plugins') {
    $told = implode('', array_keys($messages));
    $check('plugins take more than was read of them', strpos($told, 'there is not enough memory for the 8000 plugins') !== false);
}
$finish($argv[1]);
