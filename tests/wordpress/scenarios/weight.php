<?php

declare(strict_types=1);

/* Documents that are as large as they may be, and true: what is kept of them must not take the site down, nor weigh on visitors. */

/** The owner's repository, or a thief of it, makes its document large. */
$metadata = static function (string $name, Closure $change): Scenario {
    return Scenario::attack("weight: $name", static function (World $world) use ($change): void {
        $hello = $world->installed($world->plugin());
        $other = $world->installed($world->plugin('other'));
        $world->nextDay();
        $hello->release('1.1.0');
        $other->release('1.1.0');
        $world->publish($hello, ['metadata' => $change]);
        $world->publish($other);
        $world->open('plugins.php');
        $world->update($hello, 'cron');
        $world->updated($other);
        $front = $world->read();
        $world->demand($front->memory < 48 << 20, 'the front page takes ' . ($front->memory >> 20) . ' MB');
    });
};

/** As many more members of a list as fit into a document of 8 MiB. */
$filled = static function (array $document, array $path, array $member): string {
    $list = &$document;
    foreach ($path as $name) {
        $list = &$list[$name];
    }
    $count = intdiv((8 << 20) - 100000, strlen(json_encode($member, JSON_UNESCAPED_SLASHES)) + 1);
    $list = array_merge($list ?? [], array_fill(0, min($count, 90000), $member));
    return json_encode($document, JSON_UNESCAPED_SLASHES);
};

return [
    $metadata('a release with very many packages', static function (array $metadata) use ($filled): string {
        $path = ['releases', 0, 'artifacts', 'package'];
        return $filled($metadata, $path, ['url' => 'https://repo.publisher.example/x'] + $metadata['releases'][0]['artifacts']['package'][0]);
    }),
    Scenario::attack('weight: operations as large as they may be', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $other = $world->installed($world->plugin('other'));
        $world->nextDay();
        for ($i = 60; $i > 0; $i--) {
            $hello->identity->append($world->ago("$i hours"), ['aliases' => array_map(static function (int $name) use ($i): string {
                return "fair://$i.$name.example";
            }, range(1, 900))]);
        }
        $hello->identity->append($world->ago('1 minute'), ['aliases' => []]);
        $other->release('1.1.0');
        $world->publish($hello);
        $world->publish($other);
        $plugins = $world->open('plugins.php');
        $world->demand($plugins->memory < 100 << 20, 'plugins.php takes ' . ($plugins->memory >> 20) . ' MB');
        $plugins = $world->open('plugins.php', ['page' => 'fedverify', 'package' => $hello->did()]);
        $world->demand($plugins->memory < 100 << 20, 'the page of the package takes ' . ($plugins->memory >> 20) . ' MB');
        $world->updated($other);
    }),
];
