<?php

declare(strict_types=1);

/* Themes: child themes, whose parent WordPress installs in the middle of the child's installation, and networks of sites. */

/** A parent and its child, published, and what wordpress.org says of them. @return array{Product, Product} */
$family = static function (World $world, array $parentsArchive = []): array {
    $parent = $world->theme('parent');
    if ($parentsArchive !== []) {
        $parent->releases = [$parent->made('1.0.0', $parentsArchive)];
        $world->publish($parent);
    }
    $child = new Product(Identity::create('child', $world->ago('400 days')), 'theme', 'child');
    $child->release('1.0.0', ['template' => $parent->folder()]);
    $world->publish($child);
    $world->network->informationOfEach('themes', $world->informationOf($child), $world->informationOf($parent));
    return [$parent, $child];
};

/** What the plugin remembers of a theme's files: verified at their installation, or not. */
$isVerified = static function (World $world, Product $theme): bool {
    $database = new PDO("sqlite:{$world->site->folder}/database/site.sqlite");
    $rows = $database->prepare('SELECT package FROM wp_fedverify_identities WHERE did = ?');
    $rows->execute([$theme->did()]);
    $package = json_decode((string) $rows->fetchColumn(), true);
    return ($package['file'] ?? null) === $world->fileOf($theme) && ($package['version'] ?? null) === $world->version($theme);
};

/** A theme of wordpress.org, without a DID, in this folder, and what wordpress.org says of it. */
$plain = static function (World $world, string $slug, string $archive): array {
    $url = "https://downloads.wordpress.org/theme/$slug.1.0.0.zip";
    $world->network->answer($url, $archive);
    return ['name' => ucfirst($slug), 'slug' => $slug, 'version' => '1.0.0', 'download_link' => $url, 'sections' => ['description' => 'A theme.']];
};

$style = static function (string $slug, string $more = ''): string {
    return Zip::of(["$slug/style.css" => "/*\n * Theme Name: $slug\n * Version: 1.0.0\n$more*/\n", "$slug/index.php" => "<?php // a page\n"]);
};

$installed = static function (World $world): Product {
    $plain = $world->theme();
    $world->network->information('themes', $world->informationOf($plain));
    $world->installTheme($plain);
    $world->require($plain, '1.0.0');
    $world->nextDay();
    return $plain;
};

$scenarios = [
    Scenario::honest('theme: a child and its parent, both verified', static function (World $world) use ($family, $isVerified): void {
        [$parent, $child] = $family($world);
        $world->installTheme($child);
        $world->expect($child, '1.0.0');
        $world->expect($parent, '1.0.0');
        $world->demand(!$world->setup->hasFedverify() || $isVerified($world, $parent), 'the parent is not remembered as verified');
        $world->demand(!$world->setup->hasFedverify() || $isVerified($world, $child), 'the child is not remembered as verified');
    }),

    Scenario::honest('theme: a child of a publisher, and a parent without a DID', static function (World $world) use ($plain, $style, $isVerified): void {
        $child = new Product(Identity::create('child', $world->ago('400 days')), 'theme', 'child');
        $child->release('1.0.0', ['template' => 'twenty']);
        $world->publish($child);
        $world->network->informationOfEach('themes', $world->informationOf($child), $plain($world, 'twenty', $style('twenty')));
        $world->installTheme($child);
        $world->expect($child, '1.0.0');
        $world->demand(is_file($world->site->content('themes/twenty/style.css')), 'the parent was not installed');
        $world->demand(!$world->setup->hasFedverify() || $isVerified($world, $child), 'the child is not remembered as verified');
    })->clients('1.4'),

    Scenario::attack('theme: the parent of an honest child, signed by nobody', static function (World $world) use ($family): void {
        [$parent, $child] = $family($world, ['evil' => true, 'key' => null]);
        $world->installTheme($child);
        $world->expect($parent, null);
        $world->expect($child, '1.0.0');
    })->clients('1.3'),

    Scenario::attack('theme: the parent of a child without a DID claims to be a package', static function (World $world) use ($plain, $style): void {
        $parent = $world->theme('parent');
        $evil = $plain($world, 'parent', $parent->archive('1.0.0', ['evil' => true]));
        $child = $plain($world, 'child', $style('child', " * Template: parent\n"));
        $world->network->informationOfEach('themes', $child, $evil);
        $world->visit([
            'script' => 'wp-admin/admin-ajax.php',
            'post' => ['action' => 'install-theme', 'slug' => 'child'],
            'user' => 1,
            'nonces' => ['_ajax_nonce' => 'updates'],
        ]);
        $world->expect($parent, null);
        $world->demand(is_file($world->site->content('themes/child/style.css')), 'the child was not installed');
    })->clients('1.4', 'none'),

    Scenario::honest('theme: in a network of sites', static function (World $world) use ($installed): void {
        $plain = $installed($world);
        $release = $plain->release('1.1.0');
        $world->publish($plain);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, $release)], []);
        $world->check();
        $page = $world->open('network/themes.php')->body;
        $world->demand(!$world->setup->hasFedverify() || strpos($page, $plain->did()) !== false, 'network/themes.php does not show the identity');
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'ajax', 'theme'));
        $world->require($plain, '1.1.0');
        $world->nextDay();
        $release = $plain->release('1.2.0');
        $world->publish($plain);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, $release)], []);
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'cron', 'theme'));
        $world->expect($plain, '1.2.0');
    })->onNetwork()->clients('1.4'),

    Scenario::attack('theme: an unsigned update, in a network of sites', static function (World $world) use ($installed): void {
        $plain = $installed($world);
        $world->slipIn($plain, [Attacker::release($plain, '9.0.0', ['key' => null])]);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, Attacker::release($plain, '9.0.0', ['key' => null]))], []);
        foreach (['ajax', 'bulk', 'cron', 'cli'] as $way) {
            $world->visit($world->updatingFiles([$world->fileOf($plain)], $way, 'theme'));
        }
        $world->expect($plain, '1.0.0');
    })->onNetwork()->clients('1.3'),
];

return $scenarios;
