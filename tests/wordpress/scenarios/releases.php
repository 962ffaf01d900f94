<?php

declare(strict_types=1);

/* A repository that lies, with an honest directory: metadata, signatures, checksums and archives. */

/**
 * A site with 1.0.0 of a plugin, whose repository lists what the attacker put there. Where an honest 1.1.0 is listed as well, it may be
 * taken: the attacker's files have a mark (see runner/Disk.php).
 *
 * @param list<string> $versions that may be installed at the end
 */
$update = static function (string $name, string $way, Closure $releases, ?Closure $metadata = null, array $versions = ['1.0.0']): Scenario {
    return Scenario::attack("release: $name ($way)", static function (World $world) use ($way, $releases, $metadata, $versions): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->publish($hello);
        $world->slipIn($hello, $releases($hello, $world), $metadata);
        $world->update($hello, $way);
        $world->expect($hello, ...$versions);
    });
};

/** @param array<string, mixed> $changes of the artifact */
$changed = static function (Release $release, array $changes): Release {
    $release->artifacts[0] = $changes + $release->artifacts[0];
    return $release;
};

$scenarios = [
    $update('signed by a stranger', 'ajax', static function (Product $hello): array {
        return [Attacker::release($hello)];
    }),
    $update('with the signature of another release', 'ajax', static function (Product $hello) use ($changed): array {
        return [$changed(Attacker::release($hello), ['signature' => $hello->releases[0]->artifacts[0]['signature']])];
    }),
    $update('with a signature that is none', 'page', static function (Product $hello) use ($changed): array {
        return [$changed(Attacker::release($hello), ['signature' => 'not base64url!'])];
    }),
    $update('with a signature that is a number', 'cron', static function (Product $hello) use ($changed): array {
        return [$changed(Attacker::release($hello), ['signature' => 12])];
    }),
    $update('without the member signature', 'cli', static function (Product $hello): array {
        $release = Attacker::release($hello);
        unset($release->artifacts[0]['signature']);
        return [$release];
    }),
    $update('with the honest checksum and other bytes', 'cron', static function (Product $hello, World $world): array {
        $honest = $hello->made('1.1.0');
        $world->upload($honest);
        $world->network->answer($honest->url(), Attacker::release($hello)->bytes);
        $honest->bytes = Attacker::release($hello)->bytes;
        return [$honest];
    }),
    $update('with a checksum of other bytes', 'ajax', static function (Product $hello) use ($changed): array {
        return [$changed($hello->made('1.1.0'), ['checksum' => 'sha256:' . str_repeat('0', 64)])];
    }),
    $update('with a checksum of a broken algorithm', 'cron', static function (Product $hello) use ($changed): array {
        $release = $hello->made('1.1.0');
        return [$changed($release, ['checksum' => 'md5:' . md5($release->bytes)])];
    }),
    $update('by the publisher\'s key for something else', 'cron', static function (Product $hello): array {
        return [Attacker::release($hello, '9.0.0', ['key' => $hello->identity->rotationKey(1)])];
    }),
    $update('an archive that is no ZIP file', 'cron', static function (Product $hello): array {
        return [Attacker::release($hello, '9.0.0', ['bytes' => '<?php ' . Product::payload()])];
    }),
    $update('half an archive', 'bulk', static function (Product $hello, World $world): array {
        $release = Attacker::release($hello);
        $world->upload($release);
        $release->bytes = substr($release->bytes, 0, 200);
        return [$release];
    }),
    $update('an archive that comes slowly', 'cron', static function (Product $hello, World $world): array {
        $release = Attacker::release($hello);
        $world->network->answer($release->url(), ['drip' => intdiv(4000, strlen($release->bytes)), 'body' => $release->bytes]);
        $release->isServed = true;
        return [$release];
    }),
    $update('the first request gets the honest archive, the second another', 'ajax', static function (Product $hello, World $world): array {
        $honest = $hello->made('1.1.0', ['url' => 'https://repo.publisher.example/swap/1.1.0.zip']);
        $evil = $hello->archive('1.1.0', ['evil' => true]);
        $world->network->answer($honest->url(), Answer::each($honest->bytes, $evil)->value);
        $honest->isServed = true;
        return [$honest];
    }, null, ['1.0.0', '1.1.0']),
    $update('an old archive relabelled as a new version', 'ajax', static function (Product $hello): array {
        return [new Release('2.0.0', $hello->archive('0.9.0'), $hello->identity->repository() . '/2.0.0.zip', $hello->identity->signingKey())];
    }),
    $update('the installed archive relabelled as a new version', 'cron', static function (Product $hello): array {
        return [$hello->made('2.0.0', ['bytes' => $hello->releases[0]->bytes])];
    }),
    $update('another product of the same publisher', 'ajax', static function (Product $hello, World $world): array {
        // Two identities with one signing key: the signature is right, the archive is not this plugin.
        $other = new Product(Identity::create('other', $world->ago('300 days')), 'plugin', 'other');
        return [$hello->made('2.0.0', ['bytes' => $other->archive('2.0.0', ['evil' => true])])];
    }),
    $update('an archive without a DID', 'cron', static function (Product $hello): array {
        return [$hello->made('2.0.0', ['id' => null, 'evil' => true])];
    }),
    $update('a decoy: unsigned in the site\'s language, honest in another', 'cron', static function (Product $hello, World $world): array {
        $release = $hello->made('1.1.0');
        $evil = Attacker::release($hello, '1.1.0');
        $release->artifacts[0]['lang'] = 'de';
        array_unshift($release->artifacts, Release::artifact($evil->bytes, $evil->url(), null, 'en-US'));
        $world->network->answer($evil->url(), $evil->bytes);
        $world->network->answer($release->artifacts[1]['url'], $release->bytes);
        $release->isServed = true;
        return [$release];
    }, null, ['1.0.0', '1.1.0']),
    $update('a decoy: unsigned first, in another language', 'ajax', static function (Product $hello, World $world): array {
        // FAIR Connect offers the first, and asks for the signature of the one in the site's language.
        $release = $hello->made('1.1.0');
        $evil = Attacker::release($hello, '1.1.0', ['url' => Attacker::REPOSITORY . '/decoy.zip']);
        $world->network->answer($evil->url(), $evil->bytes);
        $world->upload($release);
        array_unshift($release->artifacts, Release::artifact($evil->bytes, $evil->url(), null, 'de'));
        $release->isServed = true;
        return [$release];
    }, null, ['1.0.0', '1.1.0']),
    $update('another package\'s archive, by its URL', 'cron', static function (Product $hello, World $world) use ($changed): array {
        $victim = $world->plugin('victim');
        return [$changed(Attacker::release($hello), ['url' => $victim->releases[0]->url()])];
    }),
    $update('a version with markup', 'cron', static function (Product $hello): array {
        return [$hello->made('9.0.0<script>' . Product::MARK . '</script>', ['evil' => true, 'url' => Attacker::REPOSITORY . '/x.zip'])];
    }),
    $update('a version that is no version', 'cron', static function (Product $hello): array {
        return [$hello->made('9.0.0 (the latest)', ['evil' => true, 'key' => Attacker::key(), 'url' => Attacker::REPOSITORY . '/x.zip'])];
    }),
    $update('metadata of another DID', 'cron', static function (Product $hello): array {
        return [Attacker::release($hello)];
    }, static function (array $metadata): array {
        return ['id' => 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'] + $metadata;
    }),
    $update('metadata of another type', 'cron', static function (Product $hello): array {
        return [Attacker::release($hello)];
    }, static function (array $metadata): array {
        return ['type' => 'wp-theme'] + $metadata;
    }),
    $update('metadata with members that come twice', 'cron', static function (Product $hello, World $world): array {
        $world->upload(Attacker::release($hello, '9.0.0', ['key' => null]));
        return [];
    }, static function (array $metadata): string {
        $evil = $metadata['releases'][0];
        $evil['version'] = '9.0.0';
        $evil['artifacts']['package'][0]['url'] = Attacker::REPOSITORY . '/hello-9.0.0.zip';
        $json = json_encode($metadata, JSON_UNESCAPED_SLASHES);
        return substr($json, 0, -1) . ',"releases":' . json_encode([$evil], JSON_UNESCAPED_SLASHES) . '}';
    }),
    $update('metadata of 40 MB', 'cron', static function (Product $hello): array {
        return [Attacker::release($hello)];
    }, static function (array $metadata): Answer {
        return Answer::giant(40 << 20, substr(json_encode($metadata), 0, -1), '}');
    }),
    $update('metadata without end', 'cron', static function (Product $hello): array {
        return [];
    }, static function (): Answer {
        return Answer::hang();
    }),
    $update('metadata with lists in lists', 'cron', static function (Product $hello): array {
        return [];
    }, static function (array $metadata): string {
        return substr(json_encode($metadata), 0, -1) . ',"x":' . str_repeat('[', 90000) . str_repeat(']', 90000) . '}';
    }),

    Scenario::attack('release: unsigned, at an installation', static function (World $world): void {
        $hello = $world->plugin();
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => null])]);
        $world->install($hello);
        $world->expect($hello, null);
    })->everywhere(),

    Scenario::attack('release: a decoy at an installation', static function (World $world): void {
        $hello = $world->plugin();
        $evil = Attacker::release($hello, '1.1.0', ['url' => Attacker::REPOSITORY . '/decoy.zip']);
        $release = $hello->made('1.1.0');
        $world->upload($release);
        $world->network->answer($evil->url(), $evil->bytes);
        array_unshift($release->artifacts, Release::artifact($evil->bytes, $evil->url(), null, 'de'));
        $hello->releases = [$release];
        $world->serve($hello->identity->repository(), $hello->metadata());
        $world->install($hello);
        $world->expect($hello, null, '1.1.0');
    }),

    Scenario::attack('release: an archive that claims to be another package', static function (World $world): void {
        // The attacker is a publisher himself, and all that he serves is signed.
        $victim = $world->plugin('victim');
        $own = $world->plugin('own');
        $own->releases = [];
        $own->release('1.0.0', ['id' => $victim->did(), 'evil' => true]);
        $world->publish($own);
        $world->install($own);
        $world->expect($victim, null);
        $world->expect($own, null);
    })->everywhere(),

    Scenario::attack('release: a theme whose archive is another theme', static function (World $world): void {
        $plain = $world->theme();
        $other = new Product(Identity::create('other', $world->ago('300 days')), 'theme', 'other');
        $plain->releases = [$plain->made('1.0.0', ['bytes' => $other->archive('1.0.0', ['evil' => true])])];
        $world->publish($plain);
        $world->network->information('themes', $world->informationOf($plain));
        $world->installTheme($plain);
        $world->expect($plain, null);
        $world->expect($other, null);
    }),

    Scenario::attack('release: an unsigned theme', static function (World $world): void {
        $plain = $world->theme();
        $plain->releases = [Attacker::release($plain, '1.0.0', ['key' => null])];
        $world->publish($plain);
        $world->upload($plain->releases[0]);
        $world->network->information('themes', $world->informationOf($plain));
        $world->installTheme($plain);
        $world->expect($plain, null);
    }),
];

foreach (World::WAYS as $way) {
    $scenarios[] = $update('unsigned', $way, static function (Product $hello): array {
        return [Attacker::release($hello, '9.0.0', ['key' => null])];
    });
}

return $scenarios;
