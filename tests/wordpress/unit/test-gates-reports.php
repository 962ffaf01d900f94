<?php

/** Where fedverify only reports, and what is forgotten of files that are gone. */

declare(strict_types=1);

require __DIR__ . '/gates.php';

$write('plugins/a/a.php', $header('A', '1.0', $a));

// Reported only.
$site->downloads['https://w.example/x.zip'] = $zip('x.zip', ['x.php' => $header('X', '1', $a), 'y.txt' => '']);
$facts = ['kind' => 'plugin', 'file' => 'a/a.php', 'name' => 'A', 'version' => '1.0'];
$site->options['fedverify_settings'] = ['mode' => 'report'];
$count = count($plugin->verdicts()->recent(500));
$check('reported: installed all the same', $installed('https://w.example/x.zip', ['word' => '']) === basename(basename($site->downloads['https://w.example/x.zip']), '.zip'));
$check('and once', count($plugin->verdicts()->recent(500)) === $count + 1);
$reply = $gates->archive()->judge(false, 'https://evil.example/a.zip', new Plugin_Upgrader(), $update('a/a.php'));
$check('reported: the reply as it was', $reply === false);
$fault = new TypeError('a fault');
$write('upgrade/faulty/a.php', $header('A', '1.0', $a));
$check('reported: even where a gate fails', $gates->archive()->last_resort('a reply', 'x', null, $update('a/a.php'), $fault) === 'a reply'
    && $gates->source()->last_resort("$scratch/upgrade/faulty", "$scratch/upgrade/faulty", null, [], $fault) === "$scratch/upgrade/faulty" && is_dir("$scratch/upgrade/faulty"));
(new Disk())->delete("$scratch/upgrade/faulty");
$check('the client verifies, too', apply_filters('fair.packages.updater.verify_signatures', true) === true);

// What was verified of files that are gone is said of no others.
$of_a = static function () use ($plugin, $a): ?array {
    return $plugin->identities()->get_anew($a)->package();
};
$plugin->identities()->record_package($a, $facts);
$site->downloads['https://evil.example/same.zip'] = $zip('same.zip', ['a/a.php' => $header('A', '1.0', $a) . '// other bytes']);
$check('reported: other bytes of the same version', $updated('https://evil.example/same.zip') === 'a'
    && $version('a/a.php') === '1.0' && $of_a() === null);
foreach (['is' => true, 'is not' => false] as $what => $is_deleted) {
    $plugin->identities()->record_package($a, $facts);
    do_action('delete_plugin', 'a/a.php');
    do_action('deleted_plugin', 'a/a.php', $is_deleted);
    $check("a plugin that $what deleted: some of its files may be gone", $of_a() === null);
}
$plugin->identities()->record_package($a, ['kind' => 'theme', 'file' => 'a'] + $facts);
do_action('delete_plugin', 'a/a.php');
$check('a theme in a folder of that name', $of_a() !== null);
do_action('delete_theme', 'a');
$check('until it is deleted', $of_a() === null);
$plugin->identities()->record_package($a, $facts);
$site->downloads['https://evil.example/same.zip'] = $zip('same.zip', ['a/a.php' => $header('A', '1.0')]);
$check('reported: files that name no identity', $updated('https://evil.example/same.zip') === 'a' && $of_a() === null);
$write('plugins/a/a.php', $header('A', '1.0', $a));
$plugin->installed()->changed();
$plugin->identities()->record_package($a, ['file' => 'elsewhere/a.php'] + $facts);
do_action('delete_plugin', 'a/a.php');
do_action('deleted_plugin', 'a/a.php', true);
$check('a copy of it', $of_a() !== null);

$site->options['fedverify_settings'] = [];
$check('but not beside this', apply_filters('fair.packages.updater.verify_signatures', true) === false);

$finish('gates-reports');
