<?php

/**
 * A site for the screens: packages in every state, served for a browser until standard input ends. Prints its address and its
 * identities as JSON.
 *
 *     php site.php FOLDER PORT
 */

declare(strict_types=1);

require __DIR__ . '/../classes.php';

[, $folder, $port] = $argv;
$wordpress = (string) getenv('FEDVERIFY_TEST_WORDPRESS');
Shell::remove($folder);
mkdir("$folder/site", 0777, true);
$network = new Network("$folder/network", "$wordpress/authority");
$site = new Site("$folder/site", $wordpress, $network);
$setup = new Setup('none', 'php', (string) getenv('FEDVERIFY_TEST_TARGET'));
(new Snapshots("$folder/snapshots", $wordpress, $site))->restore($setup, 'plugin', false);
$world = new World($network, $site, $setup);

/* What publishers did */

$thief = KeyPair::of('Ed25519', 'a thief');
// A publisher who moved, was robbed, and took the identity back.
$orchard = $world->plugin('orchard');
$orchard->identity
    ->append($world->ago('200 days'), ['aliases' => ['https://orchard.example']])
    ->append($world->ago('100 days'), ['signingKeys' => ['fair' => $thief], 'repository' => 'https://thief.example/orchard'])
    ->append($world->ago('99 days'), ['rotationKeys' => [$orchard->identity->rotationKey(), KeyPair::of('P-256', 'orchard new')]], null, 1);
// One whose new key signed an update an hour ago.
$garden = $world->plugin('garden');
$garden->identity->append($world->ago('1 hour'), ['signingKeys' => ['fair2' => KeyPair::of('Ed25519', 'garden new')] ]);
$garden->release('1.1.0');
// One whose directory leaves out the newest operation.
$forms = $world->plugin('forms');
$forms->identity->append($world->ago('50 days'), ['aliases' => ['https://forms.example/<script>hacked()</script>']]);
// One whose directory does not answer.
$meadow = $world->theme('meadow');
// One that nothing is known of yet.
$seedling = $world->plugin('seedling');
$weather = 'did:web:weather.example';

$products = compact('orchard', 'garden', 'forms', 'meadow', 'seedling');
$known = [];
foreach ($products as $name => $product) {
    $world->publish($product);
    $known[$name] = [
        'did' => $product->did(),
        'kind' => $product->kind,
        'log' => json_encode($product->identity->log()),
        'metadata' => json_encode($product->metadata()),
        'archive' => "$folder/$name.zip",
        'file' => $product->kind === 'theme' ? $name : "$name/$name.php",
        'name' => $product->name(),
        'url' => $product->releases[0]->url(),
    ];
    $archive = end($product->releases)->bytes;
    file_put_contents("$folder/$name.zip", $archive);
    $zip = new ZipArchive();
    $zip->open("$folder/$name.zip");
    $zip->extractTo($site->content("{$product->kind}s"));
}
Shell::write($site->content('plugins/weather/weather.php'), "<?php\n/*\n * Plugin Name: Weather\n * Version: 0.9\n * Plugin ID: $weather\n */\n");
// One of the Plugin Federation Network, whose next archive nobody signed; and a node shows another key of somebody else.
$hello = new FederatedPlugin();
Shell::write($site->content("plugins/{$hello->file()}"), "<?php\n/*\n * Plugin Name: Hello PFN\n * Version: 1.0.0\n * Federation Source: {$hello->source}\n */\n");
$known['federation'] = [
    'source' => $hello->source,
    'keys' => [$hello->key->pem(), KeyPair::of('Ed25519', 'another')->pem()],
    'node' => FederatedPlugin::NODE,
    'listed' => $hello->listed('1.1.0', $hello->archive('1.1.0'), ['archive_signature' => null]),
];
// And what its nodes list: that one, another of the same publisher, and one of a publisher whom nobody trusts.
$listed = [];
foreach ([$hello, new FederatedPlugin($hello->source, 'second'), new FederatedPlugin('carol@plugins.publisher.example', 'weather', 'carol')] as $each) {
    $listed[] = $each->listed('1.1.0', $each->archive('1.1.0'));
}
$network->json(FederatedPlugin::NODE . '/federation/plugins', ['plugins' => $listed, 'total' => count($listed)]);
$world->publish($forms, ['log' => $forms->identity->until(1)->log()]);
$network->answer(World::DIRECTORY . "/{$meadow->did()}/log/audit", ['status' => 503, 'body' => 'down']);

Shell::write("$folder/known.json", json_encode($known, JSON_THROW_ON_ERROR));
Shell::write("{$site->folder}/constants.php", "<?php
define('CONCATENATE_SCRIPTS', false);
// As a language does that is written from right to left.
if (isset(\$_COOKIE['from_right_to_left'])) {
    \$GLOBALS['text_direction'] = 'rtl';
}
");
$site->php([__DIR__ . '/remember.php', "$folder/known.json"]);

/* The server */

$address = "http://127.0.0.1:$port";
$server = $site->start(['-S', "127.0.0.1:$port", '-t', "{$site->folder}/core"], 0, "$folder/server.log", ['FEDVERIFY_TEST_URL' => $address]);
$dids = array_map(static function (Product $product): string {
    return $product->did();
}, $products);
echo json_encode(['address' => $address, 'errors' => "{$site->folder}/errors.log", 'dids' => $dids + ['weather' => $weather]], JSON_UNESCAPED_SLASHES), "\n";
// Node's pipe is a socket, which ends a read after a minute of silence.
while (!feof(STDIN)) {
    fgets(STDIN);
}
proc_terminate($server);
