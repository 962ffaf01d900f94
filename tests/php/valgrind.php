<?php

/** A few verifications of every kind, good and bad, for valgrind to look at. */

declare(strict_types=1);

require __DIR__ . '/../../php-ext/tests/example.inc';
require __DIR__ . '/inputs.php';

// Of each kind the first case of the corpus that verifies, and the first of each other verdict.
$cases = [];
foreach (json_decode((string) file_get_contents(CORPUS . '/manifest.json'), true)['cases'] as $case) {
    $cases += [$case['kind'] . ' ' . $case['verdict'] => $case];
}
foreach ($cases as $case) {
    try {
        $report = FedVerify\Verifier::verify($case['kind'], inputs($case), $case['limits'] ?? []);
    } catch (FedVerify\Exception $exception) {
        $report = $exception->report();
    }
    if ($report->verdict() !== $case['verdict']) {
        throw new LogicException($case['name']);
    }
    json_encode([$report, $report->toArray()]);
}
$kinds = count(array_unique(array_column($cases, 'kind')));
echo count($cases), " verdicts of $kinds kinds\n";
if ($kinds < 11) {
    throw new LogicException('the corpus has no case of some kind');
}

for ($round = 0; $round < 3; $round++) {
    $identity = example_identity();
    $identity->didDocument();
    $report = $identity->verifyPackage(example('fair/metadata.json'), EXAMPLES . '/fair/hello-fair-1.1.0.zip');
    json_encode([$report, $report->toArray(), $report->pin(), $report->checks()]);
    $key = example('pfn/publisher.pem');
    FedVerify\Pfn::verifyPlugin($key, example('pfn/plugin.json'), null, EXAMPLES . '/pfn/hello-pfn-1.0.0.zip');
    FedVerify\Pfn::verifyChallenge($key, example('pfn/challenge.txt'), example('pfn/challenge.sig'));
    foreach ([['logBytes' => 10], ['noSuchLimit' => 1]] as $limits) {
        try {
            FedVerify\AuditLog::verify('[                ]', example_did(), null, null, $limits);
        } catch (FedVerify\Exception $exception) {
            $exception->report()->toArray();
        }
    }
    // What is asked without a verification, of objects that outlive what they came from and of ones that the request's end frees.
    $pin = FedVerify\Pin::parse($identity->pin())->merge(FedVerify\Pin::parse($report->pin()));
    $newest = FedVerify\Directory::newest(["\xff" => $identity, 'https://b.example' => example_identity()]);
    json_encode([$pin->releases(), $pin->compare($pin), $newest->warnings(), $newest->identity()->head()]);
    json_encode([FedVerify\Limits::defaults(), FedVerify\Version::number('1')]);
    foreach ([['compare', $identity], ['merge', null]] as [$method, $other]) {
        try {
            $pin->$method($other);
        } catch (TypeError $error) {
            $error->getTrace();
        }
    }
    try {
        FedVerify\Directory::newest(['a' => $identity, 'b' => 'c']);
    } catch (TypeError $error) {
        $error->getTrace();
    }
    try {
        $identity->verifyPackage([], '');
    } catch (TypeError $error) {
        $error->getTrace();
    }
}
