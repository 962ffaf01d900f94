--TEST--
ArchiveSignature::verify()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\ArchiveSignature;

// As sodium signs the digest of "an archive" with the seed of 32 times "a".
$key = 'rwaj4ykXFOTzVsGcmxXNGVHsbmZiqne+B1R/KJODNB0=';
$signature = '/jf4aSfpIoqINO5xwBWJ2jt/0ExVbKIj0W5FWACTKIWU8mrxgPP8Jf33Y3Dn6Lp5MhcpS/ups2dICi0CNGBGDg==';
$digest = hash('sha384', 'an archive');
var_dump(ArchiveSignature::verify($key, $digest, $signature));
thrown(fn () => ArchiveSignature::verify($key, strtoupper($digest), $signature));
thrown(fn () => ArchiveSignature::verify($key, hash('sha384', 'another'), $signature));
thrown(fn () => ArchiveSignature::verify($key, bin2hex(str_repeat('t', 48)), $signature));
thrown(fn () => ArchiveSignature::verify($key, $digest, ''));
thrown(fn () => ArchiveSignature::verify($key, $digest, "\xff"));
thrown(fn () => ArchiveSignature::verify('', $digest, $signature));
thrown(fn () => ArchiveSignature::verify('', "$digest\n", $signature));
try {
    ArchiveSignature::verify($key, 'text', $signature);
} catch (FedVerify\InvalidInputException $exception) {
    echo $exception->getMessage(), "\n";
    var_dump($exception->report());
}
?>
--EXPECT--
NULL
nothing thrown
FedVerify\RejectedException pfn.archive.signature_invalid
FedVerify\RejectedException pfn.archive.signature_invalid
FedVerify\RejectedException pfn.signature.encoding
FedVerify\RejectedException pfn.signature.encoding
FedVerify\RejectedException pfn.key.invalid
FedVerify\InvalidInputException api.argument
expected a SHA-384 digest of 96 hexadecimal digits [api.argument]
NULL
