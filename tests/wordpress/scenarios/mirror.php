<?php

declare(strict_types=1);

/* A mirror of wordpress.org that goes for a package with a DID by the way of others: files that it says are there, and translations. */

$plainArchive = static function (string $slug): string {
    return Zip::of(["$slug/$slug.php" => "<?php\n/*\nPlugin Name: Plain\nVersion: 9.0.0\n*/\n"]);
};

/** A translation of a plugin without a DID, with more in it. @param array<string, string> $more */
$translation = static function (World $world, array $more): void {
    $plain = $world->plainPlugin();
    Shell::write($world->site->content('languages/de_DE.mo'), '');
    $world->act('set-option', ['WPLANG' => 'de_DE']);
    $world->nextDay();
    $url = 'https://downloads.wordpress.org/translation/plain-de_DE.zip';
    $world->network->answer($url, Zip::of($more + ['plain-de_DE.mo' => '', 'plain-de_DE.po' => '']));
    $world->network->offer('plugins', [], [[
        'type' => 'plugin',
        'slug' => dirname($plain),
        'language' => 'de_DE',
        'version' => '1.0.0',
        'updated' => '2026-01-01 00:00:00',
        'package' => $url,
        'autoupdate' => true,
    ]]);
    $world->visit(['script' => 'wp-cron.php', 'cron' => ['wp_maybe_auto_update']]);
};

$code = '<?php ' . Product::payload() . "return ['messages' => []];\n";

$scenarios = [];
foreach (['other.php', './other.php', '../hello/other.php', '../other.php'] as $file) {
    $scenarios[] = Scenario::attack("mirror: an update of $file in the package's folder, forced", static function (World $world) use ($file, $plainArchive): void {
        $hello = $world->plugin();
        $world->act('unpack', ['plugins', base64_encode($hello->releases[0]->bytes)]);
        $folder = dirname($world->fileOf($hello));
        $world->require($hello, '1.0.0');
        $world->nextDay();
        $file = "$folder/" . str_replace('/hello/', "/$folder/", $file);
        $world->network->answer('https://downloads.wordpress.org/plugin/plain.9.0.0.zip', $plainArchive('plain'));
        $world->network->offer('plugins', [$file => [
            'id' => 'w.org/plugins/plain',
            'slug' => 'plain',
            'plugin' => $file,
            'new_version' => '9.0.0',
            'url' => 'https://wordpress.org/plugins/plain/',
            'package' => 'https://downloads.wordpress.org/plugin/plain.9.0.0.zip',
            'autoupdate' => true,
        ]], []);
        $world->visit(['script' => 'wp-cron.php', 'cron' => ['wp_maybe_auto_update']]);
        $world->expect($hello, '1.0.0');
    })->clients('1.3', '1.4', 'none');
}

return array_merge($scenarios, [
    Scenario::attack('mirror: a translation into a language that there is not', static function (World $world) use ($translation, $code): void {
        // wp-login.php?wp_lang=evil takes any name.
        $hello = $world->installed($world->plugin());
        $translation($world, ['hello-evil.l10n.php' => $code]);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('mirror: a translation of a plugin with whose name the package\'s begins', static function (World $world) use ($translation, $code): void {
        $hello = $world->installed($world->plugin('plain-hello'));
        $translation($world, ['plain-hello-de_DE.l10n.php' => $code]);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::honest('a translation of a plugin whose name begins with the package\'s', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $plain = $world->plainPlugin('hello-world');
        Shell::write($world->site->content('languages/de_DE.mo'), '');
        $world->act('set-option', ['WPLANG' => 'de_DE']);
        $world->nextDay();
        $url = 'https://downloads.wordpress.org/translation/hello-world-de_DE.zip';
        $md5 = md5('script');
        $files = ['hello-world-de_DE.mo', 'hello-world-de_DE.po', 'hello-world-de_DE.l10n.php', "hello-world-de_DE-$md5.json"];
        $world->network->answer($url, Zip::of(array_fill_keys($files, '')));
        $world->network->offer('plugins', [], [[
            'type' => 'plugin',
            'slug' => dirname($plain),
            'language' => 'de_DE',
            'version' => '1.0.0',
            'updated' => '2026-01-01 00:00:00',
            'package' => $url,
            'autoupdate' => true,
        ]]);
        $world->visit(['script' => 'wp-cron.php', 'cron' => ['wp_maybe_auto_update']]);
        foreach ($files as $file) {
            $world->demand(is_file($world->site->content("languages/plugins/$file")), "$file is not there");
        }
        $world->expect($hello, '1.0.0');
    }),
]);
