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
use FedVerify\Verifier;

require __DIR__ . '/signatures.php';
require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

const FAIR = __DIR__ . '/../../examples/fair';

$backend = $argv[1];

// Detection.
Backend::configure(['only' => 'ffi', 'library' => '/nonexistent/libfedverify.so']);
$explained = $thrown([Backend::class, 'detect']);
$check('a library that is not there', strpos($explained, BackendMissingException::class) === 0);
$check('it says what to install', strpos($explained, 'pie install') !== false && strpos($explained, 'ffi: ') !== false);
Backend::configure(['only' => 'binary', 'binary' => '/bin/true']);
$check('another program', strpos($thrown([Backend::class, 'detect']), '/bin/true is not the command') !== false);
foreach ([['colour' => 'red'], ['only' => 'extension'], ['binary' => null], ['php']] as $settings) {
    $refused = $thrown(fn () => Backend::configure($settings));
    $check('a setting: ' . json_encode($settings), strpos($refused, 'InvalidArgumentException: expected ') === 0);
}

// The first example of docs/php.md, also where there is nothing that could verify.
preg_match('/```php\n(.*?)```/s', file_get_contents(__DIR__ . '/../../docs/php.md'), $example);
function keep(string $did, ?string $pin): void
{
    $GLOBALS['done'][] = 'keep ' . ($pin === null ? 'nothing' : json_decode($pin)->did === $did);
}
function install(string $path): void
{
    $GLOBALS['done'][] = "install $path";
}
function report(string $code, string $message, string $remedy): void
{
    $GLOBALS['done'][] = "report $code";
}
$followed = static function (string $package) use ($example): array {
    $GLOBALS['done'] = [];
    [$logJson, $metadataJson] = [file_get_contents(FAIR . '/log.json'), file_get_contents(FAIR . '/metadata.json')];
    [$did, $pinOfLastVisit] = [trim(file_get_contents(FAIR . '/did.txt')), null];
    eval(str_replace('/tmp/plugin.zip', FAIR . "/$package", $example[1]));
    return $GLOBALS['done'];
};
$zip = 'hello-fair-1.1.0.zip';
$check('the example without a way', $followed($zip) === ['keep nothing', 'report ' . Code::API_UNSUPPORTED]);
use_backend($backend);
$check('the example', $followed($zip) === ['keep 1', 'install ' . FAIR . "/$zip"]);
$check('the example, refused', $followed('log.json') === ['keep 1', 'report ' . Code::FAIR_CHECKSUM_MISMATCH]);
$explanation = Backend::detect()->explanation();
$check('the choice is explained', strpos($explanation, 'extension: fedverify is not loaded') === 0);
$check('the version is named', preg_match("/^$backend: .*\\d\\.\\d/m", $explanation) === 1);

// The same classes.
load_stubs('Stub');
$check('the classes are those of the stubs', !differ(signatures('Stub'), signatures('FedVerify')));

// The C library's functions are declared as its header declares them; handles are void, and bytes are char.
$normal = static function (string $declaration): string {
    $declaration = preg_replace('/\bfedverify_(?!str\b|status\b)\w+ (?=\*)/', 'void ', $declaration);
    return str_replace('char', 'void', trim(preg_replace('/\s+/', ' ', $declaration)));
};
$header = file_get_contents(__DIR__ . '/../../include/fedverify.h');
preg_match_all('/^[a-z].*\b(fedverify_\w+)\(.*\);$/m', file_get_contents(__DIR__ . '/../../php/fedverify-ffi.h'), $declared);
$check('there are declarations', count($declared[0]) > 20);
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

// Arguments that are refused before anything is judged, with a whole report: by PHP, and by what is behind the engine.
foreach ([
    'a negative time' => ['now' => -1],
    'a type that no input has' => ['log' => 1.5],
    'the type of another input' => ['log' => true],
    'an unknown input' => ['colour' => 'red'],
    'a string that is not UTF-8' => ['did' => "did:plc:\xff"],
    'a stream that the kind does not take' => ['package' => FAIR . '/hello-fair-1.1.0.zip'],
    'an unknown input from a file that is not there' => ['colour' => ['file' => '/nonexistent']],
    'a string from a file' => ['did' => ['file' => FAIR . '/did.txt']],
    'a number from a file' => ['now' => ['file' => FAIR . '/did.txt']],
    'a flag from a file' => ['remember' => ['file' => FAIR . '/did.txt']],
] as $what => $inputs) {
    try {
        Verifier::verify('plc-log', $inputs + ['did' => $did, 'log' => $log]);
        $check($what, false);
    } catch (FedVerify\InvalidInputException $exception) {
        $report = $exception->report();
        $check("$what: code", $exception->errorCode() === Code::API_ARGUMENT && $exception->getCode() === 901);
        $check("$what: report", $report->verdict() === 'undetermined' && $report->error()['code'] === Code::API_ARGUMENT);
        $check("$what: remedy", $exception->remedy() !== '' && $exception->remedy() === $report->error()['remedy']);
        $check("$what: steps", array_unique(array_column($report->checks(), 'outcome')) === ['not-reached'] && count($report->checks()) > 5);
    }
}
$check('no kind', strpos($thrown(fn () => Verifier::verify('web-package', [])), 'must be one of plc-log, ') !== false);

// Bytes that are not UTF-8 reach the step that reads them.
$check('bytes', $thrown(fn () => Verifier::verify('plc-log', ['did' => $did, 'log' => "\xff\x00"])) === 'input.not_utf8');
$check('a NUL', $thrown(fn () => Verifier::verify('plc-log', ['did' => "did:plc:\0", 'log' => '[]'])) === 'did.invalid');

// The DID document is the engine's.
$facts = Verifier::verify('plc-log', ['did' => $did, 'log' => $log, 'history' => true])->identity();
$check('the DID document', $identity->didDocument() === $facts['didDocument']);

// What memory has no room for is refused, before PHP would end the request: as php-ext/tests/memory.phpt of the extension.
$plugins = implode(',', array_map(fn (int $number) => "{\"id\":\"a$number\"}", range(1, 30000)));
$author = ['document' => "{\"username\":\"alice\",\"plugins\":[$plugins]}"];
$report = Verifier::verify('pfn-author-data', $author);
$limit = ini_set('memory_limit', (string) (memory_get_usage(true) + (4 << 20)));
$check('a report that memory has no room for', $thrown(fn () => $report->toArray()) === Code::IO_MEMORY);
foreach ([4, 8, 12, 16] as $mebibytes) {
    ini_set('memory_limit', (string) (memory_get_usage(true) + ($mebibytes << 20)));
    $check("nor in $mebibytes MiB", $thrown(fn () => Verifier::verify('pfn-author-data', $author)) === Code::IO_MEMORY);
}
ini_set('memory_limit', $limit);
$check('that is there all the same', count($report->author()['plugins']) === 30000);
unset($report, $plugins, $author);

// A fault of the core in PHP itself, as whatever it does not expect: here something that no caller of the engine gives.
$unexpected = ['did' => $did, 'log' => new stdClass()];
$failed = json_decode(Backend\Php::withoutCurves()->verify('plc-log', $unexpected, [], null), true);
$check('a bug of the core', [$failed['verdict'], $failed['error']['code']] === ['undetermined', Code::API_PANICKED]);

// Files.
$metadata = file_get_contents(FAIR . '/metadata.json');
$folder = sys_get_temp_dir() . '/fedverify-library-' . getmypid();
mkdir($folder);
copy(FAIR . '/hello-fair-1.1.0.zip', "$folder/package.zip");
symlink('/etc/passwd', "$folder/link.zip");
$verify = static fn (string $path): string => $thrown(fn () => $identity->verifyPackage($metadata, $path));
$check('a file that cannot be read to its end', $verify('/proc/self/mem') === Code::IO_FILE_UNREADABLE);
$check('nor as an input', $thrown(fn () => Verifier::verify('key', ['key' => ['file' => '/proc/self/mem']])) === Code::IO_FILE_UNREADABLE);
$before = count(glob(sys_get_temp_dir() . '/fedverify-*'));
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__ . '/../../php/src')) as $path => $file) {
    if ($file->isFile()) {
        require_once $path;
    }
}
ini_set('open_basedir', sys_get_temp_dir());
$check('a file within open_basedir', $verify("$folder/package.zip") === 'nothing');
$check('a file outside', $verify('/etc/passwd') === Code::IO_FILE_UNREADABLE);
$check('a link that leads outside', $verify("$folder/link.zip") === Code::IO_FILE_UNREADABLE);
$check('a stream', $verify('http://example.org/a.zip') === Code::API_ARGUMENT);
$check('a stream by its short name', $verify('data:,x') === Code::API_ARGUMENT);
$check('no file', $verify("$folder/nothing.zip") === Code::IO_FILE_MISSING);
$check('a folder', $verify($folder) === Code::IO_FILE_UNREADABLE);
$read = static fn (string $path): string => $thrown(fn () => Verifier::verify('key', ['key' => ['file' => $path]]));
$check('an input from a file outside', $read('/etc/passwd') === Code::IO_FILE_UNREADABLE);
$check('an input from a stream', $read('php://stdin') === Code::API_ARGUMENT);
$check('an input from no file', $read("$folder/nothing.pem") === Code::IO_FILE_MISSING);
$check('nothing is left behind', count(glob(sys_get_temp_dir() . '/fedverify-*')) === $before);
// PHP itself may not touch the link any more.
FedVerify\Backend\Process::run(['rm', '-r', $folder]);

$finish('library');
