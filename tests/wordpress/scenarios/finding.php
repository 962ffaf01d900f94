<?php

declare(strict_types=1);

/* The federation in the dashboard: plugins that are found at nodes and installed, what is taken back, what is damaged or has no order. */

/** @return array<string, mixed> a form of the federation's page; see Admin\Actions */
$form = static function (string $action, string $about, array $more = []): array {
    return [
        'script' => 'wp-admin/plugins.php',
        'get' => ['page' => 'fedverify'],
        'post' => ['fedverify_action' => $action, 'fedverify_about' => $about] + $more,
        'user' => 1,
        'nonces' => ['_wpnonce' => "fedverify-$action-$about"],
    ];
};

/** The page of the federation. */
$page = static function (World $world): string {
    return $world->open($world->isNetwork() ? 'network/plugins.php' : 'plugins.php', ['page' => 'fedverify', 'tab' => 'federation'])->body;
};

/** @return string the page with what is found */
$find = static function (World $world, string $words): string {
    return $world->visit([
        'script' => 'wp-admin/' . ($world->isNetwork() ? 'network/' : '') . 'plugins.php',
        'get' => ['page' => 'fedverify', 'tab' => 'federation', 'fedverify-find' => $words],
        'user' => 1,
        'nonces' => ['_wpnonce' => 'fedverify-find'],
    ])->body;
};

/** The button of a plugin that was found. */
$install = static function (World $world, FederatedPlugin $plugin): Visit {
    $identity = "{$plugin->source}#{$plugin->slug}";
    return $world->visit([
        'script' => 'wp-admin/' . ($world->isNetwork() ? 'network/' : '') . 'update.php',
        'get' => ['action' => 'install-plugin', 'plugin' => $identity],
        'user' => 1,
        'nonces' => ['_wpnonce' => "install-plugin_$identity"],
    ]);
};

$says = static function (World $world, string $where, string $body, string ...$parts): void {
    foreach ($parts as $part) {
        $world->demand(strpos($body, $part) !== false, "$where does not say: $part");
    }
};

/** A node that lists two plugins of alice and one of bob; alice is trusted. @return array{FederatedPlugin, FederatedPlugin} */
$listed = static function (World $world): array {
    [$hello, $other] = [new FederatedPlugin(), new FederatedPlugin('bob@plugins.publisher.example', 'weather', 'bob')];
    $second = new FederatedPlugin($hello->source, 'second');
    $world->act('federation', ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem()]]);
    $entries = [];
    foreach ([[$hello, '1.0.0'], [$hello, '1.1.0'], [$second, '2.0.0'], [$other, '1.0.0']] as [$plugin, $version]) {
        $archive = $plugin->archive($version);
        $entries[] = $plugin->listed($version, $archive);
        $world->network->answer($plugin->url($version), $archive);
    }
    $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => $entries, 'total' => count($entries)]);
    return [$hello, $other];
};

/** What is stored of the federation or of an identity is damaged. */
$damage = static function (World $world, string $query): void {
    $database = new PDO("sqlite:{$world->site->folder}/database/site.sqlite");
    $changed = $database->exec($query);
    $world->demand($changed > 0, "nothing was damaged: $query");
};

$found = static function (World $world) use ($listed, $find, $install, $says): void {
    [$hello, $other] = $listed($world);
    $body = $find($world, 'hello');
    $says($world, 'the page', $body, 'Hello PFN', 'Version 1.1.0', 'The key that you trust signed this record.', 'Install now', $hello->source);
    $says($world, 'the page with all', $find($world, ''), "{$other->source}#weather", 'wordpress.federation.untrusted', 'Show its key');
    $details = $world->open($world->isNetwork() ? 'network/plugin-install.php' : 'plugin-install.php', ['tab' => 'plugin-information', 'plugin' => "{$hello->source}#{$hello->slug}"]);
    $says($world, 'its details', $details->body, 'Hello PFN', 'Says hello.');
    $installing = $install($world, $hello);
    $says($world, 'the installer', $installing->body, 'Successfully installed the plugin');
    $slug = $hello->slug . '-' . substr(hash('sha256', "{$hello->source}#{$hello->slug}"), 0, 6);
    $of_installed = $world->open($world->isNetwork() ? 'network/plugin-install.php' : 'plugin-install.php', ['tab' => 'plugin-information', 'plugin' => $slug])->body;
    $says($world, 'what WordPress links to once it is installed', $of_installed, 'Hello PFN', $hello->source);
    $world->demand(strpos($of_installed, "wordpress.org/plugins/$slug") === false, 'it links to wordpress.org');
    $says($world, 'the page', $find($world, 'hello'), 'Installed, version 1.1.0');
    $world->expectPlain($hello->file(), '1.1.0');
};

return [
    Scenario::honest('federation: found at a node, and installed in the dashboard', $found),
    Scenario::honest('federation: found at a node, and installed in the dashboard of a network', $found)->onNetwork()->clients('1.4'),

    Scenario::honest('federation: a publisher who was found is trusted, and then the plugin is installed', static function (World $world) use ($listed, $form, $install, $page, $says): void {
        [, $other] = $listed($world);
        $world->visit($form('federation_show', $other->source));
        $says($world, 'the page', $page($world), $other->key->did, 'You trust no key of this source yet');
        $world->visit($form('federation_confirm', "{$other->source} {$other->key->did}"));
        $install($world, $other);
        $world->expectPlain($other->file(), '1.0.0');
    })->clients('1.3'),

    Scenario::attack('federation: a node that lists one archive and serves another, at an installation from the dashboard', static function (World $world) use ($listed, $install): void {
        [$hello] = $listed($world);
        $world->network->answer($hello->url('1.1.0'), $hello->archive('1.1.0', ['evil' => true]));
        $install($world, $hello);
        $world->demand(!is_dir($world->site->content("plugins/{$hello->slug}")), 'it was installed');
    })->everywhere()->clients('1.3'),

    Scenario::attack('federation: searches and installations by a link, or by somebody who may not', static function (World $world) use ($listed): void {
        [$hello] = $listed($world);
        $editor = (int) $world->act('add-user', 'editor')->answer;
        $identity = "{$hello->source}#{$hello->slug}";
        foreach ([[1, []], [$editor, ['_wpnonce' => 'fedverify-find']]] as [$user, $nonces]) {
            $get = ['page' => 'fedverify', 'tab' => 'federation', 'fedverify-find' => 'hello'];
            $world->visit(['script' => 'wp-admin/plugins.php', 'get' => $get, 'user' => $user, 'nonces' => $nonces]);
        }
        foreach ([[1, []], [$editor, ['_wpnonce' => "install-plugin_$identity"]]] as [$user, $nonces]) {
            $world->visit(['script' => 'wp-admin/update.php', 'get' => ['action' => 'install-plugin', 'plugin' => $identity], 'user' => $user, 'nonces' => $nonces]);
        }
        $world->demandSilence('node.publisher.example');
        $world->demand(!is_dir($world->site->content("plugins/{$hello->slug}")), 'it was installed');
    })->clients('1.3'),

    Scenario::attack('federation: markup in what is found', static function (World $world) use ($find): void {
        $hello = new FederatedPlugin();
        $script = '<script>' . Product::MARK . '</script>';
        $world->act('federation', ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem()]]);
        $entries = [$hello->listed('1.0.0', 'x', ['name' => $script, 'description' => $script, 'public_key' => $script]), ['source_id' => $script] + $hello->listed('1.0.0', 'x')];
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => $entries, 'total' => 2]);
        foreach (['', $script, '"><b>'] as $words) {
            $body = $find($world, $words);
            $world->demand(strpos($body, '</html>') !== false, 'the page is not whole');
            $world->demand(strpos($body, $script) === false && strpos($body, '"><b>') === false, 'markup is in the page');
        }
    })->clients('1.3'),

    Scenario::honest('federation: bytes that were accepted are taken back', static function (World $world) use ($form, $page, $says): void {
        // The owner had allowed what nobody signed, and a node put its own archive there.
        $hello = new FederatedPlugin();
        $world->act('federation', ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem()], 'unsigned' => $hello->source]);
        $serve = static function (string $archive, array $changes = []) use ($world, $hello): void {
            $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$hello->listed('1.0.0', $archive, $changes)], 'total' => 1]);
            $world->network->answer($hello->url('1.0.0'), $archive);
        };
        $nodes = Zip::of(["{$hello->slug}/{$hello->slug}.php" => "<?php\n/*\nPlugin Name: Hello PFN\nVersion: 1.0.0\nFederation Source: {$hello->source}\n*/\n// the node's\n"]);
        $serve($nodes, ['archive_signature' => null]);
        $world->act('upload', $hello->url('1.0.0'));
        $world->expectPlain($hello->file(), '1.0.0');
        Shell::remove($world->site->content("plugins/{$hello->slug}"));
        $serve($hello->archive('1.0.0'));
        $world->act('upload', $hello->url('1.0.0'));
        $world->demand(!is_dir($world->site->content("plugins/{$hello->slug}")), 'other bytes were installed');
        $name = "{$hello->source}#{$hello->slug} 1.0.0";
        $says($world, 'the page', $page($world), 'Accepted versions', $name, 'The archive is not signed', 'Take back');
        $world->visit($form('federation_digest', $name));
        $says($world, 'the log', $world->open('plugins.php', ['page' => 'fedverify', 'tab' => 'verdicts'])->body, 'took back which bytes');
        $world->act('upload', $hello->url('1.0.0'));
        $says($world, 'the page', $page($world), 'The publisher’s key signed the installed archive.');
    })->clients('1.3'),

    Scenario::honest('federation: a version without an order says why there is no update', static function (World $world) use ($page, $says): void {
        $hello = new FederatedPlugin();
        $world->act('federation', ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem()]]);
        $world->act('unpack', ['plugins', base64_encode($hello->archive('trunk'))]);
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$hello->listed('1.1.0', $hello->archive('1.1.0'))], 'total' => 1]);
        $world->check();
        $says($world, 'the page', $page($world), 'The installed version, &quot;trunk&quot;, cannot be ordered', 'fair.version.invalid');
        Shell::remove($world->site->content("plugins/{$hello->slug}"));
        $world->act('unpack', ['plugins', base64_encode($hello->archive('1.0.0'))]);
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$hello->listed('trunk', $hello->archive('trunk'))], 'total' => 1]);
        $world->nextDay();
        $world->check();
        $says($world, 'the page', $page($world), 'No version that the nodes list can be ordered', 'fair.version.invalid');
    })->clients('1.3'),

    Scenario::honest('federation: plugins are checked once fedverify is activated, and Site Health says what it found', static function (World $world) use ($says): void {
        $hello = new FederatedPlugin();
        $world->define(['FEDVERIFY_FEDERATION_NODES' => FederatedPlugin::NODE]);
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$hello->listed('1.1.0', $hello->archive('1.1.0'))], 'total' => 1]);
        $world->act('unpack', ['plugins', base64_encode($hello->archive('1.0.0'))]);
        $world->activate();
        $world->visit(['script' => 'wp-cron.php', 'cron' => ['fedverify_first_run_step']]);
        $says($world, 'the overview', $world->open('plugins.php', ['page' => 'fedverify', 'tab' => 'verdicts'])->body, 'wordpress.federation.untrusted', 'Hello PFN');
        $health = $world->act('site-health')->answer;
        $says($world, 'Site Health', $health['federation']['label'] . $health['federation']['description'], 'need your attention', 'Hello PFN', 'wordpress.federation.untrusted');
        $says($world, 'the debug information', json_encode($health['debug']), 'node.publisher.example', "{$hello->slug} 1.0.0 held wordpress.federation.untrusted");
        $world->act('federation', ['trust' => [$hello->source => $hello->key->pem()], 'check' => true]);
        $world->demand($world->act('site-health')->answer['federation']['status'] === 'good', 'Site Health still complains');
    })->at('inactive')->clients('1.3'),

    Scenario::attack('damaged: one row hides no other, and opens nothing', static function (World $world) use ($damage, $page, $says): void {
        $hello = new FederatedPlugin();
        $other = new FederatedPlugin('bob@plugins.publisher.example', 'weather', 'bob');
        $world->act('federation', ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem(), $other->source => $other->key->pem()]]);
        $orchard = $world->installed($world->plugin('orchard'));
        $garden = $world->installed($world->plugin('garden'));
        $evil = $hello->archive('1.0.0', ['evil' => true]);
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$hello->listed('1.0.0', $evil)], 'total' => 1]);
        $world->network->answer($hello->url('1.0.0'), $evil);
        if ($world->setup->hasFedverify()) {
            $damage($world, "UPDATE wp_fedverify_federation SET entry = '{\"key\":' WHERE kind = 'publisher' AND name = '{$hello->source}'");
            $damage($world, "UPDATE wp_fedverify_identities SET refusal = '{', held = '{', warnings = '{', package = '{' WHERE did = '{$orchard->did()}'");
            $federation = $page($world);
            $says($world, 'the federation', $federation, $hello->source, 'is damaged', $other->source, $other->key->did);
            $overview = $world->open('plugins.php', ['page' => 'fedverify'])->body;
            $says($world, 'the overview', $overview, $orchard->name(), $garden->name(), 'is incomplete', 'Recent verdicts');
            $world->demand(strpos($federation . $overview, 'This page failed') === false, 'a page failed');
            $says($world, 'plugins.php', $world->open('plugins.php')->body, $garden->name(), 'column-fedverify');
        }
        $said = json_encode($world->act('upload', $hello->url('1.0.0'))->answer);
        $world->demand(!$world->setup->hasFedverify() || strpos($said, 'is damaged') !== false, "it says: $said");
        $world->demand(!is_dir($world->site->content("plugins/{$hello->slug}")), 'it was installed');
        $world->nextDay();
        $world->slipIn($orchard, [Attacker::release($orchard, '9.0.0', ['key' => null])]);
        $world->update($orchard);
        $world->expect($orchard, '1.0.0');
        $world->expect($garden, '1.0.0');
    })->clients('1.3'),
];
