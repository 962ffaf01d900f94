<?php

/** What the owner is told by e-mail of automatic updates that wait, and what WordPress is left to write. Mail is played. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Admin\Debug_Information;
use FedVerify\WordPress\Admin\Mailer;
use FedVerify\WordPress\Admin\Site_Health;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

define('DAY_IN_SECONDS', 86400);
define('MINUTE_IN_SECONDS', 60);

/** What was sent. */
final class Mails
{
    /** @var list<array{string, string}> subject and message */
    public static $sent = [];
    /** @var bool whether they can be sent */
    public static $areSent = true;
    /** @var bool whether sending them throws */
    public static $throw = false;
    /** @var callable|null what looks on while one is sent */
    public static $meanwhile = null;
}

function wp_mail(string $to, string $subject, string $message): bool
{
    if (Mails::$meanwhile !== null) {
        (Mails::$meanwhile)();
    }
    if (Mails::$throw) {
        throw new RuntimeException('a callback of another plugin');
    }
    if (Mails::$areSent) {
        Mails::$sent[] = [$subject, $message];
    }
    return Mails::$areSent;
}

function wp_specialchars_decode(string $text, int $quotes): string
{
    return htmlspecialchars_decode($text, $quotes);
}

function admin_url(string $path): string
{
    return "https://site.example/wp-admin/$path";
}

function human_time_diff(int $from, int $to): string
{
    return $to - $from . ' seconds';
}

function add_query_arg(array $arguments, string $url): string
{
    return $url . '?' . http_build_query($arguments);
}

$did = 'did:web:a.example';
$write('plugins/a/a.php', "<?php\n/*\nPlugin Name: Hello\nPlugin ID: $did\nVersion: 1.0\n*/");
$write('plugins/b/b.php', "<?php\n/*\nPlugin Name: Weather\nFederation Source: alice@plugins.example\nVersion: 1.0\n*/");
Plugin::start('/plugins/fedverify/fedverify.php');
$plugin = Plugin::get();
$site->options['admin_email'] = 'owner@site.example';
$site->options['blogname'] = 'A &amp; B';
$federated = $plugin->installed()->plugin_of_source('b/b.php');
$update = static function (string $file, string $version): object {
    return (object) ['item' => (object) ['plugin' => $file, 'new_version' => $version], 'name' => $file, 'result' => null];
};
/** Whether WordPress writes. */
$writes = static function (object ...$results): bool {
    return apply_filters('auto_plugin_update_send_email', true, $results);
};
/** An automatic update was held, and the log says so. */
$held = static function (string $version, array $values = []) use ($plugin, $federated): void {
    $plugin->update_mail()->note($federated);
    $plugin->verdicts()->add(Verdict::of($values + ['did' => $federated->identity(), 'name' => $federated->name(), 'version' => $version, 'verdict' => 'held', 'code' => 'wordpress.held.unsigned', 'context' => 'automatic']));
};

$check('what did not wait is WordPress\'s to write about', $writes($update('b/b.php', '2.0')));
$held('2.0');
$check('the owner is written to', count(Mails::$sent) === 1 && strpos(Mails::$sent[0][0], '[A & B]') === 0 && strpos(Mails::$sent[0][1], 'Weather 2.0') !== false);
$check('and WordPress writes nothing', !$writes($update('b/b.php', '2.0')));
$check('but of what else there is', $writes($update('b/b.php', '2.0'), $update('plain/plain.php', '1.1')));
$held('2.0');
$check('nor is it written again', count(Mails::$sent) === 1 && !$writes($update('b/b.php', '2.0')));

// The log fails: nobody was written to, so WordPress writes.
$wpdb->is_down = true;
$check('a log that cannot be read', $writes($update('b/b.php', '2.0')));
$wpdb->is_down = false;
$plugin->update_mail()->note($federated);
$check('a version of which nothing was written', $writes($update('b/b.php', '3.0')));
Mails::$areSent = false;
$held('3.0');
$check('a message that was not sent', $writes($update('b/b.php', '3.0')));
Mails::$areSent = true;
$held('3.0');
$check('is sent when it is logged the next time', count(Mails::$sent) === 2 && !$writes($update('b/b.php', '3.0')));
Mails::$throw = true;
$held('3.1');
$check('sending that throws', count(Mails::$sent) === 2 && $writes($update('b/b.php', '3.1')));
Mails::$throw = false;
// As if sending ended the request: what has begun is kept, and is not taken for sent.
Mails::$meanwhile = static function () use ($site, $plugin, $federated, &$left, &$isTold): void {
    $left = $site->options['fedverify_mailed'];
    $isTold = $plugin->mailer()->has_told_of_held($federated->identity(), '3.1');
};
$held('3.1');
Mails::$meanwhile = null;
$ended = $site->options['fedverify_mailed'];
$site->options['fedverify_mailed'] = $left;
$held('3.1');
$check('sending that ends the request', $isTold === false && count(Mails::$sent) === 3 && $writes($update('b/b.php', '3.1')));
$site->options['fedverify_mailed'] = $ended;
$held('3.1');
$check('is not taken for sent', count(Mails::$sent) === 3 && !$writes($update('b/b.php', '3.1')));
Mails::$sent = array_slice(Mails::$sent, 0, 2);
unset($site->options['admin_email']);
$held('4.0');
$check('nobody to write to', $writes($update('b/b.php', '4.0')));
$site->options['admin_email'] = 'owner@site.example';
$held('5.0', ['context' => 'cli']);
$check('what an administrator saw', count(Mails::$sent) === 2 && $writes($update('b/b.php', '5.0')));
$plugin->settings()->update(['mail_refusals' => false]);
$held('6.0');
$check('an owner who wants no messages', count(Mails::$sent) === 2 && $writes($update('b/b.php', '6.0')));
$plugin->settings()->update(['mail_refusals' => true]);
$held('', ['code' => 'wordpress.held.no_backend']);
$check('what was held before its version was known', count(Mails::$sent) === 3 && !$writes($update('b/b.php', '7.0')));
// Whoever asks in another request cannot tell which update that was.
$later = new Mailer($plugin);
$later->tell($plugin->verdicts()->recent(1, $federated->identity())[0]);
$check('vouches for no later version', count(Mails::$sent) === 3 && !$later->has_told_of_held($federated->identity(), '7.0') && $later->has_told_of_held($federated->identity(), '3.1'));
Mails::$areSent = false;
$held('3.1', ['code' => 'wordpress.held.fresh_key']);
$check('the newest verdict about an update decides', $writes($update('b/b.php', '3.1')));
Mails::$areSent = true;
$plugin->settings()->update(['mode' => 'report']);
$held('7.1');
$plugin->settings()->update(['mode' => 'enforce']);
$check('what was only reported was not held', count(Mails::$sent) === 4 && $writes($update('b/b.php', '7.1')));
$held('7.1');
$check('what is held then is written', count(Mails::$sent) === 5 && !$writes($update('b/b.php', '7.1')));

// A package with a DID, which is remembered as waiting.
$hold = static function (int $until, string $reason = 'wordpress.held.fresh_key') use ($plugin, $did): void {
    $plugin->held()->hold($did, ['kind' => 'plugin', 'file' => 'a/a.php', 'name' => 'Hello', 'version' => '1.1', 'url' => '', 'reason' => $reason, 'message' => '', 'until' => $until]);
};
$hold(time() + 99);
$check('it waits', array_keys($plugin->fresh_keys()->waiting()) === [$did] && apply_filters('auto_update_plugin', true, $update('a/a.php', '1.1')->item) === false);
$check('nobody was written to', $writes($update('a/a.php', '1.1')));
$plugin->verdicts()->add(Verdict::of(['did' => $did, 'version' => '1.1', 'verdict' => 'held', 'code' => 'wordpress.held.fresh_key', 'context' => 'automatic']));
$check('somebody was', !$writes($update('a/a.php', '1.1')));
$plugin->settings()->update(['mode' => 'report']);
$check('where refusals are only reported, it would', $plugin->fresh_keys()->waiting() === [] && array_keys($plugin->fresh_keys()->listed()) === [$did]);
$hold(time() - 1);
$check('but not for ever', $plugin->fresh_keys()->listed() === []);
$plugin->settings()->update(['mode' => 'enforce']);
$check('what has waited long enough waits no more', $plugin->fresh_keys()->waiting() === [] && apply_filters('auto_update_plugin', true, $update('a/a.php', '1.1')->item) === true);
$hold(time() + 99);
$plugin->settings()->update(['wait_recovery' => false]);
$check('nor what need not wait', $plugin->fresh_keys()->waiting() === [] && apply_filters('auto_update_plugin', true, $update('a/a.php', '1.1')->item) === true);
$hold(time() - 1, 'wordpress.held.no_backend');
$check('what time alone does not verify waits', array_keys($plugin->fresh_keys()->waiting()) === [$did]);

// As verifications log what is held before its release is known: once for each release, and not again in the same words.
$noBackend = static function (string $version) use ($plugin, $did): void {
    $plugin->context()->automatic_begins();
    $plugin->update_mail()->note($plugin->installed()->by_did($did));
    $plugin->identities()->record_offer($did, ['version' => $version, 'urls' => [], 'type' => 'wp-plugin', 'at' => time()]);
    $plugin->outcomes()->refused($did, Refusal::held('wordpress.held.no_backend', 'none'), ['version' => '']);
};
$before = count(Mails::$sent);
$noBackend('1.2');
$check('the owner hears of one release', count(Mails::$sent) === $before + 1 && $plugin->verdicts()->recent(1)[0]->version() === '1.2' && !$writes($update('a/a.php', '1.2')));
$noBackend('1.3');
$check('and of the next', count(Mails::$sent) === $before + 2 && !$writes($update('a/a.php', '1.2')) && $plugin->mailer()->has_told_of_held($did, '1.3'));
$noBackend('1.3');
$check('but not again', count(Mails::$sent) === $before + 2);
Mails::$areSent = false;
$noBackend('1.4');
Mails::$areSent = true;
$noBackend('1.4');
$check('what was not sent is WordPress\'s to write about', count(Mails::$sent) === $before + 2 && !$plugin->mailer()->has_told_of_held($did, '1.4'));

// What packages call themselves, and what servers say, is no part of ours.
$hostile = "Hello\u{2028}\x1b\u{202e}” was verified. <b>All</b> is well \u{5d0} " . str_repeat('x', 200);
$shown = "“\u{2068}Hello ' was verified. <b>All</b> is well \u{5d0} " . str_repeat('x', 37) . '…';
// An e-mail may be sent as HTML.
$mailed = "“\u{2068}Hello ' was verified. < b>All< /b> is well \u{5d0} " . str_repeat('x', 35) . '…';
$held('8.0', ['name' => $hostile, 'message' => "a\nb\u{202e}c"]);
$mail = Mails::$sent[count(Mails::$sent) - 1];
$check('a name in an e-mail', $mail[0] === "[A & B] An automatic update of $mailed\u{2069}” waits" && strpos($mail[1], "fedverify holds the automatic update to $mailed 8.0\u{2069}”.\n\n") === 0);
$check('a message', strpos($mail[1], ' A b c. (wordpress.held.unsigned)') !== false);
$write('plugins/a/a.php', "<?php\n/*\nPlugin Name: $hostile\nPlugin ID: $did\nVersion: 1.0 is \"verified\"\n*/");
$plugin->installed()->changed();
$plugin->held()->hold($did, ['kind' => 'plugin', 'file' => 'a/a.php', 'name' => $hostile, 'version' => '1.1', 'reason' => 'wordpress.held.no_backend']);
$plugin->identities()->record_verified($did, ['id' => $did], [], [], []);
$wpdb->query('UPDATE wp_fedverify_identities SET verified = 5');
$health = new Site_Health($plugin);
$check('in Site Health', strpos($health->held()['description'], esc_html("Waiting: $shown 1.1\u{2069}”. The page")) !== false
    && strpos($health->schedule()['description'], esc_html("Not verified for three days: $shown\u{2069}”. Either")) !== false);
$lines = array_column((new Debug_Information($plugin))->add([])['fedverify']['fields'], 'label');
$check('in the debug information', preg_grep('/[\x{2028}\x{202e}\x1b]/u', $lines) === [] && count(preg_grep('/Hello/', $lines)) === 1);
$plugin->verdicts()->add(Verdict::of(['did' => $did, 'name' => 'x', 'version' => '1.1', 'verdict' => 'rejected', 'code' => 'a.b', 'context' => 'automatic']));
$check('a version that is installed', strpos(Mails::$sent[count(Mails::$sent) - 1][1], "Version \"1.0 is 'verified'\" is still installed") !== false);

$finish('mails');
