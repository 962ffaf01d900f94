<?php

declare(strict_types=1);

/* What an attacker leaves behind when he is refused: nothing that keeps the site from the publisher's next release. */

$poison = static function (string $name, string $way, string $version): Scenario {
    return Scenario::attack("poison: $name ($way)", static function (World $world) use ($way, $version): void {
        // The repository has no key, but all archives that were ever signed.
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->slipIn($hello, [$hello->made($version, ['bytes' => $hello->releases[0]->bytes, 'url' => Attacker::REPOSITORY . '/x.zip'])]);
        $world->update($hello, $way);
        $world->require($hello, '1.0.0');
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, $way);
        $world->expect($hello, '1.1.0');
    });
};

return [
    $poison('the installed archive relabelled as the version that comes next', 'ajax', '1.1.0'),
    $poison('the installed archive relabelled as a version far above', 'cron', '999.0.0'),
    Scenario::attack('poison: an archive relabelled at the first installation', static function (World $world): void {
        $hello = $world->plugin();
        $honest = $hello->release('1.1.0');
        $world->publish($hello);
        $world->slipIn($hello, [$hello->made('999.0.0', ['bytes' => $honest->bytes, 'url' => Attacker::REPOSITORY . '/x.zip'])]);
        $world->install($hello);
        $world->require($hello, null);
        $world->nextDay();
        $world->publish($hello);
        $world->install($hello);
        $world->expect($hello, '1.1.0');
    }),
    Scenario::attack('poison: another plugin of the publisher\'s key in its place', static function (World $world): void {
        // One key for two packages: the archive of one is signed for the other, too.
        $hello = $world->installed($world->plugin());
        $other = new Product(Identity::create('other', $world->ago('300 days')), 'plugin', 'other');
        $world->nextDay();
        $world->slipIn($hello, [$hello->made('1.1.0', ['bytes' => $other->archive('1.1.0'), 'url' => Attacker::REPOSITORY . '/x.zip'])]);
        $world->update($hello);
        $world->require($hello, '1.0.0');
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    }),
];
