--TEST--
Identity::verifyPackage() proves a package from its bytes back to the genesis
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Code;
use FedVerify\RejectedException;

$identity = example_identity();
$metadata = example('fair/metadata.json');
$zip = EXAMPLES . '/fair/hello-fair-1.1.0.zip';

$report = $identity->verifyPackage($metadata, $zip);
echo $report->verdict(), ' ', $report->kind(), ' ', $report->trust(), ' ', $report->release()['version'], "\n";
echo $report->package()['keyId'], ' ', $report->package()['algorithm'], ' ', $report->package()['size'], "\n";

echo "by name: ", $identity->verifyPackage($metadata, $zip, '1.1.0')->verdict(), "\n";
echo "by address: ", $identity->verifyPackage(
    metadataJson: $metadata,
    path: $zip,
    artifactUrl: 'https://publisher.example/hello-fair/hello-fair-1.1.0.zip'
)->verdict(), "\n";
echo "relative: ";
chdir(EXAMPLES . '/fair');
echo $identity->verifyPackage($metadata, 'hello-fair-1.1.0.zip')->verdict(), "\n";

$bytes = file_get_contents($zip);
$bytes[200] = 'X';
echo "a byte changed: ";
try {
    $identity->verifyPackage($metadata, scratch_file($bytes));
} catch (RejectedException $exception) {
    echo $exception->errorCode(), ' ', $exception->errorCode() === Code::FAIR_CHECKSUM_MISMATCH ? 'by constant' : '', "\n";
    $report = $exception->report();
    // What was proven before is still told.
    echo $report->verdict(), ' ', $report->identity()['did'], ' ', $report->release()['version'], "\n";
    var_dump($report->package());
    // And what is to be kept.
    echo $report->pin() === $identity->pin() ? "the pin\n" : "another pin\n";
}
echo "a byte changed, and the checksum with it: ";
$changed = scratch_file($bytes);
$forged = str_replace(hash('sha256', example('fair/hello-fair-1.1.0.zip')), hash_file('sha256', $changed), $metadata);
thrown(fn () => $identity->verifyPackage($forged, $changed));
echo "an older release: ";
thrown(fn () => $identity->verifyPackage($metadata, $zip, '1.0.0'));
echo "no such release: ";
thrown(fn () => $identity->verifyPackage($metadata, $zip, '9.9.9'));
echo "another address: ";
thrown(fn () => $identity->verifyPackage($metadata, $zip, null, null, 'https://elsewhere.example/'));
echo "no metadata: ";
thrown(fn () => $identity->verifyPackage('', $zip));
echo "a version that is no text: ";
thrown(fn () => $identity->verifyPackage($metadata, $zip, "1.1.0\xff"));
?>
--EXPECT--
verified fair-package self-certified 1.1.0
fair ed25519-sha384 704
by name: verified
by address: verified
relative: verified
a byte changed: fair.checksum.mismatch by constant
rejected did:plc:6fub4jd3yfiuvzi5yhcmvrax 1.1.0
NULL
the pin
a byte changed, and the checksum with it: FedVerify\RejectedException fair.signature.invalid
an older release: FedVerify\RejectedException fair.checksum.mismatch
no such release: FedVerify\RejectedException fair.release.missing
another address: FedVerify\RejectedException fair.artifact.missing
no metadata: FedVerify\RejectedException input.malformed
a version that is no text: FedVerify\InvalidInputException api.argument
