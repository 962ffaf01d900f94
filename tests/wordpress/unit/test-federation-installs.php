<?php

/**
 * What is installed by an upload or a URL, and what would come into the folder of a federation plugin: other plugins,
 * translations.
 */

declare(strict_types=1);

require __DIR__ . '/federation.php';

$begin();

// Uploads and URLs.
$upload = $zip('upload.zip', ['hello/hello.php' => $php('2.0')]);
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('an upload', $installed($upload) === 'hello' && $version() === '2.0');
$serve($node, [$listed('1.1', $bytes['1.1'], $unsigned)]);
$old = $zip('upload.zip', ['hello/hello.php' => $php('1.1')]);
$check('an older one, which is at hand', $installed($old) === 'hello' && $version() === '1.1');
$changed = $zip('upload.zip', ['hello/hello.php' => $php('1.1') . '// changed']);
$check('a changed one', $installed($changed) === 'wordpress.federation.other_bytes' && $is_kept());
$stranger = $zip('upload.zip', ['hello/hello.php' => $php('1.1', 'nobody@plugins.example')]);
$check('of a source without a key', $installed($stranger) === 'wordpress.federation.untrusted' && $is_kept());
$odd = $zip('upload.zip', ['hello/hello.php' => $php('1.1', 'x y')]);
$check('of no source', $installed($odd) === 'wordpress.federation.source_invalid' && $is_kept());
$plain = $zip('upload.zip', ['hello/hello.php' => $php('9', null)]);
$site->downloads[$plain] = $plain;
$check('a plain one in its place', $installed($plain) === 'wordpress.folder_taken' && $is_kept());
$write('plugins/single.php', $php('1.0'));
$single = $site->downloads["$scratch/archives/upload.zip"] = $zip('upload.zip', ['single.php/single.php' => $php('9', null)]);
$check('nor in that of one in one file', $installed($single) === 'wordpress.folder_taken' && is_file(WP_PLUGIN_DIR . '/single.php') && $left() === []);
(new Disk())->delete(WP_PLUGIN_DIR . '/single.php');
$write('plugins/single.php', $php('1.0', null, "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
$check('nor in that of one with a DID', $installed($single) === 'wordpress.folder_taken' && is_file(WP_PLUGIN_DIR . '/single.php') && $left() === []);
(new Disk())->delete(WP_PLUGIN_DIR . '/single.php');
$later();
$plain = $zip('upload.zip', ['plain/plain.php' => $php('9', null)]);
$site->downloads[$plain] = $plain;
$check('a plain one elsewhere', $installed($plain) === 'plain');
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('by a node\'s URL', $installed($url('2.0')) === 'hello' && $version() === '2.0');
foreach ([['mallory@plugins.example', 'hello'], ['alice@plugins.example', 'other']] as [$of, $id]) {
    $of_other = "$node/federation/download?source=" . rawurlencode($of) . "&plugin=$id&version=2.0";
    $check("an update by the URL of $of $id", $updated($of_other) === 'wordpress.foreign_url' && $version() === '2.0');
}
$check('a theme is none, whatever its URL', $judge('a reply', $url('2.0'), ['theme' => 'x'], new Theme_Upgrader()) === 'a reply');
$both = $zip('both.zip', ['hello/hello.php' => $php('2.0', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n")]);
$check('an upload with a DID is the other gates\'', $judge(false, $both, $new) === false);
$site->downloads['https://w.example/h.zip'] = $zip('other.zip', ['hello/hello.php' => $php('2.0')]);
$check('by another URL', $installed('https://w.example/h.zip') === 'wordpress.unverified_source');
$write("plugins/$file", $php('1.1'));

// Translations are program code, and nobody signs them.
$translations = [['type' => 'plugin', 'slug' => 'hello', 'package' => 'x'], ['type' => 'plugin', 'slug' => 'HELLO-text'], ['type' => 'plugin', 'slug' => 'plain'], ['type' => 'theme', 'slug' => 'hello']];
$check('translations', $later() && array_column($offers([], $translations)->translations, 'type') === ['plugin', 'theme']);
$language = ['language_update' => (object) $translations[0]];
$check('nor installed', $code($judge(false, 'https://w.example/hello-de.zip', $language, new Language_Pack_Upgrader())) === 'wordpress.foreign_translation');

// Whoever calls the first gate with fewer arguments, or where it failed: the one behind unpacking says the same.
$write('upgrade/de/hello-de_DE.l10n.php', '<?php');
$check('nor behind unpacking', $code($plugin->gates()->source()->look_last("$scratch/upgrade/de/", "$scratch/upgrade/de", new Language_Pack_Upgrader(), $language)) === 'wordpress.foreign_translation' && $left() === []);

$site->downloads['https://w.example/plain-de.zip'] = $zip('plain-de.zip', ['plain-de_DE.mo' => 'x', 'hello-text-de_DE.l10n.php' => '<?php']);
$language = ['language_update' => (object) ['type' => 'plugin', 'slug' => 'plain']];
$check('nor one that comes with another plugin\'s', $code($install(new Language_Pack_Upgrader(), 'https://w.example/plain-de.zip', $language)) === 'wordpress.foreign_translation' && $left() === []);

// The update of another plugin, which has a DID, and says that it is of the source.
$write('plugins/mallory/mallory.php', $php('1.0', null, "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
foreach ([[['plugin' => 'mallory/mallory.php'], 'wordpress.folder_taken'], [$new, "$scratch/upgrade/m/hello/"]] as [$extra, $expected]) {
    $write('upgrade/m/hello/hello.php', $php('2.0', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
    $check("in the folder of the source: $expected", $code($plugin->federation()->gates()->source()->look(true, "$scratch/upgrade/m/hello/", "$scratch/upgrade/m", new Plugin_Upgrader(), $extra)) === $expected);
}
(new Disk())->delete("$scratch/upgrade/m");
(new Disk())->delete(WP_PLUGIN_DIR . '/mallory');

// What has a DID, too, is the other gates'.
$write("plugins/$file", $php('1.1', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
$check('a DID wins', $later() && $plugin->installed()->of_sources() === [] && $package() === null && $offers($foreign)->response === $foreign
    && $judge('a reply', $url('2.0'), $update) === 'a reply');
$write("plugins/$file", $php('1.1'));

$finish('federation-installs');
