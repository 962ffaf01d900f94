<?php

/**
 * An update, from the first check to the installed version, and who is offered one: nothing happens without a header, a
 * key and a node.
 */

declare(strict_types=1);

use FedVerify\WordPress\Admin\Mailer;

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

$finish('federation-updates');
