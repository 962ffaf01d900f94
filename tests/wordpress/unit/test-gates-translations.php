<?php

/** Translations, which are program code: none of a package with an identity is installed but its own. */

declare(strict_types=1);

use FedVerify\WordPress\Guard;

require __DIR__ . '/gates.php';

$write('plugins/a/a.php', $header('A', '1.0', $a));

// Translations.
$pack = static function (string $slug, string $url, string $type = 'plugin'): array {
    return ['language_update_type' => $type, 'language_update' => (object) ['type' => $type, 'slug' => $slug, 'language' => 'de_DE', 'package' => $url]];
};
$site->downloads['https://w.example/de.zip'] = $zip('de.zip', ['plain-de_DE.l10n.php' => '<?php return [];', 'plain-de_DE.mo' => '']);
$site->downloads['https://w.example/bad.zip'] = $zip('bad-de.zip', ['plain-de_DE.mo' => '', 'sub/A-de_DE_formal.l10n.php' => '<?php evil();']);
$check('a translation', $install(new Language_Pack_Upgrader(), 'https://w.example/de.zip', $pack('plain', 'https://w.example/de.zip')) === 'plugins');
$check('of a package with an identity', $code($install(new Language_Pack_Upgrader(), 'https://w.example/de.zip', $pack('a', 'https://w.example/de.zip'))) === 'wordpress.foreign_translation');
$check('hidden in another', $code($install(new Language_Pack_Upgrader(), 'https://w.example/bad.zip', $pack('plain', 'https://w.example/bad.zip'))) === 'wordpress.foreign_translation' && $left() === []);
$check('or in WordPress\'s', $code($install(new Language_Pack_Upgrader(), 'https://w.example/bad.zip', $pack('default', 'https://w.example/bad.zip', 'core'))) === 'wordpress.foreign_translation');
foreach (['A-evil.l10n.php', 'a-de_DE-formal-x.mo', 'a-pt_PT_ao90.json'] as $file) {
    $site->downloads['https://w.example/odd.zip'] = $zip('odd-de.zip', ['plain-de_DE.mo' => '', $file => '<?php evil();']);
    $check("into any language: $file", $code($install(new Language_Pack_Upgrader(), 'https://w.example/odd.zip', $pack('plain', 'https://w.example/odd.zip'))) === 'wordpress.foreign_translation' && $left() === []);
}
$write('plugins/a-b/a-b.php', $header('A B', '1'));
$site->downloads['https://w.example/a-b.zip'] = $zip('a-b-de.zip', ['a-b-de_DE.mo' => '', 'a-b-de_DE.l10n.php' => '<?php return [];']);
$check('of a plugin whose name begins with the package\'s', $install(new Language_Pack_Upgrader(), 'https://w.example/a-b.zip', $pack('a-b', 'https://w.example/a-b.zip')) === 'plugins');
$site->downloads['https://w.example/a-c.zip'] = $zip('a-c-de.zip', ['a-c-de_DE.mo' => '', 'a-c-de_DE.l10n.php' => '<?php return [];']);
$check('unless it is not there', $code($install(new Language_Pack_Upgrader(), 'https://w.example/a-c.zip', $pack('a-c', 'https://w.example/a-c.zip'))) === 'wordpress.foreign_translation');
$longer = 'did:plc:' . str_repeat('e', 24);
$write('plugins/A-b-Longer/longer.php', $header('Longer', '1', $longer));
$plugin->installed()->changed();
foreach (['a-b-longer-de_DE.l10n.php', 'a-b-Longer-x.mo', 'sub/A-B-LONGER-de_DE.json'] as $file) {
    $site->downloads['https://w.example/long.zip'] = $zip('long-de.zip', ['a-b-de_DE.mo' => '', $file => '<?php evil();']);
    $check("of a package whose name begins with the plugin's: $file", $code($install(new Language_Pack_Upgrader(), 'https://w.example/long.zip', $pack('a-b', 'https://w.example/long.zip'))) === 'wordpress.foreign_translation' && $left() === []);
}
$check('and still the plugin\'s own', $install(new Language_Pack_Upgrader(), 'https://w.example/a-b.zip', $pack('a-b', 'https://w.example/a-b.zip')) === 'plugins');
(new Disk())->delete(WP_PLUGIN_DIR . '/A-b-Longer');
$plugin->installed()->changed();
$many = ['a-de_DE.l10n.php' => '<?php evil();'];
for ($i = 0; $i <= 20000; $i++) {
    $many["$i.json"] = '';
}
$site->downloads['https://w.example/many.zip'] = $zip('many-de.zip', $many);
$check('among too many to look at', $code($install(new Language_Pack_Upgrader(), 'https://w.example/many.zip', $pack('plain', 'https://w.example/many.zip'))) === 'wordpress.foreign_translation' && $left() === []);
$folder = "$scratch/upgrade/pack";
$write('upgrade/pack/a-de_DE.l10n.php', '<?php evil();');
$check('one that cannot be looked at', is_wp_error($gates->source()->last_resort($folder, $folder, new Language_Pack_Upgrader(), $pack('plain', ''), new TypeError('a fault'))) && !is_dir($folder));
$faulty = Guard::filter(static function (): void {
    throw new TypeError('a fault');
}, [$gates->source(), 'last_resort']);
foreach ([[], [null], [null, ['type' => 'plugin']]] as $more) {
    $write('upgrade/few/a.php', $header('A', '1.0', $a));
    $answer = $faulty("$scratch/upgrade/few", "$scratch/upgrade/few", ...$more);
    $check('nor where another calls with ' . (2 + count($more)) . ' arguments', is_wp_error($answer) && !is_dir("$scratch/upgrade/few"));
}
$archives->released['https://r.example/a-de.zip'] = [$a, '1.0', $zip('a-de.zip', ['a-de_DE.l10n.php' => '<?php return [];'])];
$check('of the release', $install(new Language_Pack_Upgrader(), 'https://r.example/a-de.zip', $pack('a', 'https://r.example/a-de.zip')) === 'plugins');
$before = $site->removed;
$gates->archive()->judge(false, 'https://w.example/plain.zip', new Plugin_Upgrader(), []);
$check('the gate behind unpacking is hooked again', count($site->removed) === count($before) + 2);

$finish('gates-translations');
