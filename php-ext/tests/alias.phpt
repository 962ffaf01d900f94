--TEST--
Identity: the domain alias, and the document that a directory serves
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;

$corpus = json_decode(file_get_contents(__DIR__ . '/../../tests/corpus/manifest.json'), true)['cases'];
$cases = array_column($corpus, null, 'name');
$of_case = function (string $name) use ($cases) {
    $inputs = $cases[$name]['inputs'];
    return AuditLog::verify(file_get_contents(__DIR__ . '/../../tests/corpus/' . $inputs['log']), $inputs['did']);
};

$identity = example_identity();
// Claimed is nothing: there is nothing to confirm.
var_dump($identity->aliasRecordName(), $identity->confirmAlias('')->alias());

foreach ($cases as $name => $case) {
    if ($case['kind'] === 'fair-alias' && isset($case['inputs']['log'], $case['inputs']['txt']) && !isset($case['inputs']['pin'])) {
        try {
            $found = $of_case($name)->confirmAlias($case['inputs']['txt'])->alias();
        } catch (FedVerify\Exception $exception) {
            $found = $exception->errorCode();
        }
        $expected = $case['code'] ?? $case['facts']['alias'] ?? null;
        echo $found === $expected ? '' : "$name: " . json_encode([$expected, $found]) . "\n";
        $seen[] = $case['verdict'];
    }
}
echo count(array_unique($seen)), " verdicts\n";
echo $of_case('fair/alias/confirmed')->aliasRecordName(), "\n";
thrown(fn () => $of_case('fair/alias/two-claimed')->aliasRecordName());

$document = $identity->didDocument();
$compare = fn (array $document) => $identity->compareDocument(json_encode($document));
var_dump($compare($document), $compare(['future' => 1] + $document));
echo json_encode($compare(['verificationMethod' => []] + $document), JSON_UNESCAPED_SLASHES), "\n";
echo $identity->compareDocument('<!DOCTYPE html>', 'https://mirror.example')['message'], "\n";
echo $identity->compareDocument('[]')['message'], "\n";
?>
--EXPECT--
NULL
NULL
2 verdicts
_fairpm.publisher.example
FedVerify\RejectedException fair.alias.mismatch
NULL
NULL
{"code":"plc.document.differs","message":"the DID document that \"https://plc.directory\" serves does not match the log in verificationMethod"}
the DID document that "https://mirror.example" serves cannot be read: expected the DID document, but this is HTML or XML
the DID document that "https://plc.directory" serves is not a DID document
