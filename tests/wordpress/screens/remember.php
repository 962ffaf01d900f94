<?php

/* Has the plugin remember what it would have seen of the packages of site.php. `php remember.php KNOWN` */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\WordPress\Admin\Clock_Note;
use FedVerify\WordPress\Admin\Publisher_Facts;
use FedVerify\WordPress\Federation\Listed_Version;
use FedVerify\WordPress\Federation\Publisher_Key;
use FedVerify\WordPress\Federation\Source_Id;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

$_SERVER['HTTP_HOST'] = 'site.example';
$_SERVER['REQUEST_URI'] = '/';
require getenv('FEDVERIFY_TEST_SITE') . '/core/wp-load.php';
add_filter('pre_wp_mail', '__return_true');

$plugin = Plugin::get();
$known = json_decode((string) file_get_contents($argv[1]), true);
$plugin->installed()->refresh();
$now = time();

$verified = static function (array $facts, bool $isVerifiedPackage = false) use ($plugin, $now): void {
    $identity = AuditLog::verify($facts['log'], $facts['did']);
    $plugin->pins()->update($facts['did'], $identity->pin());
    $plugin->identities()->record_verified($facts['did'], $identity->didDocument(), $identity->history(), $identity->contestable(), $identity->warnings());
    $plugin->identities()->record_metadata($facts['did'], Publisher_Facts::of_json($facts['metadata']));
    if (!$isVerifiedPackage) {
        return;
    }
    $report = $identity->verifyPackage($facts['metadata'], $facts['archive']);
    $plugin->pins()->update($facts['did'], $report->pin());
    $plugin->identities()->record_package($facts['did'], [
        'kind' => $facts['kind'], 'file' => $facts['file'], 'name' => $facts['name'], 'version' => '1.0.0', 'trust' => $report->trust(),
        'head' => $identity->head(), 'verified_at' => $now - 3 * DAY_IN_SECONDS,
    ] + $report->package());
};
foreach (['orchard', 'garden', 'forms', 'meadow'] as $name) {
    $verified($known[$name], $name === 'orchard');
}
$hostile = '<img src=x onerror=hacked()><script>hacked()</script>';
$plugin->identities()->record_refused($known['forms']['did'], Refusal::rejected('pin.rollback', "The log ends before an operation that was seen $hostile"));
$plugin->identities()->record_refused($known['meadow']['did'], Refusal::undetermined('network.status', 'https://plc.directory answered with status 503.'));
$plugin->identities()->record_metadata($known['garden']['did'], Publisher_Facts::of_json((string) json_encode([
    'license' => "GPL $hostile",
    'authors' => [['name' => $hostile, 'url' => 'javascript:hacked()']],
    'security' => [],
    'releases' => [['version' => '1.1.0', 'advisory' => ['id' => 'GARDEN-1', 'title' => "A hole $hostile", 'url' => 'https://garden.example/1?"onmouseover=hacked()']]],
])));
$weather = 'did:web:weather.example';
$plugin->identities()->record_verified($weather, [
    'id' => $weather,
    'verificationMethod' => [['id' => "$weather#fair", 'type' => 'Multikey', 'publicKeyMultibase' => 'z6MkmXBJmKWGD6xXByRDNrBUqxaiTW8ZmcXT5jLSZmgqC2V1']],
    'service' => [['id' => '#repo', 'type' => 'FairPackageManagementRepo', 'serviceEndpoint' => 'https://weather.example/fair.json']],
], [], [], []);
$plugin->held()->hold($known['garden']['did'], [
    'kind' => 'plugin', 'file' => 'garden/garden.php', 'name' => $known['garden']['name'], 'version' => '1.1.0', 'url' => $known['garden']['url'],
    'reason' => 'wordpress.held.fresh_key', 'message' => 'The key “fair2” was added an hour ago.', 'until' => $now + 71 * HOUR_IN_SECONDS,
]);
$plugin->held()->hold($weather, [
    'kind' => 'plugin', 'file' => 'weather/weather.php', 'name' => 'Weather', 'version' => '1.0', 'url' => 'https://weather.example/1.0.zip',
    'reason' => 'wordpress.held.no_backend', 'message' => '', 'until' => null,
]);
$of = $known['federation'];
[$key, $other] = array_map([Publisher_Key::class, 'read'], $of['keys']);
$federation = $plugin->federation();
$plugin->settings()->update(['federation_nodes' => [$of['node']]]);
$federation->publishers()->trust(Source_Id::parse($of['source']), $key);
$federation->shown_keys()->show(Source_Id::parse('bob@plugins.publisher.example'), $other, $of['node']);
$federation->digests()->remember(Source_Id::parse($of['source']), 'hello-pfn', ['version' => '1.0.0', 'sha256' => str_repeat('a', 64), 'sha384' => str_repeat('b', 96), 'binding' => 'unsigned', 'key' => '']);
$federation->offers()->put(
    $federation->plugins()[0],
    Listed_Version::of($of['listed'], $of['node'], $of['listed']['id']),
    Refusal::held('wordpress.held.unsigned', "The publisher signed the name and the version, but not the archive $hostile")
);
$said = static function (int $ago, array $values) use ($plugin, $now): void {
    $plugin->verdicts()->add(Verdict::of($values + ['at' => $now - $ago, 'kind' => 'plugin']));
};
$said(900000, ['did' => $known['orchard']['did'], 'name' => $known['orchard']['name'], 'version' => '1.0.0', 'verdict' => 'verified', 'message' => 'Signed with the key “fair”.', 'context' => 'update']);
$said(500000, ['name' => '=HYPERLINK("https://evil.example")', 'version' => '+1', 'verdict' => 'noted', 'code' => 'wordpress.memory.lost', 'message' => $hostile, 'context' => 'cron']);
$said(5000, ['did' => $known['meadow']['did'], 'kind' => 'theme', 'name' => $known['meadow']['name'], 'verdict' => 'undetermined', 'code' => 'network.status', 'message' => 'https://plc.directory answered with status 503.', 'context' => 'cron']);
$said(3000, ['did' => $known['garden']['did'], 'name' => $known['garden']['name'], 'version' => '1.1.0', 'verdict' => 'held', 'code' => 'wordpress.held.fresh_key', 'message' => 'The key “fair2” was added an hour ago.', 'context' => 'automatic']);
$said(60, ['did' => $known['forms']['did'], 'name' => $known['forms']['name'], 'version' => '1.1.0', 'verdict' => 'rejected', 'code' => 'pin.rollback', 'message' => "The log ends before an operation that was seen $hostile", 'context' => 'automatic']);
Clock_Note::record(gmdate('D, d M Y H:i:s', $now + 2 * HOUR_IN_SECONDS) . ' GMT', $now);

foreach (['helper' => 'subscriber', 'editor' => 'editor'] as $name => $role) {
    wp_insert_user(['user_login' => $name, 'user_pass' => 'password', 'user_email' => "$name@site.example", 'role' => $role]);
}
