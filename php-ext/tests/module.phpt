--TEST--
The module: its name, its version, its section of phpinfo()
--EXTENSIONS--
fedverify
--FILE--
<?php
var_dump(extension_loaded('fedverify'));
echo preg_match('/^\d+\.\d+\.\d+/', phpversion('fedverify')), "\n";
ob_start();
phpinfo(INFO_MODULES);
preg_match('/^fedverify support => .*?\n\n/ms', ob_get_clean(), $section);
echo preg_replace('/API\d+/', 'API', str_replace(phpversion('fedverify'), 'x.y.z', $section[0]));
?>
--EXPECTF--
bool(true)
1
fedverify support => enabled
Version => x.y.z
PHP API => API,%s
Cryptography => libsecp256k1, ring (P-256, SHA-384), ed25519-dalek, sha2
