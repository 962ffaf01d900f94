--TEST--
A package of 512 MiB, the default limit, verifies in 32 MiB of memory
--EXTENSIONS--
fedverify
sodium
--SKIPIF--
<?php
if (PHP_VERSION_ID < 80200) die('skip memory_reset_peak_usage() came with PHP 8.2');
?>
--INI--
memory_limit=32M
--FILE--
<?php
require __DIR__ . '/example.inc';

// A file of zeros that takes no space on the disk.
$path = scratch_file();
$file = fopen($path, 'r+');
ftruncate($file, 512 << 20);
fclose($file);
$metadata = metadata_for($path);
$identity = example_identity();
memory_reset_peak_usage();
$before = memory_get_peak_usage();
$report = $identity->verifyPackage($metadata, $path);
echo $report->verdict(), ' ', $report->package()['size'], "\n";
echo memory_get_peak_usage() - $before < 1 << 20 ? "flat\n" : "not flat\n";
$file = fopen($path, 'a');
fwrite($file, 'x');
fclose($file);
thrown(fn () => $identity->verifyPackage($metadata, $path));
?>
--EXPECT--
verified 536870912
flat
FedVerify\RejectedException input.too_large
