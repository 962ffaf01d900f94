<?php

declare(strict_types=1);

/* What was kept before fedverify came or from a refusal, second attempts, and several packages or requests at once. */

/** A site knows that a key was withdrawn. Of two updates at once the directory tells one so, and the other not. */
$twoViews = static function (World $world, array $visits = [[], []]): void {
    $hello = $world->installed($world->plugin());
    $stolen = $hello->identity->signingKey();
    $world->nextDay();
    $hello->identity->append($world->ago('100 hours'), ['signingKeys' => ['fair' => KeyPair::of('Ed25519', 'hello second')]]);
    $world->publish($hello);
    $world->open('plugins.php');
    $world->nextDay();
    $earlier = $hello->identity->until(1);
    $world->publishInTurns($hello, $hello->identity, $earlier);
    $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => $stolen])]);
    $update = $world->updating([$hello], 'ajax');
    $world->visitAtOnce([$update + $visits[0], $update + $visits[1]]);
    $world->expect($hello, '1.0.0');
};

return [
    Scenario::attack('cache: a document that was fetched before fedverify was there', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->publish($hello, ['document' => Closure::fromCallable('Attacker::document')]);
        $world->serveByAttacker($hello, [Attacker::release($hello)]);
        $world->open('plugins.php');
        $world->publish($hello);
        $world->activate();
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    })->at('inactive')->everywhere(),

    Scenario::attack('cache: metadata that was fetched before fedverify was there', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => null])]);
        $world->open('plugins.php');
        $world->publish($hello);
        $world->activate();
        $world->update($hello, 'cli');
        $world->expect($hello, '1.0.0');
    })->at('inactive'),

    Scenario::attack('cache: what the client keeps, written by somebody else', static function (World $world): void {
        // A plugin with a hole, perhaps: it can write options, no more.
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $evil = $world->upload(Attacker::release($hello, '9.0.0', ['key' => null]));
        $fake = clone $hello;
        $fake->releases = [$evil];
        $world->act('set-transients', [
            'fair-packages-' . md5($hello->identity->repository()) => [
                'headers' => [],
                'body' => json_encode($fake->metadata(), JSON_UNESCAPED_SLASHES),
                'response' => ['code' => 200, 'message' => 'OK'],
            ],
        ]);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('cache: the client believes that another package is being installed', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $other = $world->installed($world->plugin('other'));
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->act('set-transients', ['fair-install-did' => $other->did()]);
        $world->update($hello);
        $world->expect($hello, '1.0.0');
        $world->expect($other, '1.0.0');
    }),

    Scenario::attack('again: a refused update, three times', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => null])]);
        foreach (['ajax', 'page', 'cron'] as $way) {
            $world->update($hello, $way);
        }
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('again: twice in one process', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->act('update-twice', $world->fileOf($hello));
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    Scenario::attack('again: an installation, twice in one process', static function (World $world): void {
        $hello = $world->plugin();
        $hello->releases = [Attacker::release($hello, '1.0.0')];
        $world->publish($hello);
        $world->act('install-twice', [$hello->did(), $hello->releases[0]->url()]);
        $world->expect($hello, null);
    }),

    Scenario::attack('several: a bad one before a good one', static function (World $world): void {
        $bad = $world->installed($world->plugin('bad'));
        $good = $world->installed($world->plugin('good'));
        $world->nextDay();
        $good->release('1.1.0');
        $world->publish($good);
        $world->slipIn($bad, [Attacker::release($bad, '9.0.0', ['key' => null])]);
        $world->visit($world->updating([$bad, $good], 'bulk'));
        $world->expect($bad, '1.0.0');
        $world->expect($good, '1.1.0');
    }),

    Scenario::attack('several: a good one before a bad one, by cron', static function (World $world): void {
        $good = $world->installed($world->plugin('good'));
        $bad = $world->installed($world->plugin('bad'));
        $world->nextDay();
        $good->release('1.1.0');
        $world->publish($good);
        $world->slipIn($bad, [Attacker::release($bad, '9.0.0', ['key' => null])]);
        $world->visit($world->updating([$good, $bad], 'cron'));
        $world->expect($bad, '1.0.0');
        $world->expect($good, '1.1.0');
    }),

    Scenario::attack('several: a bad one before a plugin without a DID', static function (World $world): void {
        $bad = $world->installed($world->plugin('bad'));
        $plain = $world->plainPlugin();
        $world->nextDay();
        $world->slipIn($bad, [Attacker::release($bad, '9.0.0', ['key' => null])]);
        $world->offerPlain($plain, '2.0.0', Zip::of(['plain/plain.php' => "<?php\n/*\nPlugin Name: Plain\nVersion: 2.0.0\n*/\n"]));
        $world->visit($world->updatingFiles([$world->fileOf($bad), $plain], 'cli'));
        $world->expect($bad, '1.0.0');
        $world->expectPlain($plain, '2.0.0');
    }),

    Scenario::attack('at once: two requests, and the directory answers each otherwise', $twoViews),

    Scenario::attack('at once: two servers, each with an object cache of its own', static function (World $world) use ($twoViews): void {
        $world->onServer('one');
        $twoViews($world, [['server' => 'one'], ['server' => 'two']]);
    }),

    Scenario::attack('at once: an honest installation and one of the attacker', static function (World $world): void {
        $hello = $world->plugin('hello');
        $bad = $world->plugin('bad');
        $bad->releases = [Attacker::release($bad, '1.0.0')];
        $world->publish($bad);
        $world->visitAtOnce([$world->installing($hello), $world->installing($bad)]);
        // WordPress itself has one request clear away what another has just unpacked.
        $world->expect($hello, '1.0.0', null);
        $world->expect($bad, null);
    }),

    Scenario::attack('upload: a ZIP file that claims to be a package', static function (World $world): void {
        $hello = $world->plugin();
        $world->uploadZip($hello->archive('1.0.0', ['evil' => true]));
        $world->expect($hello, null);
    }),

    Scenario::attack('upload: a ZIP file over an installed package', static function (World $world): void {
        $hello = $world->unpacked($world->plugin());
        $world->uploadZip($hello->archive('2.0.0', ['evil' => true]));
        $world->expect($hello, '1.0.0');
    })->clients('1.3', '1.4', 'none'),
];
