<?php

/** The tables in a real database. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Memory\Pins;
use FedVerify\WordPress\Memory\Schema;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

$plugin = Plugin::get();
$did = 'did:plc:z72i7hdynmk6r22z27h6tvur';
$table = $plugin->schema()->identities();
$check('the tables are there', $plugin->schema()->missing() === [] && $plugin->schema()->is_installed() && $table === $wpdb->base_prefix . 'fedverify_identities');
$check('the plugin is active for all', !is_multisite() || is_plugin_active_for_network('fedverify/fedverify.php'));
$check('events', wp_next_scheduled('fedverify_check') && wp_next_scheduled('fedverify_first_run_step'));

$pins = new Pins((function () {
    return $this->tables();
})->call($plugin), $plugin->schema());
$check('a first visit', $pins->load($did) === null);
$check('compare and swap', $pins->swap($did, null, 'A') && !$pins->swap($did, null, 'B') && $pins->swap($did, 'A', 'B') && !$pins->swap($did, 'A', 'C') && $pins->load($did) === 'B');

$document = ['id' => $did, 'x' => "ü😀%s %d \\ ' \" \0 \u{2028}", 'n' => ['a' => [], 'b' => null, 'c' => 1.5]];
$plugin->identities()->record_verified($did, $document, [['cid' => '😀']], [], [['code' => 'c', 'message' => 'm']]);
$record = $plugin->identities()->get($did);
$check('what was verified', $record->document() === $document && $record->history() === [['cid' => '😀']] && $record->pin() === 'B' && $record->is_fresh(time()));
$plugin->identities()->record_refused($did, Refusal::rejected('plc.tombstoned', 'gone 😀'));
$record = $plugin->identities()->get($did);
$check('what was refused', $record->document() === $document && !$record->is_fresh(time()) && $record->refusal()['message'] === 'gone 😀');
$plugin->identities()->record_package($did, ['version' => '1.0']);
$plugin->identities()->record_offer($did, ['version' => '2', 'urls' => ['https://a.example/'], 'type' => 'wp-plugin', 'at' => 7]);
$plugin->identities()->record_metadata($did, ['a' => 'b']);
$record = $plugin->identities()->get($did);
$check('package, offer, metadata', $record->package() === ['version' => '1.0'] && $record->offer()['urls'] === ['https://a.example/'] && $record->metadata() === ['a' => 'b']);
$plugin->identities()->record_verified('did:web:example.com:A', ['id' => 1], [], [], []);
$check('case counts', $plugin->identities()->get('did:web:example.com:a') === null && count($plugin->identities()->all()) === 2);
$check('forgotten', $plugin->identities()->forget('did:web:example.com:A') && !$plugin->identities()->forget('did:web:example.com:A'));
$large = str_repeat('x', 3000000);
$check('a large pin', $pins->swap($did, 'B', $large) && $pins->load($did) === $large && $pins->swap($did, $large, 'B'));

$plugin->held()->hold($did, ['kind' => 'plugin', 'version' => '2', 'until' => 5]);
$check('held', $plugin->held()->get($did)['until'] === 5);
$plugin->held()->release($did);
$check('released', $plugin->held()->all() === []);

foreach (["pin = 'torn'", "pin = ''", 'pin = NULL', 'pin_sha256 = NULL', 'pin = NULL, pin_sha256 = NULL'] as $set) {
    $sha256 = hash('sha256', 'B');
    $wpdb->query("UPDATE $table SET pin = 'B', pin_sha256 = '$sha256' WHERE did = '$did'");
    $wpdb->query("UPDATE $table SET $set WHERE did = '$did'");
    $check("$set is no first visit", $refused(static function () use ($plugin, $did) {
        $plugin->pins()->load($did);
    }) === 'undetermined wordpress.memory.damaged');
}
$plugin->identities()->forget($did);

$plugin->settings()->update(['kept_verdicts' => 12]);
for ($i = 0; $i < 40; $i++) {
    $plugin->verdicts()->add(Verdict::of(['did' => $did, 'verdict' => 'noted', 'code' => "c$i", 'message' => "m $i 😀"]));
}
$check('the log is bounded', count($plugin->verdicts()->recent(100, $did)) === 12 && $plugin->verdicts()->recent(1)[0]->message() === 'm 39 😀');

$errors();
$wpdb->query("DROP TABLE $table");
$check('a table that is gone is no first visit', $refused(static function () use ($plugin, $did) {
    $plugin->pins()->load($did);
}) === 'undetermined wordpress.memory.lost');
$check('and is there again', $plugin->pins()->load($did) === null && $plugin->verdicts()->recent(1)[0]->code() === 'wordpress.memory.lost');
$check('nothing is printed of it', strpos($errors(), 'WordPress database error') === false);
add_filter('query', static function (string $query) {
    return strpos($query, 'fedverify_') === false ? $query : '';
});
$check('a query that another plugin empties is an error', $refused(static function () use ($plugin, $did) {
    $plugin->pins()->load($did);
}) === 'undetermined wordpress.memory.failed');

$finish('memory');
