<?php

declare(strict_types=1);

/* The same through a web server: a login, cookies, nonces, forms and REST. */

$updatable = static function (World $world): Product {
    $hello = $world->installed($world->plugin());
    $world->nextDay();
    $hello->release('1.1.0');
    $world->publish($hello);
    return $hello;
};

$uploaded = static function (World $world, string $archive): string {
    $browser = $world->browser();
    $page = $browser->get('/wp-admin/plugin-install.php?tab=upload');
    $nonce = Browser::found('/class="wp-upload-form"[^>]*>\s*<input type="hidden" id="_wpnonce" name="_wpnonce" value="([^"]+)"/', $page);
    $path = "{$world->site->folder}/chosen.zip";
    Shell::write($path, $archive);
    return $browser->post('/wp-admin/update.php?action=upload-plugin', [
        '_wpnonce' => $nonce,
        'pluginzip' => new CURLFile($path, 'application/zip', 'hello.zip'),
        'install-plugin-submit' => 'Install Now',
    ]);
};

// What wordpress.org says of a plugin without a DID.
$plain = ['name' => 'Plain', 'slug' => 'plain', 'version' => '1.0.0', 'language_packs' => []];

return [
    Scenario::honest('http: the button that installs', static function (World $world): void {
        $hello = $world->plugin();
        $browser = $world->browser();
        $browser->post('/wp-admin/admin-ajax.php', [
            'action' => 'install-plugin',
            'slug' => "{$hello->slug}-" . str_replace(':', '--', $hello->did()),
            '_ajax_nonce' => $browser->updatesNonce(),
        ]);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::honest('http: the link that updates', static function (World $world) use ($updatable): void {
        $hello = $updatable($world);
        $browser = $world->browser();
        $page = $browser->get('/wp-admin/plugins.php');
        $link = Browser::found('#href="([^"]*update\.php\?action=upgrade-plugin[^"]*)"#', $page);
        $browser->get('/wp-admin/' . substr($link, strpos($link, 'update.php')));
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('http: a ZIP file is uploaded', static function (World $world) use ($uploaded): void {
        $hello = $world->plugin();
        $uploaded($world, $hello->releases[0]->bytes);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::honest('http: REST installs a plugin without a DID', static function (World $world) use ($plain): void {
        $url = 'https://downloads.wordpress.org/plugin/plain.1.0.0.zip';
        $world->network->answer($url, Zip::of(['plain/plain.php' => "<?php\n/*\nPlugin Name: Plain\nVersion: 1.0.0\n*/\n"]));
        $world->network->information('plugins', $plain + ['download_link' => $url]);
        $browser = $world->browser();
        $headers = ['content-type: application/json', 'x-wp-nonce: ' . $browser->restNonce()];
        $browser->post('/index.php?rest_route=/wp/v2/plugins', '{"slug":"plain"}', $headers);
        $world->expectPlain('plain/plain.php', '1.0.0');
    }),

    Scenario::attack('http: an unsigned update, by the button', static function (World $world) use ($updatable): void {
        $hello = $updatable($world);
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => null])]);
        $browser = $world->browser();
        $browser->post('/wp-admin/admin-ajax.php', [
            'action' => 'update-plugin',
            'plugin' => $world->fileOf($hello),
            'slug' => dirname($world->fileOf($hello)),
            '_ajax_nonce' => $browser->updatesNonce(),
        ]);
        $browser->get('/wp-cron.php');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('http: a ZIP file of an attacker is uploaded', static function (World $world) use ($uploaded): void {
        $hello = $world->plugin();
        $uploaded($world, $hello->archive('1.0.0', ['evil' => true]));
        $world->expect($hello, null);
    }),

    Scenario::attack('http: REST installs what claims to be a package', static function (World $world) use ($plain): void {
        $hello = $world->plugin();
        $url = 'https://downloads.wordpress.org/plugin/plain.1.0.0.zip';
        $world->network->answer($url, $hello->archive('1.0.0', ['evil' => true, 'folder' => 'plain']));
        $world->network->information('plugins', $plain + ['download_link' => $url]);
        $browser = $world->browser();
        $headers = ['content-type: application/json', 'x-wp-nonce: ' . $browser->restNonce()];
        $browser->post('/index.php?rest_route=/wp/v2/plugins', '{"slug":"plain","status":"active"}', $headers);
        $world->expect($hello, null);
    }),

    Scenario::attack('http: a version with markup, on the page of updates', static function (World $world) use ($updatable): void {
        $hello = $updatable($world);
        $version = '9.0.0<script>' . Product::MARK . '</script>';
        $world->slipIn($hello, [$hello->made($version, ['url' => Attacker::REPOSITORY . '/x.zip'])]);
        foreach (['update-core.php', 'plugins.php'] as $page) {
            $body = $world->browser()->get("/wp-admin/$page");
            $world->demand(strpos($body, '<script>' . Product::MARK) === false, "$page holds the attacker's script");
        }
        $world->expect($hello, '1.0.0');
    }),
];
