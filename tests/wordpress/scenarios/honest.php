<?php

declare(strict_types=1);

/* What publishers and owners of sites do every day, and what must work as if fedverify were not there. */

/** A site with a plugin, whose publisher does something before the next release. */
$after = static function (string $name, Closure $change, string $way = 'ajax', array $state = []): Scenario {
    return Scenario::honest($name, static function (World $world) use ($change, $way, $state): void {
        $hello = $world->installed($world->plugin('hello', $state));
        $world->pass('20 days');
        $change($world, $hello);
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, $way);
        $world->expect($hello, '1.1.0');
    });
};

$newKey = ['signingKeys' => ['fair_2' => KeyPair::of('Ed25519', 'hello second')]];

$installedTheme = static function (World $world): Product {
    $plain = $world->theme();
    $world->network->information('themes', $world->informationOf($plain));
    $world->installTheme($plain);
    $world->require($plain, '1.0.0');
    return $plain;
};

$scenarios = [
    Scenario::honest('a plugin is installed by its DID', static function (World $world): void {
        $hello = $world->plugin();
        $world->install($hello);
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    $after('a new release, and nothing else', static function (): void {
    }),
    $after('a signing key is replaced, days before the release', static function (World $world, Product $hello) use ($newKey): void {
        $hello->identity->append($world->ago('1 hour'), $newKey);
        $world->publish($hello);
        $world->check();
        $world->pass('4 days');
    }, 'cron'),
    $after('a signing key is an hour old, and the administrator updates', static function (World $world, Product $hello) use ($newKey): void {
        $hello->identity->append($world->ago('1 hour'), $newKey);
    }),
    $after('rotation keys are replaced', static function (World $world, Product $hello): void {
        $keys = [KeyPair::of('P-256', 'hello third'), KeyPair::of('secp256k1', 'hello fourth')];
        $hello->identity->append($world->ago('10 days'), ['rotationKeys' => $keys], $hello->identity->rotationKey(0));
    }),
    $after('an operation is undone within 72 hours', static function (World $world, Product $hello): void {
        $hello->identity->append($world->ago('9 days'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $hello->identity->append($world->ago('8 days'), ['aliases' => ['fair://publisher.example']], null, 0);
    }, 'cron'),
    $after('the repository moves', static function (World $world, Product $hello): void {
        $hello->identity->append($world->ago('2 days'), ['repository' => 'https://new.publisher.example/hello']);
    }, 'cron'),
    $after('the publisher has been busy', static function (World $world, Product $hello): void {
        for ($days = 15; $days > 5; $days--) {
            $hello->identity->append($world->ago("$days days"), ['aliases' => ["fair://publisher$days.example"]]);
        }
        foreach (['1.0.1', '1.0.2-rc.1', '1.0.2'] as $version) {
            $hello->release($version);
        }
    }, 'bulk'),
    Scenario::honest('a release that fedverify knows before the client, which keeps the one before it for hours', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->open('plugins.php');
        $hello->release('1.2.0');
        $world->publish($hello);
        $world->type('wp fedverify verify');
        $world->update($hello, 'cron');
        $world->expect($hello, '1.2.0');
    }),

    Scenario::honest('a repository that signs by an elliptic curve', static function (World $world): void {
        // The client knows Ed25519 only. Under WP-CLI it does not look.
        $state = ['signingKeys' => ['fair' => KeyPair::of('secp256k1', 'hello signing')]];
        $hello = $world->unpacked($world->plugin('hello', $state));
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, 'cli');
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('a recovery, seen by a site that saw the theft and came back after two months', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->pass('5 days');
        $hello->identity->append($world->ago('1 hour'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $world->publish($hello);
        $world->open('plugins.php');
        $world->update($hello, 'cron');
        $world->pass('60 days');
        $hello->identity->append($world->ago('58 days'), ['aliases' => ['fair://publisher.example']], null, 0);
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    })->everywhere(),

    Scenario::honest('a key that is an hour old waits for 72 hours, at automatic updates', static function (World $world) use ($newKey): void {
        $hello = $world->installed($world->plugin());
        $world->pass('10 days');
        $hello->identity->append($world->ago('1 hour'), $newKey);
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, 'cron');
        if ($world->setup->hasFedverify()) {
            $world->require($hello, '1.0.0');
        }
        $world->pass('4 days');
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('the directory is down for an hour', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello, ['document' => Answer::status(503, 'later'), 'log' => Answer::status(503, 'later')]);
        $world->update($hello);
        $world->require($hello, '1.0.0');
        $world->read();
        $world->pass('2 hours');
        $world->publish($hello);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    })->everywhere(),

    Scenario::honest('the repository is down for an hour', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello, ['metadata' => Answer::status(502, 'later')]);
        $world->update($hello, 'cron');
        $world->require($hello, '1.0.0');
        $world->pass('2 hours');
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('an archive moves, with a redirection', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $release = $hello->release('1.1.0');
        $world->publish($hello);
        $world->network->answer($release->url(), Answer::redirect('https://mirror.publisher.example/x.zip')->value);
        $world->network->answer('https://mirror.publisher.example/x.zip', $release->bytes);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('an archive in several languages', static function (World $world): void {
        Shell::write($world->site->content('languages/de_DE.mo'), '');
        $world->act('set-option', ['WPLANG' => 'de_DE']);
        $hello = $world->plugin();
        $german = $hello->made('1.0.0', ['files' => ['deutsch.txt' => 'Hallo'], 'url' => 'https://repo.publisher.example/hello/de.zip']);
        $world->upload($german);
        $hello->releases[0]->artifacts[] = ['lang' => 'de-DE'] + $german->artifacts[0];
        $world->publish($hello);
        $world->install($hello);
        $world->require($hello, '1.0.0');
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('two packages and a plugin without a DID at once', static function (World $world): void {
        $one = $world->installed($world->plugin('one'));
        $two = $world->installed($world->plugin('two'));
        $plain = $world->plainPlugin();
        $world->nextDay();
        foreach ([$one, $two] as $product) {
            $product->release('1.1.0');
            $world->publish($product);
        }
        $world->offerPlain($plain, '2.0.0', Zip::of(['plain/plain.php' => "<?php\n/*\nPlugin Name: Plain\nVersion: 2.0.0\n*/\n"]));
        $world->visit($world->updatingFiles([$world->fileOf($one), $plain, $world->fileOf($two)], 'bulk'));
        $world->expect($one, '1.1.0');
        $world->expect($two, '1.1.0');
        $world->expectPlain($plain, '2.0.0');
    }),

    Scenario::honest('an update while pages are read and the identity is checked', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->identity->append($world->ago('1 hour'), ['aliases' => ['fair://publisher.example']]);
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->visitAtOnce([
            $world->updating([$hello], 'ajax'),
            ['script' => 'wp-admin/plugins.php', 'user' => 1],
            ['script' => 'wp-cron.php', 'cron' => ['fedverify_check']],
            ['script' => 'index.php'],
        ]);
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('a package is deleted and installed again', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->delete($hello);
        $world->require($hello, null);
        $world->nextDay();
        $world->install($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::honest('a theme is installed and updated by the APIs', static function (World $world) use ($installedTheme): void {
        $plain = $installedTheme($world);
        $world->nextDay();
        $release = $plain->release('1.1.0');
        $world->publish($plain);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, $release)], []);
        $world->check();
        $world->open('themes.php');
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'ajax', 'theme'));
        $world->expect($plain, '1.1.0');
    }),

    Scenario::honest('a theme is updated by itself', static function (World $world) use ($installedTheme): void {
        $plain = $installedTheme($world);
        $world->nextDay();
        $release = $plain->release('1.1.0');
        $world->publish($plain);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, $release)], []);
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'cron', 'theme'));
        $world->expect($plain, '1.1.0');
    }),

    Scenario::honest('a ZIP file that the publisher released is uploaded', static function (World $world): void {
        $hello = $world->plugin();
        $world->uploadZip($hello->releases[0]->bytes);
        $world->expect($hello, '1.0.0');
    })->clients('1.3', '1.4', 'none'),

    Scenario::honest('a mirror offers the publisher\'s own archive, with no client there', static function (World $world): void {
        $hello = $world->unpacked($world->plugin());
        $world->nextDay();
        $release = $hello->release('1.1.0');
        $world->publish($hello);
        $world->network->offer('plugins', [$world->fileOf($hello) => $world->offerOf($hello, $release)], []);
        $world->check();
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    })->clients('none'),

    Scenario::honest('fedverify comes to a site that has packages', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->activate();
        $world->open('plugins.php');
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->nextDay();
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    })->at('inactive'),

    Scenario::honest('fedverify only reports', static function (World $world): void {
        $world->define(['FEDVERIFY_MODE' => 'report']);
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0', ['key' => null]);
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('a year of updates', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        foreach (['1.1.0', '1.2.0', '2.0.0'] as $i => $version) {
            $world->pass('100 days');
            $hello->release($version);
            $world->publish($hello);
            $world->update($hello, World::WAYS[$i]);
        }
        $world->expect($hello, '2.0.0');
    }),
];

foreach (['on a network of sites' => [true, 'plugin'], 'as a must-use plugin' => [false, 'must-use']] as $name => [$isMultisite, $place]) {
    foreach (['ajax', 'cron'] as $way) {
        $scenario = Scenario::honest("fedverify $name: installation and update ($way)", static function (World $world) use ($way): void {
            $hello = $world->installed($world->plugin());
            $world->nextDay();
            $hello->release('1.1.0');
            $world->publish($hello);
            $world->update($hello, $way);
            $world->expect($hello, '1.1.0');
        })->at($place);
        $scenarios[] = $isMultisite ? $scenario->onNetwork() : $scenario;
    }
}

foreach (World::WAYS as $way) {
    $scenarios[] = Scenario::honest("a plugin is updated: $way", static function (World $world) use ($way): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, $way);
        $world->expect($hello, '1.1.0');
    })->everywhere();

    $scenarios[] = Scenario::honest("a plugin without a DID is updated: $way", static function (World $world) use ($way): void {
        $plain = $world->plainPlugin();
        $world->nextDay();
        $archive = ['plain/plain.php' => "<?php\n/*\nPlugin Name: Plain\nVersion: 2.0.0\n*/\n", 'plain/a.txt' => "a\r\n"];
        $world->offerPlain($plain, '2.0.0', Zip::of($archive));
        $world->visit($world->updatingFiles([$plain], $way));
        $world->expectPlain($plain, '2.0.0');
        foreach ($archive as $name => $content) {
            $found = @file_get_contents($world->site->content("plugins/$name"));
            $world->demand($found === $content, "$name is not what was in the archive");
        }
        $world->demandHosts('api.wordpress.org', 'downloads.wordpress.org');
    });
}

return array_merge($scenarios, [
    Scenario::honest('a plugin without a DID is installed', static function (World $world): void {
        $url = 'https://downloads.wordpress.org/plugin/plain.1.0.0.zip';
        $world->network->answer($url, Zip::of(['plain/plain.php' => "<?php\n/*\nPlugin Name: Plain\nVersion: 1.0.0\n*/\n"]));
        $information = ['name' => 'Plain', 'slug' => 'plain', 'version' => '1.0.0', 'download_link' => $url];
        $world->network->information('plugins', $information);
        $world->visit([
            'script' => 'wp-admin/admin-ajax.php',
            'post' => ['action' => 'install-plugin', 'slug' => 'plain'],
            'user' => 1,
            'nonces' => ['_ajax_nonce' => 'updates'],
        ]);
        $world->expectPlain('plain/plain.php', '1.0.0');
        $world->demandHosts('api.wordpress.org', 'downloads.wordpress.org');
    })->clients('1.3', '1.4', 'none'),

    Scenario::honest('a translation of a plugin without a DID', static function (World $world): void {
        $world->plainPlugin();
        Shell::write($world->site->content('languages/de_DE.mo'), '');
        $world->act('set-option', ['WPLANG' => 'de_DE']);
        $world->nextDay();
        $url = 'https://downloads.wordpress.org/translation/plain-de_DE.zip';
        $world->network->answer($url, Zip::of([
            'plain-de_DE.po' => 'messages',
            'plain-de_DE.mo' => 'messages',
            'plain-de_DE.l10n.php' => "<?php\nreturn [];\n",
        ]));
        $world->network->offer('plugins', [], [[
            'type' => 'plugin',
            'slug' => 'plain',
            'language' => 'de_DE',
            'version' => '1.0.0',
            'updated' => '2026-01-01 00:00:00',
            'package' => $url,
            'autoupdate' => true,
        ]]);
        $world->open('plugins.php');
        $world->visit([
            'script' => 'wp-admin/update-core.php',
            'get' => ['action' => 'do-translation-upgrade'],
            'user' => 1,
            'nonces' => ['_wpnonce' => 'upgrade-translations'],
        ]);
        $found = is_file($world->site->content('languages/plugins/plain-de_DE.l10n.php'));
        $world->demand($found, 'the translation is not there');
    }),
]);
