<?php

/** Updates that wait: Fresh_Keys, and what WordPress writes about them. */

declare(strict_types=1);

require __DIR__ . '/gates.php';

$write('plugins/a/a.php', $header('A', '1.0', $a));

// Updates that wait.
$plugin->identities()->record_offer($a, ['version' => '1.1', 'urls' => ['https://r.example/a-1.1.zip'], 'type' => 'wp-plugin', 'at' => 1]);
$item = (object) ['plugin' => 'a/a.php', 'new_version' => '1.1'];
$archives->released['https://r.example/a-1.1.zip'][3] = 'fresh';
$check('none waits', apply_filters('auto_update_plugin', true, $item) === true);
$check('at an administrator\'s wish', $updated('https://r.example/a-1.1.zip') === 'a');
$write('plugins/a/a.php', $header('A', '1.0', $a));
$site->cron = true;
$check('it waits', $updated('https://r.example/a-1.1.zip') === 'wordpress.held.fresh_key' && $version('a/a.php') === '1.0');
$held = $plugin->held()->get($a);
$check('as an update that is held', [$held['file'], $held['version'], $held['reason'], $held['until']] === ['a/a.php', '1.1', 'wordpress.held.fresh_key', 2000000000]);
$check('it is not tried again', apply_filters('auto_update_plugin', true, $item) === false && apply_filters('auto_update_plugin', false, $item) === false);
$check('the interface says nothing of it', apply_filters('auto_update_plugin', null, $item) === null);
$check('another version is', apply_filters('auto_update_plugin', true, (object) ['plugin' => 'a/a.php', 'new_version' => '1.2']) === true);
$check('other packages are', apply_filters('auto_update_plugin', true, (object) ['plugin' => 'plain/plain.php']) === true && apply_filters('auto_update_theme', true, 7) === true);
$results = [(object) ['item' => $item, 'result' => null]];
$check('of which nobody has written but WordPress', apply_filters('auto_plugin_update_send_email', true, $results) === true);
$results[] = (object) ['item' => (object) ['plugin' => 'plain/plain.php'], 'result' => null];
$check('but of others', apply_filters('auto_plugin_update_send_email', true, $results) === true && apply_filters('auto_plugin_update_send_email', true, 'x') === true);
$check('and of what was updated', apply_filters('auto_plugin_update_send_email', true, [(object) ['item' => $item, 'result' => true]]) === true);
$check('no e-mail where others want none', apply_filters('auto_plugin_update_send_email', false, $results) === false);
$mail = ['to' => 't', 'subject' => 'failed', 'body' => 'These plugins failed to update: A', 'headers' => ''];
$explained = static function (array $failed, array $updated = ['plugin' => [7], 'theme' => []]) use ($mail): array {
    return apply_filters('auto_plugin_theme_update_email', $mail, 'mixed', $updated, $failed);
};
$waits = (object) ['item' => $item, 'result' => null, 'name' => 'I '];
$as_it_was = file_get_contents("$scratch/plugins/a/a.php");
$write('plugins/a/a.php', $header('I <3 <b>A</b> & &lt;i>', '1.0', $a));
$said = $explained(['plugin' => [$waits]]);
// Nothing is a tag, on sites that send HTML. WordPress itself cuts what looks like one to it.
$check('WordPress\'s e-mail says that it waits', strpos($said['body'], "fedverify holds them:\n- “I <3 < b>A< /b> & &lt;i>”\n") !== false && strpos($said['body'], 'page=fedverify') !== false
    && substr($said['body'], -strlen($mail['body'])) === $mail['body'] && strpos($said['subject'], 'others wait') !== false);
unlink("$scratch/plugins/a/a.php");
$waits->name = 'A &amp; <strong>B</strong>';
$check('what is not there any more has WordPress\'s name', strpos($explained(['plugin' => [$waits]])['body'], "\n- “A & < strong>B< /strong>”\n") !== false);
$write('plugins/a/a.php', $as_it_was);
$said = $explained(['plugin' => [$waits, $results[1]], 'theme' => [(object) ['item' => (object) ['theme' => 'x'], 'result' => null, 'name' => 'x']]]);
$check('and that others failed', $said['subject'] === 'failed' && substr_count($said['body'], "\n- ") === 1);
$site->options['blogname'] = 'A site';
foreach ([['plugin' => [], 'theme' => []], [], ['plugin' => 'x']] as $none) {
    $check('nor that others were installed: ' . json_encode($none), $explained(['plugin' => [$waits]], $none)['subject'] === '[A site] Some updates wait');
}
$site->options['fedverify_settings'] = ['mail_refusals' => false];
$check('WordPress writes where fedverify does not', apply_filters('auto_plugin_update_send_email', true, array_slice($results, 0, 1)) === true && strpos($explained(['plugin' => [$waits]])['body'], 'did not fail') !== false);
$site->options['fedverify_settings'] = [];
$check('nothing of what failed', $explained(['plugin' => [$results[1]]]) === $mail && $explained(['plugin' => 'x', 'theme' => [null, 7]]) === $mail);
foreach ([null, 'x', [], ['body' => 7]] as $odd) {
    $check('no e-mail: ' . json_encode($odd), apply_filters('auto_plugin_theme_update_email', $odd, 'fail', [], ['plugin' => [$waits]]) === $odd);
}
$remembered = static function ($failures, $before = []) {
    return apply_filters('pre_update_option_auto_plugin_theme_update_emails', $failures, $before);
};
$check('WordPress does not remember that it failed, and writes once it has', $remembered(['a/a.php' => '1.1', 'plain/plain.php' => '2']) === ['plain/plain.php' => '2']
    && $remembered(['a/a.php' => '1.1'], ['a/a.php' => '1.0']) === ['a/a.php' => '1.0'] && $remembered(['a/a.php' => '1.1'], 'x') === []);
foreach ([null, 'x', []] as $odd) {
    $check('it remembers nothing: ' . json_encode($odd), $remembered($odd) === $odd);
}
$listed = static function () use ($plugin): array {
    return [array_keys($plugin->fresh_keys()->listed()), array_keys($plugin->fresh_keys()->waiting())];
};
$check('it is listed', $listed() === [[$a], [$a]]);
$site->options['fedverify_settings'] = ['mode' => 'report'];
$check('and does not wait where refusals are only reported', $listed() === [[$a], []] && apply_filters('auto_update_plugin', true, $item) === true);
$site->options['fedverify_settings'] = [];
$plugin->held()->hold('did:web:gone.example', ['version' => '2'] + $held);
$check('nor what is not installed any more', $listed() === [[$a], [$a]]);
$plugin->held()->release('did:web:gone.example');
$plugin->held()->hold($a, ['version' => $version('a/a.php')] + $held);
$check('nor what was installed in another way', $listed() === [[], []]);
foreach (['0.9', 'v1.0.0'] as $passed) {
    $plugin->held()->hold($a, ['version' => $passed] + $held);
    $check("nor what was passed by: $passed", $listed() === [[], []]);
}
foreach (['', 'trunk', null] as $unknown) {
    $plugin->held()->hold($a, ['version' => $unknown] + $held);
    $check('but what may be newer: ' . json_encode($unknown), $listed() === [[$a], [$a]]);
}
$plugin->held()->hold($a, ['until' => time() - 1] + $held);
$check('until it is over', apply_filters('auto_update_plugin', true, $item) === true);
$plugin->held()->hold($a, $held);
$site->options['fedverify_settings'] = ['wait_recovery' => false];
$check('where the site waits', apply_filters('auto_update_plugin', true, $item) === true);
$check('or it is installed', $updated('https://r.example/a-1.1.zip') === 'a' && $plugin->held()->get($a) === null);
$site->options['fedverify_settings'] = [];
$site->cron = false;

$finish('gates-held');
