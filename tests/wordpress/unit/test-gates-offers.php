<?php

/** Updates and translations that are offered: Offer_Gate. */

declare(strict_types=1);

use FedVerify\WordPress\Refusal;

require __DIR__ . '/gates.php';

$write('plugins/a/a.php', $header('A', '1.0', $a));

// Offers.
$offers = static function (array $response, array $translations = []): stdClass {
    return (object) ['last_checked' => 1, 'response' => $response, 'translations' => $translations];
};
$offer = static function (string $version, string $url): stdClass {
    return (object) ['new_version' => $version, 'package' => $url];
};
$kept = static function ($offers): array {
    return array_keys(apply_filters('site_transient_update_plugins', $offers)->response);
};
$good = $offer('1.1', 'https://r.example/a-1.1.zip');
$check('no offer before a release was verified', $kept($offers(['a/a.php' => $good, 'plain/plain.php' => $good])) === ['plain/plain.php']);
$plugin->identities()->record_offer($a, ['version' => '1.1', 'urls' => ['https://r.example/a-1.1.zip', 'https://r.example/a-1.1-de.zip'], 'type' => 'wp-plugin', 'at' => 1]);
$check('the release', $kept($offers(['a/a.php' => $good])) === ['a/a.php'] && $kept($offers(['a/a.php' => (array) $good])) === ['a/a.php']);
$check('in another language', $kept($offers(['a/a.php' => $offer('1.1', 'https://r.example/a-1.1-de.zip')])) === ['a/a.php']);
$elsewhere = $offer('1.2', 'https://r.example/a-1.2.zip');
$GLOBALS['wpdb']->query("UPDATE wp_fedverify_identities SET offer = replace(offer, '1.1', '1.2')");
$check('the release that another process has verified meanwhile', $kept($offers(['a/a.php' => $elsewhere])) === ['a/a.php']);
$GLOBALS['wpdb']->query("UPDATE wp_fedverify_identities SET offer = replace(offer, '1.2', '1.1')");
$check('and the one that it has now', $kept($offers(['a/a.php' => $offer('1.1', 'https://r.example/a-1.1-de.zip')])) === ['a/a.php']);
$count = count($plugin->verdicts()->recent(500));
foreach ([
    $offer('1.1', 'https://evil.example/a.zip'), $offer('9', 'https://r.example/a-1.1.zip'), $offer('1.1', ''), $offer('1.1<script>', 'https://r.example/a-1.1.zip'),
    (object) ['new_version' => ['1.1'], 'package' => 7], 'x', null,
] as $foreign) {
    $check('a foreign offer', $kept($offers(['a/a.php' => $foreign, 'x' => $good])) === ['x'] && $kept($offers(['a/a.php' => $foreign, 'x' => $good])) === ['x']);
}
$check('each is logged once', count($plugin->verdicts()->recent(500)) === $count + 5);
$check('a version that is no plain word', $kept($offers(['a/a.php' => $offer("1.1\n", 'https://r.example/a-1.1.zip')])) === []
    && $plugin->verdicts()->recent(1)[0]->code() === 'wordpress.version_invalid');
foreach ([false, null, 7, [], (object) ['response' => 'x', 'translations' => 7], new stdClass()] as $odd) {
    $check('no offers: ' . gettype($odd), apply_filters('site_transient_update_plugins', $odd) === $odd);
}
$stored = $offers(['a/a.php' => $offer('9', 'x')]);
$kept($stored);
$check('what is stored stays as it is', isset($stored->response['a/a.php']));
$translations = [['type' => 'plugin', 'slug' => 'a', 'package' => 'https://w.example/de.zip'], ['type' => 'plugin', 'slug' => 'plain', 'package' => 'x'], 'x', ['type' => 'core', 'slug' => 'a']];
foreach (['update_plugins', 'update_themes', 'update_core'] as $name) {
    $check("translations, $name", apply_filters("site_transient_$name", $offers([], $translations))->translations === array_slice($translations, 1));
}
$down = Refusal::undetermined('network.failed', 'the directory is down');
$plugin->identities()->record_refused($a, $down);
$check('no answer takes away none', $kept($offers(['a/a.php' => $good])) === ['a/a.php'] && $kept($offers(['a/a.php' => $offer('9', 'x')])) === []);
$plugin->identities()->record_refused($a, Refusal::rejected('pin.fork', 'two histories'));
$check('none of an identity that is refused', $kept($offers(['a/a.php' => $good])) === []);
$plugin->identities()->record_refused($a, $down);
$check('nor because there is no answer after that', $kept($offers(['a/a.php' => $good])) === []);
$plugin->identities()->record_refused($a, $down);
$check('however often', $kept($offers(['a/a.php' => $good])) === []);
$GLOBALS['wpdb']->query("UPDATE wp_fedverify_identities SET refusal = '{\"torn'");
$plugin->identities()->record_refused($a, $down);
$check('nor where it cannot be read why', $kept($offers(['a/a.php' => $good])) === []);
$resolver->resolve($a);
$check('but once the identity was verified again', $kept($offers(['a/a.php' => $good])) === ['a/a.php']);
$release = $plugin->identities()->get($a)->offer();
$plugin->identities()->record_shape($a, ['json' => '{}', 'at' => time()]);
$check('what a browser has verified', $plugin->identities()->get_anew($a)->shape()['json'] === '{}');
$plugin->identities()->record_release_refused($a);
$check('is not handed out once metadata is refused', $plugin->identities()->get_anew($a)->shape() === null);
$check('none of metadata that is refused', $kept($offers(['a/a.php' => $good])) === []);
$resolver->resolve($a);
$plugin->identities()->record_refused($a, $down);
$check('nor because the identity is verified, and the repository is silent', $kept($offers(['a/a.php' => $good])) === []);
$plugin->identities()->record_offer($a, $release);
$check('but once metadata was verified again', $kept($offers(['a/a.php' => $good])) === ['a/a.php']);
$other_request = clone $plugin->identities();
$resolver->resolve($a);
$other_request->get($a);
$plugin->identities()->record_refused($a, Refusal::rejected('pin.fork', 'a message with "against":false in it'));
$other_request->record_refused($a, $down);
$check('what another request refused meanwhile stays refused', $plugin->identities()->get_anew($a)->is_spoken_against());
$resolver->resolve($a);
$check('until it is verified', !$plugin->identities()->get_anew($a)->is_spoken_against());

$finish('gates-offers');
