<?php

/**
 * How many signatures the core in PHP checks of a log: none of what a pin proves. No report tells, since verdicts are the same
 * either way; core's own count is tested in core/tests/properties/memory.rs.
 *
 *     php work.php
 */

declare(strict_types=1);

use FedVerify\Core\Limits;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Plc\Identity;
use FedVerify\Core\Plc\Log;
use FedVerify\Core\PlcDid;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

const FAIR = __DIR__ . '/../../examples/fair';

use_backend('php');
$entries = json_decode(file_get_contents(FAIR . '/log.json'));
$did = PlcDid::parse(trim(file_get_contents(FAIR . '/did.txt')));
$limits = Limits::defaults();
$json = static function ($value): string {
    return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
};
$visit = static function (string $text, ?Pin $pin, int $now) use ($did, $limits): Identity {
    return Log::parse($text, $limits)->verifyRemembering($did, $pin, $now);
};
$lines = static function (array $entries) use ($json): string {
    return implode("\n", array_map($json, $entries));
};

$all = count($entries);
[$whole, $start] = [$json($entries), $json(array_slice($entries, 0, 2))];
$bare = $json(array_column(array_filter($entries, static fn (stdClass $entry): bool => !$entry->nullified), 'operation'));
$first = $visit($whole, null, 1776000000);
$checks = $first->signatureChecks();
$ofStart = $visit($start, null, 1776000000)->signatureChecks();
$check('each is checked, by one key at least', $all > 2 && $checks >= $all && $ofStart >= 2);
$check('a visit that keeps nothing', Log::parse($whole, $limits)->verify($did)->signatureChecks() === $checks);
$pin = $first->pin();
foreach ([
    'the same text' => [$whole, 0],
    'more space behind it' => ["$whole \n", 0],
    'more space in it' => [' ' . $json($entries), 0],
    'the operations alone' => [$bare, 0],
    'lines' => [$lines($entries), 0],
] as $what => [$text, $expected]) {
    $again = $visit($text, $pin, 1776000100);
    $check($what, $again->signatureChecks() === $expected);
    $check("$what: the pin", $again->pin()->lastVisit() === 1776000100 && $again->pin()->head() === $pin->head());
}
$partly = $visit($start, null, 1776000000)->pin();
foreach (['what follows the text of the pin' => $whole, 'lines that follow' => $lines($entries)] as $what => $text) {
    $follows = $visit($text, $partly, 1776000100)->signatureChecks();
    // The key of the first of them is not known to have signed last.
    $check($what, $follows >= $all - 2 && $follows < $checks);
}

// What the text of the pin proves is taken over as it is: a log that starts with the same bytes has the same operations.
$cut = substr($whole, 0, $pin->log()->bytes());
$check('the text of a pin ends with an entry', $cut === substr($whole, 0, -1) && $pin->log()->starts($whole));
$check('another text', !$pin->log()->starts(strrev($whole)));
$check('a shorter text', !$pin->log()->starts($start) && !$pin->log()->starts(''));
$check('the text and no more', $pin->log()->starts($cut));

$finish('work');
