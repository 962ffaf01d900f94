<?php

/** A few verifications of every kind, good and bad, for valgrind to look at. */

declare(strict_types=1);

require __DIR__ . '/../../php-ext/tests/example.inc';

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
    try {
        $identity->verifyPackage([], '');
    } catch (TypeError $error) {
        $error->getTrace();
    }
}
