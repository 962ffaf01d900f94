--TEST--
open_basedir holds for packages, also behind links
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

$folder = sys_get_temp_dir() . '/fedverify-basedir-' . getmypid();
mkdir("$folder/inside", 0700, true);
copy(EXAMPLES . '/fair/hello-fair-1.1.0.zip', "$folder/inside/a.zip");
copy(EXAMPLES . '/fair/hello-fair-1.1.0.zip', "$folder/outside.zip");
symlink("$folder/outside.zip", "$folder/inside/link.zip");
$identity = example_identity();
$metadata = example('fair/metadata.json');
ini_set('open_basedir', "$folder/inside");
chdir("$folder/inside");
$verify = function (string $path) use ($identity, $metadata, $folder): void {
    try {
        echo $identity->verifyPackage($metadata, $path)->verdict(), "\n";
    } catch (FedVerify\Exception $exception) {
        echo get_class($exception), ' ', str_replace($folder, '', $exception->getMessage()), "\n";
    }
};
$verify("$folder/inside/a.zip");
$verify('a.zip');
$verify("$folder/outside.zip");
$verify("../outside.zip");
$verify("$folder/inside/link.zip");
$verify("$folder/nothing.zip");
$verify('/etc/passwd');
// Inputs from files, too.
thrown(fn () => FedVerify\Verifier::verify('key', ['key' => ['file' => '/etc/passwd']]));
thrown(fn () => FedVerify\Verifier::verify('key', ['key' => ['file' => "$folder/inside/a.zip"]]));
?>
--EXPECT--
verified
verified
FedVerify\InvalidInputException "/outside.zip" is not within the folders that open_basedir allows [io.file.unreadable]
FedVerify\InvalidInputException "../outside.zip" is not within the folders that open_basedir allows [io.file.unreadable]
FedVerify\InvalidInputException "/inside/link.zip" is not within the folders that open_basedir allows [io.file.unreadable]
FedVerify\InvalidInputException "/nothing.zip" is not within the folders that open_basedir allows [io.file.unreadable]
FedVerify\InvalidInputException "/etc/passwd" is not within the folders that open_basedir allows [io.file.unreadable]
FedVerify\InvalidInputException io.file.unreadable
FedVerify\RejectedException input.not_utf8
--CLEAN--
<?php
foreach (glob(sys_get_temp_dir() . '/fedverify-basedir-*') as $folder) {
    array_map('unlink', glob("$folder/inside/*"));
    array_map('unlink', glob("$folder/*.zip"));
    rmdir("$folder/inside");
    rmdir($folder);
}
?>
