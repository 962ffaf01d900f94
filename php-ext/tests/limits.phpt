--TEST--
Limits by name
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;

$log = example('fair/log.json');
$verify = fn (array $limits) => AuditLog::verify($log, example_did(), null, null, $limits);
echo $verify(['logBytes' => strlen($log)])->operations(), "\n";
thrown(fn () => $verify(['logBytes' => strlen($log) - 1]));
thrown(fn () => $verify(['logOperations' => 4]));
thrown(fn () => $verify(['noSuchLimit' => 4]));
thrown(fn () => $verify([4]));
thrown(fn () => $verify(['logBytes' => -1]));
thrown(fn () => $verify(['logBytes' => '9']));
thrown(fn () => $verify(['logBytes' => null]));
$four = 4;
thrown(fn () => $verify(['logOperations' => &$four]));

// Those of the log hold for its packages too, until the call says otherwise.
$identity = $verify(['packageBytes' => 10]);
$package = fn (array $limits = []) => $identity->verifyPackage(
    example('fair/metadata.json'),
    EXAMPLES . '/fair/hello-fair-1.1.0.zip',
    null,
    null,
    null,
    false,
    $limits
);
thrown(fn () => $package());
echo $package(['packageBytes' => 704])->verdict(), "\n";
thrown(fn () => $package(['packageBytes' => 703]));
try {
    $verify(['noSuchLimit' => 4]);
} catch (FedVerify\InvalidInputException $exception) {
    echo strpos($exception->getMessage(), 'packageBytes') ? "the message names them\n" : "no names\n";
}
?>
--EXPECT--
5
FedVerify\RejectedException input.too_large
FedVerify\RejectedException plc.log.too_long
FedVerify\InvalidInputException api.argument
FedVerify\InvalidInputException api.argument
FedVerify\InvalidInputException api.argument
FedVerify\InvalidInputException api.argument
FedVerify\InvalidInputException api.argument
FedVerify\RejectedException plc.log.too_long
FedVerify\RejectedException input.too_large
verified
FedVerify\RejectedException input.too_large
the message names them
