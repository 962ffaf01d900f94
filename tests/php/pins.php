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

/** A pin as JSON, with the digest that belongs to it (did-plc.md, "Pins"). A number that PHP cannot hold is a string. */
function written(array $operations, $lastVisit = 10, array $releases = [], string $did = DID): string
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
    $json = json_encode([
        'schema' => 'fedverify/pin/v2',
        'did' => $did,
        'head' => $head,
        'lastVisit' => $lastVisit,
        'log' => $log,
        'operations' => $operations,
        'releases' => (object) $releases,
        'sha256' => hash('sha256', implode("\n", $lines) . "\n"),
    ], JSON_UNESCAPED_SLASHES);
    return str_replace("\"lastVisit\":\"$lastVisit\"", "\"lastVisit\":$lastVisit", $json);
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

// Of three it is their order that decides (did-plc.md, "Pins"): the two above cannot tell a fork from a recovery of which a bare log
// leaves out what it undid, and a third one can.
$check('as the third one says', $full->merge($never)->merge($stolen)->toJson() === $full->merge($stolen)->merge($never)->toJson());

// What the merged one knows.
$all = [seen('g'), seen('b'), seen('c'), seen('a', 1, true), seen('d', 1, true)];
$check('nothing is forgotten', operations($long->merge($further)) === $all);
$check('the later visit, also where it saw less', $long->merge($further)->lastVisit() === 11);
$check('the later visit, where both saw the same', $full->merge($later)->lastVisit() === 12);
$check('the text of the later visit', json_decode($full->merge($later)->toJson())->log->sha256 === hash('sha256', '12'));
$check('the later visit of a pin that lacks only what is nullified', $never->merge($full)->lastVisit() === 7);
$undone = pin([seen('g'), seen('a', 1, true), seen('b')], 20);
$before = pin([seen('g'), seen('a'), seen('b')], 30);
$check('nullified, as one says', operations($undone->merge($before))[1]['nullified'] === true);
$earlier = pin([seen('g'), seen('a'), seen('b')], 3);
$check('nullified, as the other says', operations($earlier->merge($undone))[1]['nullified'] === true);
$hasNone = [pin([seen('g', 1, true), seen('a')]), pin([seen('g'), seen('a', 1, true)])];
$check('nothing in force', $thrown(fn () => $hasNone[0]->merge($hasNone[1])) === Code::PIN_FORK);

// The latest visit saw "a" in force, and not what followed it: whichever of the others it meets first, they undid "a" too late.
$of = static fn (string $cid, int $hours, bool $nullified = false): array => seen($cid, $hours * 3600, $nullified, $hours * 3600);
$late = pin([$of('g', 0), $of('a', 6)], 120 * 3600);
$more = pin([$of('g', 0), $of('a', 6), $of('c', 55)], 55 * 3600);
$recovered = pin([$of('g', 0), $of('a', 6, true), $of('c', 55, true), $of('r', 70)], 73 * 3600);
$check('undone before the latest visit', $thrown(fn () => $late->merge($more)->merge($recovered)) === Code::PIN_NULLIFICATION_LATE);
$check('and the other way round', $thrown(fn () => $late->merge($more->merge($recovered))) === Code::PIN_NULLIFICATION_LATE);
$stolenFrom = pin([$of('g', 0), $of('a', 1)], 2 * 3600);
$lagging = static fn (int $hours): Pin => pin([$of('g', 0)], $hours * 3600);
$check('of what a visit did not see it proves nothing', $stolenFrom->merge($lagging(100))->lastVisit() === 97 * 3600);
$check('the later visit below that', $stolenFrom->merge($lagging(50))->lastVisit() === 50 * 3600);

// What no two honest visits saw: an operation undone, and in force for too long.
const HOURS = 3600;
$undone = static fn (?int $createdAt, int $firstSeen = 50): Pin => pin([seen('g'), seen('a', $firstSeen, true, $createdAt), seen('b')], 7);
$inForce = static fn (int $lastVisit, ?int $createdAt = 100, int $firstSeen = 50): Pin
    => pin([seen('g'), seen('a', $firstSeen, false, $createdAt)], $lastVisit);
foreach ([
    'at 96 hours' => [$inForce(50 + 96 * HOURS), $undone(100), 'nothing'],
    'after 96 hours' => [$inForce(51 + 96 * HOURS), $undone(100), Code::PIN_NULLIFICATION_LATE],
    'first seen by the other' => [$inForce(51 + 96 * HOURS, 100, 60), $undone(100), Code::PIN_NULLIFICATION_LATE],
    'seen later by both' => [$inForce(51 + 96 * HOURS, 100, 60), $undone(100, 60), 'nothing'],
    'dated before' => [$inForce(41 + 96 * HOURS, 40), $undone(40), Code::PIN_NULLIFICATION_LATE],
    'dated before, by the other' => [$inForce(41 + 96 * HOURS, null), $undone(40), 'nothing'],
    'of another time' => [$inForce(60), $undone(101), Code::PIN_NULLIFICATION_LATE],
    'of an earlier time' => [$inForce(60), $undone(99), 'nothing'],
    'of no time' => [$inForce(60), $undone(null), 'nothing'],
    'of no time, in force' => [$inForce(60, null), $undone(100), 'nothing'],
] as $what => [$one, $other, $code]) {
    $check("undone $what", $thrown(fn () => $one->merge($other)) === $code);
    $check("undone $what, either way", $thrown(fn () => $other->merge($one)) === $code);
    $check("undone $what is newer", $one->compare($other) === -1);
}
$head = pin([seen('g'), seen('a', 50, false, 100), seen('b', 1, true), seen('c')], 51 + 96 * HOURS);
$check('undone too late, of the newer pin', $thrown(fn () => $head->merge($undone(100))) === Code::PIN_NULLIFICATION_LATE);
try {
    $inForce(51 + 96 * HOURS)->merge($undone(100));
} catch (FedVerify\RejectedException $exception) {
    $told = 'the pins contradict each other: one has an operation as undone that the other saw in force on ';
    $check('when it was', $exception->getMessage() === "{$told}1970-01-05T00:00:51Z, more than 96 hours after 1970-01-01T00:00:50Z [pin.nullification_late]");
}
try {
    $inForce(60)->merge($undone(101));
} catch (FedVerify\RejectedException $exception) {
    $check('which times', strpos($exception->getMessage(), "saw in force dated 1970-01-01T00:01:40Z, and not 1970-01-01T00:01:41Z [") !== false);
}

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
const LATEST = PHP_INT_MAX >> 1;
$check('the latest time', pin([seen('g')], LATEST)->lastVisit() === LATEST);
$large = [
    'lastVisit' => [written([seen('g')], LATEST + 1), written([seen('g')], '9223372036854775808'), written([seen('g')], '18446744073709551615')],
    'firstSeen' => [written([seen('g', LATEST + 1)])],
    'createdAt' => [written([seen('g', 1, false, LATEST + 1)]), written([seen('g', LATEST + 1, false, LATEST + 1)])],
];
foreach ($large as $name => $pins) {
    foreach ($pins as $json) {
        $told = $said(fn () => Pin::parse($json));
        $check("a large $name", $told === "PHP cannot judge a pin with numbers as large as its $name [api.unsupported]");
    }
}
if ($backend !== 'extension') {
    // The extension sees first that the digest is of another.
    $huge = str_replace('"lastVisit":10', '"lastVisit":18446744073709551615', written([seen('g')]));
    $check('one that is no integer of PHP', $thrown(fn () => Pin::parse($huge)) === Code::API_UNSUPPORTED);
}

$finish('pins');
