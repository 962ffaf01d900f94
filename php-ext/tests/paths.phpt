--TEST--
Paths that are no local file
--EXTENSIONS--
fedverify
posix
--FILE--
<?php
require __DIR__ . '/example.inc';

$identity = example_identity();
$verify = function (string $path) use ($identity): void {
    try {
        $identity->verifyPackage(example('fair/metadata.json'), $path);
        echo "verified\n";
    } catch (FedVerify\Exception $exception) {
        echo get_class($exception), ' ', $exception->errorCode(), "\n";
        echo '  ', preg_replace('/"[^"]*\/fedverify[^"]*"/', '"scratch"', $exception->getMessage()), "\n";
    }
};
foreach (['http://example.org/a.zip', 'php://stdin', 'file:///etc/passwd', 'data:text/plain,x', 'DATA:,x',
    'compress.zlib:///etc/passwd', 'phar://a.phar/b', 'unknown+x-1.0://a'] as $stream) {
    $verify($stream);
}
$verify('');
$verify('/nothing/at/all.zip');
$verify('/');
$verify("a\x1b[31m\u{202e}.zip");
$verify('data');
$pipe = sys_get_temp_dir() . '/fedverify-pipe-' . getmypid();
posix_mkfifo($pipe, 0600);
$verify($pipe);
unlink($pipe);
$link = sys_get_temp_dir() . '/fedverify-link-' . getmypid();
symlink(realpath(EXAMPLES . '/fair/hello-fair-1.1.0.zip'), $link);
$verify($link);
unlink($link);
$empty = scratch_file();
$verify($empty);
thrown(fn () => $identity->verifyPackage(example('fair/metadata.json'), "a\0b"));
?>
--EXPECT--
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "http": "http://example.org/a.zip". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "php": "php://stdin". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "file": "file:///etc/passwd". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "data": "data:text/plain,x". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "DATA": "DATA:,x". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "compress.zlib": "compress.zlib:///etc/passwd". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "phar": "phar://a.phar/b". Copy it into a file first [api.argument]
FedVerify\InvalidInputException api.argument
  expected the path of a local file, found a stream of "unknown+x-1.0": "unknown+x-1.0://a". Copy it into a file first [api.argument]
FedVerify\InvalidInputException io.file.unreadable
  "" is not a path [io.file.unreadable]
FedVerify\InvalidInputException io.file.missing
  "/nothing/at/all.zip" cannot be read: No such file or directory (os error 2) [io.file.missing]
FedVerify\InvalidInputException io.file.unreadable
  "/" is not a regular file [io.file.unreadable]
FedVerify\InvalidInputException io.file.missing
  "a\u{1b}[31m\u{202e}.zip" cannot be read: No such file or directory (os error 2) [io.file.missing]
FedVerify\InvalidInputException io.file.missing
  "data" cannot be read: No such file or directory (os error 2) [io.file.missing]
FedVerify\InvalidInputException io.file.unreadable
  "scratch" is not a regular file [io.file.unreadable]
verified
FedVerify\RejectedException fair.checksum.mismatch
  expected a package with the checksum "sha256:ecf7ef52247cb8cda225ef41ccf8636503011978b358610291bb98ec8b89dc2d", found "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" [fair.checksum.mismatch]
ValueError: FedVerify\Identity::verifyPackage(): Argument #2 ($path) must not contain any null bytes
