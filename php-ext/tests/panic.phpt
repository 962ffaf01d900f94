--TEST--
A panic is an exception, and PHP goes on
--EXTENSIONS--
fedverify
--SKIPIF--
<?php
require __DIR__ . '/example.inc';
try {
    FedVerify\AuditLog::verify('[]', example_did(), null, null, ['panic' => 1]);
} catch (FedVerify\InvalidInputException $exception) {
    die('skip needs the extension built with the feature panic; tests/php.sh does');
} catch (FedVerify\Exception $exception) {
}
?>
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;

$verify = fn () => AuditLog::verify('[]', example_did(), null, null, ['panic' => 1]);
for ($i = 0; $i < 3; $i++) {
    thrown($verify);
}
try {
    $verify();
} catch (FedVerify\Exception $exception) {
    echo get_class($exception), ' ', $exception->getCode(), ' ', $exception->report()->verdict(), "\n";
}
echo example_identity()->operations(), "\n";
?>
--EXPECTF--
%Aasked to panic%AFedVerify\Exception api.panicked
%AFedVerify\Exception api.panicked
%AFedVerify\Exception api.panicked
%AFedVerify\Exception 903 undetermined
5
