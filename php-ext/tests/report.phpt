--TEST--
Every getter of Report, and its JSON
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

$report = example_identity()->verifyPackage(example('fair/metadata.json'), EXAMPLES . '/fair/hello-fair-1.1.0.zip');
var_dump($report instanceof JsonSerializable);
echo $report->verdict(), ' ', $report->kind(), ' ', $report->trust(), "\n";
var_dump($report->error(), $report->warnings(), $report->plugin(), $report->challenge(), $report->key());
var_dump($report->alias(), $report->federation(), $report->author(), $report->assetUrl());
echo implode(' ', array_keys($report->identity())), "\n";
echo implode(' ', array_keys($report->release())), "\n";
echo implode(' ', array_keys($report->package())), "\n";
echo implode(' ', array_unique(array_column($report->checks(), 'outcome'))), ' ', count($report->checks()), "\n";
echo json_encode(json_decode($report->pin())) === json_encode($report->toArray()['pin']) ? "pin\n" : "no pin\n";
echo json_encode($report) === json_encode(json_decode($report->toJson())) ? "same\n" : "different\n";
echo json_decode($report->toJson(), true) === $report->toArray() ? "same\n" : "different\n";

// Objects without members stay objects.
$plain = FedVerify\AuditLog::verify(example('fair/log.json'), example_did())->report()->toJson();
var_dump(get_class(json_decode($plain)->pin->releases));
echo substr_count(json_encode(json_decode($plain)), '"releases":{}'), "\n";
echo substr_count(json_encode(FedVerify\AuditLog::verify(example('fair/log.json'), example_did())->report()), '"releases":{}'), "\n";
?>
--EXPECT--
bool(true)
verified fair-package self-certified
NULL
array(0) {
}
NULL
NULL
NULL
NULL
NULL
NULL
NULL
did head operations nullified tombstoned rotationKeys verificationMethods alsoKnownAs services repository contestable
version type repository artifact
size sha256 sha384 keyId key algorithm
pass skipped 22
pin
same
same
string(8) "stdClass"
1
1
