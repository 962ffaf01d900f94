--TEST--
Pfn::verifyChallenge()
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
?>
--EXPECT--
verified pfn-challenge key same
another challenge: FedVerify\RejectedException pfn.signature.invalid
an empty one: FedVerify\RejectedException pfn.challenge.malformed
no signature: FedVerify\RejectedException pfn.signature.encoding
no text: FedVerify\InvalidInputException api.argument
too long: FedVerify\RejectedException pfn.challenge.malformed
