<?php

/** Schema, Pins, Identities, Held and Verdicts. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Memory\Held;
use FedVerify\WordPress\Memory\Identities;
use FedVerify\WordPress\Memory\Options;
use FedVerify\WordPress\Memory\Pins;
use FedVerify\WordPress\Memory\Schema;
use FedVerify\WordPress\Memory\Tables;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Memory\Verdicts;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

$did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';
$other = 'did:web:example.com:A';
$options = new Options();
$schema = new Schema($options, new Context());
$lost = [];
$tables = new Tables($schema, static function (Refusal $refusal) use (&$lost) {
    $lost[] = $refusal->error_code();
});
$installed = static function () use ($did, $other): array {
    return [$did, $other];
};
$pins = new Pins($tables, $schema);
$identities = new Identities($tables, $schema, $installed);
$held = new Held($identities, $tables, $schema);
$verdicts = new Verdicts($tables, $schema, new Settings($options));

$check('before the tables are made nothing is asked', $identities->get($did) === null && $held->all() === [] && $verdicts->recent(5) === []
    && $identities->all() === [] && $wpdb->queries === 0);

$check('a first visit', $pins->load($did) === null && $schema->missing() === [] && $schema->is_installed());
$check('the first of two', $pins->swap($did, null, 'A') && !$pins->swap($did, null, 'B'));
$check('compare and swap', $pins->swap($did, 'A', 'B') && !$pins->swap($did, 'A', 'C') && $pins->load($did) === 'B');

$identities->record_verified($did, ['id' => $did, 'x' => "ü😀%s \\ ' \xff"], [['cid' => 'x']], [], [['code' => 'c', 'message' => 'm']]);
$record = $identities->get($did);
$check('what was verified', $record->document()['x'] === "ü😀%s \\ ' \u{fffd}" && $record->history() === [['cid' => 'x']] && $record->pin() === 'B');
$check('is fresh', $record->is_fresh(time()) && !$record->is_fresh(time() + 43201) && !$record->is_fresh(time() - 60));
$identities->record_refused($did, Refusal::rejected('plc.tombstoned', 'gone'));
$record = $identities->get($did);
$check('a refusal keeps the document', $record->document()['id'] === $did && $record->verified_at() > 0 && !$record->is_fresh(time()));
$check('and says why', $record->refusal()['verdict'] === 'rejected' && $record->refusal()['code'] === 'plc.tombstoned' && $record->refusal()['remedy'] !== '');
$identities->record_package($did, ['kind' => 'plugin', 'version' => '1.0']);
$check('the package', $identities->get($did)->package()['version'] === '1.0' && $identities->get($did)->refusal() !== null && $pins->load($did) === 'B');
$identities->record_package($did, ['kind' => 'plugin', 'version' => '1.1']);
$identities->restore_package($did, '0.9');
$check('of another version than the one before nothing is said', $identities->get($did)->package()['version'] === '1.1');
$identities->restore_package($did, '1.0');
$check('an update that is undone', $identities->get($did)->package() === ['kind' => 'plugin', 'version' => '1.0']);
$identities->restore_package($did, '1.0');
$identities->restore_package('did:web:nothing.example', '1.0');
$check('once', $identities->get($did)->package()['version'] === '1.0');
$identities->record_verified($other, ['id' => 1], [], [], []);
$check('case counts', $identities->get('did:web:example.com:a') === null && count($identities->all()) === 2);

$entry = Verdict::of(['at' => 1775000000, 'verdict' => 'held', 'code' => 'pin.fork', 'did' => $did, 'kind' => 'theme', 'name' => 'n', 'version' => '1', 'message' => 'm', 'context' => 'cron', 'facts' => ['x' => 1]]);
$row = ['at' => '2026-03-31T23:33:20Z', 'verdict' => 'held', 'code' => 'pin.fork', 'did' => $did, 'kind' => 'theme', 'name' => 'n', 'version' => '1', 'message' => 'm', 'context' => 'cron', 'only_reported' => 'no'];
$check('a verdict as a row', $entry->row() === $row && $entry->only_reported()->row() === array_merge($row, ['only_reported' => 'yes']) && array_keys($row) === Verdict::COLUMNS);

$before = $wpdb->queries;
$fresh = new Identities($tables, $schema, $installed);
$check('all installed ones are one query', $fresh->get($did) !== null && $fresh->get($other) !== null && $wpdb->queries === $before + 1);

// What only the dashboard shows is read there at once, and for others when they ask.
foreach (['others' => false, 'the dashboard' => true] as $who => $site->admin) {
    $shown = (new Identities($tables, $schema, $installed))->get($did);
    $before = $wpdb->queries;
    $check("all of it is there: $who", $shown->package()['version'] === '1.0' && $shown->warnings() === [['code' => 'c', 'message' => 'm']] && $shown->contestable() === []);
    $check("at its price: $who", $wpdb->queries === $before + ($site->admin ? 0 : 3));
}
$site->admin = false;

$held->hold($did, ['kind' => 'plugin', 'version' => '2', 'until' => 5, 'bogus' => 1, 'since' => 1]);
$since = $held->get($did)['since'];
$check('held', $held->get($did)['until'] === 5 && $since >= time() - 60 && !isset($held->get($did)['bogus']) && $held->get($other) === null);
$wpdb->query("UPDATE wp_fedverify_identities SET held = '{\"version\":\"2\",\"since\":7}' WHERE did = '$did'");
$held = new Held($identities, $tables, $schema);
$held->hold($did, ['version' => '2']);
$check('since when stays', $held->get($did)['since'] === 7 && $held->get($did)['url'] === null);
$held->release($did);
$check('released', $held->all() === []);

$damages = [
    'another pin than its digest' => "pin = 'torn'", 'an empty pin' => "pin = ''", 'no pin' => 'pin = NULL',
    'no digest' => 'pin_sha256 = NULL', 'neither, though it was verified' => 'pin = NULL, pin_sha256 = NULL', 'another identity' => "did = 'did:plc:x'",
];
$identities->record_verified($did, ['id' => $did], [], [], []);
foreach ($damages as $what => $set) {
    $pin = hash('sha256', 'B');
    $wpdb->query("UPDATE wp_fedverify_identities SET pin = 'B', pin_sha256 = '$pin', did = '$did' WHERE id = '" . Schema::key($did) . "'");
    $wpdb->query("UPDATE wp_fedverify_identities SET $set WHERE id = '" . Schema::key($did) . "'");
    $check("$what is no first visit", $refused(static function () use ($pins, $did) {
        $pins->load($did);
    }) === 'undetermined wordpress.memory.damaged');
}
$wpdb->query("UPDATE wp_fedverify_identities SET document = '{\"a\":', did = '$did' WHERE id = '" . Schema::key($did) . "'");
$check('torn JSON is an error', $refused(static function () use ($tables, $schema, $installed, $did) {
    (new Identities($tables, $schema, $installed))->get($did)->document();
}) === 'undetermined wordpress.memory.damaged');
$check('forgotten', $identities->forget($did) && !$identities->forget($did) && $identities->get($did) === null && $pins->load($did) === null);

$identities->record_package($did, ['kind' => 'plugin']);
$record = $identities->get($did);
$wpdb->is_down = true;
$wpdb->last_result = [(object) ['did' => $did, 'pin' => 'old', 'pin_sha256' => hash('sha256', 'old'), 'verified' => '0']];
$calls = [
    'load' => static function () use ($pins, $did) {
        $pins->load($did);
    },
    'swap' => static function () use ($pins, $did) {
        $pins->swap($did, null, 'A');
    },
    'get' => static function () use ($tables, $schema, $installed, $did) {
        (new Identities($tables, $schema, $installed))->get($did);
    },
    'what is read when it is asked for' => static function () use ($record) {
        $record->package();
    },
    'write' => static function () use ($identities, $did) {
        $identities->record_package($did, []);
    },
];
foreach ($calls as $what => $call) {
    $check("a database that is down is an error: $what", $refused($call) === 'undetermined wordpress.memory.failed');
}
$verdicts->add(Verdict::of(['verdict' => 'noted']));
$check('but for verdicts, which never throw', true);
$wpdb->is_down = false;

$seen = 0;
add_action('fedverify_verdict', static function (Verdict $verdict) use (&$seen) {
    $seen++;
    throw new Exception('foreign');
});
(new Settings($options))->update(['kept_verdicts' => 12]);
for ($i = 0; $i < 40; $i++) {
    $verdicts->add(Verdict::of(['did' => $i % 2 ? $did : $other, 'verdict' => 'noted', 'code' => "c$i", 'message' => "m $i 😀\xff", 'facts' => ['n' => $i]]));
}
$check('each fires', $seen === 40);
$check('the log is bounded', count($verdicts->recent(1000)) === 12 && count(iterator_to_array($verdicts->export(), false)) === 12);
$check('newest first', $verdicts->recent(3)[0]->code() === 'c39' && $verdicts->recent(1)[0]->facts() === ['n' => 39]);
$check('by identity', count($verdicts->recent(1000, $did)) === 6 && $verdicts->recent(0) === []);
$check('text is UTF-8', $verdicts->recent(1)[0]->message() === "m 39 😀\u{fffd}");
(new Settings($options))->update(['kept_verdicts' => 1000]);
for ($i = 0; $i < 250; $i++) {
    $verdicts->add(Verdict::of(['verdict' => 'verified']));
}
$check('an export of several pages', count(iterator_to_array($verdicts->export(), false)) === 262);
$odd = Verdict::of(['verdict' => 'bogus', 'at' => 'x', 'message' => ['a'], 'name' => str_repeat('ü', 3000), 'facts' => 'x', 'version' => 1.5]);
$check('odd values', $odd->verdict() === 'undetermined' && $odd->message() === '' && strlen($odd->name()) === 4003 && $odd->facts() === [] && $odd->version() === '1.5');
$check('facts are bounded', Verdict::of(['facts' => ['x' => str_repeat('x', 60000)]])->facts() === ['left_out' => 'too large']);
(new Settings($options))->update(['mode' => 'report']);
foreach (['rejected' => true, 'held' => true, 'undetermined' => true, 'verified' => false, 'noted' => false] as $name => $is_marked) {
    $verdicts->add(Verdict::of(['verdict' => $name, 'facts' => ['n' => 1]]));
    $added = $verdicts->recent(1)[0];
    $check("where refusals are only reported: $name", $added->is_only_reported() === $is_marked && $added->facts()['n'] === 1);
}
(new Settings($options))->update(['mode' => 'enforce']);
$verdicts->add(Verdict::of(['verdict' => 'rejected']));
$check('and what is refused afterwards was not', !$verdicts->recent(1)[0]->is_only_reported());
$check('of a refusal', Verdict::of_refusal(Refusal::held('a.b', 'm'), ['did' => $did, 'code' => 'x'])->code() === 'a.b');

$wpdb->query('DROP TABLE wp_fedverify_identities');
$check('a table that is gone is no first visit', $refused(static function () use ($pins, $did) {
    $pins->load($did);
}) === 'undetermined wordpress.memory.lost' && $lost === ['wordpress.memory.lost']);
$check('and is there again', $pins->load($did) === null);

$schema->drop();
$options->delete_all();
$check('removed', count($schema->missing()) === 4 && !$schema->is_installed() && $site->options === []);

$finish('memory');
