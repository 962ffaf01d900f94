--TEST--
With strict types, a number is no string
--EXTENSIONS--
fedverify
--FILE--
<?php
declare(strict_types=1);

require __DIR__ . '/example.inc';

thrown(fn () => FedVerify\AuditLog::verify(7, example_did()));
thrown(fn () => FedVerify\AuditLog::verify('[]', example_did(), 7));
thrown(fn () => FedVerify\AuditLog::verify('[]', example_did(), null, '7'));
thrown(fn () => example_identity()->verifyPackage('[]', '/nothing', null, null, null, 1));
?>
--EXPECT--
TypeError: FedVerify\AuditLog::verify(): Argument #1 ($json) must be of type string, int given
TypeError: FedVerify\AuditLog::verify(): Argument #3 ($pin) must be of type ?string, int given
TypeError: FedVerify\AuditLog::verify(): Argument #4 ($now) must be of type ?int, string given
TypeError: FedVerify\Identity::verifyPackage(): Argument #6 ($noDowngrade) must be of type bool, int given
