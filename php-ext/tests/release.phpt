--TEST--
Identity::release(): what a metadata document lists, before the package is there; Release::verifyPackage()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Release;

$metadata = example('fair/metadata.json');
$zip = EXAMPLES . '/fair/hello-fair-1.1.0.zip';
$identity = example_identity();

$release = $identity->release($metadata);
echo $release->did() === $identity->did() ? 'same DID' : 'another DID', ' ', $release->version(), ' ', $release->type(), "\n";
echo $release->repository() === $identity->repository() ? 'same repository' : 'another', ' ', implode(' ', $release->versions()), "\n";
echo json_encode($release->artifacts(), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
echo json_encode($release->warnings()), ' ', $release->report()->kind(), ' ', $release->report()->verdict(), ' ',
    $release->pin() === $release->report()->pin() && $release->pin() !== null ? 'with a pin' : 'without', "\n";
echo $identity->release($metadata, '1.0.0')->version(), "\n";
thrown(fn () => $identity->release($metadata, '3.0.0'));
thrown(fn () => $identity->release('{}'));
thrown(fn () => $identity->release($metadata, null, ''));
thrown(fn () => $identity->release($metadata, null, null, false, ['noSuchLimit' => 1]));
thrown(fn () => $identity->release($metadata, null, null, false, ['metadataBytes' => 10]));

$report = $release->verifyPackage($zip);
echo $report->verdict(), ' ', $report->kind(), ' ', $report->release()['artifact'], "\n";
echo $report->toJson() === $identity->verifyPackage($metadata, $zip)->toJson() ? "the same report\n" : "another report\n";
thrown(fn () => $identity->release($metadata, '1.0.0')->verifyPackage($zip));
thrown(fn () => $release->verifyPackage($zip, null, 'https://publisher.example/another.zip'));
thrown(fn () => $release->verifyPackage('/nothing/at/all.zip'));
thrown(fn () => $release->verifyPackage($zip, null, null, false, ['packageBytes' => 10]));
thrown(fn () => $release->verifyPackage("$zip\0"));

// The pin of a package that was installed, and a release below it.
$pin = $report->pin();
thrown(fn () => $identity->release($metadata, '1.0.0', $pin, true));
thrown(fn () => $identity->release($metadata, '1.0.0', $pin)->verifyPackage($zip, null, null, true));
echo $identity->release($metadata, null, $pin, true)->verifyPackage($zip)->verdict(), "\n";
// What the release was made by goes on to its package.
$strict = $identity->release($metadata, '1.0.0', null, true);
thrown(fn () => $strict->verifyPackage($zip, $pin));

var_dump($release == $identity->release($metadata), $release == $identity->release($metadata, '1.0.0'));
thrown(fn () => new Release());
thrown(fn () => serialize($release));
?>
--EXPECT--
same DID 1.1.0 wp-plugin
same repository 1.1.0 1.0.0
[
    {
        "url": "https://publisher.example/hello-fair/hello-fair-1.1.0.zip",
        "contentType": "application/zip",
        "checksum": "sha256:ecf7ef52247cb8cda225ef41ccf8636503011978b358610291bb98ec8b89dc2d",
        "releaseAsset": false,
        "requiresAuth": false
    }
]
[] fair-metadata verified with a pin
1.0.0
FedVerify\RejectedException fair.release.missing
FedVerify\RejectedException fair.metadata.malformed
FedVerify\RejectedException pin.malformed
FedVerify\InvalidInputException api.argument
FedVerify\RejectedException input.too_large
verified fair-package https://publisher.example/hello-fair/hello-fair-1.1.0.zip
the same report
FedVerify\RejectedException fair.checksum.mismatch
FedVerify\RejectedException fair.artifact.missing
FedVerify\InvalidInputException io.file.missing
FedVerify\RejectedException input.too_large
ValueError: FedVerify\Release::verifyPackage(): Argument #1 ($path) must not contain any null bytes
FedVerify\RejectedException pin.downgrade
FedVerify\RejectedException pin.downgrade
verified
FedVerify\RejectedException pin.downgrade
bool(true)
bool(false)
Error: Call to private FedVerify\Release::__construct() from global scope
Exception: Serialization of 'FedVerify\Release' is not allowed
