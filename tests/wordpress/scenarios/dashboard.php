<?php

declare(strict_types=1);

/* The plugin's own pages: who may do what there, what is shown of strangers' words, and identities that are written oddly. */

/** A plugin that somebody put there by FTP. */
$unpack = static function (World $world, string $slug, string $headers): void {
    $files = ["$slug/$slug.php" => "<?php\n/*\nPlugin Name: $slug\nVersion: 1.0.0\n$headers\n*/\n"];
    $world->act('unpack', ['plugins', base64_encode(Zip::of($files))]);
};

/** @return array<string, mixed> a form of the plugin's page */
$form = static function (string $action, string $about, int $user, ?string $nonce, array $more = []): array {
    return [
        'script' => 'wp-admin/plugins.php',
        'get' => ['page' => 'fedverify'],
        'post' => ['fedverify_action' => $action, 'fedverify_about' => $about] + $more,
        'user' => $user,
        'nonces' => $nonce === null ? [] : ['_wpnonce' => $nonce],
    ];
};

$settings = ['mode' => 'report', 'directory' => 'https://plc.attacker.example'];

return [
    Scenario::attack('dashboard: settings by a link that an administrator follows', static function (World $world) use ($form, $settings): void {
        $hello = $world->installed($world->plugin());
        $world->visit($form('settings', '', 1, null, $settings));
        $world->visit($form('settings', '', 1, 'fedverify-verify_all-', $settings));
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello);
        $world->expect($hello, '1.0.0');
        $world->demandSilence('plc.attacker.example');
    }),

    Scenario::attack('dashboard: settings by users who may not', static function (World $world) use ($form, $settings): void {
        $hello = $world->installed($world->plugin());
        foreach (['subscriber', 'editor'] as $role) {
            $user = (int) $world->act('add-user', $role)->answer;
            $world->demand($user > 1, 'no user was added');
            foreach (['settings' => '', 'verify_all' => '', 'export' => 'csv'] as $action => $about) {
                $visit = $world->visit($form($action, $about, $user, "fedverify-$action-$about", $settings));
                $world->demand(strpos($visit->body, $hello->did()) === false, "$role: $action was answered");
            }
        }
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('dashboard: markup in what a plugin says of itself', static function (World $world) use ($unpack, $form): void {
        $script = '<script>' . Product::MARK . '</script>';
        $unpack($world, 'odd', "Plugin ID: did:plc:$script\nDescription: x");
        $unpack($world, 'odder', "Plugin ID: did:web:a.example\" onmouseover=\"" . Product::MARK);
        $world->visit($form('verify_all', '', 1, 'fedverify-verify_all-'));
        foreach ([['page' => 'fedverify'], ['page' => 'fedverify', 'tab' => 'verdicts'], ['page' => 'fedverify', 'package' => "did:plc:$script"], []] as $get) {
            $body = $world->open('plugins.php', $get)->body;
            $world->demand(strpos($body, '</html>') !== false, 'a page is not whole');
            $world->demand(strpos($body, $script) === false, 'a script is in a page');
            $world->demand(strpos($body, '" onmouseover="') === false, 'an attribute is in a page');
        }
        Shell::remove($world->site->content('plugins/odd'), $world->site->content('plugins/odder'));
    }),

    Scenario::honest('the page of a did:web with a port', static function (World $world) use ($unpack, $form): void {
        $did = 'did:web:publisher.example%3A8443';
        $unpack($world, 'web', "Plugin ID: $did");
        $page = $world->open('plugins.php', ['page' => 'fedverify', 'package' => $did]);
        $world->demand(strpos($page->body, 'knows nothing about this identity') === false, 'the page knows nothing of it');
        $world->visit($form('verify', $did, 1, "fedverify-verify-$did"));
        $page = $world->open('plugins.php', ['page' => 'fedverify', 'package' => $did]);
        $world->demand(strpos($page->body, 'publisher.example:8443') !== false, 'it was not verified');
    })->clients('none'),
];
