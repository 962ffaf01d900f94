<?php

/**
 * Edges of the core in PHP that no case of the corpus comes to: nobody finds such a package, or core does not say what is right.
 *
 *     php edges.php
 */

declare(strict_types=1);

use FedVerify\Core\Curve\Parameters;
use FedVerify\Core\Did;
use FedVerify\Core\Encoding\Base58;
use FedVerify\Core\Encoding\Base64;
use FedVerify\Core\Encoding\Cid;
use FedVerify\Core\Fair\Candidate;
use FedVerify\Core\Fair\CheckBudget;
use FedVerify\Core\Fault;
use FedVerify\Core\Fetching;
use FedVerify\Core\Host;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Key\Asn1;
use FedVerify\Core\Key\EcdsaOutcome;
use FedVerify\Core\Key\KeyCache;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Key\Varint;
use FedVerify\Core\Limits;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\PackageHasher;
use FedVerify\Core\Pfn\Archive\CheckedArchive;
use FedVerify\Core\Pfn\Archive\Entry;
use FedVerify\Core\Pfn\Archive\Inflater;
use FedVerify\Core\Pfn\Archive\OwnHeaders;
use FedVerify\Core\Pfn\Archive\Source;
use FedVerify\Core\Pfn\AuthorData;
use FedVerify\Core\Pfn\PublisherKey;
use FedVerify\Core\Pin\LogText;
use FedVerify\Core\Plc\Log;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Problem;
use FedVerify\Core\Reach;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\SignatureForm;
use FedVerify\Core\WebDid;
use FedVerify\Core\WebDocument;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

use_backend('php');

// A SHA-384 with so many leading zeros, of which an ECDSA key signed what follows them: openssl signs the SHA-256 of a message.
// PHP as WebAssembly has no openssl.cnf, and without its length for RSA openssl wants one, which it does not use here.
$kind = ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1'];
$key = openssl_pkey_new($kind + ['config' => '/dev/null', 'private_key_bits' => 384]);
$point = openssl_pkey_get_details($key)['ec'];
$compressed = chr(2 | ord($point['y'][strlen($point['y']) - 1]) & 1) . str_pad($point['x'], 32, "\0", STR_PAD_LEFT);
$public = PublicKey::fromMultibase('z' . Base58::encode("\x80\x24$compressed"));
do {
    openssl_sign('message', $signature, $key, 'sha256');
    $isLow = strcmp(substr(Asn1::decodeSignature($signature), 32), Parameters::p256()->halfOrder) <= 0;
} while (!$isLow);
$signed = hash('sha256', 'message', true);
$form = static function (string $sha384, int $checks) use ($public, $signature): ?string {
    $digests = new PackageDigests(0, str_repeat("\1", 32), $sha384);
    return Candidate::of($public, $signature)->formOver($digests, new CheckBudget($checks));
};
$zeros = static fn (int $count): string => str_repeat("\0", $count);
$check('the leftmost 32 bytes', $form($signed . str_repeat("\1", 16), 2) === SignatureForm::P256_SHA384);
$check('one zero', $form($zeros(1) . $signed . str_repeat("\1", 15), 3) === SignatureForm::P256_SHA384);
$check('16 zeros: 32 bytes follow', $form($zeros(16) . $signed, 3) === SignatureForm::P256_SHA384);
$check('17 zeros: 31 bytes follow, and no check is spent', $form($zeros(17) . substr($signed, 0, 31), 2) === null);
$check('nothing but zeros', $form($zeros(48), 2) === null);

// Of a signature that is too short or too long, nothing is read.
$ecdsa = $public->asEcdsa();
$rs = Asn1::decodeSignature($signature);
$check('64 bytes', $ecdsa->checkMessage('message', $rs) === EcdsaOutcome::VALID);
$check('65 bytes', $ecdsa->checkMessage('message', "$rs\0") === EcdsaOutcome::INVALID);
error_clear_last();
foreach (range(0, strlen($signature) - 1) as $bytes) {
    $check("$bytes bytes of DER", Asn1::decodeSignature(substr($signature, 0, $bytes)) === null);
}
$check('nothing to complain of', error_get_last() === null);
$ed25519 = PublicKey::fromEd25519("\x58" . str_repeat("\x66", 31))->asEd25519();
$check('63 bytes of Ed25519', $ed25519->verifies('message', str_repeat("\1", 63)) === false);
$check('65 bytes of Ed25519', $ed25519->verifies('message', str_repeat("\1", 65)) === false);

// Multicodecs of three bytes and more, which no key has that verifies.
$varints = [0 => '00', 0x7f => '7f', 0x80 => '8001', 0x3fff => 'ff7f', 0x4000 => '808001', PHP_INT_MAX => 'ffffffffffffffff7f'];
foreach ($varints as $number => $hex) {
    $check("the varint $hex is written", bin2hex(Varint::encode($number)) === $hex);
    $check("the varint $hex is read", Varint::split(hex2bin($hex) . 'key') === [$number, 'key']);
}
$check('a varint of 64 bits', Varint::split(hex2bin('ffffffffffffffffff01')) === null);

// Of keys that were read, the latest 64 are kept, whatever their bytes: PHP makes integers of digits.
$cache = new KeyCache();
foreach (range(1, 64) as $number) {
    $cache->put("$number", "key $number");
}
$kept = static fn (int ...$numbers): array => array_map(static fn (int $number) => $cache->get("$number"), $numbers);
$check('64 keys are kept', $kept(1, 2, 64) === ['key 1', 'key 2', 'key 64']);
$cache->put('65', 'key 65');
$check('and no more', $kept(1, 2, 65) === [null, 'key 2', 'key 65']);

// Compressed data, written bit by bit. A code of one symbol has one bit (RFC 1951, section 3.2.7); core's decompressor takes any.
$packed = static function (string $bits): string {
    $bytes = str_split(str_pad($bits, 8 * intdiv(strlen($bits) + 7, 8), '0'), 8);
    return implode('', array_map(static fn (string $byte): string => chr(bindec(strrev($byte))), $bytes));
};
$number = static fn (int $number, int $bits): string => strrev(sprintf("%0{$bits}b", $number));
// A last block, with the lengths of codes for lengths, and what is written with these.
$block = static function (array $ofLengths, int $literals, string $rest) use ($number): string {
    $header = '1' . $number(2, 2) . $number($literals - 257, 5) . $number(0, 5) . $number(15, 4);
    foreach ([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as $symbol) {
        $header .= $number($ofLengths[$symbol] ?? 0, 3);
    }
    return $header . $rest;
};
// Its only literal or length is the end.
$onlyEnd = static function (int $bits) use ($block, $number): string {
    $zeros = '11' . $number(127, 7) . '11' . $number(107, 7);
    return $block([$bits => 1, 0 => 2, 18 => 2], 257, $zeros . '0' . '10');
};
// The letter a, the end, and a length of 3; its only distance is 1.
$onlyDistance = static function (int $bits) use ($block, $number): string {
    $zeros = static fn (int $count): string => '11' . $number($count - 11, 7);
    $lengths = $zeros(97) . '00' . $zeros(138) . $zeros(20) . '01' . '01' . '10';
    return $block([1 => 2, 2 => 2, $bits => 2, 18 => 2], 258, $lengths) . '000' . '11';
};
$inflated = static function (string $bits, bool $hasMore = false, int $maxBytes = 100) use ($packed): ?string {
    return (new Inflater())->inflate($packed($bits), $hasMore, $maxBytes);
};
foreach (range(3, 15) as $bits) {
    $check("an end of $bits bits", $inflated($onlyEnd($bits) . str_repeat('0', $bits)) === '');
    $check("a distance of $bits bits", $inflated($onlyDistance($bits) . str_repeat('0', $bits) . '10') === 'aaaaaa');
    foreach (range(0, $bits - 1) as $place) {
        $wrong = str_repeat('0', $place) . '1' . str_repeat('0', 32);
        $isSymbol0 = $place >= 10;
        $check("a one at place $place of $bits", $inflated($onlyEnd($bits) . $wrong) === ($isSymbol0 ? "\0" : null));
        $wrong = str_repeat('0', $place) . '110' . str_repeat('0', 32);
        $check("a one at $place of $bits", $inflated($onlyDistance($bits) . $wrong) === ($isSymbol0 ? 'aaaaaa' : null));
    }
}

// A repetition without a length before it. What follows would be codes: zeros, the end, and no distance.
$codes = '11' . $number(127, 7) . '11' . $number(106, 7) . '01' . '00';
$ofLengths = [0 => 2, 1 => 2, 16 => 2, 18 => 2];
$check('nothing is repeated', $inflated($block($ofLengths, 257, "10$codes") . '0') === null);
$check('a length of 0', $inflated($block($ofLengths, 257, "00$codes") . '0') === '');

// The code for lengths must be complete, which is told before what is read ends. Where it is, and there is no room left, the end is none.
$check('one symbol for lengths', $inflated($block([8 => 1], 257, '0000'), true, 0) === null);
$check('two of them', $inflated($block([8 => 1, 9 => 1], 257, '0000'), true, 0) === '');

// That a distance has no code is told by a bit. Three empty blocks before make this one end with a byte.
$noDistance = '11' . $number(127, 7) . '11' . $number(107, 7) . '10' . '10' . '0';
$length = str_repeat('0' . '10' . '0000000', 3) . $block([0 => 1, 1 => 2, 18 => 2], 258, $noDistance) . '1';
$check('no bit of a distance', strlen($length) % 8 === 0 && $inflated($length, true, 0) === '');
$check('a bit of none', $inflated("{$length}0", true, 0) === null);

// A stored block that is cut off ends nothing, though it is the last.
$inflater = new Inflater();
$stored = "\x01\x05\x00\xfa\xffabc";
$check('a stored block that is cut off', $inflater->inflate($stored, false, 100) === null);
$check('a stored block', $inflater->inflate("{$stored}de", false, 100) === 'abcde' && $inflater->isDone());

// Very many blocks take PHP too long, over all files of an archive. Where the data ends, another one is looked for.
$inflater = new Inflater();
$empty = str_repeat("\x00\x00\x00\xff\xff", 2047);
$inflate = static fn (string $data) => $thrown(static fn () => $inflater->inflate($data, true, 0));
$check('4,096 blocks', [$inflate($empty), $inflate($empty)] === ['nothing', 'nothing']);
$check('and one more', strpos($inflate(''), 'PHP would take too long') !== false);

// Padding is to a multiple of four, and as much as completes one.
$padded = array_map([Base64::class, 'decodeAny'], ['QUI=', 'QQ==', 'QUJD', 'QUI==', 'QQ=', 'QQ===', 'QUJD=', 'QUJD====', 'Q===', '=', '====']);
$check('padding', $padded === ['AB', 'A', 'ABC', null, null, null, null, null, null, null, null]);

// A CID of other characters is none, and PHP has nothing to complain of.
error_clear_last();
$check('no CID', Cid::sha256In('bafyrei' . str_repeat('-', 52)) === null && error_get_last() === null);

$code = static function (callable $call): string {
    try {
        $call();
        return 'nothing';
    } catch (Fault $fault) {
        return $fault->errorCode();
    }
};

// Headers that fill a whole archive, to the byte: each begins where the one before it ends, and none is read twice.
$numbers = ['flags' => 0, 'method' => 0, 'checksum' => 0, 'packedSize' => 0, 'size' => 0, 'external' => 0];
[$first, $second] = [new Entry($numbers + ['offset' => 0], 'a', ''), new Entry($numbers + ['offset' => 31], 'a', '')];
$header = "PK\x03\x04" . str_repeat("\0", 22) . "\1\0\0\0a";
$headers = new OwnHeaders(new Source($header . $header, 62), 62);
$check('the first header', $headers->check($first) === 31);
$check('not again', $code(static fn () => $headers->check($first)) === 'pfn.archive.unreadable');
$check('not the end', $code(static fn () => $headers->checkEnd()) === 'pfn.archive.unreadable');
$check('the second header', $headers->check($second) === 62);
$check('the end', $code(static fn () => $headers->checkEnd()) === 'nothing');

// A pin has the digest of a log's text without its end, which is made piece by piece.
foreach ([65535, 65536, 65537, 140000] as $bytes) {
    $start = substr(str_repeat('{"an":"entry"},', 10000), 0, $bytes);
    $text = LogText::fromJson("$start \n] ");
    $check("a log of $bytes bytes", [$text->bytes(), $text->sha256()] === [$bytes, hash('sha256', $start)]);
}

// How the reader of JSON says what is wrong, and where. Reports are not compared in this: serde_json has words of its own.
$wrong = [
    '[' => 'EOF while parsing a list at line 1 column 2',
    '[1,' => 'EOF while parsing a value at line 1 column 4',
    '[1,]' => 'trailing comma at line 1 column 4',
    '{' => 'EOF while parsing an object at line 1 column 2',
    '{1:2}' => 'key must be a string at line 1 column 2',
    '{"a"' => 'expected `:` at line 1 column 5',
    '{"a":' => 'EOF while parsing a value at line 1 column 6',
    '{"a":1,' => 'EOF while parsing an object at line 1 column 8',
    '{"a":1,}' => 'trailing comma at line 1 column 8',
    '[1 2]' => 'expected `,` or `]` at line 1 column 4',
    '{"a":1 "b":2}' => 'expected `,` or `}` at line 1 column 8',
    "[1,\n  ?]" => 'expected value at line 2 column 3',
    "\n\n  [\n1}" => 'expected `,` or `]` at line 4 column 2',
    '[-]' => 'invalid number at line 1 column 2',
    '[nul]' => 'expected ident at line 1 column 2',
    '"abc' => 'EOF while parsing a string at line 1 column 1',
    '["a\x"]' => 'invalid string at line 1 column 2',
    '[1e999-1' => 'expected `,` or `]` at line 1 column 7',
];
foreach ($wrong as $json => $expected) {
    try {
        Json::parse('text', $json, 'recordBytes', Limits::defaults());
        $message = 'nothing';
    } catch (Fault $fault) {
        $message = $fault->message();
    }
    $check("$json: $message", $message === "the text is not JSON: $expected");
}

// Reports have only the code of a plugin that cannot be used. Those that lack the same share one fault, whose trace takes memory.
$document = '{"username":"a","plugins":[{"slug":"b"},{"slug":"c","name":"c"},{"slug":"d"}]}';
$faults = array_column(iterator_to_array(AuthorData::parse($document, Limits::defaults())->plugins()), 1, 0);
$check('the member that is missing', strpos($faults['b']->message(), 'the member name is missing') !== false);
$check('another one', strpos($faults['c']->message(), 'the member version is missing') !== false);
$check('one fault for two plugins', $faults['d'] === $faults['b']);
$check('the step', $faults['b']->check() === Check::PFN_PLUGIN && $faults['c']->check() === Check::PFN_PLUGIN);

// Nobody finds an archive whose digest is text: 2^40 would have to be tried.
$key = PublisherKey::parse(base64_encode("\x58" . str_repeat("\x66", 31)), Limits::defaults());
$refusal = static function (string $sha384) use ($key): string {
    try {
        CheckedArchive::checkSignature($sha384, $key, base64_encode(str_repeat("\1", 64)));
        return 'nothing';
    } catch (Fault $fault) {
        return $fault->message();
    }
};
$check('a digest that is text', strpos($refusal(str_repeat('a', 48)), 'is valid UTF-8') !== false);
$check('a digest that is none', strpos($refusal(str_repeat('a', 47) . "\xff"), 'did not sign') !== false);

// An archive that cannot be read any more is no archive that is damaged.
final class Stream
{
    /** @var string */
    public static $bytes = 'abcdef';

    /** @var int|null up to where it can seek and be read; null for all of it */
    public static $readable;

    /** @var bool every second time it has nothing yet; else two bytes at most */
    private static $isSlow = false;

    /** @var resource|null */
    public $context;

    /** @var int */
    private $at = 0;

    public function stream_open(): bool
    {
        return true;
    }

    public function stream_read(int $bytes): string
    {
        if (self::$isSlow = !self::$isSlow) {
            return '';
        }
        $read = substr(substr(self::$bytes, 0, self::$readable ?? 6), $this->at, min($bytes, 2));
        $this->at += strlen($read);
        return $read;
    }

    public function stream_eof(): bool
    {
        return $this->at >= (self::$readable ?? 6);
    }

    public function stream_seek(int $offset, int $whence): bool
    {
        $this->at = $whence === SEEK_END ? strlen(self::$bytes) + $offset : $offset;
        return self::$readable !== 0;
    }

    public function stream_tell(): int
    {
        return $this->at;
    }
}
stream_wrapper_register('edges', Stream::class);
foreach (['a string' => 'abcdef', 'a stream' => fopen('edges://', 'rb')] as $what => $reader) {
    $source = new Source($reader, 6);
    $check("$what: its size", $source->size() === 6);
    $check("$what: in the middle", $source->read(2, 3) === 'cde' && $source->exactly(1, 2) === 'bc');
    $check("$what: its end", $source->read(4, 3) === 'ef' && $source->read(6, 1) === '' && $source->read(0, 0) === '');
    $check("$what: outside", $source->read(-1, 1) === '' && $source->read(9, 1) === '');
    $check("$what: all of it", $source->tail(6) === 'abcdef' && $source->tail(7) === 'abcdef' && $source->tail(2) === 'ef');
    $check("$what: no more", $code(static fn () => $source->exactly(4, 3)) === 'pfn.archive.unreadable');
    $check("$what: it grew", $code(static fn () => new Source($reader, 5)) === 'io.file.unreadable');
}
Stream::$readable = 5;
$stream = fopen('edges://', 'rb');
$check('its end cannot be read', $code(static fn () => (new Source($stream, 6))->tail(2)) === 'io.file.unreadable');
$check('it became shorter', $code(static fn () => (new Source($stream, 6))->exactly(4, 2)) === 'io.file.unreadable');
$check('what is left of it', (new Source($stream, 6))->exactly(3, 2) === 'de');
Stream::$readable = 0;
$stream = fopen('edges://', 'rb');
$check('it cannot seek', $code(static fn () => new Source($stream, 6)) === 'io.file.unreadable');

// A package comes in pieces of any length, and not always at once.
Stream::$readable = null;
$told = [];
$digests = PackageDigests::fromStream(fopen('edges://', 'rb'), Limits::defaults(), static function (int $bytes) use (&$told): void {
    $told[] = $bytes;
});
$check('all of it is hashed', $digests->size() === 6 && $digests->sha256Hex() === hash('sha256', 'abcdef'));
$check('how far it is', $told !== [] && end($told) === 6 && min($told) > 0 && $told === array_unique($told));
$hasher = new PackageHasher(Limits::defaults());
$hasher->update('ab');
$copy = clone $hasher;
$hasher->update('x');
$copy->update('cdef');
$copied = $copy->finish();
$check('a copy goes its own way', $copied->sha256Hex() === $digests->sha256Hex() && $copied->sha384Hex() === $digests->sha384Hex());
$small = new PackageHasher(new Limits(['packageBytes' => 5]));
$small->update('abc');
$check('too many bytes in two pieces', $code(static fn () => $small->update('def')) === 'input.too_large');
$check('as many as may be', $code(static fn () => $small->update('de')) === 'nothing');
$said = static function (callable $work): string {
    try {
        $work();
        return 'nothing';
    } catch (Fault | Problem $fault) {
        return $fault instanceof Fault ? $fault->message() : $fault->getMessage();
    }
};
$pair = function_exists('stream_socket_pair') ? @stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0) : false;
if ($pair === false) {
    echo "edges: skipped: streams that wait, because this PHP has no pairs of sockets\n";
} else {
    stream_set_blocking($pair[0], false);
    $check('a stream that does not wait', strpos($said(static fn () => PackageHasher::read($pair[0])), 'the stream does not wait for its bytes') !== false);
    stream_set_blocking($pair[0], true);
    stream_set_timeout($pair[0], 0, 1000);
    $check('a stream that waits in vain', strpos($said(static fn () => PackageHasher::read($pair[0])), 'the stream timed out') !== false);
}

// A piece is 64 KiB at most. What cannot be read is no end, and only PHP's own reason is told.
final class BrokenStream
{
    /** @var resource|null */
    public $context;

    public function stream_open(): bool
    {
        return true;
    }

    public function stream_read(int $bytes): bool
    {
        return false;
    }

    public function stream_eof(): bool
    {
        return false;
    }
}
stream_wrapper_register('broken', BrokenStream::class);
$large = fopen('php://memory', 'w+b');
fwrite($large, str_repeat('a', 100000));
rewind($large);
$check('a piece', strlen(PackageHasher::read($large)) === 65536 && strlen(PackageHasher::read($large)) === 34464);
$check('a folder', strpos($said(static fn () => PackageHasher::read(fopen(__DIR__, 'rb'))), 'Is a directory') !== false);
@trigger_error('of something else');
$check('no reason', strpos($said(static fn () => PackageHasher::read(fopen('broken://', 'rb'))), 'PHP did not say why') !== false);

// The clock of a visit is checked before the log is.
$log = Log::parse(file_get_contents(__DIR__ . '/../../examples/fair/log.json'), Limits::defaults());
$did = PlcDid::parse(trim(file_get_contents(__DIR__ . '/../../examples/fair/did.txt')));
$check('a late visit', $code(static fn () => $log->verifyRemembering($did, null, 253402300800)) === 'api.argument');
$check('the latest', $code(static fn () => $log->verifyRemembering($did, null, 253402300799)) === 'nothing');

// DIDs, and what people paste around them.
$plc = 'did:plc:z72i7hdynmk6r22z27h6tvur';
$check('both kinds', Did::parse($plc) instanceof PlcDid && Did::parse('did:web:a.example') instanceof WebDid);
$check('another kind', $code(static fn () => Did::parse('did:key:z6Mk')) === 'did.unsupported');
$strays = ["$plc\n" => 'ends with a line break', "$plc\t" => 'ends with white space', "$plc\u{a0}" => 'ends with white space'];
foreach ($strays + ["\u{3000}$plc" => 'starts with white space', " $plc" => 'starts with white space'] as $text => $expected) {
    $check(json_encode($text) . " $expected", substr($said(static fn () => Did::parse($text)), -strlen($expected)) === $expected);
}

// The rules of documents that only their messages or their silence tell apart.
$web = WebDid::parse('did:web:a.example');
$document = static function (string $members, int $now = 0) use ($web): WebDocument {
    return WebDocument::parse('{"id":"did:web:a.example"' . $members . '}', $web, $now, Limits::defaults());
};
$check('no clock is so late', $code(static fn () => $document('', 253402300800)) === 'api.argument');
$check('one may be as late', $code(static fn () => $document('', 253402300799)) === 'nothing');
$check('names', $document(',"alsoKnownAs":["fair://a.example"]')->alsoKnownAs() === ['fair://a.example']);
$check('a name that is none', $said(static fn () => $document(',"alsoKnownAs":["a",1]')) === 'not a DID document: each of alsoKnownAs must be a string, found a number');
$check('an id that is none', strpos($said(static fn () => $document(',"service":[{"id":1}]')), 'not a DID document: in service, ') === 0);
$check('an id twice', strpos($said(static fn () => $document(',"service":[{"id":"#a"},{"id":"did:web:a.example#a"}]')), 'service has the id') !== false);
$method = ',"verificationMethod":[{"id":"#a","type":"Multikey","publicKeyMultibase":"z!"}]';
$check('a key that cannot be read', $document($method)->verificationMethods() === [] && $document($method)->withdrawn() === []);

// Only a test lets a repository be on this machine.
foreach (['localhost', '127.0.0.1', '[::1]'] as $host) {
    $check("http to $host", $said(static fn () => Host::checkHttps("http://$host:80/a", Reach::LOOPBACK)) === 'nothing');
    $check("ftp to $host", $said(static fn () => Host::checkHttps("ftp://$host/a", Reach::LOOPBACK)) === 'its scheme is not https');
    $check("http to $host from elsewhere", $said(static fn () => Host::checkHttps("http://$host/a", Reach::PUBLIC)) === 'its scheme is not https');
}
$check('http to a name', $said(static fn () => Host::checkHttps('http://a.example/', Reach::LOOPBACK)) === 'its scheme is not https');
$port = 'its port is not a number from 1 to 65535';
$check('a port that is a URL', $said(static fn () => Host::checkHttps('https://a.example://b', Reach::PUBLIC)) === $port);
$check('a URL in a URL', $said(static fn () => Host::checkHttps('https://a.example/?u=http://b', Reach::PUBLIC)) === 'nothing');

// What cli/tests/verify/hostile.rs has servers send.
$none = ['', 'identity', 'Identity', 'none', 'NONE', 'aws-chunked', 'AWS-Chunked', 'aws-chunked,', "\fidentity\t,\r\n none "];
$some = ['gzip', 'br', 'identity, gzip', 'gzip, identity', 'none, aws-chunked, zstd', 'identity;q=1', 'aws', "\u{e9}", "none\v", "\0"];
foreach (array_merge($none, $some) as $encoding) {
    $check('no encoding: ' . json_encode($encoding), Fetching::meansNoEncoding($encoding) === in_array($encoding, $none, true));
}

$finish('edges');
