--TEST--
WebDocument: the document of a did:web, its releases and its packages
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\WebDocument;

const DID = 'did:web:publisher.example';

/** The did:web of the publisher of the example: the same key and repository. */
function web_document(array $changed = []): string
{
    $identity = example_identity();
    $key = ['id' => DID . '#fair', 'type' => 'Multikey', 'controller' => DID]
        + ['publicKeyMultibase' => substr($identity->verificationMethods()['fair'], strlen('did:key:'))];
    $service = ['id' => '#fairpm_repo', 'type' => 'FairPackageManagementRepo', 'serviceEndpoint' => $identity->repository()];
    return json_encode($changed + [
        'id' => DID,
        'alsoKnownAs' => ['fair://publisher.example'],
        'verificationMethod' => [$key],
        'service' => [$service],
    ]);
}

$json = web_document();
$metadata = str_replace(example_did(), DID, example('fair/metadata.json'));
$zip = EXAMPLES . '/fair/hello-fair-1.1.0.zip';

$document = WebDocument::verify($json, DID, 1700000000);
echo $document->did(), ' ', $document->report()->kind(), ' ', $document->report()->trust(), "\n";
echo json_encode([$document->verificationMethods(), $document->alsoKnownAs(), $document->services()], JSON_UNESCAPED_SLASHES), "\n";
echo $document->documentUrl(), ' ', json_encode($document->withdrawn()), "\n";
echo $document->repository(), ' ', json_encode($document->warnings()), "\n";
var_dump($document->report()->pin());
echo WebDocument::verify($json, DID)->did(), "\n";
var_dump($document == WebDocument::verify($json, DID, 1700000000));
var_dump($document == WebDocument::verify(web_document(['alsoKnownAs' => []]), DID, 1700000000));
var_dump(WebDocument::verify('{"id":"' . DID . '"}', DID)->repository());

echo WebDocument::url(DID . ':plugins'), "\n";
thrown(fn () => WebDocument::url('did:web:'));
thrown(fn () => WebDocument::url(example_did()));
$revoked = json_decode($json, true);
$revoked['verificationMethod'][0]['revoked'] = '2023-01-01T00:00:00Z';
$revoked = WebDocument::verify(json_encode($revoked), DID);
echo json_encode([$revoked->verificationMethods(), $revoked->withdrawn()]), "\n";

$release = $document->release($metadata);
echo $release->did(), ' ', $release->version(), ' ', count($release->artifacts()), ' ', json_encode($release->pin()), "\n";
echo $release->verifyPackage($zip)->trust(), ' ', $document->verifyPackage($metadata, $zip)->verdict(), "\n";
echo $document->release($metadata, '1.0.0')->version(), "\n";
thrown(fn () => $document->verifyPackage($metadata, $zip, '1.0.0'));
thrown(fn () => $document->verifyPackage($metadata, $zip, null, 'https://publisher.example/another.zip'));
thrown(fn () => $document->verifyPackage($metadata, $zip, null, null, ['packageBytes' => 10]));
// Nothing is remembered of a did:web, and a caller who asks for it must not believe otherwise.
thrown(fn () => $release->verifyPackage($zip, '{}'));
thrown(fn () => $release->verifyPackage($zip, null, null, true));

echo $document->aliasRecordName(), ' ', $document->confirmAlias('did=' . DID)->alias(), "\n";
thrown(fn () => $document->confirmAlias(''));

thrown(fn () => WebDocument::verify($json, 'did:web:other.example'));
thrown(fn () => WebDocument::verify($json, example_did()));
thrown(fn () => WebDocument::verify($json, 'did:web:'));
thrown(fn () => WebDocument::verify('', DID));
thrown(fn () => WebDocument::verify($json, DID, -1));
thrown(fn () => WebDocument::verify($json, DID, null, ['recordBytes' => 10]));
thrown(fn () => WebDocument::verify($json, DID, null, ['noSuchLimit' => 10]));
thrown(fn () => $document->release(example('fair/metadata.json')));
thrown(fn () => new WebDocument());
thrown(fn () => serialize($document));
?>
--EXPECT--
did:web:publisher.example web-document web
[{"fair":"did:key:z6MkmXBJmKWGD6xXByRDNrBUqxaiTW8ZmcXT5jLSZmgqC2V1"},["fair://publisher.example"],{"fairpm_repo":{"type":"FairPackageManagementRepo","endpoint":"https://publisher.example/hello-fair/fair.json"}}]
https://publisher.example/.well-known/did.json []
https://publisher.example/hello-fair/fair.json []
NULL
did:web:publisher.example
bool(true)
bool(false)
NULL
https://publisher.example/plugins/did.json
FedVerify\RejectedException did.invalid
FedVerify\RejectedException did.unsupported
[[],["fair"]]
did:web:publisher.example 1.1.0 1 null
web verified
1.0.0
FedVerify\RejectedException fair.checksum.mismatch
FedVerify\RejectedException fair.artifact.missing
FedVerify\RejectedException input.too_large
FedVerify\InvalidInputException api.argument
FedVerify\InvalidInputException api.argument
_fairpm.publisher.example publisher.example
FedVerify\RejectedException fair.alias.mismatch
FedVerify\RejectedException did.document.id_mismatch
FedVerify\RejectedException did.unsupported
FedVerify\RejectedException did.invalid
FedVerify\RejectedException input.malformed
FedVerify\InvalidInputException api.argument
FedVerify\RejectedException input.too_large
FedVerify\InvalidInputException api.argument
FedVerify\RejectedException fair.metadata.id_mismatch
Error: Call to private FedVerify\WebDocument::__construct() from global scope
Exception: Serialization of 'FedVerify\WebDocument' is not allowed
