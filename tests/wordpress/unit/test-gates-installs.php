<?php

/** What is installed: Archive_Gate, Source_Gate and Completion. */

declare(strict_types=1);

use FedVerify\WordPress\Gates\Asked_Downloads;
use FedVerify\WordPress\Gates\Known_Dids;
use FedVerify\WordPress\Refusal;

require __DIR__ . '/gates.php';

// Without an identity nothing changes.
$reply = new stdClass();
$check('no identity: the reply as it was', $gates->archive()->judge($reply, 'https://w.example/plain.zip', new Plugin_Upgrader(), $update('plain/plain.php')) === $reply);
$check('nor of other types', $gates->archive()->judge(false, false, null, 'x') === false && $gates->archive()->judge(false, '', 7, null) === false);
$check('no identity: updated', $updated('https://w.example/plain.zip', 'plain/plain.php') === 'plain' && $version('plain/plain.php') === '2');

// Installed by its identity.
$gates->downloads()->remember($api, 'plugin_information', (object) ['slug' => 'a']);
$check('installed', $installed('https://r.example/a-1.0.zip') === 'a' && $version('a/a.php') === '1.0');
$check('as the latest, at the site\'s wish', $archives->options === ['wait' => false, 'no_downgrade' => true, 'installed' => null, 'kind' => 'plugin']);
$facts = $plugin->identities()->get($a)->package();
$check('remembered', [$facts['kind'], $facts['file'], $facts['name'], $facts['version']] === ['plugin', 'a/a.php', 'A', '1.0']);
$check('nothing is left', $left() === []);

// Updated.
$check('updated', $updated('https://r.example/a-1.1.zip') === 'a' && $version('a/a.php') === '1.1');
$check('not below what is installed', $archives->options['installed'] === '1.0' && $archives->options['no_downgrade']);
$check('again, in the same process', $updated('https://r.example/a-1.1.zip') === 'a');
$foreign = $site->downloads['https://evil.example/a.zip'] = $zip('evil.zip', ['a/a.php' => $header('A', '9')]);
$check('a foreign URL', $updated('https://evil.example/a.zip') === 'wordpress.foreign_url' && $version('a/a.php') === '1.1');
$check('a path', $updated($foreign) === 'fair.signature.invalid' && is_file($foreign));
$resolver->fails[$a] = Refusal::rejected('pin.rollback', 'older');
$check('an identity that is refused', $updated('https://r.example/a-2.0.zip') === 'pin.rollback');
$resolver->fails[$a] = new TypeError('a fault');
$check('a fault', $updated('https://r.example/a-2.0.zip') === 'wordpress.internal');
$resolver->fails = [];

// What other plugins answered.
foreach ([true, 7, null, new stdClass(), ''] as $other) {
    $check('a reply: ' . gettype($other), $updated('https://r.example/a-1.1.zip', 'a/a.php', ['reply' => $other]) === 'a');
}
$error = new WP_Error('x', 'y', null);
$check('an error stays', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'), ['reply' => $error]) === $error);
$download = $write('download.tmp', (string) file_get_contents($scratch . '/archives/a-1.1.zip'));
$check('a download is verified', $updated('https://r.example/a-1.1.zip', 'a/a.php', ['reply' => $download]) === 'a' && !is_file($download));
$download = $write('download.tmp', 'other bytes');
$check('or refused, and removed', $updated('https://r.example/a-1.1.zip', 'a/a.php', ['reply' => $download]) === 'fair.signature.invalid' && !is_file($download));
$path = $gates->archive()->judge(false, 'https://r.example/a-1.1.zip', new Plugin_Upgrader(), $update('a/a.php'));
$check('a second call for one package', $gates->archive()->judge($path, 'https://r.example/a-1.1.zip', new Plugin_Upgrader(), $update('a/a.php')) === $path && is_file($path));
$check('but not for another', is_wp_error($gates->archive()->judge($path, 'https://evil.example/a.zip', new Plugin_Upgrader(), $update('a/a.php'))) && !is_file($path));
$swap = static function () use ($foreign): string {
    return $foreign;
};
$check('into a folder without a random word, as WordPress up to 7.1.3 does', $updated('https://r.example/a-1.1.zip', 'a/a.php', ['word' => '']) === 'a');
$check('into a folder with another name', $updated('https://r.example/a-1.1.zip', 'a/a.php', ['word' => '0']) === 'wordpress.unverified_source' && $left() === []);
$check('the path is swapped later', $updated('https://r.example/a-1.1.zip', 'a/a.php', ['swap' => $swap]) === 'wordpress.unverified_source' && $left() === []);

// What an archive says it is.
foreach ([
    'another version' => [['a/a.php' => $header('A', '1.1', $a)], 'wordpress.package_mismatch'],
    'the same version, spelt otherwise' => [['a/a.php' => $header('A', 'v3', $a)], 'a'],
    'no version' => [['a/a.php' => $header('A', '', $a)], 'wordpress.package_mismatch'],
    'another identity' => [['a/a.php' => $header('A', '3.0', $b)], 'wordpress.package_mismatch'],
    'no identity' => [['a/a.php' => $header('A', '3.0')], 'wordpress.package_mismatch'],
    'two identities' => [['a/a.php' => $header('A', '3.0', $a), 'a/z.php' => "<?php\n/* Plugin ID: $b */"], 'wordpress.package_mismatch'],
    'a theme\'s identity' => [['a/a.php' => $header('A', '3.0'), 'a/style.css' => $header('A', '3.0', $a, 'Theme')], 'wordpress.package_mismatch'],
    'deeper in' => [['a/b/a.php' => $header('A', '3.0', $a)], 'wordpress.package_mismatch'],
    'two folders' => [['a/a.php' => $header('A', '3.0', $a), 'b/b.php' => $header('B', '3.0')], 'wordpress.package_mismatch'],
] as $what => [$files, $expected]) {
    $archives->released['https://r.example/a-3.zip'] = [$a, '3.0', $zip('a-3.zip', $files)];
    $write('plugins/a/a.php', $header('A', '1.1', $a));
    $archives->remembered = [];
    $result = $updated('https://r.example/a-3.zip');
    $check("$what: $result", $result === $expected && $left() === [] && ($expected === 'a' || $version('a/a.php') === '1.1'));
    // Otherwise an old archive under the number of the next version would keep that out.
    $check("$what: remembered", ($archives->remembered !== []) === ($expected === 'a'));
}
$write('plugins/a/a.php', $header('A', '1.1', $a));
$gates->downloads()->remember((object) ['download_link' => 'https://r.example/a-1.1.zip'], 'theme_information', (object) ['slug' => $a]);
$check('a plugin where a theme is expected', $code($install(new Theme_Upgrader(), 'https://r.example/a-1.1.zip', ['type' => 'theme', 'action' => 'install'])) === 'wordpress.package_mismatch');

// Not verified.
foreach ([
    'an identity' => ['x/x.php' => $header('X', '1', $a)],
    'in a second file' => ['x/x.php' => $header('X', '1'), 'x/y.php' => "<?php # plugin id:  $a"],
    'spelt oddly' => ['x/x.php' => $header('X', '1', 'DID:PLC:x')],
    'of a theme' => ['x/x.php' => $header('X', '1'), 'x/style.css' => $header('X', '1', $a, 'Theme')],
    'without a folder' => ['x.php' => $header('X', '1', $a), 'y.txt' => ''],
] as $what => $files) {
    $site->downloads['https://w.example/x.zip'] = $zip('x.zip', $files);
    $check("not verified: $what", $installed('https://w.example/x.zip') === 'wordpress.unverified_source' && $left() === [] && $version('x/x.php') === 'gone');
    $check("nor as an update: $what", $updated('https://w.example/x.zip', 'plain/plain.php') === 'wordpress.unverified_source' && $version('plain/plain.php') === '2');
}
$check('it is refused before others move it', $installed('https://w.example/x.zip', ['between' => static function (): string {
    throw new LogicException('moved');
}]) === 'wordpress.unverified_source');

// Another package's folder.
$site->downloads['https://w.example/over.zip'] = $zip('over.zip', ['a/a.php' => $header('A', '9')]);
$check('over another package', $updated('https://w.example/over.zip', 'plain/plain.php') === 'wordpress.folder_taken' && $version('a/a.php') === '1.1' && $left() === []);
$rename = static function (string $source) use ($scratch): string {
    rename(rtrim($source, '/'), "$scratch/upgrade/a");
    return "$scratch/upgrade/a/";
};
$check('by a rename', $updated('https://w.example/plain.zip', 'plain/plain.php', ['between' => $rename]) === 'wordpress.folder_taken' && $left() === []);
$write('plugins/b/b.php', $header('B', '1', $b));
$archives->released['https://r.example/b.zip'] = [$b, '1', $zip('b.zip', ['a/b.php' => $header('B', '1', $b)])];
$check('by a verified package of another', $updated('https://r.example/b.zip', 'b/b.php') === 'wordpress.folder_taken' && $version('a/a.php') === '1.1');
$check('a theme of that name may be', $install(new Theme_Upgrader(), 'https://w.example/over.zip', ['theme' => 'over']) === 'a');

// Something else's update takes the folder of the package away.
foreach (['a/z.php', './a/z.php', 'b/../a/z.php', 'a/../z.php', 'a//z.php'] as $file) {
    $result = $install(new Plugin_Upgrader(), 'https://w.example/plain.zip', $update($file));
    $check("an update of $file", $code($result) === 'wordpress.foreign_url');
}
$write('themes/t/style.css', $header('T', '1', $a, 'Theme'));
$plugin->installed()->changed();
foreach (['.', 't/.', './t', 'x/../t', 't/sub'] as $theme) {
    @mkdir("$scratch/themes/t/sub", 0777, true);
    @mkdir("$scratch/themes/x", 0777, true);
    $result = $install(new Theme_Upgrader(), 'https://w.example/plain.zip', ['theme' => $theme]);
    $check("an update of the theme $theme: {$code($result)}", in_array($code($result), ['wordpress.foreign_url', 'fair.metadata.type_unknown'], true));
}
$wp_filesystem->delete("$scratch/themes/t", true);
$plugin->installed()->changed();
$check('an update of a file that is in no folder', $updated('https://w.example/plain.zip', 'z.php') === 'plain');
$check('of one in a folder that is not there', $updated('https://w.example/plain.zip', 'z/z.php') === 'plain');

// Uploads.
$check('an upload', $installed($archives->released['https://r.example/a-1.0.zip'][2]) === 'a' && $version('a/a.php') === '1.0');
$check('chosen by hand, an older one, too', !$archives->options['no_downgrade'] && $archives->options['installed'] === null);
$upload = $write('uploads/2026/a.zip', (string) file_get_contents($zip('bad.zip', ['a/a.php' => $header('A', '1.0', $a) . '// evil'])));
$upgrader = new Plugin_Upgrader();
$upgrader->skin = (object) ['type' => 'upload'];
$check('a bad one is removed', $code($install($upgrader, $upload, $new)) === 'fair.signature.invalid' && !is_file($upload));
$plain = $scratch . '/archives/plain.zip';
$check('one without an identity', $gates->archive()->judge(false, $plain, new Plugin_Upgrader(), $new) === false && is_file($plain));

// A child theme, in whose installation its parent is installed.
$child = 'did:plc:' . str_repeat('d', 24);
$archives->released['https://r.example/child.zip'] = [$child, '1.0', $zip('child.zip', ['child/style.css' => $header('Child', '1.0', $child, 'Theme')])];
$site->downloads['https://w.example/parent.zip'] = $zip('parent.zip', ['parent/style.css' => $header('Parent', '1.0', '', 'Theme')]);
$plugin->gates()->downloads()->remember((object) ['_fair' => ['id' => $child], 'download_link' => 'https://r.example/child.zip'], 'theme_information', (object) []);
$parent = static function () use ($install): void {
    $install(new Theme_Upgrader(), 'https://w.example/parent.zip', ['type' => 'theme', 'action' => 'install']);
};
$recorded = static function () use ($plugin, $child): ?array {
    $record = $plugin->identities()->get($child);
    return null === $record ? null : $record->package();
};
$is_installed = $install(new Theme_Upgrader(), 'https://r.example/child.zip', ['type' => 'theme', 'action' => 'install'], ['after' => $parent]);
$check('a child theme and its parent', $is_installed === 'child' && ($recorded()['file'] ?? '') === 'child');
$plugin->identities()->forget($child);
// WordPress never says what became of the child, and another theme takes its folder.
$site->downloads['https://w.example/child.zip'] = $zip('other.zip', ['child/style.css' => $header('Other', '1.0', '', 'Theme')]);
$other = static function () use ($install, $check, $recorded, $scratch): void {
    (new Disk())->delete("$scratch/themes/child");
    $check('another theme in its folder', $install(new Theme_Upgrader(), 'https://w.example/child.zip', ['type' => 'theme', 'action' => 'install']) === 'child');
    $check('is not remembered as the child', $recorded() === null);
};
$install(new Theme_Upgrader(), 'https://r.example/child.zip', ['type' => 'theme', 'action' => 'install'], ['after' => $other]);
(new Disk())->delete("$scratch/themes");

// Which identity a URL was given for.
$check('DIDs in texts', array_map([Known_Dids::class, 'did_in'], [$a, "x-did--plc--6fub4jd3yfiuvzi5yhcmvrax", 'did:web:a.example', 'x', '', 7, null, "$a ", 'x-did--plc--short', 'did:plc:' . str_repeat('a', 3000)])
    === [$a, $a, 'did:web:a.example', null, null, null, null, null, null, null]);
$asked = new Asked_Downloads();
$asked->remember($api, 'query_plugins', null);
$check('lists are not remembered', $asked->did_of('https://r.example/a-1.0.zip') === null);
$asked->remember($api, 'plugin_information', (object) ['slug' => $b]);
$check('what was asked for counts', $asked->did_of('https://r.example/a-1.0.zip') === $b);
$asked->remember((object) ['download_link' => 'https://r.example/a-1.0.zip', '_fair' => ['id' => $a]], 'plugin_information', null);
$check('the last one counts', $asked->did_of('https://r.example/a-1.0.zip') === $a);
$asked->remember(['download_link' => 'https://r.example/a-1.0.zip'], 'theme_information', (object) ['slug' => 'x']);
$check('also where it has none', $asked->did_of('https://r.example/a-1.0.zip') === null);
foreach ([null, 7, 'x', [], $error, (object) ['download_link' => []], (object) ['download_link' => 'https://r.example/', '_fair' => 7]] as $odd) {
    $check('answers stay as they are', $asked->remember($odd, 'plugin_information', $odd) === $odd && $gates->known_dids()->ask_results($odd) === $odd && $gates->known_dids()->ask_api($odd, $odd, $odd) === $odd);
}

$finish('gates-installs');
