<?php

/**
 * The small parts of the core in PHP that the others rest on: times, versions, quoted strings, DIDs. What no case of the corpus has.
 *
 *     php values.php
 */

declare(strict_types=1);

use FedVerify\Code;
use FedVerify\Core\Answer;
use FedVerify\Core\Did;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;
use FedVerify\Core\Sniff;
use FedVerify\Core\Time;
use FedVerify\Core\Version;
use FedVerify\Core\WebDid;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

use_backend('php');

// Dates, against PHP's own.
foreach ([10, 99, 100, 101, 400, 401, 1600, 1900, 1969, 1970, 1999, 2000, 2001, 2004, 2005, 2100, 2399, 2400, 9999] as $year) {
    foreach (range(0, 13) as $month) {
        foreach (range(0, 32) as $day) {
            $date = sprintf('%04d-%02d-%02d', $year, $month, $day);
            $seconds = checkdate($month, $day, $year) ? (new DateTimeImmutable("{$date}T00:00:00Z"))->getTimestamp() : null;
            $days = $seconds === null ? null : intdiv($seconds, 86400);
            if (Time::daysSince1970($year, $month, $day) !== $days) {
                $check("days to $date", false);
            }
            if ($seconds >= 0 && $days !== null && Time::utc($seconds + 86399) !== "{$date}T23:59:59Z") {
                $check("the date of $date", false);
            }
        }
    }
}
$check('no year 9', Time::daysSince1970(9, 12, 31) === null);
foreach ([0, 1, 59, 60, 3599, 3600, 86399, 86400, 253402300799, 253402300800, 1 << 50, PHP_INT_MAX] as $seconds) {
    $check("$seconds seconds", Time::utc($seconds) === gmdate('Y-m-d\TH:i:s\Z', $seconds));
}

// Two logs. A time that cannot be read is another one than any; core has no such log.
$answer = static function (string ...$operations): Answer {
    return new Answer('a', array_map(static function (string $operation): array {
        [$cid, $time] = explode(' ', $operation);
        return ['cid' => $cid, 'createdAt' => $time];
    }, $operations));
};
[$noon, $same, $night] = ['2026-01-01T12:00:00Z', '2026-01-01T13:00:00.0+01:00', '2026-01-01T00:00:00Z'];
$check('the same time, written otherwise', $answer("g $noon")->continues($answer("g $same")));
foreach ([[$noon, $night], [$noon, 'noon'], ['noon', $noon], ['noon', 'night']] as [$one, $other]) {
    $check("$one and $other", !$answer("g $one")->continues($answer("g $other")));
    $expected = [0, "g of \"$one\"", "g of \"$other\""];
    $check("where $one and $other part", $answer("g $one")->parting($answer("g $other")) === $expected);
}
$check('where one of them ends', $answer("g $noon", "a $noon")->parting($answer("g $noon")) === [1, 'a', 'nothing']);
$check('or the other', $answer("g $noon")->parting($answer("g $noon", "a $noon")) === [1, 'nothing', 'a']);

// The order of versions: each is lower than those after it. Those of one line are the same version.
$versions = [
    ['0', '0.0.0', '00.0.0.0'],
    ['0.0.0.1'],
    ['1-1', '1.0.0-01', 'v1-1', '1.0-1+build'],
    ['1-2'],
    ['1-10', '1-0010'],
    ['1-10.0'],
    ['1-10.a'],
    ['1-00a'],
    ['1-0a'],
    ['1-a'],
    ['1-alpha'],
    ['1-alpha.1'],
    ['1-alpha.beta'],
    ['1', '1.0', '1.0.0', '01.0.0.0.0'],
    ['1.0.0.1'],
    ['1.0.0.1.1'],
    ['1.0.1'],
    ['1.9'],
    ['1.10'],
    ['10'],
];
$precedence = static fn (string $version) => Version::parse($version, Limits::defaults())->precedence();
foreach ($versions as $place => $alike) {
    foreach ($versions as $otherPlace => $others) {
        foreach ($alike as $version) {
            foreach ($others as $other) {
                $order = $precedence($version)->cmp($precedence($other));
                $check("$version and $other", ($order <=> 0) === ($place <=> $otherPlace));
            }
        }
    }
}
$numbers = ['1' => '1.0.0', '01.02.0.0' => '1.2.0', 'v1.2.3.4.0' => '1.2.3.4', '1-01.0a+b' => '1.0.0-1.0a', 'trunk' => 'trunk'];
foreach ($numbers as $version => $number) {
    $check("the number of $version", Version::parse((string) $version, Limits::defaults())->number() === $number);
}

// Strings in messages.
$strange = "\0\t\n\r\e\u{7f}\u{85}\u{a0}\u{301}\u{200b}\u{202e}\u{2800}\u{e0001} \u{e9}\u{20ac}\u{1f600}";
$escaped = '\0\t\n\r\u{1b}\u{7f}\u{85}\u{a0}\u{301}\u{200b}\u{202e}\u{2800}\u{e0001} ' . "\u{e9}\u{20ac}\u{1f600}";
$check('escaped', Quote::quote("$strange\"'\\") === "\"$escaped\\\"\\'\\\\\"");
$check('a message', Quote::printable("$strange\"'\\") === "$escaped\"'\\");
$check('what extends a quote', Quote::printable("\"\u{301}") === '"\u{301}');
foreach (['a', "\u{e9}", "\u{20ac}", "\u{1f600}"] as $character) {
    $repeated = static fn (int $times): string => str_repeat($character, $times);
    $check("80 of $character", Quote::quote($repeated(80)) === "\"{$repeated(80)}\"");
    $check("81 of $character", Quote::quote($repeated(81)) === "\"{$repeated(80)}\"…");
    $check("500 of $character", Quote::printable($repeated(500)) === $repeated(500));
    $check("501 of $character", Quote::printable($repeated(501)) === "{$repeated(500)}…");
}
$check('nothing', Quote::quote('') === '""' && Quote::printable('') === '');
$check('8 of a list', Quote::quoteList(array_fill(0, 8, 'a')) === implode(', ', array_fill(0, 8, '"a"')));
$check('10 of a list', Quote::quoteList(array_fill(0, 10, 'a')) === implode(', ', array_fill(0, 8, '"a"')) . ' and 2 more');
$urls = [
    'https://a.example/b' => 'https://a.example/b',
    'https://me:secret@a.example/b' => 'https://…@a.example/b',
    'HTTP://me:secret@a@b' => 'http://…@b',
    'fair://me@a.example' => 'fair://…@a.example',
    'ftp://me:secret@a.example' => '…@a.example',
    'me:https://secret@a.example' => '…@a.example',
    'http:@//a.example' => '…@//a.example',
    '@' => '…@',
];
foreach ($urls as $url => $expected) {
    $check("the URL $url", Quote::url($url) === "\"$expected\"");
}

// What was given in place of a document, from its start, its end, and its length.
$kinds = [
    'this is a URL' => ['https://a.example/', 'http://a.example/', 'HTTP://A.EXAMPLE/'],
    'this is an identity' => ['did:plc:a'],
    'this is HTML or XML' => ['<html>'],
    'this is PEM' => ['-----BEGIN PUBLIC KEY-----'],
    'this is a ZIP file' => ["PK\3\4"],
    'this is compressed' => ["\x1f\x8b"],
    'this is empty' => ['', " \t\n\f\r"],
    'this looks like a path' => [
        './a', '../a', '~/a', '.\a', '\\\\a', 'C:\a', 'c:/a', '/a', '/' . str_repeat('a', 41), str_repeat('a', 4092) . '.txt',
        'a.pem', 'a.pub', 'a.key', 'a.der', 'a.crt', 'a.cer', 'a.txt', 'a.json', 'a.jsonl', 'a.zip', 'a.php', 'a.PHP', " /a\n",
    ],
];
foreach ($kinds as $expected => $examples) {
    foreach ($examples as $example) {
        $check("$expected: $example", strpos((string) Sniff::known($example), $expected) === 0);
    }
}
$unknown = [
    '{}', 'a', '//a', '/*a', 'pem', 'a.pe', 'a b.pem', "a\tb.pem", '"a.pem', "./a\n./b", '/' . str_repeat('a', 42),
    str_repeat('a', 4093) . '.txt', './' . str_repeat('a', 4095),
];
foreach ($unknown as $example) {
    $check("unknown: $example", Sniff::known($example) === null);
}

// White space around a DID, whatever white space it is.
$did = 'did:plc:z72i7hdynmk6r22z27h6tvur';
$spaces = ["\v", "\f", ' ', "\u{85}", "\u{a0}", "\u{1680}", "\u{2000}", "\u{200a}", "\u{2028}", "\u{2029}", "\u{202f}", "\u{205f}", "\u{3000}"];
$hint = static function (string $text) use ($said): string {
    $parts = explode('; it ', $said(static fn () => Did::parse($text)));
    return $parts[1] ?? 'nothing';
};
foreach ($spaces as $space) {
    $hex = bin2hex($space);
    $check("$hex behind it", $hint("$did$space") === 'ends with white space');
    $check("$hex before it", $hint("$space$did") === 'starts with white space');
    $check("$hex in it", $hint("did:plc:{$space}a") === 'nothing');
}
foreach (["$did\r", "$did\r\n", "$did \n"] as $broken) {
    $check('a line break: ' . json_encode($broken), $hint($broken) === 'ends with a line break');
}
foreach (['%3A81' => 'https://a.example:81', '' => 'https://a.example'] as $port => $origin) {
    $check("the port $port", WebDid::parse("did:web:a.example$port:b")->documentUrl() === "$origin/b/did.json");
}
foreach (['%3A', '%3A81%3A82', '%3A%3A81', '%3Aa', '%3a81'] as $port) {
    $check("no port: $port", strpos($said(static fn () => WebDid::parse("did:web:a.example$port")), 'did:web:, a host name') !== false);
}

// A fault holds nothing of what led to it: a log may be among the arguments.
$raise = static function (string $argument): Fault {
    return new Fault(Code::API_ARGUMENT, "of $argument");
};
$check('no trace', $raise('a log')->getTrace() === []);

// The keys of an index are as long as a hash, and nobody who lacks the secret can compute one.
$index = Index::fromStrings(['a', 'b', 'a']);
[$key] = array_map('strval', array_keys(current((array) $index)));
$check('an index', [$index->get('a'), $index->get('b'), $index->get('c'), $index->len()] === [2, 1, null, 2]);
$check('its keys', strlen($key) === 32 && $key !== hash('sha256', 'a', true));

// Limits that a caller did not check.
foreach ([['noSuchLimit' => 1], ['logBytes' => -1], ['logBytes' => 1, 'noSuchLimit' => 1]] as $wrong) {
    $check('no limit: ' . json_encode($wrong), strpos($thrown(static fn () => new Limits($wrong)), 'LogicException') === 0);
}
$check('a limit of 0', (new Limits(['logBytes' => 0]))->get('logBytes') === 0);
$check('a limit that there is not', strpos($thrown(static fn () => Limits::defaults()->get('noSuchLimit')), 'LogicException') === 0);

$finish('values');
