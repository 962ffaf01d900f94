<?php

declare(strict_types=1);

/*
 * `wp`, typed in a shell: what docs/site-owners.md shows, as it is printed there, and updates and installations. A stand-in plays
 * WP-CLI (site/wp.php), which is in no registry that the tests install from; WP_CLI=PATH runs the real one.
 */

/** @return list<string> the lines of the block below the heading "WP-CLI" */
$documented = static function (): array {
    $text = file_get_contents(__DIR__ . '/../../../docs/site-owners.md');
    if (preg_match('/^## WP-CLI\n.*?^```sh\n(.*?)^```$/ms', $text, $match) !== 1) {
        throw new Broken('docs/site-owners.md has no block below the heading WP-CLI');
    }
    return explode("\n", trim($match[1]));
};

/** The signed package of examples/fair, whose DID the document names, is installed, and what it needs is served. */
$example = static function (World $world): string {
    $folder = __DIR__ . '/../../../examples/fair';
    $did = trim(file_get_contents("$folder/did.txt"));
    $log = json_decode(file_get_contents("$folder/log.json"), true);
    $world->network->answer(World::DIRECTORY . "/$did/log/audit", file_get_contents("$folder/log.json"));
    $world->network->answer(end($log)['operation']['services']['fairpm_repo']['endpoint'], file_get_contents("$folder/metadata.json"));
    $world->act('unpack', ['plugins', base64_encode(file_get_contents("$folder/hello-fair-1.1.0.zip"))]);
    return $did;
};

return [
    Scenario::honest('wp: every command of docs/site-owners.md, as it is printed', static function (World $world) use ($documented, $example): void {
        $did = $example($world);
        $hello = new FederatedPlugin('alice@plugins.example');
        $archive = $hello->archive('1.0.0');
        $world->define(['FEDVERIFY_FEDERATION_NODES' => FederatedPlugin::NODE]);
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$hello->listed('1.0.0', $archive)], 'total' => 1]);
        $world->act('unpack', ['plugins', base64_encode($archive)]);
        Shell::write("{$world->site->folder}/alice.pem", $hello->key->pem());
        // Each with its exit status, and words of what it prints. The client may have had the identity verified before.
        $expected = [
            'status' => [null, [$did, 'Hello FAIR']],
            'verify' => [0, [$did, 'verified']],
            'pin list' => [0, [$did, 'bafyreiejg4e6caqnxzb4urfvi6wm3itg7cofyalnfkozwix36yqbjgdchy']],
            'pin forget' => [0, ["Forgot $did."]],
            'log show' => [0, ['verdict', 'context']],
            'publisher list' => [0, ['source', 'unsigned']],
            'publisher trust' => [0, ['This site trusts did:key:']],
            'federation check' => [0, [$hello->file()]],
            'federation find' => [0, ['alice@plugins.example#hello-pfn', 'verified', FederatedPlugin::NODE]],
        ];
        foreach ($documented() as $line) {
            $name = key($expected);
            [$status, $words] = current($expected) ?: [0, []];
            next($expected);
            if ($name === null || strpos($line, "wp fedverify $name") !== 0) {
                throw new Broken("not expected: $line");
            }
            $done = $world->type($line, "y\n");
            $world->demand($status === null || $done['status'] === $status, "$line: status {$done['status']}");
            foreach ($words as $word) {
                $world->demand(strpos($done['output'], $word) !== false, "$line does not print: $word");
            }
        }
        $world->demand(key($expected) === null, 'the document has no: ' . key($expected));
    })->clients('1.3'),

    Scenario::honest('wp: what is forgotten only after a yes, and what is not an option', static function (World $world) use ($example): void {
        $did = $example($world);
        foreach ([
            ['wp fedverify verify --format=json', '', 0, '"verdict":"verified"'],
            ["wp fedverify pin forget $did", "n\n", null, 'Forget'],
            ['wp fedverify status --format=json --fields=did,state', '', 0, '"state":"identity"'],
            ['wp fedverify status --no-such-option=1', '', 1, 'no-such-option'],
            ["wp fedverify pin forget $did --yes", '', 0, 'Forgot'],
            ['wp fedverify pin list --format=json', '', 0, '[]'],
            ['wp fedverify pin forget did:plc:none', '', 2, 'Nothing is remembered'],
            ['wp fedverify federation find', '', 2, 'wordpress.federation.no_node'],
            ['wp fedverify federation take-back alice@plugins.example#hello 1.0.0 --yes', '', 2, 'No bytes are remembered'],
        ] as [$line, $input, $status, $words]) {
            $done = $world->type($line, $input);
            $world->demand($status === null || $done['status'] === $status, "$line: status {$done['status']}");
            $world->demand(strpos($done['output'], $words) !== false, "$line does not print: $words");
        }
    })->clients('1.3'),

    Scenario::honest('wp: a plugin is updated, and one is installed from a node', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $folder = dirname($world->fileOf($hello));
        $done = $world->type("wp plugin update $folder");
        $world->demand($done['status'] === 0, "status {$done['status']}");
        $world->expect($hello, '1.1.0');
        $pfn = new FederatedPlugin();
        $archive = $pfn->archive('1.0.0');
        $world->act('federation', ['nodes' => [FederatedPlugin::NODE], 'trust' => [$pfn->source => $pfn->key->pem()]]);
        $world->network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => [$pfn->listed('1.0.0', $archive)], 'total' => 1]);
        $world->network->answer($pfn->url('1.0.0'), $archive);
        $world->type("wp plugin install '{$pfn->url('1.0.0')}'");
        $world->expectPlain($pfn->file(), '1.0.0');
    }),

    Scenario::attack('wp: an update that nobody signed, of one plugin and of all', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => null])]);
        $world->type('wp plugin update ' . dirname($world->fileOf($hello)));
        $world->type('wp plugin update --all');
        $world->expect($hello, '1.0.0');
    }),
];
