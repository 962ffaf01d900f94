--TEST--
AuditLog::verify() walks a log to the genesis operation that the DID is the hash of
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;

$log = example('fair/log.json');
$identity = AuditLog::verify($log, example_did());
echo get_class($identity), ' ', $identity->did(), "\n";

echo "another DID: ";
thrown(fn () => AuditLog::verify($log, 'did:plc:z72i7hdynmk6r22z27h6tvur'));
echo "no DID: ";
thrown(fn () => AuditLog::verify($log, 'hello'));
echo "nothing: ";
thrown(fn () => AuditLog::verify('', example_did()));
echo "bytes that are no text: ";
thrown(fn () => AuditLog::verify("\xff\x00", example_did()));
echo "a flag turned round: ";
thrown(fn () => AuditLog::verify(str_replace('"nullified": true', '"nullified": false', $log), example_did()));
echo "a repository moved: ";
thrown(fn () => AuditLog::verify(str_replace('old.publisher', 'thief', $log), example_did()));
echo "a DID that is no text: ";
thrown(fn () => AuditLog::verify($log, "did:plc:\xff"));
echo "a clock before 1970: ";
thrown(fn () => AuditLog::verify($log, example_did(), null, -1));
?>
--EXPECT--
FedVerify\Identity did:plc:6fub4jd3yfiuvzi5yhcmvrax
another DID: FedVerify\RejectedException plc.did_mismatch
no DID: FedVerify\RejectedException did.invalid
nothing: FedVerify\RejectedException input.malformed
bytes that are no text: FedVerify\RejectedException input.not_utf8
a flag turned round: FedVerify\RejectedException plc.nullified_flag
a repository moved: FedVerify\RejectedException plc.cid.mismatch
a DID that is no text: FedVerify\InvalidInputException api.argument
a clock before 1970: FedVerify\InvalidInputException api.argument
