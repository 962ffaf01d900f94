--TEST--
Every code of the project is a constant
--EXTENSIONS--
fedverify
--FILE--
<?php
use FedVerify\Code;
use FedVerify\WarningCode;

// docs/codes.md is written from core's table.
$documented = file_get_contents(__DIR__ . '/../../docs/codes.md');
foreach ([Code::class, WarningCode::class] as $class) {
    $constants = (new ReflectionClass($class))->getConstants();
    foreach ($constants as $name => $code) {
        if ($name !== strtoupper(str_replace('.', '_', $code))) {
            echo "$name is $code\n";
        }
        if (strpos($documented, "`$code`") === false) {
            echo "$code is not documented\n";
        }
    }
    echo count($constants) === count(array_unique($constants)) && count($constants) > 10 ? "constants\n" : "too few\n";
}
preg_match_all('/^\| \d+ \| `([a-z0-9_.]+)`/m', $documented, $codes);
var_dump(array_diff($codes[1], (new ReflectionClass(Code::class))->getConstants()));
echo count($codes[1]) === count((new ReflectionClass(Code::class))->getConstants()) ? "all\n" : "not all\n";
echo Code::PLC_CID_MISMATCH, ' ', Code::API_PANICKED, ' ', WarningCode::PFN_ARCHIVE_UNBOUND, "\n";
?>
--EXPECT--
constants
constants
array(0) {
}
all
plc.cid.mismatch api.panicked pfn.archive.unbound
