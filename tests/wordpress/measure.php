<?php

/**
 * What a verified installation, an update and a front page cost, beside the same site without fedverify: medians of many, taken in
 * turns, as a table in Markdown. `times` is the processor's time beside the site without fedverify. See tests/wordpress.sh.
 *
 *     FEDVERIFY_TEST_WORDPRESS=… FEDVERIFY_TEST_TARGET=… php measure.php [ROUNDS [PAGES]]
 */

declare(strict_types=1);

require __DIR__ . '/classes.php';

$rounds = (int) ($argv[1] ?? 15);
$pages = (int) ($argv[2] ?? 200);
$wordpress = (string) getenv('FEDVERIFY_TEST_WORDPRESS');
$target = (string) getenv('FEDVERIFY_TEST_TARGET');
$scratch = sys_get_temp_dir() . '/fedverify-measure-' . getmypid();
$folder = "$wordpress/workers/measure-" . getmypid();
mkdir($scratch);
mkdir($folder, 0777, true);
register_shutdown_function(static function () use ($scratch, $folder): void {
    Shell::remove($scratch, $folder);
});
$network = new Network("$scratch/network", "$wordpress/authority");

/** @var array<string, array{Site, Setup}> $sites by their name in the table */
$sites = [];
/** @var array<string, Snapshots> $snapshots */
$snapshots = [];
foreach ([null, 'php', 'extension', 'command'] as $backend) {
    $setup = new Setup('1.3', $backend, $target);
    $lack = $setup->lacks();
    if ($lack !== null) {
        fwrite(STDERR, "not measured $lack\n");
        continue;
    }
    $number = count($sites);
    $site = new Site("$folder/$number", $wordpress, $network);
    // As PHP has it unless it is told otherwise: the links of this site never change.
    $site->options = ['opcache.revalidate_path=0'];
    $snapshots[$setup->name()] = new Snapshots("$scratch/snapshots/$number", $wordpress, $site);
    $sites[$backend ?? 'without fedverify'] = [$site, $setup];
}

$installed = static function (World $world) use ($network, $snapshots): array {
    $network->clear();
    $snapshots[$world->setup->name()]->restore($world->setup, 'plugin', false);
    $hello = $world->plugin();
    $visit = $world->install($hello);
    $world->require($hello, '1.0.0');
    return [$hello, $visit];
};

/** @var array<string, array<string, list<Visit>>> $visits by what is done, and by site */
$visits = [];
for ($round = 0; $round < $rounds; $round++) {
    foreach ($sites as $name => [$site, $setup]) {
        $world = new World($network, $site, $setup);
        [$hello, $visits['installation'][$name][]] = $installed($world);
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $visits['update'][$name][] = $world->update($hello);
        $world->require($hello, '1.1.0');
    }
}
$worlds = [];
foreach ($sites as $name => [$site, $setup]) {
    $site->hasClock = false;
    $worlds[$name] = new World($network, $site, $setup);
    $installed($worlds[$name]);
    // The theme that WordPress comes with. That of the tests is hardly one.
    Shell::copy("$wordpress/core/wp-content/themes/twentytwentyfour", $site->content('themes'));
    $worlds[$name]->act('switch-theme', 'twentytwentyfour');
}
// The first two make the caches. Each site after the other, from the first to the last and back: what else the machine does meets all.
for ($page = -2; $page < $pages; $page++) {
    foreach ($page % 2 === 0 ? $worlds : array_reverse($worlds) as $name => $world) {
        $visit = $world->read();
        if ($visit->status !== 200 || strpos($visit->body, 'Études') === false) {
            throw new RuntimeException("no front page of $name: " . $visit->summary());
        }
        if ($page >= 0) {
            $visits['front page'][$name][] = $visit;
        }
    }
}

$median = static function (array $values): float {
    sort($values);
    return (float) $values[count($values) >> 1];
};
echo "| | Site | Processor | times | Memory | Requests | Queries |\n|---|---|---:|---:|---:|---:|---:|\n";
foreach ($visits as $what => $lists) {
    $beside = $median(array_column($lists['without fedverify'], 'processor'));
    foreach ($lists as $name => $list) {
        $processor = $median(array_column($list, 'processor'));
        printf(
            "| %s | %s | %.1f ms | %.2f | %.1f MB | %d | %d |\n",
            $what,
            $name,
            $processor * 1000,
            $processor / $beside,
            $median(array_column($list, 'memory')) / 1e6,
            $median(array_map('count', array_column($list, 'requests'))),
            $median(array_column($list, 'queries'))
        );
    }
}
