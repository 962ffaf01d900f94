--TEST--
Ten thousand verifications, one in four refused, in flat memory
--EXTENSIONS--
fedverify
--SKIPIF--
<?php
if (!is_readable('/proc/self/statm')) die('skip needs /proc');
?>
--FILE--
<?php
require __DIR__ . '/example.inc';

$log = example('fair/log.json');
$identity = example_identity();
$metadata = example('fair/metadata.json');
$zip = EXAMPLES . '/fair/hello-fair-1.1.0.zip';
$key = example('pfn/publisher.pem');
$record = example('pfn/plugin.json');
// Signatures are checked in the first round only: with the pin, a log costs none.
$pin = $identity->pin();
$round = function (int $times) use ($log, $identity, $metadata, $zip, $key, $record, $pin): void {
    for ($i = 0; $i < $times; $i++) {
        $again = FedVerify\AuditLog::verify($log, example_did(), $pin);
        $again->didDocument();
        $again->services();
        $again->history();
        json_encode($again->verifyPackage($metadata, $zip));
        FedVerify\Pfn::verifyPlugin($key, $record);
        $kept = FedVerify\Pin::parse($pin);
        $kept->merge(FedVerify\Pin::parse($again->pin()))->releases();
        $newest = FedVerify\Directory::newest(['https://a.example' => $identity, 'https://b.example' => $again]);
        $newest->identity()->head();
        $newest->warnings();
        FedVerify\Limits::defaults();
        FedVerify\Verifier::verify('key', ['key' => ['file' => EXAMPLES . '/pfn/publisher.pem']]);
        try {
            $identity->verifyPackage('[', $zip);
        } catch (FedVerify\Exception $exception) {
            $exception->report()->toArray();
        }
        try {
            FedVerify\Pin::parse('{}');
        } catch (FedVerify\Exception $exception) {
        }
        try {
            FedVerify\AuditLog::verify([], '');
        } catch (TypeError $error) {
        }
    }
};
/** What the system gave to the process, in bytes; PHP's own account does not see Rust's. */
$resident = function (): int {
    return (int) explode(' ', file_get_contents('/proc/self/statm'))[1] * 4096;
};
$round(500);
gc_collect_cycles();
[$php, $system] = [memory_get_usage(), $resident()];
$round(2500);
gc_collect_cycles();
echo memory_get_usage() - $php, " bytes more in PHP\n";
echo $resident() - $system < 1 << 20 ? "flat\n" : 'grown by ' . ($resident() - $system) . "\n";
?>
--EXPECT--
0 bytes more in PHP
flat
