<?php

declare(strict_types=1);

/* What the site's owner is told: by e-mail where nobody was there to see it, and in the dashboard. */

/** @return list<array{to: mixed, subject: string, message: string}> the e-mails with this in them */
$written = static function (World $world, string $pattern): array {
    $lines = (array) @file("{$world->site->folder}/mails.jsonl");
    $mails = array_map(static function (string $line): array {
        return json_decode($line, true);
    }, array_filter($lines));
    return array_values(array_filter($mails, static function (array $mail) use ($pattern): bool {
        return preg_match($pattern, $mail['message']) === 1;
    }));
};

/** What fedverify wrote. */
$mails = static function (World $world) use ($written): array {
    return $written($world, '/fedverify/');
};

/** Publishes a newer release, signed by a key that is an hour old: automatic updates wait. */
$offerWithNewKey = static function (World $world, Product $product): void {
    $world->nextDay();
    $product->identity->append($world->ago('1 hour'), ['signingKeys' => ['fair' => KeyPair::of('Ed25519', 'new')]]);
    $product->release('1.1.0');
    $world->publish($product);
};

/** Every part is in a text that people read. */
$says = static function (World $world, string $where, string $text, array $parts): void {
    foreach ($parts as $part) {
        $world->demand(strpos($text, $part) !== false, "$where does not say: $part");
    }
};

return [
    Scenario::attack('told: an automatic update that was refused, once', static function (World $world) use ($mails, $says): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0', ['key' => KeyPair::of('Ed25519', 'an attacker')]);
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->nextDay();
        $world->update($hello, 'cron');
        if ($world->setup->hasFedverify()) {
            $written = $mails($world);
            $world->demand(count($written) === 1, 'written ' . count($written) . ' times');
            $says($world, 'the subject', $written[0]['subject'] ?? '', ['A site', $hello->name(), 'refused']);
            $says($world, 'the e-mail', $written[0]['message'] ?? '', ['1.1.0', 'fair.signature.invalid', 'Version 1.0.0 is still installed', 'page=fedverify', rawurlencode($hello->did())]);
            $plugins = $world->open('plugins.php')->body;
            $says($world, 'plugins.php', $plugins, ['fedverify refused', 'fair.signature.invalid', 'Version 1.0.0 is still installed', 'column-fedverify']);
        }
        $world->expect($hello, '1.0.0');
    }),

    Scenario::honest('told: what was only reported, also when fedverify refuses again', static function (World $world) use ($mails, $says): void {
        $world->define(['FEDVERIFY_MODE' => 'report']);
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0', ['key' => null]);
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->require($hello, '1.1.0');
        $written = $mails($world);
        $world->demand(count($written) === 1, 'written ' . count($written) . ' times');
        $says($world, 'the e-mail', ($written[0]['subject'] ?? '') . ($written[0]['message'] ?? ''), ['was not verified', 'would have refused', 'did not stop it', 'fair.signature.encoding']);
        $world->define([]);
        $plugins = $world->open('plugins.php')->body;
        $says($world, 'plugins.php', $plugins, ['fedverify would have refused', 'did not stop it']);
        $world->demand(strpos($plugins, 'still installed') === false, 'it says that nothing was changed');
        $says($world, 'the log', $world->open('plugins.php', ['page' => 'fedverify', 'tab' => 'verdicts'])->body, ['Only reported']);
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('told: an automatic update that waits for a new key, once', static function (World $world) use ($offerWithNewKey, $mails, $says): void {
        $hello = $world->installed($world->plugin());
        $offerWithNewKey($world, $hello);
        $world->update($hello, 'cron');
        $world->require($hello, '1.0.0');
        $world->nextDay();
        $world->update($hello, 'cron');
        $world->require($hello, '1.0.0');
        $written = $mails($world);
        $world->demand(count($written) === 1, 'written ' . count($written) . ' times');
        $world->demand(strpos((string) file_get_contents("{$world->site->folder}/mails.jsonl"), 'failed to update') === false, 'WordPress wrote that it failed');
        $says($world, 'the e-mail', ($written[0]['subject'] ?? '') . ($written[0]['message'] ?? ''), ['waits', '1.1.0', 'wordpress.held.fresh_key']);
        $overview = $world->open('plugins.php', ['page' => 'fedverify'])->body;
        $says($world, 'the overview', $overview, ['Held updates', 'Version 1.1.0', 'Install at once', 'Verify now']);
        // The page that "Install at once" leads to is WordPress's own.
        $world->update($hello, 'page');
        $world->expect($hello, '1.1.0');
        $world->demand(strpos($world->open('plugins.php', ['page' => 'fedverify'])->body, 'Held updates') === false, 'it still waits');
    }),

    Scenario::honest('told: an update that waits has not failed, beside others that were installed or have', static function (World $world) use ($written, $offerWithNewKey, $says): void {
        $hello = $world->installed($world->plugin());
        $other = $world->installed($world->plugin('other'));
        $offerWithNewKey($world, $hello);
        $other->release('1.1.0');
        $world->publish($other);
        // WordPress's own, each once.
        $mails = static function () use ($world, $written): array {
            $mails = $written($world, '/(These|The following) plugins (are|failed)/');
            @unlink("{$world->site->folder}/mails.jsonl");
            return $mails;
        };
        $world->visit($world->updating([$hello, $other], 'cron'));
        $world->require($hello, '1.0.0');
        $world->require($other, '1.1.0');
        [$mixed] = $mails() + [['subject' => '', 'message' => '']];
        $says($world, "WordPress's e-mail", $mixed['subject'] . $mixed['message'], ['others wait', "fedverify holds them:\n- “{$hello->name()}”\n", 'page=fedverify', 'are now up to date']);
        $database = new PDO('sqlite:' . glob("{$world->site->folder}/database/*.sqlite")[0]);
        $failures = (string) $database->query("SELECT option_value FROM wp_options WHERE option_name = 'auto_plugin_theme_update_emails'")->fetchColumn();
        $world->demand(strpos($failures, $world->fileOf($hello)) === false, 'WordPress takes it for one that has failed, and would not write once it does');

        // The next day the one still waits, and another one is refused.
        $world->nextDay();
        $hello->release('1.2.0');
        $world->publish($hello);
        $other->release('1.2.0', ['key' => KeyPair::of('Ed25519', 'an attacker')]);
        $world->publish($other);
        $world->visit($world->updating([$hello, $other], 'cron'));
        [$failed] = $mails() + [['subject' => '', 'message' => '']];
        $says($world, "WordPress's e-mail", $failed['subject'] . $failed['message'], ['failed to update', "fedverify holds them:\n- “{$hello->name()}”\n", $other->name()]);
        $world->demand(substr_count($failed['message'], "- {$other->name()}") === 1, 'it says that what was refused waits');
        $world->expect($hello, '1.0.0');
        $world->expect($other, '1.1.0');
    }),

    // Since 6.6, WordPress asks for the front page after an update of an active plugin. If it breaks off, that is a fatal error.
    Scenario::honest('told: what was verified of a version that WordPress puts back', static function (World $world) use ($says): void {
        $hello = $world->installed($world->plugin());
        $world->act('activate', [$world->fileOf($hello)]);
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->network->answer('https://site.example/', ['body' => 'x', 'cut' => 0]);
        $world->update($hello, 'cron');
        preg_match("/wp_version = '(\d+\.\d+)/", (string) file_get_contents("{$world->site->folder}/core/wp-includes/version.php"), $wordpress);
        $version = version_compare($wordpress[1], '6.6', '<') ? '1.1.0' : '1.0.0';
        $world->expect($hello, $version);
        $page = $world->open('plugins.php', ['page' => 'fedverify', 'package' => $hello->did()])->body;
        $says($world, 'the page of the package', $page, ['Hello of a publisher', 'the installed files came from an archive that one of its keys signed']);
    }),

    Scenario::honest('told: what waited before fedverify was set to report only', static function (World $world) use ($offerWithNewKey, $says): void {
        $hello = $world->installed($world->plugin());
        $offerWithNewKey($world, $hello);
        $world->update($hello, 'cron');
        $world->require($hello, '1.0.0');
        $plugins = $world->open('plugins.php')->body;
        $says($world, 'plugins.php', $plugins, ['fedverify holds 1 update', 'Update held', '1 held update']);
        $world->define(['FEDVERIFY_MODE' => 'report']);
        $says($world, 'the overview', $world->open('plugins.php', ['page' => 'fedverify'])->body, ['Report only', 'Updates that would be held', 'so they do not wait', 'Version 1.1.0']);
        $plugins = $world->open('plugins.php')->body;
        foreach (['fedverify holds', 'Update held', 'held update'] as $part) {
            $world->demand(strpos($plugins, $part) === false, "plugins.php still says: $part");
        }
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
        $world->demand(strpos($world->open('plugins.php', ['page' => 'fedverify'])->body, 'that would be held') === false, 'it is still listed');
    }),

    Scenario::honest('told: in the dashboard of a network of sites', static function (World $world) use ($says): void {
        $hello = $world->installed($world->plugin());
        $says($world, 'network/plugins.php', $world->open('network/plugins.php')->body, ['column-fedverify', $hello->did(), 'Self-certified']);
        $overview = $world->open('network/plugins.php', ['page' => 'fedverify'])->body;
        $says($world, 'the overview', $overview, ['Installed packages with an identity', $hello->name(), 'Settings', 'Verified']);
        $package = $world->open('network/plugins.php', ['page' => 'fedverify', 'package' => $hello->did()])->body;
        $says($world, 'the page of the package', $package, ['Identity created', 'security@publisher.example', $hello->identity->repository()]);
        // WordPress's own command palette has such a link, in a script: it gives all plugins' pages in a network that of one site.
        $world->demand(preg_match('#(href|action)=\S+site\.example/wp-admin/plugins\.php#', $package) === 0, 'a link leads to the dashboard of one site');
        $ofSite = $world->visit(['script' => 'wp-admin/plugins.php', 'get' => ['page' => 'fedverify'], 'user' => 1])->body;
        $world->demand(strpos($ofSite, 'Installed packages with an identity') === false, 'a site of the network has the page');
        $world->expect($hello, '1.0.0');
    })->onNetwork(),
];
