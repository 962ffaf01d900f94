<?php

declare(strict_types=1);

/* Identities that the client does not know (did:web), and more directories than one. */

$offered = static function (World $world, Product $product, Release $release): void {
    $world->network->offer('plugins', [$world->fileOf($product) => $world->offerOf($product, $release)], []);
};

return [
    Scenario::honest('did:web: a ZIP file is uploaded', static function (World $world): void {
        $hello = $world->webPlugin();
        $world->uploadZip($hello->releases[0]->bytes);
        $world->expect($hello, '1.0.0');
    })->clients('1.3', 'none'),

    Scenario::honest('did:web: a mirror offers what was released', static function (World $world) use ($offered): void {
        $hello = $world->unpacked($world->webPlugin());
        $world->nextDay();
        $release = $hello->release('1.1.0');
        $world->publish($hello);
        $offered($world, $hello, $release);
        $world->check();
        $world->update($hello, 'cron');
        $world->expect($hello, '1.1.0');
    })->clients('1.4', 'none'),

    Scenario::attack('did:web: a ZIP file of an attacker is uploaded', static function (World $world): void {
        $hello = $world->webPlugin();
        $world->uploadZip($hello->archive('1.0.0', ['evil' => true]));
        $world->expect($hello, null);
    })->clients('1.3', 'none'),

    Scenario::attack('did:web: a mirror offers something else', static function (World $world) use ($offered): void {
        $hello = $world->unpacked($world->webPlugin());
        $world->nextDay();
        $offered($world, $hello, Attacker::release($hello));
        $world->check();
        $world->update($hello, 'cron');
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    })->clients('1.4', 'none'),

    Scenario::attack('did:web: an address within the site\'s own network', static function (World $world): void {
        $hello = $world->webPlugin('inside.attacker.example');
        $world->resolve('inside.attacker.example', ['10.0.0.5']);
        $world->uploadZip($hello->archive('1.0.0', ['evil' => true]));
        $world->expect($hello, null);
        $world->demandSilence('inside.attacker.example');
    })->clients('1.3', 'none'),

    Scenario::honest('witness: another directory has the same log, or an earlier one', static function (World $world): void {
        $world->define(['FEDVERIFY_WITNESSES' => 'https://plc.witness.example']);
        $hello = $world->plugin();
        $witness = "https://plc.witness.example/{$hello->did()}/log/audit";
        $world->serve($witness, $hello->identity->log());
        $world->installed($hello);
        $world->pass('10 days');
        $hello->identity->append($world->ago('1 hour'), ['aliases' => ['fair://publisher.example']]);
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello);
        $world->expect($hello, '1.1.0');
    }),

    Scenario::honest('witness: another directory does not answer', static function (World $world): void {
        $world->define(['FEDVERIFY_WITNESSES' => 'https://plc.witness.example']);
        $hello = $world->plugin();
        $world->install($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::honest('witness: one that is silent for days is in Site Health, until it answers', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->demand($world->act('site-health')->answer['witnesses'] === null, 'Site Health speaks of witnesses that there are not');
        $world->define(['FEDVERIFY_WITNESSES' => 'https://plc.witness.example']);
        $days = static function (int $days) use ($world): array {
            for (; $days > 0; $days--) {
                $world->pass('1 day');
                $world->check();
            }
            return $world->act('site-health')->answer['witnesses'];
        };
        $world->demand($days(1)['status'] === 'good', 'one day is too long');
        $health = $days(5);
        $world->demand($health['status'] === 'recommended' && strpos($health['description'], 'https://plc.witness.example') !== false, 'Site Health does not say that it is silent');
        $world->serve("https://plc.witness.example/{$hello->did()}/log/audit", $hello->identity->log());
        $world->demand($days(1)['status'] === 'good', 'Site Health still complains');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('witness: two directories, two histories', static function (World $world): void {
        // The thief has the lower rotation key, and the directory shows his history to this site only.
        $world->define(['FEDVERIFY_WITNESSES' => 'https://plc.witness.example']);
        $hello = $world->plugin();
        $second = (clone $hello->identity)->append($world->ago('60 days'), ['signingKeys' => ['fair' => Attacker::key()]]);
        $hello->identity->append($world->ago('60 days'), ['aliases' => ['fair://publisher.example']]);
        $world->serve("https://plc.witness.example/{$hello->did()}/log/audit", $hello->identity->log());
        $world->publishAs($hello, $second);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->install($hello);
        $world->expect($hello, null);
    }),

    Scenario::attack('witness: the directory hides that a key was withdrawn', static function (World $world): void {
        $world->define(['FEDVERIFY_WITNESSES' => 'https://plc.witness.example']);
        $hello = $world->plugin();
        $stolen = $hello->identity->signingKey();
        $earlier = clone $hello->identity;
        $hello->identity->append($world->ago('60 days'), ['signingKeys' => ['fair' => KeyPair::of('Ed25519', 'hello second')]]);
        $world->serve("https://plc.witness.example/{$hello->did()}/log/audit", $hello->identity->log());
        $world->publishAs($hello, $earlier);
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => $stolen])]);
        $world->install($hello);
        $world->expect($hello, null, '1.0.0');
    }),

    Scenario::attack('witness: another directory undoes what has been in force for two months', static function (World $world): void {
        // The thief has the higher rotation key, and the witness dates what he undoes to the day before.
        $world->define(['FEDVERIFY_WITNESSES' => 'https://plc.witness.example']);
        $hello = $world->plugin();
        $lying = clone $hello->identity;
        $alias = ['aliases' => ['fair://publisher.example']];
        $hello->identity->append($world->ago('60 days'), $alias);
        $lying->append($world->ago('2 days'), $alias);
        $lying->append($world->ago('1 day'), ['signingKeys' => ['fair' => Attacker::key()]], null, 0);
        $world->publish($hello);
        $world->serve("https://plc.witness.example/{$hello->did()}/log/audit", $lying->log());
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->install($hello);
        $world->expect($hello, null);
    }),
];
