--TEST--
Pfn::verifyChallenge() and Pfn::checkChallenge()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\Pfn;

$key = example('pfn/publisher.pem');
$challenge = example('pfn/challenge.txt');
$signature = example('pfn/challenge.sig');
$report = Pfn::verifyChallenge($key, $challenge, $signature);
echo $report->verdict(), ' ', $report->kind(), ' ', $report->trust(), ' ', $report->challenge() === $challenge ? 'same' : 'other', "\n";
echo "another challenge: ";
thrown(fn () => Pfn::verifyChallenge($key, strrev($challenge), $signature));
echo "an empty one: ";
thrown(fn () => Pfn::verifyChallenge($key, '', $signature));
echo "no signature: ";
thrown(fn () => Pfn::verifyChallenge($key, $challenge, ''));
echo "no text: ";
thrown(fn () => Pfn::verifyChallenge($key, "\xff", $signature));
echo "too long: ";
thrown(fn () => Pfn::verifyChallenge($key, $challenge, $signature, ['challengeBytes' => 35]));
echo "may be sent: ";
thrown(fn () => Pfn::checkChallenge($challenge));
echo "could be a record: ";
thrown(fn () => Pfn::checkChallenge('{"id":"gallery"}'));
echo "nothing: ";
thrown(fn () => Pfn::checkChallenge(''));
echo "no text: ";
thrown(fn () => Pfn::checkChallenge("\xff"));
echo "too long: ";
thrown(fn () => Pfn::checkChallenge($challenge, ['challengeBytes' => 35]));
echo "no limit: ";
thrown(fn () => Pfn::checkChallenge($challenge, ['challengeByte' => 36]));
?>
--EXPECT--
verified pfn-challenge key same
another challenge: FedVerify\RejectedException pfn.signature.invalid
an empty one: FedVerify\RejectedException pfn.challenge.malformed
no signature: FedVerify\RejectedException pfn.signature.encoding
no text: FedVerify\InvalidInputException api.argument
too long: FedVerify\RejectedException pfn.challenge.malformed
may be sent: nothing thrown
could be a record: FedVerify\RejectedException pfn.challenge.ambiguous
nothing: FedVerify\RejectedException pfn.challenge.malformed
no text: FedVerify\InvalidInputException api.argument
too long: FedVerify\RejectedException pfn.challenge.malformed
no limit: FedVerify\InvalidInputException api.argument
