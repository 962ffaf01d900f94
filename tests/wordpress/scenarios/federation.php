<?php

declare(strict_types=1);

/* Plugins of the Plugin Federation Network: publishers whose keys the owner trusts, and nodes that are honest or lie. */

/** What a node answers: a list of versions, and an archive for each by its version. */
$serve = static function (World $world, FederatedPlugin $hello, array $entries, array $archives = [], string $node = FederatedPlugin::NODE): void {
    $world->network->json("$node/federation/plugins", ['plugins' => $entries, 'total' => count($entries)]);
    foreach ($archives as $version => $archive) {
        $world->network->answer($hello->url((string) $version, $node), $archive);
    }
};

/** What the owner decides; see site/actions/federation.php. The answer is what a check refused, by file. */
$owner = static function (World $world, array $decision) {
    return $world->act('federation', $decision)->answer;
};

/** The version on disk. */
$version = static function (World $world, FederatedPlugin $hello): string {
    $head = (string) @file_get_contents($world->site->content("plugins/{$hello->file()}"));
    return preg_match('/Version: (\S+)/', $head, $match) === 1 ? $match[1] : 'absent';
};

/** A site that trusts alice, subscribes to a node, and has 1.0.0 of her plugin, which was uploaded. */
$start = static function (World $world) use ($serve, $owner, $version): FederatedPlugin {
    $hello = new FederatedPlugin();
    $owner($world, ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem()]]);
    $archive = $hello->archive('1.0.0');
    $serve($world, $hello, [$hello->listed('1.0.0', $archive)], ['1.0.0' => $archive]);
    $world->uploadZip($archive);
    if ($version($world, $hello) !== '1.0.0') {
        throw new Broken('1.0.0 was not installed');
    }
    return $hello;
};

/** A day passes, fedverify asks the nodes, and the plugin is updated in one of the ways. */
$update = static function (World $world, FederatedPlugin $hello, string $way = 'ajax'): void {
    $world->nextDay();
    $world->check();
    $world->visit($world->updatingFiles([$hello->file()], $way));
};

/**
 * An attack: what the node does once 1.0.0 is installed, and what a check says of it. 1.0.0 stays.
 *
 * @param string $code of the check; empty: it finds nothing wrong, and the gates refuse
 */
$attack = static function (string $name, string $code, Closure $lie, string $way = 'cron') use ($start, $update, $owner): Scenario {
    return Scenario::attack("federation: $name ($way)", static function (World $world) use ($code, $lie, $way, $start, $update, $owner): void {
        $hello = $start($world);
        $lie($world, $hello);
        $update($world, $hello, $way);
        $found = $owner($world, ['check' => true]);
        if ($world->setup->hasFedverify()) {
            $world->demand($found === [$hello->file() => $code], 'the check says ' . json_encode($found));
        }
        $world->expectPlain($hello->file(), '1.0.0');
    });
};

$scenarios = [];

foreach (World::WAYS as $way) {
    $honest = Scenario::honest("federation: installed and updated ($way)", static function (World $world) use ($way, $start, $serve, $update): void {
        $hello = $start($world);
        $archive = $hello->archive('1.1.0');
        $serve($world, $hello, [$hello->listed('1.0.0', $hello->archive('1.0.0')), $hello->listed('1.1.0', $archive)], ['1.1.0' => $archive]);
        $update($world, $hello, $way);
        $world->expectPlain($hello->file(), '1.1.0');
    });
    $scenarios[] = $way === 'ajax' ? $honest->everywhere() : $honest;
}

$scenarios[] = Scenario::honest('federation: in a network of sites', static function (World $world) use ($start, $serve, $update): void {
    $hello = $start($world);
    $archive = $hello->archive('1.1.0');
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $archive]);
    $update($world, $hello);
    $world->expectPlain($hello->file(), '1.1.0');
})->onNetwork();

$scenarios[] = Scenario::honest('federation: installed by the URL of a node', static function (World $world) use ($serve, $owner): void {
    $hello = new FederatedPlugin();
    $owner($world, ['nodes' => [FederatedPlugin::NODE], 'trust' => [$hello->source => $hello->key->pem()]]);
    $archive = $hello->archive('1.0.0');
    $serve($world, $hello, [$hello->listed('1.0.0', $archive)], ['1.0.0' => $archive]);
    $world->act('upload', $hello->url('1.0.0'));
    $world->expectPlain($hello->file(), '1.0.0');
});

$scenarios[] = Scenario::honest('federation: a dead node beside one that works', static function (World $world) use ($start, $serve, $owner, $update): void {
    $hello = $start($world);
    $owner($world, ['nodes' => ['https://dead.publisher.example', FederatedPlugin::NODE]]);
    $world->network->answer('https://dead.publisher.example/federation/plugins', ['hang' => true]);
    $archive = $hello->archive('1.1.0');
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $archive]);
    $update($world, $hello);
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = Scenario::honest('federation: a lying node takes away no update of one that is down meanwhile', static function (World $world) use ($start, $serve, $owner, $update): void {
    $hello = $start($world);
    $liar = 'https://liar.publisher.example';
    $owner($world, ['nodes' => [$liar, FederatedPlugin::NODE]]);
    $archive = $hello->archive('1.1.0');
    $serve($world, $hello, [], [], $liar);
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $archive]);
    $world->nextDay();
    $world->check();
    $world->network->answer(FederatedPlugin::NODE . '/federation/plugins', ['hang' => true]);
    $serve($world, $hello, [['version' => '9.0.0'] + $hello->listed('1.1.0', $archive)], [], $liar);
    $update($world, $hello, 'cron');
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = Scenario::honest('federation: a node lists what is true and hands out other bytes', static function (World $world) use ($start, $serve, $owner, $update): void {
    $hello = $start($world);
    $liar = 'https://liar.publisher.example';
    $owner($world, ['nodes' => [$liar, FederatedPlugin::NODE]]);
    $archive = $hello->archive('1.1.0');
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $hello->archive('1.0.0')], $liar);
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $archive]);
    $update($world, $hello);
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = Scenario::honest('federation: records that are too long for one list', static function (World $world) use ($start, $serve, $update): void {
    $hello = $start($world);
    $archive = $hello->archive('1.1.0');
    $listed = $hello->listed('1.1.0', $archive, ['tags' => [str_repeat('x', 60000)]]);
    $serve($world, $hello, array_fill(0, 50, $listed), ['1.1.0' => $archive]);
    $query = http_build_query(['source' => $hello->source, 'plugin' => $hello->slug, 'limit' => 5], '', '&', PHP_QUERY_RFC3986);
    $world->network->json(FederatedPlugin::NODE . "/federation/plugins?$query", ['plugins' => array_fill(0, 5, $listed), 'total' => 50]);
    $update($world, $hello, 'cron');
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = Scenario::honest('federation: archives that nobody signed, where the owner allows them', static function (World $world) use ($start, $serve, $owner, $update, $version): void {
    $hello = $start($world);
    $archive = $hello->archive('1.1.0');
    $serve($world, $hello, [$hello->listed('1.1.0', $archive, ['archive_signature' => null])], ['1.1.0' => $archive]);
    $update($world, $hello);
    $world->demand($version($world, $hello) === '1.0.0', 'it was not held');
    $owner($world, ['unsigned' => $hello->source]);
    $update($world, $hello);
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = Scenario::honest('federation: a changed key, once it is confirmed', static function (World $world) use ($start, $serve, $owner, $update, $version): void {
    $hello = $start($world);
    $hello->key = KeyPair::of('Ed25519', 'the next one of alice');
    $archive = $hello->archive('1.1.0');
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $archive]);
    $update($world, $hello);
    $world->demand($version($world, $hello) === '1.0.0', 'it was not stopped');
    $owner($world, ['confirm' => [$hello->source => $hello->key->did]]);
    $update($world, $hello, 'cron');
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = Scenario::honest('federation: a plugin without the header beside it', static function (World $world) use ($start, $update): void {
    $hello = $start($world);
    $plain = $world->plainPlugin();
    $before = hash_file('sha256', $world->site->content("plugins/$plain"));
    $update($world, $hello);
    $world->demand(hash_file('sha256', $world->site->content("plugins/$plain")) === $before, 'it was changed');
    $archive = Zip::of(['plain/plain.php' => "<?php\n/*\nPlugin Name: Plain\nVersion: 1.1.0\n*/\n"]);
    $world->offerPlain($plain, '1.1.0', $archive);
    $world->nextDay();
    $world->visit($world->updatingFiles([$plain], 'cli'));
    $world->expectPlain($plain, '1.1.0');
    $world->expectPlain($hello->file(), '1.0.0');
});

$scenarios[] = Scenario::honest('federation: a site without such a plugin asks no node', static function (World $world) use ($owner): void {
    $owner($world, ['nodes' => [FederatedPlugin::NODE]]);
    $world->plainPlugin();
    $world->check();
    $world->open('plugins.php');
    $world->demandSilence('node.publisher.example');
});

$scenarios[] = Scenario::honest('federation: in report mode nothing is refused', static function (World $world) use ($start, $serve, $owner, $version): void {
    $hello = $start($world);
    $owner($world, ['mode' => 'report']);
    $serve($world, $hello, []);
    $world->uploadZip($hello->archive('1.1.0'));
    $world->expectPlain($hello->file(), '1.1.0');
});

/* Liars. */

foreach (['ajax', 'cron', 'cli'] as $way) {
    $scenarios[] = $attack('a changed byte', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
        $archive = $hello->archive('1.1.0');
        $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => substr_replace($archive, '!', (int) strpos($archive, '// V'), 1)]);
    }, $way);
}
$scenarios[] = $attack('another archive, with the same name', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $serve($world, $hello, [$hello->listed('1.1.0', $hello->archive('1.1.0'))], ['1.1.0' => $hello->archive('1.1.0', ['evil' => true])]);
})->everywhere();
$scenarios[] = $attack('its own archive and digests, with the publisher\'s record', 'pfn.archive.signature_invalid', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('1.1.0', ['evil' => true]);
    $honest = $hello->listed('1.1.0', $hello->archive('1.1.0'));
    $serve($world, $hello, [$hello->listed('1.1.0', $evil, ['archive_signature' => $honest['archive_signature']])], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('no signature of the archive at all', 'wordpress.held.unsigned', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('1.1.0', ['evil' => true]);
    $serve($world, $hello, [$hello->listed('1.1.0', $evil, ['archive_signature' => null])], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('a forged signature of the record', 'pfn.signature.invalid', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $mallory = new FederatedPlugin($hello->source, $hello->slug, 'mallory');
    $evil = $hello->archive('1.1.0', ['evil' => true]);
    $serve($world, $hello, [$mallory->listed('1.1.0', $evil, ['public_key' => $hello->key->pem()])], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('the attacker\'s key', 'wordpress.federation.key_changed', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $mallory = new FederatedPlugin($hello->source, $hello->slug, 'mallory');
    $evil = $hello->archive('1.1.0', ['evil' => true]);
    $serve($world, $hello, [$mallory->listed('1.1.0', $evil)], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('a release that was replaced', 'wordpress.federation.other_bytes', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('1.0.0', ['evil' => true]);
    $serve($world, $hello, [$hello->listed('1.0.0', $evil)], ['1.0.0' => $evil]);
    $world->act('upload', $hello->url('1.0.0'));
    $world->uploadZip($evil);
});
$scenarios[] = $attack('an old version as a new one', 'pfn.signature.invalid', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('0.9.0', ['evil' => true]);
    $serve($world, $hello, [['version' => '2.0.0'] + $hello->listed('0.9.0', $evil)], ['2.0.0' => $evil]);
});
$scenarios[] = $attack('a downgrade', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('0.9.0', ['evil' => true]);
    $serve($world, $hello, [$hello->listed('0.9.0', $evil)], ['0.9.0' => $evil]);
    $world->act('upload', $hello->url('0.9.0'));
});
$scenarios[] = $attack('another source\'s plugin', 'wordpress.federation.not_listed', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $other = new FederatedPlugin('mallory@plugins.publisher.example', $hello->slug, 'mallory');
    $evil = $other->archive('1.1.0', ['evil' => true]);
    $serve($world, $hello, [$other->listed('1.1.0', $evil)], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('an archive with another source in its header', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('1.1.0', ['evil' => true, 'source' => 'mallory@plugins.publisher.example']);
    $serve($world, $hello, [$hello->listed('1.1.0', $evil)], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('an archive without the header', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('1.1.0', ['evil' => true, 'source' => null]);
    $serve($world, $hello, [$hello->listed('1.1.0', $evil)], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('an archive that claims a DID', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $evil = $hello->archive('1.1.0', ['evil' => true, 'did' => 'did:plc:' . str_repeat('a', 24)]);
    $serve($world, $hello, [$hello->listed('1.1.0', $evil)], ['1.1.0' => $evil]);
});
$scenarios[] = $attack('a giant answer', 'wordpress.federation.malformed', static function (World $world, FederatedPlugin $hello): void {
    $world->network->answer(FederatedPlugin::NODE . '/federation/plugins', Answer::giant(1 << 26, '{"plugins":[', ']}')->value);
});
$scenarios[] = $attack('a giant archive', '', static function (World $world, FederatedPlugin $hello) use ($serve): void {
    $serve($world, $hello, [$hello->listed('1.1.0', $hello->archive('1.1.0'))]);
    $world->network->answer($hello->url('1.1.0'), Answer::giant(1 << 26, "PK\3\4")->value);
});
$scenarios[] = $attack('a dead node', 'network.failed', static function (World $world): void {
    $world->network->answer(FederatedPlugin::NODE . '/federation/plugins', Answer::hang()->value);
});
$scenarios[] = $attack('an answer that is no list', 'wordpress.federation.malformed', static function (World $world): void {
    $world->network->answer(FederatedPlugin::NODE . '/federation/plugins', str_repeat('[', 100000));
});
$scenarios[] = $attack('an update of the same name from wordpress.org', '', static function (World $world, FederatedPlugin $hello): void {
    $world->offerPlain($hello->file(), '9.0.0', $hello->archive('9.0.0', ['evil' => true, 'source' => null]));
}, 'ajax');
$scenarios[] = $attack('the same by a command', '', static function (World $world, FederatedPlugin $hello): void {
    $world->offerPlain($hello->file(), '9.0.0', $hello->archive('9.0.0', ['evil' => true]));
}, 'cli');
$scenarios[] = $attack('an upload that nobody signed', '', static function (World $world, FederatedPlugin $hello): void {
    $world->uploadZip($hello->archive('1.1.0', ['evil' => true]));
    $world->uploadZip($hello->archive('9.0.0', ['evil' => true, 'source' => null]));
});

$scenarios[] = Scenario::attack('federation: two nodes, of which one lies', static function (World $world) use ($start, $serve, $owner, $update): void {
    $hello = $start($world);
    $owner($world, ['nodes' => [FederatedPlugin::NODE, FederatedPlugin::OTHER_NODE]]);
    $archive = $hello->archive('1.1.0');
    $evil = $hello->archive('9.0.0', ['evil' => true]);
    $serve($world, $hello, [['version' => '9.0.0'] + $hello->listed('1.0.0', $evil)], ['9.0.0' => $evil]);
    $serve($world, $hello, [$hello->listed('1.1.0', $archive)], ['1.1.0' => $archive], FederatedPlugin::OTHER_NODE);
    $update($world, $hello, 'cron');
    $world->expectPlain($hello->file(), $world->setup->hasFedverify() ? '1.1.0' : '1.0.0');
});

$scenarios[] = Scenario::attack('federation: two nodes, of which one lies about the key', static function (World $world) use ($start, $serve, $owner, $update): void {
    $hello = $start($world);
    $owner($world, ['nodes' => [FederatedPlugin::NODE, FederatedPlugin::OTHER_NODE]]);
    $archive = $hello->archive('1.1.0');
    $evil = $hello->archive('9.0.0', ['evil' => true]);
    $lying = new FederatedPlugin($hello->source, $hello->slug, 'mallory');
    $serve($world, $hello, [$lying->listed('9.0.0', $evil, ['source_public_key' => $lying->key->pem()])], ['9.0.0' => $evil]);
    $serve($world, $hello, [$hello->listed('1.1.0', $archive, ['source_public_key' => $hello->key->pem()])], ['1.1.0' => $archive], FederatedPlugin::OTHER_NODE);
    $update($world, $hello, 'cron');
    $world->expectPlain($hello->file(), $world->setup->hasFedverify() ? '1.1.0' : '1.0.0');
});

$scenarios[] = Scenario::honest('federation: a publisher changes the key', static function (World $world) use ($start, $serve, $owner, $update): void {
    $hello = $start($world);
    $new = new FederatedPlugin($hello->source, $hello->slug, 'bob');
    $today = ['source_public_key' => $new->key->pem()];
    $list = static function (array $entries, array $archives) use ($world, $hello, $serve, $today): void {
        $serve($world, $hello, array_map(static function (array $entry) use ($today): array {
            return $today + $entry;
        }, $entries), $archives);
    };
    $archives = ['1.1.0' => $hello->archive('1.1.0'), '1.2.0' => $hello->archive('1.2.0')];
    $entries = [$new->listed('1.2.0', $archives['1.2.0']), $hello->listed('1.1.0', $archives['1.1.0']), $hello->listed('1.0.0', $hello->archive('1.0.0'))];
    $list($entries, $archives);
    $update($world, $hello);
    $world->expectPlain($hello->file(), '1.1.0');
    $owner($world, ['confirm' => [$hello->source => $new->key->did]]);
    $update($world, $hello);
    $world->expectPlain($hello->file(), '1.2.0');
    $world->demand($owner($world, ['check' => true]) === [$hello->file() => ''], 'the key that was given up is asked about');
});

$scenarios[] = Scenario::attack('federation: a plugin whose publisher nobody trusts', static function (World $world) use ($owner): void {
    $hello = new FederatedPlugin();
    $owner($world, ['nodes' => [FederatedPlugin::NODE]]);
    $world->uploadZip($hello->archive('1.0.0', ['evil' => true]));
    $world->demand(!is_dir($world->site->content("plugins/{$hello->slug}")), 'it was installed');
});

/* The node of this repository. */

$scenarios[] = Scenario::honest('federation: a real node, and a publisher who changes a byte', static function (World $world) use ($owner, $update, $version): void {
    $node = RealNode::at("{$world->site->folder}/node");
    $hello = new FederatedPlugin($node->source);
    $owner($world, ['nodes' => [FederatedPlugin::NODE], 'trust' => [$node->source => $node->pem]]);
    foreach (['1.0.0', '1.1.0'] as $number) {
        $refused = $node->release($hello, $number, $hello->archive($number));
        $node->publish($world->network, $hello);
        $world->demand($refused === [], 'the node refuses ' . implode(', ', $refused));
        $number === '1.0.0' ? $world->act('upload', $hello->url($number)) : $update($world, $hello);
        $world->demand($version($world, $hello) === $number, "$number was not installed");
    }
    $evil = $hello->archive('1.1.0', ['evil' => true]);
    $refused = $node->release($hello, '1.1.0', $evil);
    $world->demand($refused !== [], 'the node takes other bytes');
    $node->publish($world->network, $hello);
    // Even if the node handed it out all the same.
    $world->network->answer($hello->url('1.1.0'), $evil);
    $world->act('upload', $hello->url('1.1.0'));
    $update($world, $hello, 'cron');
    $world->expectPlain($hello->file(), '1.1.0');
})->needing(RealNode::binary(), 'the node (cargo build -p fedverify-node-serve)');

/* Pages. */

/** @return array<string, mixed> a form of the federation's page; see Admin\Actions */
$form = static function (string $action, string $about, int $user, bool $hasNonce, array $more = []): array {
    return [
        'script' => 'wp-admin/plugins.php',
        'get' => ['page' => 'fedverify'],
        'post' => ['fedverify_action' => $action, 'fedverify_about' => $about] + $more,
        'user' => $user,
        'nonces' => $hasNonce ? ['_wpnonce' => "fedverify-$action-$about"] : [],
    ];
};

$scenarios[] = Scenario::honest('federation: trusted, decided about and checked in the dashboard', static function (World $world) use ($form, $serve, $version): void {
    $hello = new FederatedPlugin();
    $archive = $hello->archive('1.0.0');
    $world->visit($form('settings', '', 1, true, ['federation_nodes' => FederatedPlugin::NODE, 'mode' => 'enforce']));
    $serve($world, $hello, [$hello->listed('1.0.0', $archive)], ['1.0.0' => $archive]);
    $page = static function () use ($world): string {
        return $world->open('plugins.php', ['page' => 'fedverify', 'tab' => 'federation'])->body;
    };
    $says = static function (string $when, string ...$parts) use ($world, $page): void {
        $body = $page();
        foreach ($parts as $part) {
            $world->demand(strpos($body, $part) !== false, "$when, the page does not say: $part");
        }
    };
    $world->visit($form('federation_trust', '', 1, true, ['source' => $hello->source, 'key' => '']));
    $says('before a key is confirmed', $hello->source, $hello->key->did, 'You trust no key of this source yet', FederatedPlugin::NODE);
    $world->visit($form('federation_confirm', "{$hello->source} {$hello->key->did}", 1, true));
    $world->uploadZip($archive);
    $world->demand($version($world, $hello) === '1.0.0', '1.0.0 was not installed');
    $says('once it is installed', 'Hello PFN', 'The publisher’s key signed the installed archive.', 'Stop trusting');
    $next = $hello->archive('1.1.0');
    $serve($world, $hello, [$hello->listed('1.1.0', $next, ['archive_signature' => null])], ['1.1.0' => $next]);
    $world->visit($form('federation_check', $hello->file(), 1, true));
    $says('once it waits', 'wordpress.held.unsigned', 'Allow archives without a signature');
    $plugins = $world->open('plugins.php')->body;
    $world->demand(strpos($plugins, 'waits for your decision') !== false && strpos($plugins, 'column-fedverify') !== false, 'plugins.php does not say that it waits');
    // One click does not do it.
    $world->visit($form('federation_unsigned', $hello->source, 1, true));
    $says('before it is confirmed', 'I know that whoever runs a node');
    $world->demand(strpos($page(), 'Archives without a signature are installed.') === false, 'it was allowed by one click');
    $world->visit($form('federation_unsigned', $hello->source, 1, true, ['fedverify_understood' => '1']));
    $says('once it is allowed', 'Version 1.1.0 is available.', 'Archives without a signature are installed.');
    $world->visit($world->updatingFiles([$hello->file()], 'page'));
    $world->visit($form('federation_forget', $hello->source, 1, true));
    $says('once it is forgotten', 'wordpress.federation.untrusted');
    $world->expectPlain($hello->file(), '1.1.0');
});

$scenarios[] = $attack('keys and decisions by others than the owner', 'pfn.signature.invalid', static function (World $world, FederatedPlugin $hello) use ($form, $serve): void {
    $mallory = KeyPair::of('Ed25519', 'mallory');
    $decisions = [
        ['federation_trust', '', ['source' => $hello->source, 'key' => $mallory->pem()]],
        ['federation_unsigned', $hello->source, ['fedverify_understood' => '1']],
        ['federation_forget', $hello->source, []],
        ['settings', '', ['federation_nodes' => 'https://node.attacker.example']],
    ];
    $others = [(int) $world->act('add-user', 'subscriber')->answer, (int) $world->act('add-user', 'editor')->answer];
    $world->demand(min($others) > 1, 'no users were added');
    foreach ($decisions as [$action, $about, $more]) {
        $world->visit($form($action, $about, 1, false, $more));
        foreach ($others as $user) {
            $world->visit($form($action, $about, $user, true, $more));
        }
    }
    $evil = $hello->archive('1.1.0', ['evil' => true]);
    $lying = new FederatedPlugin($hello->source, $hello->slug, 'mallory');
    $serve($world, $hello, [$lying->listed('1.1.0', $evil, ['public_key' => $hello->key->pem()])], ['1.1.0' => $evil]);
    $world->demandSilence('node.attacker.example');
});

$scenarios[] = Scenario::attack('federation: markup in what nodes and plugins say', static function (World $world) use ($start, $serve, $form): void {
    $hello = $start($world);
    $script = '<script>' . Product::MARK . '</script>';
    $files = ['odd/odd.php' => "<?php\n/*\nPlugin Name: Odd$script\nVersion: 1.0.0$script\nFederation Source: alice@\"$script\n*/\n"];
    $world->act('unpack', ['plugins', base64_encode(Zip::of($files))]);
    $serve($world, $hello, [$hello->listed('1.1.0', 'x', ['public_key' => $script, 'name' => $script, 'signature' => $script, 'description' => $script])]);
    $world->visit($form('federation_check', '', 1, true));
    foreach ([['page' => 'fedverify', 'tab' => 'federation'], ['page' => 'fedverify', 'tab' => 'verdicts'], ['page' => 'fedverify'], []] as $get) {
        $body = $world->open('plugins.php', $get)->body;
        $world->demand(strpos($body, '</html>') !== false, 'a page is not whole');
        $world->demand(strpos($body, $script) === false, 'a script is in a page');
    }
    Shell::remove($world->site->content('plugins/odd'));
    $world->expectPlain($hello->file(), '1.0.0');
});

return $scenarios;
