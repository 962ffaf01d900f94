<?php

/**
 * An update, from the first check to the installed version, and who is offered one: nothing happens without a header, a
 * key and a node.
 */

declare(strict_types=1);

use FedVerify\WordPress\Admin\Known_Federated;
use FedVerify\WordPress\Admin\Mailer;
use FedVerify\WordPress\Policy\Rollback;
use FedVerify\WordPress\Refusal;

require __DIR__ . '/federation.php';

// Without a header nothing changes, and nothing is asked.
$write('plugins/plain/plain.php', $php('1.0', null));
$given = (object) ['response' => ['plain/plain.php' => (object) ['new_version' => '2']], 'translations' => [['type' => 'plugin', 'slug' => 'plain']]];
$check('no source: the offers as they were', $plugin->federation()->offer_gate()->judge_plugins($given) === $given && $plugin->federation()->offer_gate()->judge_translations($given) === $given);
$reply = new stdClass();
$check('nor is an archive judged', $judge($reply, 'https://w.example/plain.zip', ['plugin' => 'plain/plain.php']) === $reply);
$check('nor what is odd', $judge($reply, false, 'x') === $reply && $judge(null, '', null) === null && $plugin->federation()->offer_gate()->judge_plugins(false) === false);
$check('nor is a theme', $judge($reply, $url('1.0'), ['theme' => 'x'], new Theme_Upgrader()) === $reply);

// With a header: nothing without a key, nothing without a node.
$write("plugins/$file", $php('1.0'));
$check('another\'s offer is taken out', $later() && $offers($foreign)->response === [] && $last() === 'alice@plugins.example#hello 9 rejected wordpress.foreign_offer');
$check('the switch stays', $offers()->no_update[$file]->new_version === '1.0' && $offers()->no_update[$file]->package === '');
$check('no key', $checked() === 'wordpress.federation.untrusted' && $offered() === 'none');
$later()->publishers()->trust($source, $alice);
$check('no node', $checked() === 'wordpress.federation.no_node');
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
$check('dead nodes', $checked() === 'network.status' && $last() === 'alice@plugins.example#hello  undetermined network.status');

// Honest nodes.
$serve($node, [$listed('1.0', $bytes['1.0']), $listed('1.1', $bytes['1.1'])], $bytes['1.1']);
$check('offered', $checked() === 'fine' && $offered() === '1.1' && $offers($foreign)->response[$file]->package === $url('1.1'));
$check('the dead one does not matter', count(array_filter($fetcher->asked, static function (string $asked) use ($other) {
    return strpos($asked, $other) === 0;
})) > 0);
$check('updated', $updated($url('1.1')) === 'hello' && $version() === '1.1' && $left() === []);
$check('logged', $last() === 'alice@plugins.example#hello 1.1 verified');
$facts = $newest()->facts();
$check('with its trust', [$facts['trust'], $facts['binding'], $facts['key']] === ['key', 'signed', $alice->did_key()]);
$check('remembered', $later()->installations()->of($package())['binding'] === 'signed' && $offered() === 'none');
$check('again, with the same bytes', $updated($url('1.1')) === 'hello');

// What waits instead of being updated automatically: the mailer writes about verdicts of this context.
$serve($other, []);
$serve($node, [$listed('3.0', $bytes['2.0'], $unsigned)]);
$site->cron = true;
$site->options['auto_update_plugins'] = [$file];
$check('of a plugin that is updated automatically', $checked() === 'wordpress.held.unsigned' && $newest()->context() === 'automatic'
    && Mailer::is_news($newest()));
$serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('carol')])]);
$check('or that only another key signed', $checked() === 'wordpress.federation.key_changed' && $newest()->context() === 'automatic'
    && Mailer::is_news($newest()));
$later()->publishers()->forget($source);
$later()->publishers()->trust($source, $alice);
$site->options['auto_update_plugins'] = ['other/other.php'];
$serve($node, []);
$check('of one that is not', !in_array($checked(), ['fine', 'wordpress.held.unsigned'], true) && $newest()->context() === 'cron');
$site->cron = false;
unset($site->options['auto_update_plugins']);

// A node that is not asked any more.
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('it is offered', $checked() === 'fine' && $offered() === '2.0');
$plugin->settings()->update(['federation_nodes' => $other]);
$check('but not once the owner has left the node', $offered() === 'none' && $updated($url('2.0')) === 'wordpress.foreign_url');
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);

// A node that took old versions from another one lists them first, and records that are long leave few to a page: the highest is on a later one.
$old = array_map(static function (int $number) use ($listed, $bytes): array {
    return ['version' => "0.$number"] + $listed('1.0', $bytes['1.0']);
}, range(1, 59));
/** Lists them page by page, with records of so many bytes; after so many records it fails. */
$pages = static function (array $entries, int $length, ?int $fails = null) use ($fetcher, $node): void {
    $entries = array_map(static function (array $entry) use ($length): array {
        return $entry + ['more' => str_repeat('x', $length)];
    }, $entries);
    $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($entries, $fails): string {
        if ($fails !== null && (int) ($query['offset'] ?? 0) >= $fails) {
            throw Refusal::undetermined('network.status', 'an error in the server');
        }
        $page = array_slice($entries, (int) ($query['offset'] ?? 0), (int) $query['limit']);
        return (string) json_encode(['plugins' => $page, 'total' => count($entries)]);
    };
};
$is_last = array_merge($old, [$listed('2.0', $bytes['2.0'])]);
foreach ([10, 17600] as $length) {
    $pages($is_last, $length);
    $check("the highest is listed last, of records of $length bytes", $checked() === 'fine' && $offered() === '2.0');
}
$pages(array_merge([$listed('2.0', $bytes['2.0'])], $old), 10, 50);
$check('what was found before a page failed counts', $checked() === 'fine' && $offered() === '2.0');
$pages($is_last, 10, 50);
$check('and what was offered before stays, if its page failed', $checked() === 'network.status' && $offered() === '2.0');
$pages($is_last, 10);
$check('until the node lists it again', $checked() === 'fine' && $offered() === '2.0');
$pages($old, 10);
$check('or no longer does', $checked() === 'fine' && $offered() === 'none');

// No more than 200 versions of a list are read: what is behind them may be the update, so such a list says of none that it is not there.
$history = array_map(static function (int $number) use ($listed, $bytes): array {
    return ['version' => "0.$number"] + $listed('1.0', $bytes['1.0']);
}, range(1, 200));
$long_list = 'wordpress.federation.long_list';
$pages(array_merge(array_slice($history, 1), [$listed('2.0', $bytes['2.0'])]), 10);
$check('200 versions are read', $checked() === 'fine' && $offered() === '2.0' && $newest()->code() !== $long_list);
$behind_history = array_merge($history, [$listed('2.0', $bytes['2.0'])]);
$pages($behind_history, 10);
$check('one that was offered stays, though it is behind 200 now', $checked() === $long_list && $offered() === '2.0');
$check('and the owner is told', Known_Federated::all($plugin)[0]->refusal()['code'] === $long_list);
$pages(array_merge([$listed('2.0', $bytes['2.0'], ['withdrawn_at' => 5])], $history), 10);
$check('but not once the node has withdrawn it', $checked() === 'fine' && $offered() === 'none');
$pages($behind_history, 10);
$before = $rows();
$check('where none was offered, the log has it, once', $checked() === 'fine' && $offered() === 'none' && $checked() === 'fine'
    && $rows() === $before + 1 && $last() === "alice@plugins.example#hello  undetermined $long_list");
$check('what is asked for by its version is not said to be nowhere', $refused(static function () use ($later, $source) {
    $later()->listings()->of_version($source, 'hello', '2.0');
}) === "undetermined $long_list");

// WordPress puts the old version back where installing fails, and where an automatic update ends in a fatal error.
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$checked();
$verified_now = static function () use ($later, $package): ?array {
    return $later()->installations()->of($package());
};
$before_update = $verified_now();
$fails = static function () use ($plugin): void {
    $plugin->federation()->gates()->note(new WP_Error('copy_failed', 'no space', []));
    throw new RuntimeException();
};
try {
    $updated($url('2.0'), ['after' => $fails]);
} catch (RuntimeException $failed) {
    $write("plugins/$file", $php('1.1'));
}
$check('after an install that failed, what is recorded is of the files that are there', $before_update['version'] === '1.1' && $verified_now() === $before_update);
$item = $offers()->response[$file];
$rollback = new Rollback($plugin);
$rollback->prepare('plugin', $item);
$check('WordPress finds the old version by the slug of the offer', $item->slug === 'hello' && $item->slug !== $offers()->response[$file]->slug);
$other_item = (object) ['plugin' => $file, 'slug' => 'hello-didhash'];
$rollback->prepare('plugin', $other_item);
$check('whatever that is', $other_item->slug === 'hello');
$write('plugins/hello.php', $php('1.1'));
$write('plugins/foreign/foreign.php', '<?php /* Plugin Name: Foreign */');
$plugin->installed()->changed();
foreach (['hello.php' => 'one without a folder', 'foreign/foreign.php' => 'one of others'] as $path => $what) {
    $other_item = (object) ['plugin' => $path, 'slug' => 'else'];
    $rollback->prepare('plugin', $other_item);
    $check("that of $what stays", $other_item->slug === 'else');
}
unlink("$scratch/plugins/hello.php");
$plugin->installed()->changed();
$rollback->prepare('theme', 'x');
$check('a new version that breaks the site is installed', $updated($url('2.0')) === 'hello' && $verified_now()['version'] === '2.0');
$done = static function (string $code) use ($item): array {
    return ['plugin' => [(object) ['item' => $item, 'result' => $code === '' ? true : new WP_Error($code, $code, [])]]];
};
$rollback->note($done(''));
$rollback->note($done('plugin_update_fatal_error_rollback_failed'));
$rollback->note('x');
$check('one that is not undone stays', $verified_now()['version'] === '2.0');
$write("plugins/$file", $php('1.1'));
$rollback->note($done('plugin_update_fatal_error_rollback_successful'));
$check('one that is undone: what was verified of the old version is said again', array_diff_key($verified_now() ?? [], ['replaced' => 0]) === array_diff_key($before_update, ['replaced' => 0])
    && strpos(Known_Federated::all($plugin)[0]->binding(), 'signed the installed archive') !== false);
$check('and the update is offered again', $offered() === '2.0');
$updated($url('2.0'));
$write("plugins/$file", $php('1.5'));
$rollback->note($done('plugin_update_fatal_error_rollback_successful'));
$check('of other files nothing is said', $verified_now() === null);

$finish('federation-updates');
