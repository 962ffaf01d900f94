<?php

/** Where fedverify only reports, and where a gate or the database fails. */

declare(strict_types=1);

require __DIR__ . '/federation.php';

$begin();

// Only reported.
$plugin->settings()->update(['mode' => 'report']);
$serve($node, [$listed('2.0', $bytes['2.0'], $forgery)]);
$check('reported', $checked() === 'pfn.signature.invalid' && $offers($foreign)->response === $foreign);
$check('the reply as it was', $judge('a reply', $url('2.0'), $update) === 'a reply');
$plugin->federation()->installations()->record($file, ['identity' => 'alice@plugins.example#hello', 'version' => '1.1', 'binding' => 'signed']);
$plugin->federation()->installations()->record('other/hello.php', ['identity' => 'alice@plugins.example#other', 'version' => '1.1', 'binding' => 'signed']);
$check('what was verified of the files that were there', $plugin->federation()->installations()->of($package())['binding'] === 'signed');
$evil = $site->downloads['https://evil.example/1.1.zip'] = $zip('evil.zip', ['hello/hello.php' => $php('1.1') . '// evil']);
$check('is not said of others of the same version, which were only reported', $updated('https://evil.example/1.1.zip') === 'hello'
    && $later()->installations()->of($package()) === null);
$write('plugins/other/hello.php', $php('1.1'));
$check('but of another plugin', $later()->installations()->of($plugin->installed()->plugin_of_source('other/hello.php'))['binding'] === 'signed');
(new Disk())->delete(WP_PLUGIN_DIR . '/other');
$later();
$plugin->settings()->update(['mode' => 'enforce']);

// A gate fails in the middle of it.
$failure = new RuntimeException('broken');
$resorts = static function () use ($later, $plugin, $update, $url, $failure, $scratch): array {
    $later();
    $gates = $plugin->federation()->gates();
    $folder = "$scratch/upgrade/faulty/hello";
    return [$gates->archive()->last_resort('x', $url('2.0'), null, $update, $failure), $gates->source()->last_resort($folder, dirname($folder), null, [], $failure)];
};
$write('upgrade/faulty/hello/hello.php', $php('2.0'));
$plugin->settings()->update(['mode' => 'report']);
$check('is reported, too', $resorts() === ['x', "$scratch/upgrade/faulty/hello"]);
$plugin->settings()->update(['mode' => 'enforce']);
$check('or refused', count(array_filter($resorts(), 'is_wp_error')) === 2 && $left() === []);

// The database fails: nothing is let through, nothing is thrown.
$wpdb->is_down = true;
$later();
$check('a database that fails', is_wp_error($judge(false, $url('2.0'), $update)));
$wpdb->is_down = false;
$gates = $plugin->federation()->gates();
$check('the last resort refuses what is ours', is_wp_error($gates->archive()->last_resort(false, $url('2.0'), null, $update, $failure))
    && $gates->archive()->last_resort('x', '', null, ['plugin' => 'plain/plain.php'], $failure) === 'x' && $gates->archive()->last_resort('x') === 'x');
$write('upgrade/x/hello/hello.php', $php('2.0'));
$check('behind unpacking, too', is_wp_error($gates->source()->last_resort("$scratch/upgrade/x/hello", "$scratch/upgrade/x")) && $left() === []);
$check('and leaves others alone', $gates->source()->last_resort(WP_PLUGIN_DIR . '/plain', 'x') === WP_PLUGIN_DIR . '/plain');

$finish('federation-faults');
