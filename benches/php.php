<?php

/**
 * What verifying a package costs in PHP, beside what PHP's own functions take to hash it twice and check one signature.
 *
 *     php -d extension=… benches/php.php [MEGABYTES [ROUNDS]]
 *
 * Both in one process, in turns; the figures are medians. docs/performance.md, "PHP", says how to read them.
 */

declare(strict_types=1);

if (!extension_loaded('fedverify')) {
    fwrite(STDERR, "the extension fedverify is not loaded\n");
    exit(2);
}
require __DIR__ . '/../php-ext/tests/example.inc';

$megabytes = (int) ($argv[1] ?? 20);
$rounds = (int) ($argv[2] ?? 15);

$path = scratch_file();
$file = fopen($path, 'wb');
for ($i = 0; $i < $megabytes; $i++) {
    fwrite($file, random_bytes(1 << 20));
}
fclose($file);
$metadata = metadata_for($path);
$identity = example_identity();
$artifact = json_decode($metadata, true)['releases'][0]['artifacts']['package'][0];
$signature = sodium_base642bin($artifact['signature'], SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
$seed = hash('sha256', 'example/fair', true);
$key = sodium_crypto_sign_publickey(sodium_crypto_sign_seed_keypair($seed));

$ways = [
    'verifyPackage' => static function () use ($identity, $metadata, $path): void {
        $identity->verifyPackage($metadata, $path);
    },
    'hash_file and sodium' => static function () use ($path, $artifact, $signature, $key): void {
        $sha256 = hash_file('sha256', $path);
        $sha384 = hash_file('sha384', $path, true);
        if ("sha256:$sha256" !== $artifact['checksum'] || !sodium_crypto_sign_verify_detached($signature, $sha384, $key)) {
            throw new LogicException('not verified');
        }
    },
    '  of it sha256' => static function () use ($path): void {
        hash_file('sha256', $path);
    },
    '  of it sha384' => static function () use ($path): void {
        hash_file('sha384', $path);
    },
];
$times = array_fill_keys(array_keys($ways), []);
for ($round = 0; $round <= $rounds; $round++) {
    foreach ($ways as $name => $way) {
        $start = hrtime(true);
        $way();
        $took = (hrtime(true) - $start) / 1e6;
        // The first round warms the file up.
        if ($round > 0) {
            $times[$name][] = $took;
        }
    }
}
printf("%d MiB, %d rounds in turns, medians, PHP %s\n", $megabytes, $rounds, PHP_VERSION);
$medians = [];
foreach ($times as $name => $taken) {
    sort($taken);
    $medians[$name] = $taken[intdiv(count($taken), 2)];
    printf("%-22s %8.1f ms\n", $name, $medians[$name]);
}
printf("verifyPackage takes %.2f times as long\n", $medians['verifyPackage'] / $medians['hash_file and sodium']);
