<?php

/**
 * What the Composer library has beside verification, the same on every backend: pins as values and their stores, versions,
 * limits, several directories, private copies, exceptions that are written down.
 *
 *     php beside.php BACKEND
 */

declare(strict_types=1);

use FedVerify\ArchiveSignature;
use FedVerify\AuditLog;
use FedVerify\CallbackPinStore;
use FedVerify\Code;
use FedVerify\Directory;
use FedVerify\FilePinStore;
use FedVerify\Limits;
use FedVerify\Pfn;
use FedVerify\Pin;
use FedVerify\PinStore;
use FedVerify\PrivateCopy;
use FedVerify\Version;
use FedVerify\WebDocument;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

const FAIR = __DIR__ . '/../../examples/fair';

$backend = $argv[1] ?? 'php';
use_backend($backend);

$log = file_get_contents(FAIR . '/log.json');
$did = trim(file_get_contents(FAIR . '/did.txt'));
$metadata = file_get_contents(FAIR . '/metadata.json');
$zip = FAIR . '/hello-fair-1.1.0.zip';
$folder = sys_get_temp_dir() . '/fedverify-beside-' . getmypid();
mkdir($folder, 0700);

// A visit when the log was shorter, one now, and one that verified a package.
$entries = json_decode($log);
$short = json_encode(array_slice($entries, 0, 2), JSON_UNESCAPED_SLASHES);
$before = AuditLog::verify($short, $did, null, 1776000000);
$now = AuditLog::verify($log, $did, null, 1776000100);
$installed = $now->verifyPackage($metadata, $zip)->pin();

// Pins.
[$older, $newer, $withPackage] = array_map([Pin::class, 'parse'], [$before->pin(), $now->pin(), $installed]);
$check('the facts of a pin', [$newer->did(), $newer->head(), $newer->lastVisit()] === [$did, $now->head(), 1776000100]);
$check('no releases', $newer->releases() === [] && $newer->highestVersion() === null);
$digests = ['sha256' => hash_file('sha256', $zip), 'sha384' => hash_file('sha384', $zip)];
$check('a release', $withPackage->releases() === [['version' => '1.1.0', 'packages' => [$digests]]]);
$check('the highest version', $withPackage->highestVersion() === '1.1.0');
$check('older', $older->compare($newer) < 0 && $newer->compare($older) > 0 && $newer->compare($newer) === 0);
$check('the same JSON', $newer->toJson() === $now->pin());
$check('equal values', $newer == Pin::parse($now->pin()) && $newer != $older);
$check('the limits belong to the value', $newer != Pin::parse($now->pin(), ['pinBytes' => 100000]));
$check('also those that are the defaults', $newer == Pin::parse($now->pin(), ['pinBytes' => Limits::defaults()['pinBytes']]));
$merged = $older->merge($withPackage);
$check('merged either way', $merged->toJson() === $withPackage->merge($older)->toJson());
$check('nothing is lost', $merged->head() === $now->head() && $merged->releases() === $withPackage->releases());
$first = json_decode($merged->toJson(), true)['operations'][0]['firstSeen'];
$check('first seen at the first visit', $first === 1776000000);
// A first visit's own pin in the same second is still the first visit, unless it knows more than that visit.
$ofPin = static function (?string $pin, int $clock) use ($log, $did): string {
    return array_column(AuditLog::verify($log, $did, $pin, $clock)->report()->checks(), 'outcome', 'check')['pin.log'];
};
$later = AuditLog::verify($log, $did, $before->pin(), 1776000100)->pin();
$check('a first visit', $ofPin(null, 1776000100) === 'skipped' && $ofPin($now->pin(), 1776000100) === 'skipped');
$check('a second later', $ofPin($now->pin(), 1776000101) === 'pass');
$check('an earlier visit', $ofPin($later, 1776000100) === 'pass');
$check('a package', $ofPin($installed, 1776000100) === 'pass');
// The extension's integers and the library's are the same, and so is the latest clock: 9999-12-31T23:59:59Z.
$latest = AuditLog::verify($log, $did, $now->pin(), 253402300799);
$check('the latest clock', Pin::parse($latest->pin())->lastVisit() === 253402300799);
foreach ([253402300800, PHP_INT_MAX >> 1, PHP_INT_MAX] as $clock) {
    $told = 'expected the clock `now` in seconds since 1970, at most 253402300799 (9999-12-31T23:59:59Z); '
        . "found $clock [api.argument]";
    $check("the clock $clock", $said(fn () => AuditLog::verify($log, $did, $now->pin(), $clock)) === $told);
    $check("the clock $clock, on a first visit", $said(fn () => AuditLog::verify($log, $did, null, $clock)) === $told);
    $check("the clock $clock, of a did:web", $said(fn () => WebDocument::verify('{}', 'did:web:a.example', $clock)) === $told);
}
foreach (['', '{}', substr($now->pin(), 0, -1), str_replace($did, 'did:plc:' . str_repeat('a', 24), $now->pin())] as $damaged) {
    $check('a damaged pin', $thrown(fn () => Pin::parse($damaged)) === Code::PIN_MALFORMED);
}
$check('a limit', $thrown(fn () => Pin::parse($now->pin(), ['pinBytes' => 10])) === Code::PIN_MALFORMED);
$later = preg_replace('/"lastVisit":\d+/', '"lastVisit":18446744073709551615', $now->pin());
// The extension holds it, and sees that the digest is of another: pins.php has one whose digest is right.
$refused = $backend === 'extension' ? Code::PIN_MALFORMED : Code::API_UNSUPPORTED;
$check('a number that PHP cannot hold', $thrown(fn () => Pin::parse($later)) === $refused);
foreach (['pinBytes', 'jsonValues', 'jsonDepth'] as $name) {
    try {
        Pin::parse($now->pin(), [$name => 1]);
        $check("a pin above $name", false);
    } catch (FedVerify\RejectedException $exception) {
        $check("a pin above $name", [$exception->errorCode(), $exception->limit()] === [Code::PIN_MALFORMED, $name]);
    }
}
try {
    AuditLog::verify($log, $did, $now->pin(), 1776000100, ['pinBytes' => 10]);
    $check('a visit with a pin above its limit', false);
} catch (FedVerify\RejectedException $exception) {
    $told = [$exception->limit(), $exception->report()->error()['limit'] ?? null];
    $check('a visit with a pin above its limit', $told === ['pinBytes', 'pinBytes']);
}
$check('no such limit', $thrown(fn () => Pin::parse($now->pin(), ['noSuchLimit' => 1])) === Code::API_ARGUMENT);
$known = 'expected limits of ' . implode(', ', Limits::names()) . '; found ';
$check('it is told', $said(fn () => Pin::parse($now->pin(), ["\xed\xa0\x80" => 1])) === $known . "\"\u{FFFD}\u{FFFD}\u{FFFD}\" [api.argument]");
foreach ([-1, '10', null] as $limit) {
    $told = $said(fn () => Pin::parse($now->pin(), ['pinBytes' => $limit]));
    $check('no number', $told === 'expected an integer of 0 or more as the limit "pinBytes" [api.argument]');
    $told = $said(fn () => Pfn::checkChallenge('x', ['challengeBytes' => $limit]));
    $check('nor of a challenge', $told === 'expected an integer of 0 or more as the limit "challengeBytes" [api.argument]');
}
$corpus = json_decode(file_get_contents(__DIR__ . '/../corpus/manifest.json'), true)['cases'];
$cases = array_column($corpus, null, 'name');
$other = null;
foreach ($cases as $case) {
    if (isset($case['pin']['did']) && $case['pin']['did'] !== $did) {
        $other = json_encode($case['pin'], JSON_UNESCAPED_SLASHES);
        $other = str_replace('"releases":[]', '"releases":{}', $other);
        break;
    }
}
$check('of two identities', $thrown(fn () => $newer->merge(Pin::parse($other))) === Code::PIN_MALFORMED);
$check('nor compared', $thrown(fn () => $newer->compare(Pin::parse($other))) === Code::PIN_MALFORMED);

// Stores.
$memory = [];
$races = 0;
$callback = new CallbackPinStore(
    static function (string $did) use (&$memory): ?string {
        return $memory[$did] ?? null;
    },
    static function (string $did, ?string $expected, string $pin) use (&$memory, &$races, $installed): bool {
        if ($races-- > 0) {
            // Another visit came first.
            $memory[$did] = $installed;
        }
        if (($memory[$did] ?? null) !== $expected) {
            return false;
        }
        $memory[$did] = $pin;
        return true;
    }
);
mkdir("$folder/pins", 0700);
$file = new FilePinStore("$folder/pins");
foreach (['files' => $file, 'callbacks' => $callback] as $what => $store) {
    $check("$what: nothing yet", $store instanceof PinStore && $store->load($did) === null);
    $check("$what: no pin to keep", $store->update($did, null) === null && $store->load($did) === null);
    $check("$what: the first", $store->update($did, $before->pin()) === $before->pin());
    $check("$what: is kept", $store->load($did) === $before->pin());
    $check("$what: verified with it", AuditLog::verify($log, $did, $store->load($did), 1776000100)->did() === $did);
    $store->update($did, $installed);
    $store->update($did, $before->pin());
    $kept = Pin::parse($store->load($did));
    $check("$what: never goes back", $kept->head() === $now->head() && $kept->releases() === $withPackage->releases());
    $check("$what: nothing to keep", $store->update($did, null) === $kept->toJson());
    $check("$what: a torn pin", $thrown(fn () => $store->update($did, substr($installed, 0, 100))) === Code::PIN_MALFORMED);
    $check("$what: of another", $thrown(fn () => $store->update($did, $other)) === Code::PIN_MALFORMED);
    $check("$what: is unchanged", $store->load($did) === $kept->toJson());
    foreach (['../../etc/passwd', 'did:plc:../aaaaaaaaaaaaaaaaaaaaa', "$did\n", ''] as $outside) {
        $check("$what: no DID", strpos($thrown(fn () => $store->load($outside)), 'did.') === 0);
        $check("$what: nor to write", strpos($thrown(fn () => $store->update($outside, $installed)), 'did.') === 0);
    }
    $check("$what: a did:web", $thrown(fn () => $store->load('did:web:a.example')) === Code::DID_UNSUPPORTED);
    // A clock that ran ahead heals.
    $ahead = AuditLog::verify($log, $did, null, time() + 1000000)->pin();
    $store->update($did, $ahead);
    $check("$what: a clock ahead", Pin::parse($store->load($did))->lastVisit() > time());
    $store->update($did, $now->pin());
    $check("$what: a clock that is right", Pin::parse($store->load($did))->lastVisit() === 1776000100);
}
$memory = [];
$races = 1;
$callback->update($did, $before->pin());
$check('both of two visits', Pin::parse($memory[$did])->head() === $now->head());
$races = 1000;
$never = new CallbackPinStore(static fn () => null, static fn () => false, [], 3);
$check('not for ever', $thrown(fn () => $never->update($did, $installed)) === Code::IO_FILE_UNWRITABLE);
$false = new CallbackPinStore(static fn () => false, static fn () => true);
$check('false is no first visit', strpos($thrown(fn () => $false->load($did)), 'UnexpectedValueException') === 0);

$paths = glob("$folder/pins/*");
$check('two files for a DID', count($paths) === 2);
$stored = "$folder/pins/" . strtr($did, ':', '-') . '.json';
$check('which only its owner reads', (fileperms($stored) & 0777) === 0600);
file_put_contents($stored, substr(file_get_contents($stored), 0, 200));
$check('a torn file is no first visit', $thrown(fn () => $file->load($did)) === Code::PIN_MALFORMED);
$check('and is not replaced', $thrown(fn () => $file->update($did, $installed)) === Code::PIN_MALFORMED);
file_put_contents($stored, '');
$check('nor an empty one', $thrown(fn () => $file->load($did)) === Code::PIN_MALFORMED);
unlink($stored);
symlink("$folder/nowhere", $stored);
$check('nor a link that leads nowhere', $thrown(fn () => $file->load($did)) === Code::IO_FILE_UNREADABLE);
unlink($stored);
mkdir($stored);
$check('nor a folder', $thrown(fn () => $file->load($did)) === Code::IO_FILE_UNREADABLE);
rmdir($stored);
$check('no folder', $thrown(fn () => new FilePinStore("$folder/nothing")) === Code::IO_FILE_MISSING);
rename("$folder/pins", "$folder/gone");
$check('a folder that is gone', $thrown(fn () => $file->load($did)) === Code::IO_FILE_MISSING);
$check('is not made again', $thrown(fn () => $file->update($did, $installed)) === Code::IO_FILE_MISSING);
rename("$folder/gone", "$folder/pins");

// Many processes, each with a package of its own.
if (function_exists('pcntl_fork') && function_exists('pcntl_exec')) {
    $children = [];
    for ($number = 0; $number < 8; $number++) {
        $child = pcntl_fork();
        if ($child === 0) {
            $core = FedVerify\Core\Pin\Pin::parse($now->pin(), FedVerify\Core\Limits::defaults());
            $hasher = new FedVerify\Core\PackageHasher(FedVerify\Core\Limits::defaults());
            $hasher->update("$number");
            $version = FedVerify\Core\Version::parse("1.$number", FedVerify\Core\Limits::defaults());
            (new FilePinStore("$folder/pins"))->update($did, $core->withPackage($version, $hasher->finish())->toJson());
            // Nothing of what the parent has open is closed or removed: another program takes over, or an alarm ends this one.
            pcntl_exec(PHP_BINARY, ['-n', '-r', '']);
            pcntl_alarm(1);
            sleep(60);
        }
        $children[] = $child;
    }
    foreach ($children as $child) {
        pcntl_waitpid($child, $status);
    }
    $check('visits that ran at once', count(Pin::parse($file->load($did))->releases()) === 8);
} else {
    echo "beside: skipped: visits that run at once, because this PHP does not fork\n";
}

// Versions and limits.
$check('numbers', Version::compare('1.10', '1.9') > 0 && Version::compare('v1.0.0', '1') === 0);
$check('a pre-release', Version::compare('1.0.0-rc.1', '1.0.0') < 0);
$check('a number', Version::number('v1.0+build') === '1.0.0' && Version::number('trunk') === 'trunk');
$check('no order', $thrown(fn () => Version::compare('trunk', '1.0')) === Code::FAIR_VERSION_INVALID);
$check('no version', $thrown(fn () => Version::number('1 0')) === Code::FAIR_VERSION_INVALID);
$most = FedVerify\Backend::detect()->name() === 'php' ? 6000 : 20000;
$check('lower limits of the core in PHP', Limits::defaults()['logSignatureChecks'] === $most);
$check('limits', Limits::defaults()['logBytes'] === 8 << 20 && Limits::names() === array_keys(Limits::defaults()));
foreach (Limits::names() as $name) {
    $check("the meaning of $name", substr(Limits::meaning($name), -1) === '.');
}
$check('no such limit', strpos($thrown(fn () => Limits::meaning('noSuchLimit')), 'must be one of') !== false);
foreach ((new ReflectionClass(Code::class))->getConstants() as $name => $code) {
    $check($name, Code::meaning($code) !== '' && Code::remedy($code) !== '');
}
$check('no such code', strpos($thrown(fn () => Code::meaning('no.such')), 'must be an error code') !== false);

// The signature of an archive, by its digest. As sodium signs with the seed of 32 times 'a': PHP may not have it.
[$digest, $another, $text] = [hash('sha384', 'an archive'), hash('sha384', 'another'), bin2hex(str_repeat('t', 48))];
$key = 'rwaj4ykXFOTzVsGcmxXNGVHsbmZiqne+B1R/KJODNB0=';
$signed = [
    $digest => '/jf4aSfpIoqINO5xwBWJ2jt/0ExVbKIj0W5FWACTKIWU8mrxgPP8Jf33Y3Dn6Lp5MhcpS/ups2dICi0CNGBGDg==',
    $another => 'BmL4T0wXjyXfhap9syEHsRou1qci7dJDrOnIg9RORPYHz14uqaTJEki36WBaZ3VOzQodoiNMd+v8rWoKEedeBg==',
    $text => 'o5/bwBIKgEaCMsoS7+CdttCBdKwAxdq4jalz8qzYNxddpReJOZz9xdvoOUumpGuU/+GlmVJb/pZff8m7BQjfDA==',
];
$judged = static function (string $hex, string $signature, ?string $by = null) use ($thrown, $key): string {
    return $thrown(fn () => ArchiveSignature::verify($by ?? $key, $hex, $signature));
};
$check('a signed digest', $judged($digest, $signed[$digest]) === 'nothing' && $judged(strtoupper($digest), $signed[$digest]) === 'nothing');
$check('of another archive', $judged($digest, $signed[$another]) === Code::PFN_ARCHIVE_SIGNATURE_INVALID);
$check('that is text', $judged($text, $signed[$text]) === Code::PFN_ARCHIVE_SIGNATURE_INVALID);
$check('no signature', $judged($digest, 'none') === Code::PFN_SIGNATURE_ENCODING);
foreach (["\xff" => 3, "\xed\xa0\x80" => 9, "\xf4\x90\x80\x80" => 12, "\xf0\x90\x80z" => 4, "\xe2\x82" => 3, "\u{e9}\xc0" => 5] as $strange => $bytes) {
    $told = $said(fn () => ArchiveSignature::verify($key, $digest, $strange));
    $check('no text: ' . bin2hex($strange), strpos($told, "found a string of $bytes bytes") !== false);
}
$check('no key', $judged($digest, $signed[$digest], 'none') === Code::PFN_KEY_INVALID);
foreach (['', 'text', substr($digest, 1), "$digest\n"] as $none) {
    $check('no digest', $judged($none, $signed[$digest]) === Code::API_ARGUMENT);
}

// Challenges before they are sent, and where the document of a did:web is.
$checked = static function (string $challenge, array $limits = []) use ($thrown): string {
    return $thrown(fn () => Pfn::checkChallenge($challenge, $limits));
};
$check('a challenge', $checked('0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b') === 'nothing');
$check('a challenge that is a record', $checked('{"id":"gallery"}') === Code::PFN_CHALLENGE_AMBIGUOUS);
$check('no challenge', $checked('') === Code::PFN_CHALLENGE_MALFORMED && $checked("\xff") === Code::API_ARGUMENT);
$check('a long challenge', $checked('éé', ['challengeBytes' => 3]) === Code::PFN_CHALLENGE_MALFORMED);
$check('a limit that is none', $checked('x', ['challengeByte' => 3]) === Code::API_ARGUMENT);
$check('a document', WebDocument::url('did:web:a.example%3A81:b') === 'https://a.example:81/b/did.json');
$check('no did:web', $thrown(fn () => WebDocument::url($did)) === Code::DID_UNSUPPORTED);
$check('no text', $thrown(fn () => WebDocument::url("did:web:\xff")) === Code::API_ARGUMENT);
$reported = static function (callable $ask): bool {
    try {
        $ask();
        return true;
    } catch (FedVerify\Exception $exception) {
        return $exception->report() !== null;
    }
};
$check('nothing is verified', !$reported(fn () => Pfn::checkChallenge('')) && !$reported(fn () => WebDocument::url('')));
$check('no DID', $thrown(fn () => WebDocument::url('did:web:')) === Code::DID_INVALID);

// Several directories.
// The corpus has the cases: directories.php.
$check('no directory', $thrown(fn () => Directory::newest([])) === Code::PLC_LOG_EMPTY);
$newest = Directory::newest(['https://a.example' => $now, 'https://b.example' => $before]);
$lag = static function (int $behind, FedVerify\Identity $identity): string {
    $operations = $behind === 1 ? 'operation' : 'operations';
    return "\"https://b.example\" lags $behind $operations behind \"https://a.example\": its head is {$identity->head()}";
};
$expected = ['code' => 'plc.directory.lag', 'message' => $lag(count($entries) - 2, $before)];
$check('what lags', $newest->warnings() === [$expected]);
$newest = Directory::newest(["\xff" => $now, 7 => $before]);
$check('the key as it was given', $newest->url() === "\xff" && Directory::newest(['7' => $now])->url() === '7');
$but1 = AuditLog::verify(json_encode(array_slice($entries, 0, -1), JSON_UNESCAPED_SLASHES), $did, null, 1776000000);
$newest = Directory::newest(['https://a.example' => $now, 'https://b.example' => $but1]);
$check('by one', array_column($newest->warnings(), 'message') === [$lag(1, $but1)]);
$moved = json_decode($short);
$moved[1]->createdAt = gmdate('Y-m-d\TH:i:s.000\Z', strtotime($moved[1]->createdAt) + 1);
$told = AuditLog::verify(json_encode($moved, JSON_UNESCAPED_SLASHES), $did, null, 1776000000);
try {
    Directory::newest(['a' => $before, 'b' => $told]);
    $check('other times', false);
} catch (FedVerify\RejectedException $exception) {
    $dated = static fn ($entry): string => "{$entry->cid} of \"{$entry->createdAt}\"";
    $parts = 'operation 1: of the logs of "a" and "b" neither is shown to continue the other: where they part, the first has '
        . "{$dated($entries[1])} and the second {$dated($moved[1])} [plc.directory.disagree]";
    $check('where they part', $exception->getMessage() === $parts && $exception->operation() === 1);
}
$foreign = null;
foreach ($cases as $case) {
    if ($case['kind'] === 'plc-log' && $case['verdict'] === 'verified' && isset($case['inputs']['log'])) {
        $foreign = AuditLog::verify(file_get_contents(__DIR__ . "/../corpus/{$case['inputs']['log']}"), $case['inputs']['did']);
        break;
    }
}
$check('of two identities', $thrown(fn () => Directory::newest(['a' => $now, 'b' => $foreign])) === Code::PLC_DIRECTORY_DISAGREE);

// The document that a directory serves beside its log.
$document = $now->didDocument();
$differs = static function (string $served) use ($now): ?string {
    $warning = $now->compareDocument($served, 'https://a.example');
    $is = 'the DID document that "https://a.example" serves ';
    $isWarning = ($warning['code'] ?? 'plc.document.differs') === 'plc.document.differs' && strpos($warning['message'] ?? $is, $is) === 0;
    return $warning === null ? null : ($isWarning ? substr($warning['message'], strlen($is)) : 'another warning');
};
$check('the document', $differs(json_encode($document)) === null && $differs(json_encode(['future' => 1] + $document)) === null);
$other = json_encode(['alsoKnownAs' => [], 'service' => []] + $document);
$check('another one', $differs($other) === 'does not match the log in service, alsoKnownAs');
$check('no document', $differs('[]') === 'is not a DID document' && strpos($differs('{'), 'cannot be read: ') === 0);

// Private copies.
$copies = static fn (): int => count(glob("$folder/copies/*"));
mkdir("$folder/copies");
$atFirst = $copies();
$release = $now->release($metadata);
$copy = PrivateCopy::of($zip, [], "$folder/copies");
$check('a private file', (fileperms($copy->path()) & 0777) === 0600 && $copies() === $atFirst + 1);
$check('its digests', [$copy->size(), $copy->sha256(), $copy->sha384()] === [filesize($zip), $digests['sha256'], $digests['sha384']]);
$report = $release->verifyPackage($copy->path());
$check('is verified', $report->verdict() === 'verified' && $copy->proven($report) === $copy->path());
$check('and is the package', file_get_contents($copy->proven($report)) === file_get_contents($zip));
$check('twice', $release->verifyPackage($copy->path())->toJson() === $report->toJson());
$check('not by another report', $thrown(fn () => $copy->proven($release->report())) === Code::FAIR_CHECKSUM_MISMATCH);
$stream = fopen('php://temp', 'w+b');
fwrite($stream, file_get_contents($zip));
rewind($stream);
$streamed = PrivateCopy::of($stream, [], "$folder/copies");
$check('a stream', $streamed->sha256() === $digests['sha256'] && dirname($streamed->path()) === "$folder/copies");
$pair = @stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
if ($pair !== false) {
    fwrite($pair[1], 'abc');
    fclose($pair[1]);
    $check('a socket', PrivateCopy::of($pair[0])->size() === 3);
    [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    stream_set_timeout($ours, 0, 1000);
    $check('a stream that stalls', $thrown(fn () => PrivateCopy::of($ours)) === Code::IO_FILE_UNREADABLE);
    stream_set_blocking($ours, false);
    $check('a stream that does not wait', $thrown(fn () => PrivateCopy::of($ours)) === Code::IO_FILE_UNREADABLE);
}
$failing = @fopen('/proc/self/mem', 'rb');
if ($failing !== false) {
    $check('a failing stream', $thrown(fn () => PrivateCopy::of($failing)) === Code::IO_FILE_UNREADABLE);
}
$small = ['packageBytes' => 10];
$check('too large', $thrown(fn () => PrivateCopy::of($zip, $small, "$folder/copies")) === Code::INPUT_TOO_LARGE);
$check('no file', $thrown(fn () => PrivateCopy::of("$folder/nothing")) === Code::IO_FILE_MISSING);
$check('a stream by name', $thrown(fn () => PrivateCopy::of('php://memory')) === Code::API_ARGUMENT);
$check('no package', $thrown(fn () => PrivateCopy::of(7)) === Code::API_ARGUMENT);
$check('no folder', $thrown(fn () => PrivateCopy::of($zip, [], "$folder/nothing")) === Code::IO_FILE_UNWRITABLE);
$path = $copy->path();
unlink($path);
file_put_contents($path, file_get_contents($zip));
$check('another file at its path', $thrown(fn () => $copy->proven($report)) === Code::FAIR_CHECKSUM_MISMATCH);
unset($copy);
$check('is not ours to remove', is_file($path));
unlink($path);
$check('no copy of a copy', strpos($thrown(fn () => clone $streamed), 'private') !== false);
unset($streamed, $release);
$check('nothing is left', $copies() === $atFirst);
$program = 'require ' . var_export(realpath(__DIR__ . '/../../php/autoload.php'), true) . ';'
    . '$copy = FedVerify\PrivateCopy::of(' . var_export($zip, true) . '); echo $copy->path();'
    . 'ini_set("display_errors", "0"); ini_set("memory_limit", "4M"); str_repeat("x", 1 << 30);';
// PHP as WebAssembly cannot.
if (array_slice(FedVerify\Backend\Process::run([PHP_BINARY, '-n', '-r', 'echo "started";']), 0, 2) === [0, 'started']) {
    [, $left] = FedVerify\Backend\Process::run([PHP_BINARY, '-n', '-r', $program]);
    $check('nor after a fatal error', strpos($left, sys_get_temp_dir()) === 0 && !file_exists($left));
} else {
    echo "beside: skipped: what a fatal error leaves, because this PHP starts no other\n";
}

// Exceptions, written down and read back.
try {
    AuditLog::verify(str_replace('old.publisher', 'thief', $log), $did);
} catch (FedVerify\RejectedException $exception) {
    $read = unserialize(serialize($exception));
    $told = static fn (FedVerify\Exception $exception): array => [
        get_class($exception), $exception->getMessage(), $exception->getCode(), $exception->errorCode(),
        $exception->remedy(), $exception->operation(), $exception->cid(), $exception->getFile(), $exception->getLine(),
    ];
    $check('an exception that is read back', $told($read) === $told($exception));
    $check('claims nothing of a verification', $read->report() === null && $exception->report() !== null);
    foreach (['s:9:"errorCode";s:' => 's:9:"errorCodX";s:', 's:4:"line";i:' => 's:4:"line";d:'] as $from => $to) {
        $damaged = str_replace($from, $to, serialize($exception), $replaced);
        $check("damaged: $to", $replaced === 1 && strpos($thrown(fn () => unserialize($damaged)), 'Invalid serialization data') !== false);
    }
}
$missing = new FedVerify\Backend\BackendMissingException('nothing');
$check('no backend', $missing instanceof FedVerify\Exception && $missing->errorCode() === Code::API_UNSUPPORTED);
$check('nor a report', $missing->report() === null && $missing->remedy() !== '');
$again = AuditLog::verify($log, $did, null, 1776000100);
$check('identities compare by what they hold', $again == $now && $now != $before && $again->report() == $now->report());

FedVerify\Backend\Process::run(['rm', '-r', $folder]);
$finish('beside');
