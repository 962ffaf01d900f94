--TEST--
Every getter of Identity
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

$identity = example_identity();
echo json_encode([
    'did' => $identity->did(),
    'head' => $identity->head(),
    'operations' => $identity->operations(),
    'nullified' => $identity->nullified(),
    'tombstoned' => $identity->isTombstoned(),
    'rotationKeys' => $identity->rotationKeys(),
    'verificationMethods' => $identity->verificationMethods(),
    'alsoKnownAs' => $identity->alsoKnownAs(),
    'services' => $identity->services(),
    'warnings' => $identity->warnings(),
], JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
echo json_encode($identity->didDocument(), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
echo json_decode($identity->pin())->head === $identity->head() ? "pinned\n" : "not pinned\n";
$report = $identity->report();
echo $report->kind(), ' ', $report->verdict(), ' ', $report->pin() === $identity->pin() ? 'same pin' : 'another pin', "\n";

$corpus = json_decode(file_get_contents(__DIR__ . '/../../tests/corpus/manifest.json'), true)['cases'];
foreach ($corpus as $case) {
    if ($case['name'] === 'plc/tombstone/ended') {
        $log = file_get_contents(__DIR__ . '/../../tests/corpus/' . $case['inputs']['log']);
        $identity = FedVerify\AuditLog::verify($log, $case['inputs']['did']);
        var_dump($identity->isTombstoned(), $identity->rotationKeys(), $identity->services(), $identity->didDocument());
    }
}
?>
--EXPECT--
{
    "did": "did:plc:6fub4jd3yfiuvzi5yhcmvrax",
    "head": "bafyreiejg4e6caqnxzb4urfvi6wm3itg7cofyalnfkozwix36yqbjgdchy",
    "operations": 5,
    "nullified": [
        "bafyreif45uaaqx4mwxdizh6o6suogzi3veqdmzfh746fpocsrgciu6wo2q"
    ],
    "tombstoned": false,
    "rotationKeys": [
        "did:key:zQ3shQ6KT7ASTJbV7YFDrhs7swif9PQe159KSQazrzqmRCQtC",
        "did:key:zQ3shiCaZ4mi8L2K27U9LRkwLySHXbHtJ5RHEZtvezc3dzkPZ"
    ],
    "verificationMethods": {
        "fair": "did:key:z6MkmXBJmKWGD6xXByRDNrBUqxaiTW8ZmcXT5jLSZmgqC2V1"
    },
    "alsoKnownAs": [
        "https://publisher.example"
    ],
    "services": {
        "fairpm_repo": {
            "type": "FairPackageManagementRepo",
            "endpoint": "https://publisher.example/hello-fair/fair.json"
        }
    },
    "warnings": []
}
{
    "@context": [
        "https://www.w3.org/ns/did/v1",
        "https://w3id.org/security/multikey/v1"
    ],
    "id": "did:plc:6fub4jd3yfiuvzi5yhcmvrax",
    "alsoKnownAs": [
        "https://publisher.example"
    ],
    "verificationMethod": [
        {
            "id": "did:plc:6fub4jd3yfiuvzi5yhcmvrax#fair",
            "type": "Multikey",
            "controller": "did:plc:6fub4jd3yfiuvzi5yhcmvrax",
            "publicKeyMultibase": "z6MkmXBJmKWGD6xXByRDNrBUqxaiTW8ZmcXT5jLSZmgqC2V1"
        }
    ],
    "service": [
        {
            "id": "#fairpm_repo",
            "type": "FairPackageManagementRepo",
            "serviceEndpoint": "https://publisher.example/hello-fair/fair.json"
        }
    ]
}
pinned
plc-log verified same pin
bool(true)
array(0) {
}
array(0) {
}
array(0) {
}
