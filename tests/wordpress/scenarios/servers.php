<?php

declare(strict_types=1);

/*
 * Sites with a persistent object cache: transients and options are there, not in the database, may be flushed at any time, and may be
 * those of before; and several servers that share a database, but no cache. What else is run on the extension has such a cache, too.
 */

/** Mallory's repository has 9.0.0, signed by nobody. */
$slipIn = static function (World $world, Product $hello): void {
    $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => null])]);
};

$scenarios = [
    Scenario::attack('object cache: a document of a package that was only looked at before', static function (World $world): void {
        // Nothing in the database says that the client has it, and nothing of the package is installed.
        $world->onServer('one');
        $hello = $world->plugin();
        $world->publish($hello, ['document' => Closure::fromCallable('Attacker::document')]);
        $world->serveByAttacker($hello, [Attacker::release($hello, '1.0.0')]);
        $slug = "{$hello->slug}-" . str_replace(':', '--', $hello->did());
        $world->open('plugin-install.php', ['tab' => 'plugin-information', 'plugin' => $slug]);
        $world->publish($hello);
        $world->activate();
        $world->install($hello);
        $world->expect($hello, null, '1.0.0');
    })->at('inactive')->clients('1.4'),

    Scenario::attack('object cache: flushed between a withdrawal and its denial', static function (World $world): void {
        $world->onServer('one');
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->updated($hello);
        $world->objectCache('one', []);
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello, 'cron');
        $world->objectCache('one', []);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    })->clients('1.4'),

    Scenario::attack('two servers: one of them has seen a withdrawal', static function (World $world): void {
        $world->onServer('two');
        $world->read();
        $world->onServer('one');
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->updated($hello);
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->onServer('two');
        $world->update($hello);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    })->clients('1.3'),

    Scenario::honest('two servers: an update that one of them holds is seen and installed on the other', static function (World $world): void {
        $overview = static function () use ($world): string {
            return $world->open('plugins.php', ['page' => 'fedverify'])->body;
        };
        $world->onServer('one');
        $hello = $world->installed($world->plugin());
        $world->pass('10 days');
        $world->onServer('two');
        $world->demand(strpos($overview(), 'Held updates') === false, 'something waits before anything was found');
        $world->onServer('one');
        $hello->identity->append($world->ago('1 hour'), ['signingKeys' => ['fair_2' => KeyPair::of('Ed25519', 'hello second')]]);
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->require($hello, '1.0.0');
        $world->onServer('two');
        $world->demand(strpos($overview(), 'Held updates') !== false, 'the other server does not show that it waits');
        // By then its client's own cache is as new as the other's.
        $world->nextDay();
        $world->update($hello, 'page');
        $world->require($hello, '1.1.0');
        $world->onServer('one');
        $world->demand(strpos($overview(), 'Held updates') === false, 'it still waits on the first server');
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('object cache: installation and update in a network of sites', static function (World $world): void {
        $world->onServer('one');
        $hello = $world->installed($world->plugin());
        $world->objectCache('one', []);
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    })->onNetwork()->clients('1.4'),
];

foreach (['ajax', 'cron', 'cli'] as $way) {
    foreach ([false, true] as $isNetwork) {
        // The list of packages is an option. One that knows of none must not make the gates blind.
        $name = "object cache: options of before the package was there ($way" . ($isNetwork ? ', network' : '') . ')';
        $scenario = Scenario::attack($name, static function (World $world) use ($way, $slipIn): void {
            $world->onServer('one');
            $world->open('plugins.php');
            $before = $world->objectCache('one');
            $hello = $world->installed($world->plugin());
            $world->nextDay();
            $slipIn($world, $hello);
            $world->objectCache('one', $before);
            $world->update($hello, $way);
            $world->expect($hello, '1.0.0');
        });
        if (!$isNetwork || $way === 'cron') {
            $scenarios[] = ($isNetwork ? $scenario->onNetwork() : $scenario)->clients($way === 'ajax' ? '1.3' : '1.4');
        }
    }
}

return $scenarios;
