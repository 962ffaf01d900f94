<?php

/**
 * Documents of the greatest size, each full of what costs a reader most (`fedverify-kit shapes FOLDER`), through PHP's backend: each
 * must end in a verdict within the memory that this process has, which PHP would end beyond.
 *
 *     php -n -d memory_limit=64M shapes.php FOLDER
 */

declare(strict_types=1);

use FedVerify\Verifier;

require __DIR__ . '/backend.php';

use_backend('php');
$folder = $argv[1];
$requests = json_decode(file_get_contents("$folder/requests.json"), true, 512, JSON_THROW_ON_ERROR);
$most = ['', 0];
$reset = static function (): void {
    if (PHP_VERSION_ID >= 80200) {
        memory_reset_peak_usage();
    }
};
foreach ($requests as $request) {
    $inputs = $request['texts'] + [$request['input'] => ['file' => "$folder/{$request['file']}"]];
    $inputs += $request['kind'] === 'web-document' ? ['now' => 0] : [];
    $reset();
    try {
        Verifier::verify($request['kind'], $inputs, $request['limits']);
        $code = 'verified';
    } catch (FedVerify\Exception $refusal) {
        $code = $refusal->errorCode();
    }
    $bytes = memory_get_peak_usage();
    $most = $bytes > $most[1] ? [$request['name'], $bytes] : $most;
    if (in_array($code, ['verified', 'api.panicked', 'api.argument', 'input.too_large'], true) || strpos($code, 'io.file') === 0) {
        fwrite(STDERR, "{$request['name']}: expected a refusal of the document, found $code\n");
        exit(1);
    }
    echo "$code: {$request['name']}, ", $bytes >> 20, " MB\n";
}
printf("shapes: %d passed, 0 failed (the most: %s, %d MB)\n", count($requests), $most[0], $most[1] >> 20);
