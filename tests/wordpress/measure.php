<?php

/**
 * What a verified installation, update and a front page cost, beside the same site without fedverify. Each is done so many times, in
 * turns, in one run; the medians are printed.
 *
 *     FEDVERIFY_TEST_WORDPRESS=… FEDVERIFY_TEST_TARGET=… php measure.php [COUNT]
 */

declare(strict_types=1);

require __DIR__ . '/../../php/autoload.php';
spl_autoload_register(static function (string $class): void {
    foreach (['runner', 'publisher', '../php/differential'] as $folder) {
        if (is_file(__DIR__ . "/$folder/$class.php")) {
            require __DIR__ . "/$folder/$class.php";
        }
    }
});

$count = (int) ($argv[1] ?? 15);
$wordpress = (string) getenv('FEDVERIFY_TEST_WORDPRESS');
$target = (string) getenv('FEDVERIFY_TEST_TARGET');
$scratch = sys_get_temp_dir() . '/fedverify-measure-' . getmypid();
mkdir($scratch);
mkdir("$wordpress/workers/measure-" . getmypid(), 0777, true);
$network = new Network("$scratch/network", "$wordpress/authority");
$site = new Site("$wordpress/workers/measure-" . getmypid(), $wordpress, $network);
$snapshots = new Snapshots("$scratch/snapshots", $wordpress, $site);

/** @var array<string, Setup> $setups */
$setups = [];
foreach ([null, 'php', 'extension', 'command'] as $backend) {
    $setup = new Setup('1.3', $backend, $target);
    if ($setup->isPossible()) {
        $setups[$backend ?? 'without fedverify'] = $setup;
    }
}

/** @var array<string, array<string, list<Visit>>> $visits by what is done, and by site */
$visits = [];
for ($round = 0; $round < $count; $round++) {
    foreach ($setups as $name => $setup) {
        $network->clear();
        $snapshots->restore($setup, 'plugin', false);
        $world = new World($network, $site, $setup);
        $hello = $world->plugin();
        $visits['installation'][$name][] = $world->install($hello);
        $world->require($hello, '1.0.0');
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $visits['update'][$name][] = $world->update($hello);
        $world->require($hello, '1.1.0');
        $world->read();
        for ($page = 0; $page < 4; $page++) {
            $visits['front page'][$name][] = $world->read();
        }
    }
}

$median = static function (array $values): float {
    sort($values);
    return (float) $values[count($values) >> 1];
};
printf("%-12s %-18s %10s %10s %9s %9s %8s\n", '', '', 'processor', 'wall', 'memory', 'requests', 'queries');
foreach ($visits as $what => $sites) {
    foreach ($sites as $name => $list) {
        printf(
            "%-12s %-18s %7.1f ms %7.1f ms %6.1f MB %9d %8d\n",
            $what,
            $name,
            $median(array_column($list, 'processor')) * 1000,
            $median(array_column($list, 'seconds')) * 1000,
            $median(array_column($list, 'memory')) / 1048576,
            $median(array_map('count', array_column($list, 'requests'))),
            $median(array_column($list, 'queries'))
        );
    }
}
Shell::remove($scratch, $site->folder);
