<?php

/**
 * What the Composer library does beside verifying: its classes are those of the stubs, it explains its choice, and it
 * opens files by PHP's rules.
 *
 *     php library.php BACKEND
 */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\Backend;
use FedVerify\Backend\BackendMissingException;
use FedVerify\Code;

require __DIR__ . '/signatures.php';
require __DIR__ . '/backend.php';

const FAIR = __DIR__ . '/../../examples/fair';

$backend = $argv[1];
$counts = ['passed' => 0, 'failed' => 0];
$check = static function (string $what, bool $holds) use (&$counts): void {
    $counts[$holds ? 'passed' : 'failed']++;
    if (!$holds) {
        echo "failed: $what\n";
    }
};
$thrown = static function (callable $call): string {
    try {
        $call();
        return 'nothing';
    } catch (FedVerify\Exception $exception) {
        return $exception->errorCode();
    } catch (Throwable $throwable) {
        return get_class($throwable) . ': ' . $throwable->getMessage();
    }
};

// Detection.
Backend::configure(['only' => 'ffi', 'library' => '/nonexistent/libfedverify.so']);
$explained = $thrown([Backend::class, 'detect']);
$check('a library that is not there', strpos($explained, BackendMissingException::class) === 0);
$check('it says what to install', strpos($explained, 'pie install') !== false && strpos($explained, 'ffi: ') !== false);
Backend::configure(['only' => 'binary', 'binary' => '/bin/true']);
$check('another program', strpos($thrown([Backend::class, 'detect']), '/bin/true is not the command') !== false);
use_backend($backend);
$explanation = Backend::detect()->explanation();
$check('the choice is explained', strpos($explanation, 'extension: fedverify is not loaded') === 0);
$check('the version is named', preg_match("/^$backend: .*\\d\\.\\d/m", $explanation) === 1);

// The same classes.
load_stubs('Stub');
$check('the classes are those of the stubs', !differ(signatures('Stub'), signatures('FedVerify')));

// The C library's functions are declared as its header declares them; handles are void, and data are char.
$normal = static function (string $declaration): string {
    $declaration = preg_replace('/\bfedverify_(?!str\b|status\b)\w+ (?=\*)/', 'void ', $declaration);
    return str_replace('char', 'void', trim(preg_replace('/\s+/', ' ', $declaration)));
};
$header = file_get_contents(__DIR__ . '/../../include/fedverify.h');
preg_match_all('/^[a-z].*\b(fedverify_\w+)\(.*\);$/m', file_get_contents(__DIR__ . '/../../php/fedverify-ffi.h'), $declared);
$check('there are declarations', count($declared[0]) > 30);
foreach ($declared[1] as $index => $name) {
    $check($name, preg_match("/^[a-z][^;(]*\\b$name\\([^;]*\\);/m", $header, $found) === 1
        && $normal($found[0]) === $normal($declared[0][$index]));
}
$constant = static function (string $class, string $name) {
    return (new ReflectionClassConstant("FedVerify\\Backend\\$class", $name))->getValue();
};
$defined = static function (string $name) use ($header): int {
    return preg_match("/^#define FEDVERIFY_$name (\\d+)$/m", $header, $value) === 1 ? (int) $value[1] : -1;
};
$check('the interface', $constant('Library', 'ABI_VERSION') === $defined('ABI_VERSION'));
foreach ($constant('LibraryCall', 'KINDS') as $kind => $number) {
    $check("the kind $kind", $number === $defined('KIND_' . strtoupper($kind)));
}

// Objects.
$log = file_get_contents(FAIR . '/log.json');
$did = trim(file_get_contents(FAIR . '/did.txt'));
$identity = AuditLog::verify($log, $did);
foreach ([$identity, $identity->report()] as $object) {
    $check('no serialisation', strpos($thrown(fn () => serialize($object)), 'is not allowed') !== false);
    $check('no copy', strpos($thrown(fn () => clone $object), 'private') !== false);
    $check('no new properties', strpos($thrown(function () use ($object) {
        $object->property = 1;
    }), 'dynamic property') !== false);
}
$check('no identity by hand', strpos($thrown(fn () => new FedVerify\Identity()), 'private') !== false);

// Arguments that are refused before anything is judged, with a whole report.
try {
    AuditLog::verify($log, $did, null, -1);
    $check('a negative time', false);
} catch (FedVerify\InvalidInputException $exception) {
    $report = $exception->report();
    $check('its code', $exception->errorCode() === Code::API_ARGUMENT && $exception->getCode() === 901);
    $check('its report', $report->verdict() === 'undetermined' && $report->error()['code'] === Code::API_ARGUMENT);
    $check('its steps', array_column($report->checks(), 'outcome')[0] === 'fail' && count($report->checks()) > 5);
}

// Files.
$metadata = file_get_contents(FAIR . '/metadata.json');
$folder = sys_get_temp_dir() . '/fedverify-library-' . getmypid();
mkdir($folder);
copy(FAIR . '/hello-fair-1.1.0.zip', "$folder/package.zip");
symlink('/etc/passwd', "$folder/link.zip");
$verify = static fn (string $path): string => $thrown(fn () => $identity->verifyPackage($metadata, $path));
$before = count(glob(sys_get_temp_dir() . '/fedverify-*'));
foreach (glob(__DIR__ . '/../../php/src/{,Backend/}*.php', GLOB_BRACE) as $path) {
    require_once $path;
}
ini_set('open_basedir', sys_get_temp_dir());
$check('a file within open_basedir', $verify("$folder/package.zip") === 'nothing');
$check('a file outside', $verify('/etc/passwd') === Code::IO_FILE_UNREADABLE);
$check('a link that leads outside', $verify("$folder/link.zip") === Code::IO_FILE_UNREADABLE);
$check('a stream', $verify('http://example.org/a.zip') === Code::API_ARGUMENT);
$check('a stream by its short name', $verify('data:,x') === Code::API_ARGUMENT);
$check('no file', $verify("$folder/nothing.zip") === Code::IO_FILE_MISSING);
$check('a folder', $verify($folder) === Code::IO_FILE_UNREADABLE);
$check('nothing is left behind', count(glob(sys_get_temp_dir() . '/fedverify-*')) === $before);
// PHP itself may not touch the link any more.
FedVerify\Backend\Process::run(['rm', '-r', $folder]);

printf("library: %d passed, %d failed\n", $counts['passed'], $counts['failed']);
exit($counts['failed'] === 0 ? 0 : 1);
