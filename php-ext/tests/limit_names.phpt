--TEST--
Limits: names(), defaults() and meaning()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Limits;

var_dump(Limits::names() === array_keys(Limits::defaults()), count(Limits::names()) >= 20, Limits::names()[0]);
var_dump(Limits::defaults()['logBytes'] === 8 << 20, Limits::meaning('logBytes'));
foreach (Limits::defaults() as $name => $value) {
    if (!is_int($value) || $value <= 0 || substr(Limits::meaning($name), -1) !== '.') {
        echo "$name is not explained\n";
    }
}
// They are what every method takes.
echo FedVerify\AuditLog::verify(example('fair/log.json'), example_did(), null, null, Limits::defaults())->operations(), "\n";
foreach (['noSuchLimit', '', "\xff"] as $none) {
    try {
        Limits::meaning($none);
    } catch (ValueError $error) {
        echo substr($error->getMessage(), 0, 77), "\n";
    }
}
?>
--EXPECT--
bool(true)
bool(true)
string(8) "logBytes"
bool(true)
string(15) "Bytes of a log."
5
FedVerify\Limits::meaning(): Argument #1 ($name) must be one of logBytes, met
FedVerify\Limits::meaning(): Argument #1 ($name) must be one of logBytes, met
FedVerify\Limits::meaning(): Argument #1 ($name) must be one of logBytes, met
