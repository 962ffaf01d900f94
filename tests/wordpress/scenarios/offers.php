<?php

declare(strict_types=1);

/*
 * Others than the publisher offer updates and translations for a package with a DID: wordpress.org or a mirror of it, another
 * plugin, or nobody any more. Directory and repository are honest.
 */

/** Offers 9.0.0 of an installed plugin by wordpress.org's API. */
$offer = static function (World $world, Product $product, ?Release $release = null): void {
    $release = $release ?? Attacker::release($product, '9.0.0', ['url' => 'https://downloads.wordpress.org/plugin/hello.9.0.0.zip']);
    $world->network->offer('plugins', [$world->fileOf($product) => $world->offerOf($product, $release)], []);
};

/** A translation, which is PHP since WordPress 6.5. @return array<string, mixed> */
$translation = static function (World $world, string $kind, string $slug): array {
    $url = "https://downloads.wordpress.org/translation/$slug-de_DE.zip";
    $code = '<?php ' . Product::payload() . "return ['messages' => []];\n";
    $texts = ["$slug-de_DE.po" => Product::MARK, "$slug-de_DE.mo" => Product::MARK];
    $world->network->answer($url, Zip::of($texts + ["$slug-de_DE.l10n.php" => $code]));
    return [
        'type' => $kind,
        'slug' => $slug,
        'language' => 'de_DE',
        'version' => '1.0.0',
        'updated' => '2026-01-01 00:00:00',
        'package' => $url,
        'autoupdate' => true,
    ];
};

$speaksGerman = static function (World $world): void {
    // WordPress asks for the languages of which it has a translation of its own.
    Shell::write($world->site->content('languages/de_DE.mo'), '');
    $world->act('set-option', ['WPLANG' => 'de_DE']);
};

$scenarios = [];
foreach (World::WAYS as $way) {
    $name = "offer: wordpress.org offers another archive ($way)";
    $scenarios[] = Scenario::attack($name, static function (World $world) use ($offer, $way): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $offer($world, $hello);
        // The client must not put its own offer in this place.
        $world->network->answer(World::DIRECTORY . "/{$hello->did()}", ['status' => 503, 'body' => '{"message":"later"}']);
        $world->update($hello, $way);
        $world->expect($hello, '1.0.0');
    });
}

foreach (['ajax', 'page', 'cron'] as $way) {
    $name = "translation: wordpress.org offers one for the package ($way)";
    $play = static function (World $world) use ($speaksGerman, $translation, $way): void {
        $hello = $world->installed($world->plugin());
        $speaksGerman($world);
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->network->offer('plugins', [], [$translation($world, 'plugin', $hello->slug)]);
        if ($way === 'page') {
            $world->visit([
                'script' => 'wp-admin/update-core.php',
                'get' => ['action' => 'do-translation-upgrade'],
                'user' => 1,
                'nonces' => ['_wpnonce' => 'upgrade-translations'],
            ]);
        } else {
            $world->update($hello, $way);
        }
        $world->expect($hello, $way === 'page' ? '1.0.0' : '1.1.0');
    };
    $scenarios[] = Scenario::attack($name, $play);
}

return array_merge($scenarios, [
    Scenario::attack('offer: the honest archive of an older version as a new one', static function (World $world) use ($offer): void {
        $hello = $world->plugin();
        $old = $hello->releases[0];
        $hello->release('2.0.0');
        $world->publish($hello);
        $world->installed($hello);
        $world->nextDay();
        $fake = clone $old;
        $fake->version = '9.0.0';
        $offer($world, $hello, $fake);
        $world->network->answer(World::DIRECTORY . "/{$hello->did()}", ['status' => 503, 'body' => '{"message":"later"}']);
        $world->update($hello, 'cron');
        $world->expect($hello, '2.0.0');
    }),

    Scenario::attack('offer: by a mirror of wordpress.org, with no client there', static function (World $world) use ($offer): void {
        $hello = $world->unpacked($world->plugin());
        $world->nextDay();
        $offer($world, $hello);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    })->clients('none'),

    Scenario::attack('offer: kept by WordPress when its API is down', static function (World $world) use ($offer): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $offer($world, $hello);
        $world->open('plugins.php');
        $world->nextDay();
        $world->network->answer('https://api.wordpress.org/plugins/update-check/1.1/', ['status' => 500, 'body' => '']);
        $world->network->answer(World::DIRECTORY . "/{$hello->did()}", ['status' => 503, 'body' => '{"message":"later"}']);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('offer: by the host of the plugin\'s Update URI', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $evil = $world->upload(Attacker::release($hello));
        $world->act('set-option', ['fedverify_test_offer' => [$world->fileOf($hello), $evil->version, $evil->url()]]);
        $world->network->answer(World::DIRECTORY . "/{$hello->did()}", ['status' => 503, 'body' => '{"message":"later"}']);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('offer: for a theme', static function (World $world): void {
        $plain = $world->theme();
        $world->network->information('themes', $world->informationOf($plain));
        $world->installTheme($plain);
        $world->require($plain, '1.0.0');
        $world->nextDay();
        $evil = Attacker::release($plain, '9.0.0', ['url' => 'https://downloads.wordpress.org/theme/plain.9.0.0.zip']);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, $evil)], []);
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'ajax', 'theme'));
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'cron', 'theme'));
        $world->expect($plain, '1.0.0');
    }),

    Scenario::attack('offer: an archive for a plugin without a DID claims to be the package', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $plain = $world->plainPlugin();
        $world->nextDay();
        $evil = $hello->archive('9.0.0', ['evil' => true, 'folder' => 'plain']);
        $world->offerPlain($plain, '9.0.0', $evil);
        $world->visit($world->updatingFiles([$plain], 'cron'));
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    Scenario::attack('offer: wordpress.org installs what claims to be a package', static function (World $world): void {
        $hello = $world->plugin();
        $evil = Attacker::release($hello, '9.0.0', ['url' => 'https://downloads.wordpress.org/plugin/hello.9.0.0.zip']);
        $world->upload($evil);
        $fake = clone $hello;
        $fake->releases = [$evil];
        $world->network->information('plugins', ['_fair' => null] + $world->informationOf($fake));
        $world->visit([
            'script' => 'wp-admin/admin-ajax.php',
            'post' => ['action' => 'install-plugin', 'slug' => 'hello'],
            'user' => 1,
            'nonces' => ['_ajax_nonce' => 'updates'],
        ]);
        $world->expect($hello, null);
    }),

    Scenario::attack('translation: for a theme', static function (World $world) use ($speaksGerman, $translation): void {
        $plain = $world->theme();
        $world->network->information('themes', $world->informationOf($plain));
        $world->installTheme($plain);
        $world->require($plain, '1.0.0');
        $speaksGerman($world);
        $world->nextDay();
        $world->network->offer('themes', [], [$translation($world, 'theme', $world->fileOf($plain))]);
        $world->visit([
            'script' => 'wp-admin/update-core.php',
            'get' => ['action' => 'do-translation-upgrade'],
            'user' => 1,
            'nonces' => ['_wpnonce' => 'upgrade-translations'],
        ]);
        $world->visit(['script' => 'wp-cron.php', 'cron' => ['wp_maybe_auto_update']]);
        $world->expect($plain, '1.0.0');
    }),

    Scenario::attack('translation: and a package after it, in one process', static function (World $world) use ($speaksGerman): void {
        // A translation's update takes all filters off upgrader_source_selection. Here it is honest, the package is not what was released.
        $hello = $world->installed($world->plugin());
        $speaksGerman($world);
        $world->nextDay();
        $hello->release('1.1.0', ['bytes' => $hello->archive('1.1.0', ['evil' => true, 'id' => null])]);
        $world->publish($hello);
        $texts = Zip::of(['plain-de_DE.mo' => '', 'plain-de_DE.po' => '']);
        $world->network->answer('https://downloads.wordpress.org/translation/plain-de_DE.zip', $texts);
        $world->act('translation-then-plugin', $world->fileOf($hello), true);
        $world->expect($hello, '1.0.0');
    }),
]);
