<?php

declare(strict_types=1);

/* fedverify is a package with a DID as others are: installed from its ZIP, it verifies its own updates. */

/** The owner uploads the release before this one and activates it; this one is released. Without fedverify it stays inactive. */
$uploaded = static function (World $world): Product {
    $fedverify = new Product(Identity::create('fedverify', $world->ago('400 days')), 'plugin', 'fedverify');
    $archive = OwnPlugin::archive($fedverify->did());
    $earlier = $fedverify->release(OwnPlugin::EARLIER, ['bytes' => OwnPlugin::earlier($archive)]);
    $world->publish($fedverify);
    $path = "{$world->site->folder}/fedverify.zip";
    Shell::write($path, $earlier->bytes);
    $world->act('upload', $path);
    $world->require($fedverify, OwnPlugin::EARLIER);
    if ($world->setup->hasFedverify()) {
        $world->act('activate', [$world->fileOf($fedverify)]);
    }
    $world->nextDay();
    $fedverify->release(OwnPlugin::version(), ['bytes' => $archive]);
    return $fedverify;
};

/** The same, and what is released tells where its classes run in a process of the release before. */
$telling = static function (World $world) use ($uploaded): Product {
    $fedverify = $uploaded($world);
    $archive = OwnPlugin::telling(array_shift($fedverify->releases)->bytes);
    $fedverify->release(OwnPlugin::version(), ['bytes' => $archive]);
    $world->publish($fedverify);
    return $fedverify;
};

/** Its own page says what was verified: it runs, from where it was installed. */
$says = static function (World $world, string ...$parts): void {
    $page = $world->open('plugins.php', ['page' => 'fedverify'])->body;
    foreach ($parts as $part) {
        $world->demand(strpos($page, $part) !== false, "the overview does not say: $part");
    }
};

/** @return list<string> what the database has of fedverify: tables, options, of users, and scheduled events */
$left = static function (World $world): array {
    $database = new PDO('sqlite:' . glob("{$world->site->folder}/database/*.sqlite")[0]);
    $names = static function (string $query) use ($database): array {
        return $database->query($query)->fetchAll(PDO::FETCH_COLUMN);
    };
    return array_merge(
        $names("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%fedverify%'"),
        $names("SELECT option_name FROM wp_options WHERE option_name LIKE '%fedverify%'"),
        $names("SELECT meta_key FROM wp_usermeta WHERE meta_key LIKE '%fedverify%'"),
        $names("SELECT 'scheduled' FROM wp_options WHERE option_name = 'cron' AND option_value LIKE '%fedverify%'")
    );
};

$deleted = static function (World $world, Product $fedverify): void {
    $world->act('deactivate', [$world->fileOf($fedverify)]);
    $world->delete($fedverify);
    $world->expect($fedverify, null);
};

$scenarios = [];
foreach (['ajax', 'cron'] as $way) {
    $scenarios[] = Scenario::honest("itself: fedverify updates itself: $way", static function (World $world) use ($uploaded, $says, $way): void {
        $fedverify = $uploaded($world);
        $world->publish($fedverify);
        $world->update($fedverify, $way);
        $world->expect($fedverify, OwnPlugin::version());
        if ($world->setup->hasFedverify()) {
            // The page that updates a plugin deactivates it, and leaves the rest to the browser.
            $world->act('activate', [$world->fileOf($fedverify)]);
            $says($world, $fedverify->did(), 'Verified');
            $page = $world->open('plugins.php', ['page' => 'fedverify', 'package' => $fedverify->did()])->body;
            $world->demand(strpos($page, $fedverify->identity->signingKey()->multibase()) !== false, 'the page of the package does not name the key');
        }
    })->at('absent');
}

foreach (['ajax', 'cron'] as $way) {
    $scenarios[] = Scenario::honest("itself: no release runs code of the next: $way", static function (World $world) use ($telling, $way): void {
        $fedverify = $telling($world);
        $world->updated($fedverify, $way);
        $world->expect($fedverify, OwnPlugin::version());
    })->at('absent')->clients('1.4');
}

return array_merge($scenarios, [
    Scenario::honest('itself: fedverify updates itself, and then another', static function (World $world) use ($telling): void {
        $fedverify = $telling($world);
        $hello = $world->installed($world->plugin());
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->nextDay();
        $world->visit($world->updating([$fedverify, $hello], 'bulk'));
        $world->expect($fedverify, OwnPlugin::version());
        $world->expect($hello, '1.1.0');
    })->at('absent')->clients('1.4'),

    Scenario::honest('itself: what fedverify remembers stays when it is deleted', static function (World $world) use ($uploaded, $left, $deleted): void {
        $fedverify = $uploaded($world);
        $world->publish($fedverify);
        $world->updated($fedverify);
        $deleted($world, $fedverify);
        if ($world->setup->hasFedverify()) {
            $found = implode(' ', $left($world));
            $world->demand(strpos($found, 'wp_fedverify_identities') !== false, 'the pins are gone');
            $world->demand(strpos($found, 'scheduled') === false, 'something is still scheduled');
        }
    })->at('absent')->clients('1.4'),

    Scenario::honest('itself: all is forgotten where the settings say so', static function (World $world) use ($uploaded, $left, $deleted): void {
        $fedverify = $uploaded($world);
        $world->publish($fedverify);
        $world->updated($fedverify);
        $world->act('set-option', ['fedverify_settings' => ['forget_on_uninstall' => true]]);
        $deleted($world, $fedverify);
        $world->demand($left($world) === [], 'left in the database: ' . implode(', ', $left($world)));
    })->at('absent')->clients('1.4'),

    Scenario::honest('itself: where a must-use plugin requires it, it is not deleted', static function (World $world) use ($uploaded, $left, $says): void {
        $fedverify = $uploaded($world);
        $plain = $world->plainPlugin();
        $world->act('deactivate', [$plain]);
        // The documented lines.
        preg_match('~```php\n(<\?php // wp-content/mu-plugins/fedverify\.php\n.*?)```~s', (string) file_get_contents(__DIR__ . '/../../../docs/site-owners.md'), $lines);
        $folder = dirname($world->fileOf($fedverify));
        Shell::write($world->site->content('mu-plugins/fedverify.php'), str_replace('/fedverify/', "/$folder/", $lines[1]));
        $world->act('set-option', ['fedverify_settings' => ['forget_on_uninstall' => true]]);
        $once = $world->act('deactivate-and-delete', $world->fileOf($fedverify));
        $world->demand(strpos($world->open('plugins.php')->body, 'Required by a must-use plugin') !== false, 'its row does not say so');
        $bulk = $world->visit([
            'script' => 'wp-admin/plugins.php',
            'post' => ['action' => '-1', 'action2' => 'delete-selected', 'verify-delete' => '1', 'checked' => [$plain, $world->fileOf($fedverify)]],
            'user' => 1,
            'nonces' => ['_wpnonce' => 'bulk-plugins'],
        ]);
        $world->expectPlain($plain, '1.0.0');
        foreach (['in one request with its deactivation' => $once, 'in bulk' => $bulk, 'by its script' => $world->delete($fedverify)] as $way => $visit) {
            $world->demand(strpos($visit->body, 'a must-use plugin requires it') !== false, "deleted $way, it does not say why not");
        }
        $world->demand(strpos(implode(' ', $left($world)), 'wp_fedverify_identities') !== false, 'what it remembers is gone');
        $says($world, $fedverify->did());
        $world->expect($fedverify, OwnPlugin::EARLIER);
        // Without those lines it is deleted.
        unlink($world->site->content('mu-plugins/fedverify.php'));
        $world->delete($fedverify);
        $world->expect($fedverify, null);
    })->at('absent')->clients('1.4'),

    Scenario::attack('itself: an update of fedverify that another key signed', static function (World $world) use ($uploaded, $says): void {
        $fedverify = $uploaded($world);
        $world->publish($fedverify);
        $world->slipIn($fedverify, [$fedverify->made('9.0.0', ['evil' => true, 'key' => Attacker::key()])]);
        $world->update($fedverify);
        $world->nextDay();
        $world->update($fedverify, 'cron');
        $world->expect($fedverify, OwnPlugin::EARLIER);
        if ($world->setup->hasFedverify()) {
            $says($world, 'fair.signature.invalid');
        }
    })->at('absent'),

    Scenario::attack('itself: the update of fedverify with one byte changed', static function (World $world) use ($uploaded): void {
        $fedverify = $uploaded($world);
        $world->publish($fedverify);
        $release = $fedverify->releases[0];
        $changed = $release->bytes;
        $changed[intdiv(strlen($changed), 2)] = ~$changed[intdiv(strlen($changed), 2)];
        $world->network->answer($release->url(), $changed);
        foreach (World::WAYS as $way) {
            $world->update($fedverify, $way);
        }
        $world->expect($fedverify, OwnPlugin::EARLIER);
    })->at('absent'),
]);
