<?php

/**
 * Pins as values, the same on every backend: what two of one identity come to, and what is refused although its digest is right.
 * No verification reaches that, so the corpus has no cases of it.
 *
 *     php pins.php BACKEND
 */

declare(strict_types=1);

use FedVerify\Code;
use FedVerify\Pin;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';

$backend = $argv[1] ?? 'php';
use_backend($backend);

/** An operation of a pin. */
function seen(string $cid, int $firstSeen = 1, bool $nullified = false, ?int $createdAt = 0): array
{
    $operation = ['cid' => $cid, 'signer' => 0, 'size' => 100, 'firstSeen' => $firstSeen];
    return $operation + ($createdAt === null ? [] : ['createdAt' => $createdAt]) + ['nullified' => $nullified];
}

/** A package of a pin. */
function known(string $bytes): array
{
    return ['sha256' => hash('sha256', $bytes), 'sha384' => hash('sha384', $bytes)];
}

/** A pin as JSON, with the digest that belongs to it (did-plc.md, "Pins"). */
function written(array $operations, int $lastVisit = 10, array $releases = [], string $did = DID): string
{
    $log = ['bytes' => 1000, 'sha256' => hash('sha256', "$lastVisit"), 'operations' => count($operations)];
    $lines = ['fedverify/pin/v2', $did, $lastVisit, implode(' ', $log) . ' ' . count($operations)];
    $head = '';
    foreach ($operations as $operation) {
        $head = $operation['nullified'] ? $head : $operation['cid'];
        $facts = [$operation['cid'], $operation['signer'], $operation['size'], $operation['firstSeen']];
        $lines[] = implode(' ', $facts) . ' ' . ($operation['createdAt'] ?? '-') . ' ' . json_encode($operation['nullified']);
    }
    foreach ($releases as $number => $packages) {
        foreach ($packages as $package) {
            $lines[] = "$number {$package['sha256']} {$package['sha384']}";
        }
    }
    return json_encode([
        'schema' => 'fedverify/pin/v2',
        'did' => $did,
        'head' => $head,
        'lastVisit' => $lastVisit,
        'log' => $log,
        'operations' => $operations,
        'releases' => (object) $releases,
        'sha256' => hash('sha256', implode("\n", $lines) . "\n"),
    ], JSON_UNESCAPED_SLASHES);
}

function pin(array $operations, int $lastVisit = 10, array $releases = []): Pin
{
    return Pin::parse(written($operations, $lastVisit, $releases));
}

/** The operations of a pin. */
function operations(Pin $pin): array
{
    return json_decode($pin->toJson(), true)['operations'];
}

// Which pin is newer.
$short = pin([seen('g')], 9);
$stolen = pin([seen('g'), seen('a')], 8);
$never = pin([seen('g'), seen('b')], 7);
$full = pin([seen('g'), seen('a', 1, true), seen('b')], 6);
$later = pin([seen('g'), seen('a', 1, true), seen('b')], 12);
// It has fewer operations than $long, and knows more: bare logs leave out what is nullified.
$further = pin([seen('g'), seen('b'), seen('c')], 5);
$long = pin([seen('g'), seen('a', 1, true), seen('d', 1, true), seen('b')], 11);
$pairs = [[$short, $stolen], [$short, $full], [$stolen, $full], [$never, $full], [$full, $later], [$long, $further]];
foreach ($pairs as $place => [$older, $newer]) {
    $check("older, $place", $older->compare($newer) === -1 && $newer->compare($older) === 1);
    $merged = $older->merge($newer);
    $check("the head of the newer one, $place", $merged->head() === $newer->head());
    $check("either way, $place", $merged->toJson() === $newer->merge($older)->toJson());
}
$check('the same', $full->compare(pin([seen('g'), seen('a', 1, true), seen('b')], 6)) === 0);
foreach ([[$stolen, $never], [$never, $stolen]] as [$one, $other]) {
    $check('two histories', $thrown(fn () => $one->compare($other)) === Code::PIN_FORK);
    $check('nor merged', $thrown(fn () => $one->merge($other)) === Code::PIN_FORK);
}

// What the merged one knows.
$all = [seen('g'), seen('b'), seen('c'), seen('a', 1, true), seen('d', 1, true)];
$check('nothing is forgotten', operations($long->merge($further)) === $all);
$check('a visit that saw less proves nothing of the rest', $long->merge($further)->lastVisit() === 5);
$check('the later visit, where both saw the same', $full->merge($later)->lastVisit() === 12);
$check('the text of the later visit', json_decode($full->merge($later)->toJson())->log->sha256 === hash('sha256', '12'));
$check('the later visit of a pin that lacks only what is nullified', $never->merge($full)->lastVisit() === 7);
$undone = pin([seen('g'), seen('a', 1, true), seen('b')], 20);
$before = pin([seen('g'), seen('a'), seen('b')], 30);
$check('nullified, as one says', operations($undone->merge($before))[1]['nullified'] === true);
$earlier = pin([seen('g'), seen('a'), seen('b')], 3);
$check('nullified, as the other says', operations($earlier->merge($undone))[1]['nullified'] === true);
$first = pin([seen('g', 5, false, 100)], 40);
$second = pin([seen('g', 6, false, 200)], 30);
$check('as first seen', operations($first->merge($second)) === [seen('g', 5, false, 100)]);
$check('as first seen, by the other', operations($second->merge($first)) === [seen('g', 5, false, 100)]);
$late = pin([seen('g', 6, false, 200)], 50);
$check('as first seen, by the older one', operations($late->merge($first)) === [seen('g', 5, false, 100)]);
$bare = pin([seen('g', 4, false, null)], 30);
$check('a time that one has', operations($first->merge($bare)) === [seen('g', 4, false, 100)]);
$same = pin([seen('g', 5, false, 300)], 30);
$check('seen at once: the time of the newer one', operations($same->merge($first)) === [seen('g', 5, false, 100)]);

// Releases.
$releases = array_fill_keys(['1.0.0', '1.10.0', '1.9.0', 'trunk'], [known('a')]);
$check('the highest version', pin([seen('g')], 10, $releases)->highestVersion() === '1.10.0');

// Refused, although the digest is right.
foreach (['did:plc:a b', "did:plc:a\u{e9}", "did:plc:a\tb"] as $did) {
    $json = written([seen('g')], 10, [], $did);
    $check("no DID: $did", $thrown(fn () => Pin::parse($json)) === Code::PIN_MALFORMED);
}
$none = written([seen('g', 1, true)]);
$check('no operation in force', $thrown(fn () => Pin::parse($none)) === Code::PIN_MALFORMED);

// What PHP reckons with, and no further: core knows every number of 64 bits.
if ($backend === 'php') {
    $latest = PHP_INT_MAX >> 1;
    $check('the latest time', pin([seen('g')], $latest)->lastVisit() === $latest);
    $above = written([seen('g')], $latest + 1);
    $check('a later one', $thrown(fn () => Pin::parse($above)) === Code::API_UNSUPPORTED);
    $huge = str_replace('"lastVisit":10', '"lastVisit":18446744073709551615', written([seen('g')]));
    $check('one that is no integer of PHP', $thrown(fn () => Pin::parse($huge)) === Code::API_UNSUPPORTED);
}

$finish('pins');
