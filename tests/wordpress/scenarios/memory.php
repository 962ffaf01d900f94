<?php

declare(strict_types=1);

/* Lies that only a site which remembers can see: logs that verify, but are not what was there before. */

$scenarios = [];
foreach (['ajax', 'cron', 'cli'] as $way) {
    $name = "rollback: a withdrawn key comes back ($way)";
    $scenarios[] = Scenario::attack($name, static function (World $world) use ($way): void {
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->updated($hello);
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello, $way);
        $world->expect($hello, '1.1.0');
    });
}

return array_merge($scenarios, [
    Scenario::attack('rollback: after half a year without a visit', static function (World $world): void {
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->updated($hello);
        $world->pass('180 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    }),

    Scenario::attack('rollback: withdrawn, but the package failed', static function (World $world): void {
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->network->forget($hello->releases[0]->url());
        $world->update($hello);
        $world->require($hello, '1.0.0');
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    Scenario::attack('rollback: withdrawn, but the metadata failed', static function (World $world): void {
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->network->answer($hello->identity->repository(), ['status' => 503, 'body' => 'later']);
        $world->update($hello);
        $world->require($hello, '1.0.0');
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('rollback: the package was deleted in between', static function (World $world): void {
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->updated($hello);
        $world->delete($hello);
        $world->require($hello, null);
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->install($hello);
        $world->expect($hello, null);
    }),

    Scenario::attack('rollback: the end of the identity is hidden', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $stolen = $hello->identity->signingKey();
        $world->pass('10 days');
        $hello->identity->tombstone($world->ago('1 day'));
        $world->publish($hello);
        $world->update($hello);
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('rollback: on a network of sites', static function (World $world): void {
        [$hello, $stolen] = Theft::withdrawn($world);
        $world->updated($hello);
        $world->pass('3 days');
        Theft::denied($world, $hello, $stolen);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    })->onNetwork(),

    Scenario::attack('second history: another operation in the place of the last', static function (World $world): void {
        // The thief has the lower rotation key. Both histories verify, each by itself.
        $hello = $world->plugin();
        $before = clone $hello->identity;
        $hello->identity->append($world->ago('60 days'), ['aliases' => ['fair://publisher.example']]);
        $world->publish($hello);
        $world->installed($hello);
        $world->pass('10 days');
        $second = $before->append($world->ago('60 days'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $world->publishAs($hello, $second);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    Scenario::attack('backdating: an operation undone in time, but only on paper', static function (World $world): void {
        // The site saw the operation for weeks. Now it is said to have been undone an hour after it was made.
        $hello = $world->plugin();
        $hello->identity->append($world->ago('60 days'), ['aliases' => ['fair://publisher.example']]);
        $world->publish($hello);
        $world->installed($hello);
        $world->pass('30 days');
        $hello->identity->append($world->ago('90 days') + 3600, ['signingKeys' => ['fair' => Attacker::key()]], null, 0);
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    Scenario::attack('fresh key: of a thief, at an automatic update the same day', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->pass('10 days');
        $hello->identity->append($world->ago('1 hour'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('fresh key: of a thief, after the owner has undone it', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->pass('10 days');
        $hello->identity->append($world->ago('30 hours'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello, 'cron');
        $world->pass('1 day');
        $hello->identity->append($world->ago('1 hour'), ['aliases' => ['fair://publisher.example']], null, 0);
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->pass('10 days');
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('fresh key: said to be old, but the site knows better', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->pass('20 days');
        $world->update($hello, 'cron');
        $world->pass('1 day');
        $hello->identity->append($world->ago('15 days'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('withdrawal: of all keys, while WordPress still has an offer', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        // WordPress writes down what it has read, the client's offers with it, before it asks its API, and keeps it as long as
        // that fails.
        $world->network->answer('https://api.wordpress.org/plugins/update-check/1.1/', ['status' => 500, 'body' => '']);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->open('plugins.php');
        $hello->identity->append($world->now(), ['signingKeys' => []]);
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->nextDay();
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('replaced release: other bytes under a version that was there', static function (World $world): void {
        // The thief has the signing key, and the site had the version.
        $hello = $world->installed($world->plugin());
        $stolen = $hello->identity->signingKey();
        $world->delete($hello);
        $world->nextDay();
        $hello->releases = [Attacker::release($hello, '1.0.0', ['key' => $stolen])];
        $world->publish($hello);
        $world->install($hello);
        $world->expect($hello, null);
    })->everywhere(),

    Scenario::attack('replaced release: an older version than was there', static function (World $world): void {
        $hello = $world->plugin();
        $old = $hello->releases[0];
        $hello->release('2.0.0');
        $world->publish($hello);
        $world->installed($hello);
        $world->delete($hello);
        $world->nextDay();
        $hello->releases = [$old];
        $world->publish($hello);
        $world->install($hello);
        $world->expect($hello, null);
    }),
]);
