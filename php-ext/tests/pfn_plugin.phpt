--TEST--
Pfn::verifyPlugin()
--EXTENSIONS--
fedverify
sodium
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Pfn;

$key = example('pfn/publisher.pem');
$record = example('pfn/plugin.json');
$zip = EXAMPLES . '/pfn/hello-pfn-1.0.0.zip';
$report = Pfn::verifyPlugin($key, $record);
echo $report->verdict(), ' ', $report->kind(), ' ', $report->trust(), ' ', $report->plugin()['version'], "\n";
echo implode(' ', array_column($report->warnings(), 'code')), ' ', $report->key()['type'], "\n";
var_dump($report->package(), $report->identity(), $report->pin());

$report = Pfn::verifyPlugin($key, $record, null, $zip);
echo "with the archive: ", implode(' ', array_column($report->warnings(), 'code')), ' ', $report->package()['size'], "\n";
$seed = hash('sha256', 'example/pfn', true);
$secret = sodium_crypto_sign_secretkey(sodium_crypto_sign_seed_keypair($seed));
$signature = base64_encode(sodium_crypto_sign_detached(hash_file('sha384', $zip, true), $secret));
$report = Pfn::verifyPlugin($key, $record, null, $zip, $signature);
echo "with the archive signed: ", implode(' ', array_column($report->warnings(), 'code')), ' ', $report->package()['algorithm'], "\n";

echo "a signature beside: ";
thrown(fn () => Pfn::verifyPlugin($key, $record, base64_encode(str_repeat("\0", 64))));
echo "another version: ";
thrown(fn () => Pfn::verifyPlugin($key, str_replace('1.0.0', '1.0.1', $record)));
echo "no key: ";
thrown(fn () => Pfn::verifyPlugin('', $record));
echo "another archive: ";
thrown(fn () => Pfn::verifyPlugin($key, $record, null, EXAMPLES . '/fair/hello-fair-1.1.0.zip'));
echo "no archive: ";
thrown(fn () => Pfn::verifyPlugin($key, $record, null, EXAMPLES . '/nothing.zip'));
echo "an archive's signature alone: ";
thrown(fn () => Pfn::verifyPlugin($key, $record, null, null, $signature));
echo "a signature of another archive: ";
thrown(fn () => Pfn::verifyPlugin($key, $record, null, $zip, base64_encode(str_repeat("\1", 64))));
echo "too large: ";
thrown(fn () => Pfn::verifyPlugin($key, $record, limits: ['recordBytes' => 10]));
?>
--EXPECT--
verified pfn-plugin key 1.0.0
pfn.archive.unbound pfn.signature.oracle Ed25519
NULL
NULL
NULL
with the archive: pfn.archive.unbound pfn.signature.oracle 505
with the archive signed: pfn.signature.oracle ed25519-sha384
a signature beside: FedVerify\RejectedException pfn.signature.invalid
another version: FedVerify\RejectedException pfn.signature.invalid
no key: FedVerify\RejectedException pfn.key.invalid
another archive: FedVerify\RejectedException pfn.archive.inconsistent
no archive: FedVerify\InvalidInputException io.file.missing
an archive's signature alone: FedVerify\InvalidInputException api.argument
a signature of another archive: FedVerify\RejectedException pfn.archive.signature_invalid
too large: FedVerify\RejectedException input.too_large
