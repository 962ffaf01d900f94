<?php

/** What stays offered while nodes are silent, lag or lie. */

declare(strict_types=1);

use FedVerify\WordPress\Admin\Known_Federated;
use FedVerify\WordPress\Federation\Doubts;
use FedVerify\WordPress\Federation\Publisher_Key;

require __DIR__ . '/federation.php';

$begin();

// What a check learns nothing about stays offered, for as long as the node that lists it does not answer.
$known = static function () use ($plugin): ?array {
    return Known_Federated::all($plugin)[0]->refusal();
};
$silent = 'alice@plugins.example#hello  undetermined network.failed';
$serve($node, []);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('from one of two', $checked() === 'fine' && $from() === $url('2.0', $other) && $known() === null);
foreach ([$dead, str_repeat('[', 5000), str_repeat(' ', 600000), $dead] as $number => $answer) {
    $fetcher->answers["$other/federation/plugins"] = $answer;
    $check("no answer, $number", in_array($checked(), ['network.failed', 'wordpress.federation.malformed'], true) && $offered() === '2.0');
    $check("of which the owner is told, $number", $known()['verdict'] === 'undetermined');
}
// Another node answers meanwhile, and lags.
foreach (['the installed one' => ['1.1'], 'a lower update' => ['1.1', '1.5']] as $what => $lower) {
    $serve($node, array_map(static function (string $number) use ($listed, $bytes): array {
        return $listed($number, $bytes[$number]);
    }, $lower));
    $check("$what at another node", $checked() === 'network.failed' && $from() === $url('2.0', $other));
    $check("of which the owner is told, with $what at another node", $known()['code'] === 'network.failed' && $last() === $silent);
}
$plugin->settings()->update(['federation_nodes' => $node]);
$check('a node that the owner has left keeps nothing', $checked() === 'fine' && $offered() === '1.5' && $known() === null);
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
$check('a lower one is offered where no higher one was', $checked() === 'fine' && $offered() === '1.5');
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('the node answers again', $checked() === 'fine' && $offered() === '2.0' && $known() === null);
$silence($other);
$serve($node, [$listed('2.0', $bytes['2.0'])]);
$check('the same version at another node', $checked() === 'fine' && $from() === $url('2.0') && $known() === null);
$serve($node, []);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$checked();
$silence($other);
$serve($node, [$listed('1.1', $bytes['1.1'])]);
$write("plugins/$file", $php('2.0'));
$check('what is installed meanwhile is no update', $checked() === 'fine' && $offered() === 'none' && $known() === null);
$write("plugins/$file", $php('1.1'));
$serve($node, []);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$checked();
$silence($other);
$checked();
$check('it is verified as any', $updated($url('2.0', $other)) === 'hello' && $version() === '2.0' && $offered() === 'none');
$write("plugins/$file", $php('1.1'));
$check('of another version than is installed', $later() && $offered() === '2.0');
$plugin->settings()->update(['federation_nodes' => $node]);
$check('not of a node that the owner has left', $offered() === 'none');
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
$serve($other, []);
$silence($node);
$check('the node that listed it does so no more, and another one is dead', $checked() === 'network.failed' && $offered() === 'none');
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$check('it lists it again', $checked() === 'fine' && $offered() === '2.0' && $known() === null);
$serve($other, [$listed('2.0', $bytes['2.0'], ['withdrawn_at' => 5])]);
$check('it is withdrawn', in_array($checked(), ['network.failed', 'wordpress.federation.not_listed'], true) && $offered() === 'none');
// Of a list whose second page fails, what was heard counts.
foreach (['it is withdrawn on a page that was heard' => [$listed('2.0', $bytes['2.0'], ['withdrawn_at' => 5]), 'none'], 'it may be on the page that failed' => [$listed('1.1', $bytes['1.1']), '2.0']] as $what => [$heard, $expected]) {
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $check("offered before: $what", $checked() === 'fine' && $offered() === '2.0');
    $fetcher->answers["$other/federation/plugins"] = static function (array $query) use ($heard, $dead): string {
        if (isset($query['offset'])) {
            throw $dead;
        }
        return (string) json_encode(['plugins' => [$heard], 'total' => 2]);
    };
    $check($what, $checked() === 'network.failed' && $offered() === $expected && $known()['code'] === 'network.failed');
}
// Where another node was not asked this time, too.
foreach (['wordpress.federation.slow_node', 'wordpress.held.not_verified_yet'] as $not_asked) {
    foreach (['it withdrew it' => [$listed('2.0', $bytes['2.0'], ['withdrawn_at' => 5])], 'it lists it no more' => [], 'it lists it still' => null] as $what => $list) {
        $serve($node, []);
        $serve($other, [$listed('2.0', $bytes['2.0'])]);
        $check("offered before: $what, $not_asked", $checked() === 'fine' && $offered() === '2.0');
        $fetcher->answers["$node/federation/plugins"] = FedVerify\WordPress\Refusal::undetermined($not_asked, 'not now');
        $list === null ? $silence($other) : $serve($other, $list);
        $check("$what, $not_asked", $checked() === $not_asked && $offered() === ($list === null ? '2.0' : 'none'));
    }
}
$silence($node);
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$checked();
$silence($other);
// A node that lies meanwhile takes nothing away: what was offered is proven anew by the key that is trusted.
$plugin->federation()->publishers()->allow_unsigned($source, false);
$lies = [
    'a forgery' => [$forgery, 'pfn.signature.invalid'],
    'an odd signature' => [['signature' => '!!'], 'pfn.signature.encoding'],
    'bytes that nobody signed' => [['sha384' => str_repeat('ab', 48)], 'pfn.archive.signature_invalid'],
    'an archive signature left out' => [$unsigned, 'wordpress.held.unsigned'],
];
foreach ($lies as $what => [$lie, $why]) {
    $serve($node, [$listed('2.1', $bytes['2.1'], $lie)]);
    $check("$what at another node", $checked() === $why && $from() === $url('2.0', $other));
    $check("of which the owner is told: $what", $known()['code'] === $why && $plugin->federation()->waiting() === 0);
}
$carol = Publisher_Key::read(Signatures::key('carol'));
$serve($node, [$listed('2.1', $bytes['2.1'], ['public_key' => Signatures::key('carol')])]);
$check('another key is told of, and takes nothing away', $checked() === 'wordpress.federation.key_changed' && $from() === $url('2.0', $other));
$check('nor once the owner keeps the one that is trusted', $later()->shown_keys()->keep($source, $carol->did_key()) && $offered() === '2.0');
$serve($node, [$listed('2.1', $bytes['2.1'], $lies['a forgery'][0])]);
$checked();
$later()->publishers()->trust($source, $carol);
$check('what another key signed is not offered, even before a check', $offered() === 'none' && $checked() !== 'fine' && $offered() === 'none');
$later()->publishers()->trust($source, $alice);
$check('nor is it proven any more', $checked() === 'pfn.signature.invalid' && $offered() === 'none');

// Whatever another node lists, the highest version whose bytes are bound is offered.
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$serve($node, []);
$checked();
foreach ($lies as $what => [$lie, $why]) {
    $serve($node, [$listed('2.1', $bytes['2.1'], $lie)]);
    $check("$what beside an update", $checked() === 'fine' && $from() === $url('2.0', $other));
    $check("is logged: $what", $last() === "alice@plugins.example#hello 2.1 " . ($lie === $unsigned ? 'held' : 'rejected') . " $why");
}
$serve($other, []);
$serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)]);
$check('what waited', $checked() === 'wordpress.held.unsigned' && $offered() === 'none' && $plugin->federation()->waiting() === 1);
$silence($node);
$check('is not offered because nobody answers', $checked() === 'network.failed' && $offered() === 'none');

// What the node doubts is said in the site's own words, and decides nothing.
$fetcher->answers["$node/federation/plugins"] = (string) json_encode(['plugins' => [$listed('2.1', $bytes['2.1'], ['doubts' => [
    ['code' => 'oracle', 'reason' => '<b>Call 555</b>'], ['code' => 'oracle'], ['code' => 'unheard-of', 'reason' => 'x'], 'earlier-key', ['code' => ['legacy']],
]])], 'total' => 1]);
$doubts = static function () use ($plugin): array {
    return Known_Federated::all($plugin)[0]->doubts();
};
$check('it is offered', $checked() === 'fine' && $offered() === '2.1');
$check('what is doubted is said', count($doubts()) === 1 && strpos($doubts()[0], 'signs any string for anyone') !== false);
$found = $plugin->federation()->catalogue()->find('hello')[0][0];
$check('also where it is found', Doubts::sentences($found->listed()) === $doubts());
$plugin->settings()->update(['federation_nodes' => $other]);
$check('not of a node that the owner has left', $offered() === 'none' && $doubts() === []);
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
foreach (['none' => null, 'a string' => 'oracle,oracle', 'a list of strings' => ['oracle']] as $what => $odd) {
    $serve($node, [$listed('2.1', $bytes['2.1'], ['doubts' => $odd])]);
    $check("doubts: $what", $checked() === 'fine' && $offered() === '2.1' && $doubts() === []);
}

$finish('federation-offers');
