--TEST--
Every getter of Identity
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

$identity = example_identity(null, 1776000000);
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
echo $identity->repository(), ' ', json_encode($identity->contestable()), "\n";
$history = $identity->history();
foreach ($history as $entry) {
    echo substr($entry['cid'], -4), ' ', substr($entry['prev'] ?? 'none', -4), ' ', $entry['type'], ' ', $entry['createdAt'], ' ',
        $entry['firstSeen'], $entry['nullified'] ? ' nullified' : '', ' ', $entry['signer'], ' ', substr($entry['key'], -4), "\n";
}
echo end($history)['state']['services'] === $identity->services() ? "the last state\n" : "another state\n";
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
https://publisher.example/hello-fair/fair.json [{"operation":4,"cid":"bafyreiejg4e6caqnxzb4urfvi6wm3itg7cofyalnfkozwix36yqbjgdchy","until":"2026-04-14T10:00:00Z","keys":["did:key:zQ3shQ6KT7ASTJbV7YFDrhs7swif9PQe159KSQazrzqmRCQtC"],"verificationMethods":[],"services":[],"alsoKnownAs":["https:\/\/publisher.example"]}]
x7pm none plc_operation 2026-01-01T09:00:00.000Z 1776000000 1 7YbS
sikq x7pm plc_operation 2026-02-10T14:00:00.000Z 1776000000 1 7YbS
wo2q sikq plc_operation 2026-04-01T03:00:00.000Z 1776000000 nullified 1 7YbS
hv5i sikq plc_operation 2026-04-01T23:00:00.000Z 1776000000 0 CQtC
dchy hv5i plc_operation 2026-04-11T10:00:00.000Z 1776000000 1 zkPZ
the last state
pinned
plc-log verified same pin
bool(true)
array(0) {
}
array(0) {
}
array(0) {
}
