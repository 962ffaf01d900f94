<?php

/** Resolver, Witnesses, Repository, Metadata, Archives and Outcomes, by the example package. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';
require __DIR__ . '/http.php';

use FedVerify\CallbackPinStore;
use FedVerify\Pin;
use FedVerify\PinStore;
use FedVerify\PrivateCopy;
use FedVerify\WordPress\Context;
use FedVerify\WordPress\Memory\Identities;
use FedVerify\WordPress\Memory\Options;
use FedVerify\WordPress\Memory\Pins;
use FedVerify\WordPress\Memory\Schema;
use FedVerify\WordPress\Memory\Tables;
use FedVerify\WordPress\Memory\Verdicts;
use FedVerify\WordPress\Network\Addresses;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;
use FedVerify\WordPress\Verification\Archives;
use FedVerify\WordPress\Verification\Directories;
use FedVerify\WordPress\Verification\Fresh_Key;
use FedVerify\WordPress\Verification\Memo;
use FedVerify\WordPress\Verification\Outcomes;
use FedVerify\WordPress\Verification\Pin_Keeper;
use FedVerify\WordPress\Verification\Repository;
use FedVerify\WordPress\Verification\Resolver;

define('WP_CLI', true);

$examples = __DIR__ . '/../../../examples/fair';
$did = trim((string) file_get_contents("$examples/did.txt"));
$log = (string) file_get_contents("$examples/log.json");
$metadata = (string) file_get_contents("$examples/metadata.json");
$zip = (string) file_get_contents("$examples/hello-fair-1.1.0.zip");
$url = 'https://publisher.example/hello-fair/hello-fair-1.1.0.zip';
$endpoint = 'https://publisher.example/hello-fair/fair.json';
$directory = "https://plc.directory/$did/log/audit";
$witness = "https://witness.example/$did/log/audit";
$network->answers = [$directory => $log, $endpoint => $metadata, $url => $zip];

$options = new Options();
$context = new Context();
$schema = new Schema($options, $context);
$tables = new Tables($schema, static function () {
});
$settings = new Settings($options);
$identities = new Identities($tables, $schema, static function (): array {
    return [];
});
$pins = new Pins($tables, $schema);
$verdicts = new Verdicts($tables, $schema, $settings);
$outcomes = new Outcomes($identities, $verdicts, new Installed($options, $context), $context);
$fetcher = new Fetcher(new Addresses($settings));

/** What a new request has. */
$request = static function (?PinStore $store = null) use ($fetcher, $settings, $pins, $outcomes, $identities): array {
    $keeper = new Pin_Keeper($store ?? $pins->store());
    $resolver = new Resolver(new Directories($fetcher, $settings), $fetcher, $keeper, $outcomes);
    $repository = new Repository($fetcher, $keeper, $identities, $outcomes);
    return [$resolver, $repository, new Archives($fetcher, $keeper, $resolver, $repository, $outcomes)];
};
/** The code of a whole installation in a new request. */
$install = static function (string $url, array $options = [], ?string $version = null, ?string $bytes = null) use ($request, $refused, $did, $write): string {
    return $refused(static function () use ($request, $did, $url, $options, $version, $bytes, $write) {
        [$resolver, $repository, $archives] = $request();
        $resolved = $resolver->resolve($did);
        $copy = $bytes === null ? null : PrivateCopy::of($write('download.zip', $bytes));
        $archives->verify($resolved, $repository->metadata($resolved), $url, $version, $copy, $options);
    });
};

[$resolver, $repository, $archives] = $request();
$resolved = $resolver->resolve($did);
$check('resolved', $resolved->did() === $did && $resolved->has_log() && $resolved->repository() === $endpoint && $resolved->document()['id'] === $did);
$check('remembered', $pins->load($did) !== null && $identities->get($did)->is_fresh(time()) && count($identities->get($did)->history()) === $resolved->identity()->operations());
$before = count($network->requests);
$check('once in a request', $resolver->resolve($did) === $resolved && count($network->requests) === $before);
$resolver->forget($did);
$check('unless it is forgotten', $resolver->resolve($did) !== $resolved && count($network->requests) === $before + 1);
$found = $repository->metadata($resolved);
$check('metadata', $found->json() === $metadata && $found->type() === 'wp-plugin' && $found->latest()->version() === '1.1.0' && $repository->metadata($resolved) === $found);
$check('what it offers', $identities->get($did)->offer()['version'] === '1.1.0' && $identities->get($did)->offer()['urls'] === [$url] && $identities->get($did)->metadata()['license'] === 'MIT');
$cached = 'transient fair-packages-' . md5($endpoint);
$site->options[$cached] = 'what the client has';
$request()[1]->metadata($resolved);
$check('the client keeps what offers the same', isset($site->options[$cached]));
$identities->record_offer($did, ['version' => '1.0.0'] + $identities->get($did)->offer());
$request()[1]->metadata($resolved);
$check('and forgets what offers another release', !isset($site->options[$cached]) && $identities->get($did)->offer()['version'] === '1.1.0');
$wpdb->query("UPDATE wp_fedverify_identities SET offer = '{\"version\":\"1.' WHERE did = '$did'");
$identities->get_anew($did);
$request()[1]->metadata($resolved);
$check('an offer that is damaged is written anew', $identities->get_anew($did)->offer()['version'] === '1.1.0');
$check('by URL', $found->release_with_artifact($url)->version() === '1.1.0' && $found->release_with_artifact(str_replace('1.1.0', '1.0.0', $url))->version() === '1.0.0' && $found->release_with_artifact("$url?") === null);
$archive = $archives->verify($resolved, $found, $url, null, null, ['kind' => 'plugin', 'no_downgrade' => true]);
$check('an archive', $archive->version() === '1.1.0' && $archive->did() === $did && $archive->url() === $url && file_get_contents($archive->path()) === $zip && $archive->copy()->path() === $archive->path());
$facts = $archive->facts();
$check('its facts', $facts['sha256'] === hash('sha256', $zip) && $facts['keyId'] === 'fair' && $facts['trust'] === 'self-certified' && $facts['artifact'] === $url && $facts['head'] === $resolved->identity()->head());
$check('is logged', $verdicts->recent(1)[0]->verdict() === 'verified' && $verdicts->recent(1)[0]->version() === '1.1.0' && $verdicts->recent(1)[0]->did() === $did);
$check('its digests are not pinned yet', strpos((string) $pins->load($did), hash('sha384', $zip)) === false);
$archives->remember($archive);
$check('its digests are pinned', strpos((string) $pins->load($did), hash('sha384', $zip)) !== false);
unset($archive);
$check('nothing is left', $left() === []);

$check('another URL', $install('https://publisher.example/x.zip') === 'rejected wordpress.foreign_url' && $install($url, [], '1.0.0') === 'rejected wordpress.foreign_url');
$check('another kind', $install($url, ['kind' => 'theme']) === 'rejected fair.metadata.type_unknown' && $install($url, ['kind' => 'translation']) === 'nothing');
$check('below what is installed', $install($url, ['installed' => '1.2']) === 'rejected pin.downgrade' && $install($url, ['installed' => '1.1.0']) === 'nothing' && $install($url, ['installed' => 'trunk']) === 'nothing');
$check('below what was verified', $install(str_replace('1.1.0', '1.0.0', $url), ['no_downgrade' => true], null, 'x') === 'rejected pin.downgrade');
$check('what was downloaded', $install($url, [], null, $zip) === 'nothing' && $install($url, [], '1.1.0', "$zip ") === 'rejected fair.checksum.mismatch');
$network->answers[$url] = substr($zip, 0, -1);
$check('other bytes', $install($url) === 'rejected fair.checksum.mismatch' && $left() === []);
$network->answers[$url] = [404, '', []];
$check('no bytes', $install($url) === 'undetermined network.status');
$network->answers[$url] = $zip;

$local = static function (string $bytes, array $options = []) use ($request, $refused, $did, $write): string {
    return $refused(static function () use ($request, $did, $bytes, $options, $write) {
        $request()[2]->verify_local($did, $write('upload.zip', $bytes), $options);
    });
};
$check('an upload', $local($zip) === 'nothing' && $local("$zip ") === 'rejected fair.checksum.mismatch' && $local($zip, ['kind' => 'theme']) === 'rejected fair.metadata.type_unknown');
$check('no file', $refused(static function () use ($request, $did) {
    $request()[2]->verify_local($did, '/nowhere/x.zip', []);
}) === 'undetermined io.file.missing');

$changed = static function (callable $change) use ($metadata): string {
    $document = json_decode($metadata, true);
    return (string) json_encode($change($document));
};
$network->answers[$endpoint] = $changed(static function (array $document) {
    $document['releases'][0]['artifacts']['package'][0]['requires-auth'] = true;
    return $document;
});
$check('credentials', $install($url) === 'undetermined network.requires_auth' && $install($url, [], null, $zip) === 'nothing');
$network->answers[$endpoint] = $changed(static function (array $document) {
    $document['releases'][0]['artifacts']['package'][0]['release-asset'] = true;
    return $document;
});
$check('a release asset', $install($url) === 'nothing' && end($network->requests)[1]['headers']['Accept'] === 'application/octet-stream');
$network->answers[$endpoint] = $changed(static function (array $document) {
    return ['type' => 'typo3-extension'] + $document;
});
$check('what WordPress cannot install', $install($url) === 'rejected fair.metadata.type_unknown');
$network->answers[$endpoint] = $changed(static function (array $document) {
    return ['id' => 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'] + $document;
});
$check('metadata of another', $install($url) === 'rejected fair.metadata.id_mismatch');
$check('takes the release away', $identities->get_anew($did)->offer() === null);
$network->answers[$endpoint] = [302, '', ['location' => '/moved']];
$network->answers['https://publisher.example/moved'] = $metadata;
$check('metadata may redirect', $install($url) === 'nothing');
$network->answers[$endpoint] = [410, '', []];
$check('and be withdrawn', $install($url) === 'undetermined network.status' && strpos($verdicts->recent(1)[0]->message(), 'withdrawn') !== false);
$before = count($verdicts->recent(1000));
$check('which is said once', $install($url) === 'undetermined network.status' && count($verdicts->recent(1000)) === $before);
$settings->update(['mode' => 'report']);
$check('and again where it is only reported', $install($url) === 'undetermined network.status' && count($verdicts->recent(1000)) === $before + 1);
$settings->update(['mode' => 'enforce']);
$check('and when it counts again', $install($url) === 'undetermined network.status' && count($verdicts->recent(1000)) === $before + 2);
$network->answers[$endpoint] = $metadata;

$outages = [
    'no answer' => new WP_Error('http_request_failed', 'cURL error 28: x', []), 'an error' => [500, '', []], 'unknown' => [404, '{"message":"x"}', []], 'gone' => [410, '{"message":"x"}', []],
    'a redirect' => [302, '', ['location' => '/x']],
];
$pin = $pins->load($did);
foreach ($outages as $what => $answer) {
    $network->answers[$directory] = $answer;
    $code = $install($url);
    $record = $identities->get($did);
    $check("an outage: $what", strncmp($code, 'undetermined network.', 21) === 0 && $pins->load($did) === $pin && $record->document()['id'] === $did && !$record->is_fresh(time()));
}
$lies = [
    'no JSON' => ['<html>', 'rejected input.malformed'], 'an empty log' => ['[]', 'rejected plc.log.empty'], 'a log of another' => [str_replace($did, 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', $log), 'rejected plc.did_mismatch'],
    'a shorter log' => [(string) json_encode([json_decode($log)[0]]), 'rejected pin.rollback'],
];
foreach ($lies as $what => [$answer, $code]) {
    $network->answers[$directory] = $answer;
    $check("a lie: $what", $install($url) === $code && $pins->load($did) === $pin);
}
$settings->update(['witnesses' => ['https://witness.example', 'https://silent.example']]);
$network->answers[$witness] = $log;
$check('a witness knows the rest', $install($url) === 'nothing' && array_column($identities->get($did)->warnings(), 'code') === ['wordpress.witness.silent', 'plc.directory.lag']);
$network->answers[$witness] = 'rubbish';
$check('or does not', $install($url) === 'rejected pin.rollback');
$network->answers[$directory] = $log;
$check('a witness that lies alone', $install($url) === 'nothing' && count($identities->get($did)->warnings()) === 2);
$network->answers[$witness] = (string) json_encode([json_decode($log)[0]]);
$check('a witness that lags', $install($url) === 'nothing' && in_array('plc.directory.lag', array_column($identities->get($did)->warnings(), 'code'), true));

// The directory still has in force, today, what the witness undid years ago: one of them lies, whichever was remembered before.
$memory = [];
$kept = new CallbackPinStore(static function (string $did) use (&$memory): ?string {
    return $memory[$did] ?? null;
}, static function (string $did, ?string $expected, string $pin) use (&$memory): bool {
    $memory[$did] = $pin;
    return true;
});
$visit = static function (string $answer) use ($network, $witness, $request, $kept, $did, $refused): string {
    $network->answers[$witness] = $answer;
    return $refused(static function () use ($request, $kept, $did) {
        $request($kept)[0]->resolve($did);
    });
};
$stolen = array_slice(json_decode($log), 0, 3);
$stolen[2]->nullified = false;
$stolen = (string) json_encode($stolen);
$network->answers[$directory] = $stolen;
$check('a witness that undoes too late', $visit($log) === 'rejected pin.nullification_late');
$memory = [];
try {
    $request($kept)[0]->resolve($did);
} catch (Refusal $refusal) {
    // Its log is refused, before there is a pin of it.
    $check('by its log', strpos($refusal->getMessage(), 'expected a recovery within 96 hours') !== false);
}
$check('what the directory has proven is kept', Pin::parse($memory[$did])->head() === json_decode($stolen)[2]->cid);
$check('whoever asks again', $visit($log) === 'rejected pin.nullification_late' && $visit($stolen) === 'nothing');
$network->answers[$directory] = $log;
$memory = [];
$check('a witness that has not seen the recovery', $visit($stolen) === 'nothing' && Pin::parse($memory[$did])->head() === Pin::parse((string) $pin)->head());
$settings->update(['witnesses' => []]);

// Another visit keeps the whole log while this one has a shorter one of the directory, whose keys may be withdrawn.
$shorter = (string) json_encode(array_slice(json_decode($log), 0, 1));
$network->answers[$directory] = $shorter;
$raced = new class ((string) $pin) implements PinStore {
    /** @var string what the other visit keeps */
    private $newer;

    public function __construct(string $newer)
    {
        $this->newer = $newer;
    }

    public function load(string $did): ?string
    {
        return null;
    }

    public function update(string $did, ?string $pin): ?string
    {
        return $this->newer;
    }
};
$race = static function () use ($refused, $request, $raced, $did): string {
    return $refused(static function () use ($request, $raced, $did) {
        $request($raced)[0]->resolve($did);
    });
};
$check('what another visit learns meanwhile counts', $race() === 'rejected pin.rollback');
$settings->update(['witnesses' => ['https://witness.example']]);
$network->answers[$witness] = $shorter;
$check('and before witnesses that know no more', $race() === 'rejected pin.rollback');
$network->answers[$witness] = $log;
$check('one that does helps', $race() === 'nothing');
$settings->update(['witnesses' => []]);
$network->answers[$directory] = $log;

foreach (['did:plc:x', 'x', '', "did:plc:\x1b", 'did:key:z6Mk', 'did:web:127.0.0.1', 'did:web:a.example:..'] as $text) {
    $check('no DID: ' . json_encode($text), strncmp($refused(static function () use ($request, $text) {
        $request()[0]->resolve($text);
    }), 'rejected did.', 13) === 0);
}
$check('which are not remembered', count($identities->all()) === 1);
$web = 'did:web:publisher.example:a';
$document = ['id' => $web, 'verificationMethod' => $resolved->document()['verificationMethod'], 'service' => $resolved->document()['service']];
$document['verificationMethod'][0]['id'] = "$web#fair";
$network->answers['https://publisher.example/a/did.json'] = (string) json_encode($document);
$network->answers[$endpoint] = str_replace($did, $web, $metadata);
[$resolver, $repository, $archives] = $request();
$resolved = $resolver->resolve($web);
$check('a did:web', !$resolved->has_log() && $resolved->document()['verificationMethod'][0]['id'] === "$web#fair" && $identities->get($web)->is_fresh(time()));
$archive = $archives->verify($resolved, $repository->metadata($resolved), $url, null, null, ['no_downgrade' => true, 'wait' => true, 'installed' => '1.0']);
$check('its archive', $archive->version() === '1.1.0' && $archive->facts()['trust'] === 'web' && $archive->facts()['head'] === '');
$check('its downgrade', $refused(static function () use ($archives, $resolved, $repository, $url) {
    $archives->verify($resolved, $repository->metadata($resolved), $url, null, null, ['installed' => '2']);
}) === 'rejected pin.downgrade');
$network->answers['https://publisher.example/a/did.json'] = [410, '', []];
$check('a did:web that is gone', $refused(static function () use ($request, $web) {
    $request()[0]->resolve($web);
}) === 'undetermined network.status');

/** A store that fails. */
$store = new class implements PinStore {
    public function load(string $did): ?string
    {
        throw Refusal::undetermined('wordpress.memory.failed', 'down');
    }

    public function update(string $did, ?string $pin): ?string
    {
        throw Refusal::undetermined('wordpress.memory.failed', 'down');
    }
};
$check('a memory that fails is no first visit', $refused(static function () use ($request, $store, $did) {
    $request($store)[0]->resolve($did);
}) === 'undetermined wordpress.memory.failed');
$check('nothing else waits', Fresh_Key::held(new Exception('x')) === null);

$memo = new Memo();
$memo->set('a', (object) [1], 10);
$memo->set('b', (object) [2], 3000000);
$check('what is large is not held beside others', $memo->get('a') === null && $memo->get('b') == (object) [2]);
$memo->set('c', (object) [3], 10);
$check('nor longer', $memo->get('b') === null && $memo->get('c') == (object) [3] && $memo->get('d') === null);
$check('nothing is left at the end', $left() === [basename($archive->path())]);

$finish('verification');
