<?php

/**
 * A publisher signs the plugin's ZIP as a FAIR package; the library in it and the command verify it.
 *
 *     php signed.php [COMMAND]
 */

declare(strict_types=1);

require __DIR__ . '/../classes.php';
error_reporting(E_ALL);

$identity = Identity::create('fedverify', time() - 400 * 86400);
$product = new Product($identity, 'plugin', 'fedverify');
$release = $product->release(OwnPlugin::version(), ['bytes' => OwnPlugin::archive($product->did())]);
$changed = $release->bytes;
$changed[1000] = ~$changed[1000];

$folder = sys_get_temp_dir() . '/fedverify-signed-' . getmypid();
mkdir($folder, 0700);
file_put_contents("$folder/log.json", json_encode($identity->log(), JSON_UNESCAPED_SLASHES));
file_put_contents("$folder/metadata.json", json_encode($product->metadata(), JSON_UNESCAPED_SLASHES));
file_put_contents("$folder/honest.zip", $release->bytes);
file_put_contents("$folder/changed.zip", $changed);

/** What the library says: verified, or the code of the refusal. */
$byLibrary = static function (string $package) use ($folder, $product, $release): string {
    try {
        $log = file_get_contents("$folder/log.json");
        FedVerify\AuditLog::verify($log, $product->did())
            ->release(file_get_contents("$folder/metadata.json"), $release->version)
            ->verifyPackage("$folder/$package");
        return 'verified';
    } catch (FedVerify\RejectedException $refusal) {
        return (string) $refusal->report()->error()['code'];
    }
};

$byCommand = static function (string $package) use ($folder, $product, $release, $argv): string {
    $arguments = [
        $argv[1], 'package', 'verify', "$folder/$package", '--did', $product->did(), '--log', "$folder/log.json",
        '--metadata', "$folder/metadata.json", '--release', $release->version, '--json',
    ];
    $process = proc_open($arguments, [1 => ['pipe', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes);
    $report = json_decode(stream_get_contents($pipes[1]), true);
    proc_close($process);
    return $report['error']['code'] ?? $report['verdict'];
};

$failed = false;
$ways = ['library' => $byLibrary] + (isset($argv[1]) ? ['command' => $byCommand] : []);
foreach ($ways as $name => $verify) {
    foreach (['honest.zip' => 'verified', 'changed.zip' => 'fair.checksum.mismatch'] as $package => $expected) {
        $found = $verify($package);
        $failed = $failed || $found !== $expected;
        printf("%s %s: %s is %s\n", $found === $expected ? 'ok  ' : 'FAIL', $name, $package, $found);
    }
}
Shell::remove($folder);
exit($failed ? 1 : 0);
