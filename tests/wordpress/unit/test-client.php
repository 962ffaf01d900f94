<?php

/** Fair_Connect, Document_Shape, Metadata_Shape, Release_Shape and Value. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';
require __DIR__ . '/http.php';

use FedVerify\AuditLog;
use FedVerify\WordPress\Client\Document_Shape;
use FedVerify\WordPress\Client\Fair_Connect;
use FedVerify\WordPress\Client\Metadata_Shape;
use FedVerify\WordPress\Client\Value;
use FedVerify\WordPress\Verification\Document;

$examples = __DIR__ . '/../../../examples/fair';
$did = trim((string) file_get_contents("$examples/did.txt"));
$identity = AuditLog::verify((string) file_get_contents("$examples/log.json"), $did);
$metadata = json_decode((string) file_get_contents("$examples/metadata.json"), true);

$document = Document::of($identity);
$check('a document', $document === ['@context' => $document['@context']] + $identity->didDocument());
$shape = Document_Shape::of($document);
$check('its shape', $shape['id'] === $did && $shape['service'] === $document['service'] && $shape['verificationMethod'] === $document['verificationMethod']);
$odd = [
    [], ['id' => 5], ['service' => 'x'], ['service' => ['x', [], ['type' => []], ['id' => 'a', 'type' => 'b', 'serviceEndpoint' => []]]],
    ['verificationMethod' => [5, ['id' => 'x#y'], ['id' => 'nofragment', 'type' => 'Multikey', 'controller' => 'x', 'publicKeyMultibase' => 'z6Mk']]],
    ['verificationMethod' => [['id' => 'x#y', 'type' => 'Multikey', 'controller' => 'x', 'publicKeyMultibase' => 'z0OIl']]],
    ['verificationMethod' => [['id' => 'x#y', 'type' => 'Multikey', 'controller' => 'x', 'publicKeyMultibase' => 'z' . str_repeat('6', 300)]]],
    ['alsoKnownAs' => 'x'], ['alsoKnownAs' => [5, null]],
];
foreach ($odd as $i => $value) {
    $shape = Document_Shape::of($value);
    $check("an odd document $i", [$shape['id'], $shape['alsoKnownAs'], $shape['verificationMethod'], $shape['service']] === ['', [], [], []]);
}

/** The shape of the example, changed. */
$shaped = static function (array $changes, array $release = [], array $package = []) use ($metadata, $identity): array {
    $document = array_merge($metadata, $changes);
    if (isset($document['releases'][0])) {
        $document['releases'][0] = array_merge($document['releases'][0], $release);
        if ($package !== []) {
            $document['releases'][0]['artifacts']['package'][0] = array_merge($document['releases'][0]['artifacts']['package'][0], $package);
        }
    }
    $json = (string) json_encode($document);
    return json_decode((string) json_encode(Metadata_Shape::of($json, $identity->release($json))), true);
};
$plain = $shaped([]);
$check('metadata', [$plain['id'], $plain['type'], $plain['name'], $plain['slug'], $plain['filename']] === [$did, 'wp-plugin', 'Hello FAIR', 'hello-fair', 'hello-fair/hello-fair.php']);
$check('the latest release alone', count($plain['releases']) === 1 && $plain['releases'][0]['version'] === '1.1.0');
$package = $plain['releases'][0]['artifacts']['package'][0];
$check('its package', $package['signature'] === $metadata['releases'][0]['artifacts']['package'][0]['signature'] && $package['lang'] === '' && $package['requires-auth'] === false);
$check('authors have a URL', $plain['authors'] === [['name' => 'Example Publisher', 'url' => '']]);
$json = (string) json_encode(Metadata_Shape::of((string) json_encode($metadata), $identity->release((string) json_encode($metadata))));
$check('maps are objects', strpos($json, '"sections":{}') !== false && strpos($json, '"requires":{}') !== false);

foreach (['../../evil', 'a/b', '..', '.', '.hidden', '-x', 'a b', "a\n", 'ä', '<b>', '', 'a..b', str_repeat('a', 101), 5, null, [], 'x.'] as $i => $slug) {
    $check("no slug $i", $shaped(['slug' => $slug])['slug'] === 'package');
    $check("but the folder $i", $shaped(['slug' => $slug, 'filename' => 'Folder/main.php'])['slug'] === 'folder');
}
foreach (['x.php', '/x.php', 'a/../../x.php', '../x.php', 'a/b/c.php', "a/b.php\n", 'a/<b>.php', 'a/', '', 5, null, ['a/b.php'], './b.php', 'a./b.php'] as $i => $name) {
    $check("no file name $i", $shaped(['filename' => $name])['filename'] === 'hello-fair/hello-fair.php');
}
$check('a file name', $shaped(['filename' => 'Hello/Main_File.php'])['filename'] === 'Hello/Main_File.php' && $shaped(['type' => 'wp-theme'])['filename'] === 'hello-fair/style.css');

foreach ([null, 5, [], 'x', [[]], [['name' => []]], [['url' => 'javascript:alert(1)']], [5, null]] as $i => $authors) {
    $check("always an author $i", $shaped(['authors' => $authors])['authors'] === [['name' => '', 'url' => '']]);
}
$check('persons', $shaped(['security' => [['url' => 'https://a.example/s', 'email' => 'a@b.example', 'x' => 1], ['email' => 'no mail'], 5]])['security'] === [['url' => 'https://a.example/s', 'email' => 'a@b.example']]);
$sections = $shaped(['sections' => ['description' => "<p>a\0\x07é</p>\n", 'x y' => 'a', '0' => 'a', 'faq' => [], 'changelog' => 5, 'long' => str_repeat('é', 100000)]])['sections'];
$check('sections', array_keys($sections) === ['description', 'long'] && $sections['description'] === "<p>aé</p>\n" && strlen($sections['long']) === 131072);
$check('all of them are bounded', strlen((string) json_encode($shaped(['sections' => array_fill_keys(['a', 'b', 'c', 'd', 'e', 'f', 'g'], str_repeat('x', 200000))]))) < 540000);
$check('no sections', $shaped(['sections' => ['a', 'b']])['sections'] === [] && $shaped(['sections' => 'x'])['sections'] === []);
$check('texts', $shaped(['name' => "A\nB\x1b[0m"])['name'] === 'A B [0m' && $shaped(['name' => []])['name'] === 'hello-fair' && $shaped(['keywords' => ['a', 5, [], '']])['keywords'] === ['a']);
$check('times', $shaped(['last_updated' => '2026-01-01T00:00:00Z'])['last_updated'] !== '' && $shaped(['last_updated' => 'now'])['last_updated'] === '' && $shaped(['last_updated' => []])['last_updated'] === '');

$of = static function (array $requires) use ($shaped): array {
    return $shaped([], ['requires' => $requires])['releases'][0]['requires'];
};
$check('requirements', $of(['env:php' => '>=7.4, <9', 'env:wp' => '6.0', 'a/b' => '=1.0-beta']) === ['env:php' => '>=7.4, <9', 'env:wp' => '6.0', 'a/b' => '=1.0-beta']);
foreach (['>>=8', '!8', '=>8', '<', '', [], 5, null, "8\n;", '>=x', '<script>'] as $i => $value) {
    $check("no requirement $i", $of(['env:php' => $value]) === []);
}
$check('nor such names', $of(['<b>' => '1', '5' => '1', 'a b' => '1']) === []);
foreach ([[], 'x', 5, null, ['a', 'b']] as $i => $value) {
    $check("no requirements $i", $shaped([], ['suggests' => $value])['releases'][0]['suggests'] === []);
}

foreach (['!!', '', 'A', 'AA=', 'AB', str_repeat('A', 201), null] as $i => $signature) {
    $check("a signature that cannot be decoded $i", $shaped([], [], ['signature' => $signature])['releases'][0]['artifacts']['package'][0]['signature'] === '');
}
$check('languages', $shaped([], [], ['lang' => 'de-DE'])['releases'][0]['artifacts']['package'][0]['lang'] === 'de-DE' && $shaped([], [], ['lang' => []])['releases'][0]['artifacts']['package'][0]['lang'] === '');
foreach (['http://a.example/x.zip', '/etc/passwd', 'phar://x', 'https://127.1/x.zip', 'https://u@a.example/x.zip'] as $url) {
    $check("no package: $url", $refused(static function () use ($shaped, $url) {
        $shaped([], [], ['url' => $url]);
    }) === 'rejected fair.artifact.missing');
}
$artifacts = $metadata['releases'][0]['artifacts'] + [
    'icon' => [['url' => 'https://a.example/i.png', 'width' => '128', 'height' => 128], ['url' => 'http://a.example/i.png'], 5, ['url' => []], ['url' => 'https://a.example/i.svg', 'content-type' => 'image/svg+xml', 'width' => 1.5, 'height' => -1]],
    'banner' => 'x', 'screenshot' => [5],
];
$images = $shaped([], ['artifacts' => $artifacts])['releases'][0]['artifacts'];
$check('images', array_keys($images) === ['package', 'icon'] && count($images['icon']) === 2 && $images['icon'][0]['width'] === 128 && $images['icon'][0]['content-type'] === '' && $images['icon'][1]['width'] === null);
$artifacts['icon'] = ['url' => 'https://a.example/i.png'];
$check('one image', count($shaped([], ['artifacts' => $artifacts])['releases'][0]['artifacts']['icon']) === 1);
$check('names that PHP has no objects for', $shaped(["\0a" => 1])['id'] === $did);
$check('URLs', Value::url('https://a.example/x') === 'https://a.example/x' && Value::url('') === '' && Value::url(5) === '' && Value::number('7') === 7 && Value::number(true) === null);

$client = new Fair_Connect();
$check('the client is not there', !$client->is_active() && !$client->has_objects() && $client->document_value($document)['id'] === $did);
eval('namespace FAIR\Packages\DID; class Document { public $all; public function __construct(string $id, array $service, array $verificationMethod, array $alsoKnownAs = []) { $this->all = func_get_args(); } }');
$value = $client->document_value($document)->all;
$check('its objects', $value[0] === $did && $value[1][0] instanceof stdClass && $value[1][0]->type === 'FairPackageManagementRepo' && $value[2][0]->type === 'Multikey' && $value[3] === ['https://publisher.example']);
$check('errors in its cache', $client->without_errors(['a' => new WP_Error('x', 'x', []), 'b' => (object) [], 'c' => ['x'], 'd' => 5, 'e' => null]) == ['b' => (object) [], 'c' => ['x']] && $client->without_errors(false) === false);
$check('endpoints', Document_Shape::endpoints_of((object) ['service' => [(object) ['serviceEndpoint' => 'a'], ['serviceEndpoint' => 'b'], 5]]) === ['a', 'b'] && Document_Shape::endpoints_of(5) === []);

$finish('client');
