--TEST--
Verifier::verify() takes every kind, with inputs by name
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Verifier;

$fair = EXAMPLES . '/fair';
$log = ['did' => example_did(), 'log' => example('fair/log.json')];
$metadata = ['metadata' => ['file' => "$fair/metadata.json"]];
$package = ['package' => "$fair/hello-fair-1.1.0.zip"];
$told = function (string $kind, array $inputs, array $limits = []): void {
    try {
        $report = Verifier::verify($kind, $inputs, $limits);
        echo "$kind verified ", $report->trust() ?? 'without trust', $report->pin() ? ' with a pin' : '', "\n";
    } catch (FedVerify\Exception $exception) {
        echo "$kind ", get_class($exception), ' ', $exception->errorCode(), ' ', $exception->report()->verdict(), "\n";
    }
};
$told('plc-log', $log);
$told('plc-log', $log + ['remember' => true, 'now' => 1700000000]);
$told('fair-metadata', $log + $metadata);
$told('fair-package', $log + $metadata + $package);
$told('fair-package', ['package' => ['file' => $package['package']]] + $log + $metadata + ['release' => null]);
$told('fair-alias', $log);
$key = ['key' => ['file' => EXAMPLES . '/pfn/publisher.pem']];
$told('key', $key);
$told('pfn-plugin', $key + ['plugin' => example('pfn/plugin.json'), 'archive' => EXAMPLES . '/pfn/hello-pfn-1.0.0.zip']);
$told('pfn-challenge', $key + ['challenge' => example('pfn/challenge.txt'), 'signature' => example('pfn/challenge.sig')]);
$info = ['document' => json_encode(['version' => '1', 'features' => [], 'assetInfo' => [
    'domain' => 'https://source.example', 'namingScheme' => 'author/slug.zip',
]])];
$told('pfn-federation-info', $info);
$told('pfn-asset-url', $info + ['author' => 'alice', 'slug' => 'gallery']);
$told('pfn-author-data', ['document' => '{}']);
echo Verifier::verify('pfn-asset-url', $info + ['author' => 'alice', 'slug' => 'gallery'])->assetUrl(), "\n";

echo "history: ", implode(' ', array_diff(
    array_keys(Verifier::verify('plc-log', $log + ['history' => true])->identity()),
    array_keys(Verifier::verify('plc-log', $log)->identity())
)), "\n";
echo "a file of bytes that is missing, and an earlier fault: ";
$told('fair-metadata', $log + ['metadata' => ['file' => '/nothing']]);
$told('fair-metadata', ['did' => 'hello', 'metadata' => ['file' => '/nothing']] + $log);

echo "wrong calls:\n";
foreach ([
    ['colour' => 'red'], ['challenge' => 'x'], [7], ['did' => 7], ['did' => "did:plc:\xff"], ['did' => ['file' => '/nothing']],
    ['log' => true], ['log' => 1.5], ['log' => []], ['log' => ['file' => 7]], ['log' => ['file' => 'http://a.example/']],
    ['log' => new stdClass()], ['now' => '7'], ['now' => -1], ['history' => 1], ['package' => 'x'], ['log' => null],
] as $wrong) {
    $told('plc-log', $wrong + $log);
}
foreach ([['package' => true], ['package' => 'data:,x'], ['package' => null], ['metadata' => null]] as $wrong) {
    $told('fair-package', $wrong + $log + $metadata + $package);
}
$told('plc-log', $log, ['noSuchLimit' => 1]);
$told('plc-log', $log, ['logBytes' => '1']);
$told('plc-log', $log, ['logBytes' => 10]);
thrown(fn () => Verifier::verify('web-package', []));
?>
--EXPECT--
plc-log verified self-certified
plc-log verified self-certified with a pin
fair-metadata verified self-certified
fair-package verified self-certified
fair-package verified self-certified
fair-alias verified self-certified
key verified without trust
pfn-plugin verified key
pfn-challenge verified key
pfn-federation-info verified without trust
pfn-asset-url verified without trust
pfn-author-data FedVerify\RejectedException pfn.author_data.malformed rejected
https://source.example/alice/gallery.zip
history: didDocument history
a file of bytes that is missing, and an earlier fault: fair-metadata FedVerify\InvalidInputException io.file.missing undetermined
fair-metadata FedVerify\RejectedException did.invalid rejected
wrong calls:
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
fair-package FedVerify\InvalidInputException api.argument undetermined
fair-package FedVerify\InvalidInputException api.argument undetermined
fair-package FedVerify\InvalidInputException api.argument undetermined
fair-package FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\InvalidInputException api.argument undetermined
plc-log FedVerify\RejectedException input.too_large rejected
ValueError: FedVerify\Verifier::verify(): Argument #1 ($kind) must be one of plc-log, web-document, fair-metadata, fair-package, fair-alias, pfn-plugin, pfn-challenge, pfn-federation-info, pfn-author-data, pfn-asset-url, key
