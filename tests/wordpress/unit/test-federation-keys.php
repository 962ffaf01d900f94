<?php

/** Publishers' keys: the one that the owner trusts, others that nodes show, and what the owner decides about them. */

declare(strict_types=1);

use FedVerify\WordPress\Admin\Mailer;
use FedVerify\WordPress\Federation\Publisher_Key;
use FedVerify\WordPress\Federation\Source_Id;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Outcomes;

require __DIR__ . '/federation.php';

$begin();

// Another key.
$serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('mallory')])]);
$check('what another key signed is no update, and why is said', $checked() === 'wordpress.federation.key_changed' && $offered() === 'none');
$serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('mallory')]), $listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('it hides nothing that the trusted key signed', $checked() === 'fine' && $offered() === '2.0'
    && $updated($url('2.0')) === 'hello' && $version() === '2.0');
$write("plugins/$file", $php('1.1'));
$seen = $later()->shown_keys()->of($source);
$mallory = Publisher_Key::read(Signatures::key('mallory'));
$check('it is shown', $seen['did_key'] === $mallory->did_key() && $seen['node'] === $node);
$check('only that one can be confirmed', !$plugin->federation()->shown_keys()->confirm($source, $alice->did_key()) && !$plugin->federation()->shown_keys()->keep($source, 'x'));
$check('kept', $plugin->federation()->shown_keys()->keep($source, $mallory->did_key()) && $checked() === 'fine' && $offered() === '2.0');
$serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('mallory')]), $listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('it is not shown again', $checked() === 'fine' && $plugin->federation()->shown_keys()->of($source) === null);
$serve($node, [$listed('2.0', $bytes['2.0'], ['public_key' => Signatures::key('bob')])]);
$checked();
$check('confirmed', $plugin->federation()->shown_keys()->confirm($source, $bob->did_key()) && $later()->publishers()->get($source)->did_key() === $bob->did_key()
    && !$plugin->federation()->publishers()->get($source)->allows_unsigned());
$check('then alice\'s signature is none', $checked() === 'pfn.signature.invalid');
$check('the key that was replaced is known, but not turned down', $plugin->federation()->publishers()->get($source)->has_replaced($alice->did_key())
    && !$plugin->federation()->publishers()->get($source)->has_dismissed($alice->did_key()));
$plugin->federation()->publishers()->trust($source, $alice);

/** The owner forgets the source, and then trusts these keys, one after the other. */
$trust_anew = static function (Publisher_Key ...$keys) use ($later, $source): void {
    $later()->publishers()->forget($source);
    foreach ($keys as $key) {
        $later()->publishers()->trust($source, $key);
    }
};

// A publisher changes the key: nodes go on listing old versions with the key by which they were signed.
$record = json_encode(['id' => 'hello', 'name' => 'Hello', 'version' => '2.0', 'description' => 'Says "hello" / ünd more.'], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
$by_bob = [
    'public_key' => Signatures::key('bob'),
    'signature' => Signatures::by('bob', $record),
    'archive_signature' => Signatures::by('bob', hash('sha384', $bytes['2.0'], true)),
];
$pending = static function () use ($later, $source): ?string {
    return $later()->shown_keys()->of($source)['did_key'] ?? null;
};
$by_old = $listed('1.1', $bytes['1.1']);
$by_new = $listed('2.0', $bytes['2.0'], $by_bob);
$today = ['source_public_key' => Signatures::key('bob')];
foreach (['a node that does not say which key is today\'s' => [[], []], 'a node that says so' => [$today, $today]] as $what => [$of_old, $of_new]) {
    $trust_anew($alice);
    $serve($node, [$by_new + $of_new, $by_old + $of_old], $bytes['2.0']);
    $check("the new key is shown by $what", $checked() === 'wordpress.federation.key_changed' && $pending() === $bob->did_key() && $offered() === 'none');
    $check("confirmed, its version is offered by $what", $later()->shown_keys()->confirm($source, $bob->did_key()) && $checked() === 'fine' && $offered() === '2.0');
    $check("the old one is not asked about at $what", $pending() === null && $last() !== "alice@plugins.example#hello 1.1 rejected pfn.signature.invalid");
    $check("installed from $what", $updated($url('2.0')) === 'hello' && $version() === '2.0');
    $write("plugins/$file", $php('1.1'));
}
// The digest of 2.0 is known by now, so what bob signed of it is the same version.
$later()->publishers()->forget($source);
$serve($node, [$by_old + $today, $by_new + $today]);
$check('a new owner is shown the key of today', $later()->nodes()->key_of_all($source)[0]->did_key() === $bob->did_key());
$serve($node, [$by_old + ['source_public_key' => 7], $by_new + $today]);
$check('where one version says it', $later()->nodes()->key_of_all($source)[0]->did_key() === $bob->did_key());
$later()->publishers()->trust($source, $bob);
$serve($node, [$by_new + $today, $by_old + $today]);
$check('who is not asked about the one that was given up', $checked() === 'fine' && $pending() === null);
$later()->publishers()->trust($source, $alice);

// The owner trusts a key by mistake, or turns down the right one: nothing is installed, and that is said, but not at every check.

/** A check that has forgotten what was said in this process, too. */
$checked_anew = static function () use ($checked, $plugin, $made): string {
    $kept = $made->getValue($plugin);
    unset($kept[Outcomes::class]);
    $made->setValue($plugin, $kept);
    return $checked();
};
$answered_before = $fetcher->answers;
foreach (['nodes that do not say which key is today\'s' => [], 'nodes that say so' => ['source_public_key' => Signatures::key('alice')]] as $what => $says) {
    $trust_anew($alice, $bob);
    $serve($node, [$listed('2.0', $bytes['2.0'], $says)]);
    $serve($other, [$listed('2.0', $bytes['2.0'], $says)]);
    $check("trusted by mistake, by $what", $checked_anew() === 'wordpress.federation.key_changed' && $offered() === 'none' && $pending() === $alice->did_key());
    $site->cron = true;
    $site->options['auto_update_plugins'] = [$file];
    $check("turned down, it is said by $what", $later()->shown_keys()->keep($source, $alice->did_key()) && $pending() === null
        && $checked_anew() === 'wordpress.federation.key_changed' && $offered() === 'none' && $pending() === null
        && strpos($plugin->federation()->offers()->get($package())->refusal()['message'], "$node lists version 2.0") === 0);
    $check("but nobody is written to because of $what", $newest()->code() === 'wordpress.federation.key_changed' && !Mailer::is_news($newest()));
    $before = $rows();
    $checked_anew();
    $check("logged once, of $what", $checked_anew() === 'wordpress.federation.key_changed' && $rows() === $before);
    $serve($other, [$listed('9.9', $bytes['2.0'], $forgery + ['public_key' => Signatures::key('bob')])]);
    $checked_anew();
    $before = $rows();
    $check("nor with a forgery at every check, of $what", $checked_anew() === 'wordpress.federation.key_changed' && $rows() === $before);
    $site->cron = false;
    unset($site->options['auto_update_plugins']);
    $serve($node, [$listed('1.1', $bytes['1.1'], $says)]);
    $serve($other, []);
    $check("where there is nothing higher, all is well, of $what", $checked_anew() === 'fine');
}
$fetcher->answers = $answered_before;
$trust_anew($alice, $bob, $alice);

// One node that lies, with random keys: it hides nothing, and asks the owner three times at most.
$answered_before = $fetcher->answers;
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$asked_about = [];
for ($round = 0; $round < 8; $round++) {
    $random = Signatures::key("random $round");
    $serve($node, [$listed('9.9', $bytes['2.0'], $forgery + ['public_key' => $random]), $listed('9.8', $bytes['2.0'], $forgery + ['source_public_key' => $random])]);
    $check("random keys, $round", $checked() === 'fine' && $offered() === '2.0');
    $seen = $pending();
    if ($seen !== null) {
        $asked_about[] = $seen;
        $before = $rows();
        $checked();
        $check("logged once, $round", $rows() === $before);
        $later()->shown_keys()->keep($source, $seen);
    }
}
$check('the owner is asked three times', count(array_unique($asked_about)) === 3 && $pending() === null);
$serve($node, [$by_new]);
$serve($other, []);
$check('a new key that this node alone shows is not asked about, but said', $checked() === 'wordpress.federation.key_changed' && $pending() === null && $offered() === 'none');
$serve($other, [$listed('2.0', $bytes['2.0'], ['source_public_key' => Signatures::key('bob')])], $bytes['2.0']);
$check('and still told of a key at another node', $checked() === 'fine' && $offered() === '2.0' && $pending() === $bob->did_key() && $later()->publishers()->get($source)->has_replaced($bob->did_key()));
$later()->shown_keys()->keep($source, $bob->did_key());
$serve($other, [$listed('2.0', $bytes['2.0'], ['source_public_key' => Signatures::key('carol')])], $bytes['2.0']);
$check('which was never trusted', $checked() === 'fine' && $offered() === '2.0' && $pending() === Publisher_Key::read(Signatures::key('carol'))->did_key());
$trust_anew($alice);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$fetcher->answers["$node/federation/plugins"] = Refusal::rejected('network.private_address', 'a node that leads elsewhere');
$check('nor does a node hide anything whose answer is refused', $checked() === 'fine' && $offered() === '2.0');
$fetcher->answers = $answered_before;

// The keys that nodes show.
$shown = static function () use ($later, $source): array {
    return $later()->nodes()->key_of_all($source);
};
$serve($node, [$listed('2.0', $bytes['2.0'], ['public_key' => Signatures::key('bob')])]);
$serve($other, [$listed('2.0', $bytes['2.0'], ['public_key' => Signatures::key('bob')])]);
$check('both show one', $shown()[0]->did_key() === $bob->did_key() && $shown()[1] === $node);
$plugin->federation()->shown_keys()->show($source, $bob, $node);
$check('asked for, it stops nothing, as any', $plugin->federation()->publishers()->trusted($source)->did_key() === $alice->did_key()
    && $plugin->federation()->shown_keys()->warning($source)->error_code() === 'wordpress.federation.key_changed' && $plugin->federation()->shown_keys()->keep($source, $bob->did_key()));
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$check('they show several', $refused($shown) === 'rejected wordpress.federation.key_changed');
$silence($node);
$check('one answers', $shown()[0]->did_key() === $alice->did_key());
$serve($other, []);
$check('none shows one', $refused($shown) === 'undetermined network.failed');
$stranger = Source_Id::parse('carol@plugins.example');
$federation = $later();
$publishers = $federation->publishers();
$shown_keys = $federation->shown_keys();
$shown_keys->show($stranger, $bob, $node);
$check('shown, it is not trusted', $refused(static function () use ($publishers, $stranger) {
    $publishers->trusted($stranger);
}) === 'held wordpress.federation.untrusted' && isset($shown_keys->undecided()['carol@plugins.example']));
$check('nor once it was turned down', $shown_keys->keep($stranger, $bob->did_key()) && $shown_keys->undecided() === [] && $publishers->get($stranger) === null);

// Keys by which only old versions were signed are no news: the publisher gave them up before this site trusted one.
$later()->publishers()->forget($source);
$plugin->federation()->publishers()->trust($source, $alice);
$versions = array_map(static function (int $number) use ($listed, $bytes): array {
    return ['version' => '0.' . (60 - $number), 'public_key' => Signatures::key($number < 55 ? 'alice' : 'carol')] + $listed('1.0', $bytes['1.0']);
}, range(1, 59));
$fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($versions): string {
    return (string) json_encode(['plugins' => array_slice($versions, (int) ($query['offset'] ?? 0), (int) $query['limit']), 'total' => 59]);
};
$serve($other, []);
$check('the key of versions beyond the newest', $checked() === 'fine' && $later()->shown_keys()->of($source) === null);

// An honest node also lists what a stolen key signed, and versions whose archive nobody signed: however many, they hide nothing.
$is_found = static function () use ($later): string {
    $federation = $later();
    $found = $federation->catalogue()->by_identity('alice@plugins.example#hello', $federation->listings());
    return $found->listed()->version() . ' ' . ($found->refusal() === null ? 'can be installed' : $found->refusal()->error_code());
};
$by_thief = array_map(static function (array $version): array {
    return ['public_key' => Signatures::key('bob'), 'source_public_key' => Signatures::key('alice')] + $version;
}, array_slice($forgeries, -24));
$nobody_signed = array_fill(0, 24, $listed('3.0', $bytes['2.0'], $unsigned));
foreach (['another key signed' => $by_thief, 'nobody signed the archive of' => $nobody_signed, 'either' => array_merge($by_thief, $nobody_signed)] as $what => $higher) {
    $serve($node, array_merge($higher, [$listed('2.0', $bytes['2.0'])]));
    $check("higher versions that $what", $checked() === 'fine' && $offered() === '2.0');
    $check("do not keep it from being found: those that $what", $is_found() === '2.0 can be installed');
}
$serve($node, $by_thief);
$check('where there are only those, that is said', $checked() === 'wordpress.federation.key_changed' && $offered() === 'none'
    && strpos($plugin->federation()->offers()->get($package())->refusal()['message'], "$node lists version 9.49") === 0);
$check('also where plugins are found', $is_found() === '9.49 pfn.signature.invalid');

$finish('federation-keys');
