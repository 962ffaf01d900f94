--TEST--
Version::compare() and Version::number()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Version;

foreach ([['1.10', '1.9'], ['1.0.0-rc.1', '1.0.0'], ['v1.0.0', '1']] as [$a, $b]) {
    echo "$a and $b: ", Version::compare($a, $b), ' ', Version::compare($b, $a), "\n";
}
foreach (['1', 'v1.0+build', 'trunk'] as $version) {
    echo "$version: ", Version::number($version), "\n";
}
thrown(fn () => Version::compare('trunk', '1.0'));
thrown(fn () => Version::compare('1.0', ''));
thrown(fn () => Version::number('1 0'));
thrown(fn () => Version::number("1.\xff"));
try {
    Version::compare('trunk', '1.0');
} catch (FedVerify\RejectedException $exception) {
    echo $exception->getMessage(), "\n";
    var_dump($exception->report());
}
?>
--EXPECT--
1.10 and 1.9: 1 -1
1.0.0-rc.1 and 1.0.0: -1 1
v1.0.0 and 1: 0 0
1: 1.0.0
v1.0+build: 1.0.0
trunk: trunk
FedVerify\RejectedException fair.version.invalid
FedVerify\RejectedException fair.version.invalid
FedVerify\RejectedException fair.version.invalid
FedVerify\RejectedException fair.version.invalid
expected a version that can be ordered, found "trunk" [fair.version.invalid]
NULL
