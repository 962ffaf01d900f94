<?php

/** Headers, Archive_Reader, Claim, Package and Installed. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Memory\Options;
use FedVerify\WordPress\Packages\Archive_Reader;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Packages\Package_List;

$did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';
$plugin = static function (string $id, string $name = 'A', string $version = '1.0'): string {
    return "<?php\n/**\n * Plugin Name: $name\n * Plugin ID: $id\n * Version: $version\n * Text Domain: a-text\n */\n";
};

// As WordPress reads them: get_file_data().
$spellings = [
    "<?php\n/*\nPlugin ID: $did\n*/", "<?php\n/* Plugin ID: $did */", "<?php /* plugin id:$did ?>", "<?php\r/*\rPLUGIN ID:\t $did\t\r*/",
    "<?php\n# Plugin ID: $did", "<?php\n// @Plugin ID: $did", "Plugin ID: $did", "<?php Plugin ID: $did", "\t <?php\t/*#@ Plugin ID:  $did  */ x",
    "<?php\n/* Plugin ID: $did\n Plugin ID: did:plc:second */", str_repeat(' ', 8192 - 11 - strlen($did)) . "Plugin ID: $did and more",
];
foreach ($spellings as $i => $text) {
    $check("spelling $i", Headers::of_plugin_file($write("spelling$i.php", $text))['did'] === $did);
}
foreach (["<?php\nx Plugin ID: $did", "<?php\nPlugin  ID: $did", "<?php\nPlugin ID : $did", str_repeat(' ', 8192) . "Plugin ID: $did"] as $i => $text) {
    $check("no header $i", Headers::of_plugin_file($write("none$i.php", $text)) === null);
}
foreach (['4711', 'candid:1', 'did', "x$did"] as $id) {
    $check("an id of another kind is no claim: $id", Headers::of_plugin_file($write('own.php', $plugin($id)))['did'] === '');
}
foreach (['DID:PLC:x', 'did:plc:short', "\u{feff}$did", 'did:key:z6Mk', "$did $did"] as $id) {
    $claimed = Headers::of_plugin_file($write('claim.php', $plugin($id)))['did'];
    $check("a claim, but no DID: $id", $claimed === $id && !(new Package(['did' => $claimed]))->has_valid_did());
}
$check('missing files', Headers::of_plugin_file('/nowhere/a.php') === null && Headers::of_theme('/nowhere') === null && Headers::of_folder('/nowhere', '') === null);

$write('many/a.php', "<?php\n/* Plugin Name: First */");
$write('many/b.PHP', "<?php\n/* Plugin ID: did:web:b.example */");
$write('many/inc/c.php', $plugin('did:web:c.example'));
$found = Headers::of_folder("$scratch/many", 'plugin');
$check('of several files, the one that claims', $found['file'] === 'b.PHP' && $found['did'] === 'did:web:b.example' && $found['name'] === '' && $found['dids'] === ['did:web:b.example']);
$write('many/z.php', $plugin($did, 'Z'));
$found = Headers::of_folder("$scratch/many/", '');
$check('and is a plugin', $found['file'] === 'z.php' && $found['name'] === 'Z' && $found['dids'] === ['did:web:b.example', $did]);
$check('as a theme it is nothing', Headers::of_folder("$scratch/many", 'theme') === null);
$write('pfn/b.php', "<?php\n/* Federation Source: bob@b.example */");
$write('pfn/a.php', "<?php\n/*\n * Plugin Name: A\n * federation source:  alice@a.example \n */");
$found = Headers::of_folder("$scratch/pfn", 'plugin');
$check('federation sources', $found['source'] === 'alice@a.example' && $found['file'] === 'a.php' && $found['sources'] === ['alice@a.example', 'bob@b.example'] && $found['dids'] === []);
$check('not of themes', Headers::of_folder("$scratch/pfn", 'theme') === null);
$package = new Package(['file' => 'pfn/a.php', 'source' => 'alice@a.example']);
$check('what a plugin of a source is called', $package->identity() === 'alice@a.example#pfn' && (new Package(['did' => $did, 'source' => 'x@y']))->identity() === $did && (new Package([]))->identity() === '');
$write('theme/style.css', "/*\nTheme Name: T\nTheme ID: $did\nPlugin ID: did:web:x\nVersion: 2\n*/");
$check('a theme', Headers::of_theme("$scratch/theme")['version'] === '2' && Headers::of_folder("$scratch/theme", '')['did'] === $did && Headers::of_folder("$scratch/theme", 'plugin') === null);

/** A ZIP archive of these files. `$change` changes the fields of an entry before they are written. */
$zip = static function (array $files, ?callable $change = null, string $comment = '') use ($write): string {
    $body = $list = '';
    foreach ($files as $name => $content) {
        $packed = gzdeflate($content);
        $entry = ['method' => 8, 'size' => strlen($packed), 'offset' => strlen($body), 'name' => (string) $name, 'packed' => $packed, 'extra' => ''];
        $entry = $change === null ? $entry : $change($entry);
        $fields = pack('vvvVVVvv', $entry['method'], 0, 0, crc32($content), $entry['size'], strlen($content), strlen($entry['name']), strlen($entry['extra']));
        $body .= "PK\x03\x04" . pack('vv', 20, 0) . $fields . $entry['name'] . $entry['extra'] . $entry['packed'];
        $list .= "PK\x01\x02" . pack('vvv', 20, 20, 0) . $fields . pack('vvvVV', 0, 0, 0, 0, $entry['offset']) . $entry['name'] . $entry['extra'];
    }
    $end = "PK\x05\x06" . pack('vvvvVVv', 0, 0, count($files), count($files), strlen($list), strlen($body), strlen($comment)) . $comment;
    return $write('archive.zip', $body . $list . $end);
};
$of = static function (string $path): string {
    $headers = Headers::of_archive($path);
    return $headers === null ? 'null' : $headers['did'];
};

$check('an archive', $of($zip(['a/' => '', 'a/a.php' => $plugin($did), 'a/inc/b.php' => $plugin('did:web:b')])) === $did);
$check('its version', Headers::of_archive("$scratch/archive.zip")['version'] === '1.0' && Headers::of_archive("$scratch/archive.zip", 'theme') === null);
$zip(['a/a.php' => "<? // Plugin ID: did:web:newer\n" . $plugin($did)]);
$check('what one WordPress reads, and another does not', Headers::of_archive("$scratch/archive.zip")['dids'] === [$did, 'did:web:newer'] && $of("$scratch/archive.zip") === $did);
$check('with a folder that WordPress skips', $of($zip(['__MACOSX/x' => '', 'a/a.php' => $plugin($did)])) === $did);
$check('without a folder', $of($zip(['a.php' => $plugin($did), 'inc/b.php' => $plugin('did:web:b')])) === $did);
$check('what is deeper is not the package', $of($zip(['readme.txt' => 'x', 'inc/b.php' => $plugin($did)])) === 'null');
$check('two folders', $of($zip(['a/a.php' => $plugin($did), 'b/b.php' => $plugin($did)])) === 'null');
$check('a theme', $of($zip(['t/style.css' => "/*\nTheme Name: T\nTheme ID: $did\n*/"])) === $did);
foreach (['a\\a.php', './a/a.php', 'a//a.php', '/a/a.php', '../a.php', 'a/b/../a.php', 'a/A.PHP'] as $name) {
    $check("an odd name: $name", $of($zip(['a/' => '', $name => $plugin($did)])) === $did);
}
$check('stored', $of($zip(['a/a.php' => $plugin($did)], static function (array $entry) use ($plugin, $did) {
    $content = $plugin($did);
    return ['method' => 0, 'size' => strlen($content), 'packed' => $content] + $entry;
})) === $did);
$check('a comment', $of($zip(['a/a.php' => $plugin($did)], null, str_repeat('c', 65535))) === $did);
$check('an extra field', $of($zip(['a/a.php' => $plugin($did)], static function (array $entry) {
    return ['extra' => "\x01\x00\x04\x00abcd"] + $entry;
})) === $did);
$check('a large file', $of($zip(['a/a.php' => $plugin($did) . str_repeat(random_bytes(4096), 200)])) === $did);

$odd = [
    'not an archive' => $write('no.zip', 'x'), 'empty' => $write('empty.zip', ''), 'no file' => "$scratch/none.zip", 'a folder' => $scratch,
    'an end alone' => $write('end.zip', "PK\x05\x06" . str_repeat("\xff", 18)), 'a short end' => $write('short.zip', "PK\x05\x06"),
    'a list of nothing' => $write('list.zip', "PK\x01\x02" . "PK\x05\x06" . pack('vvvvVVv', 0, 0, 1, 1, 4, 0, 0)),
];
foreach ($odd as $what => $path) {
    $check("$what has no headers", $of($path) === 'null');
}
$changes = [
    'an offset beyond the end' => ['offset' => 0x7fffffff], 'a size beyond the end' => ['size' => 0x7fffffff], 'another method' => ['method' => 99],
    'damaged bytes' => ['packed' => str_repeat("\xff", 100)], 'no bytes' => ['packed' => ''],
];
foreach ($changes as $what => $change) {
    $path = $zip(['a/a.php' => $plugin($did)], static function (array $entry) use ($change) {
        return $change + $entry;
    });
    $check("$what is survived", in_array($of($path), ['null', $did], true));
}
$before = memory_get_peak_usage();
$bomb = $zip(['a/a.php' => str_repeat("\0", 30000000), 'a/b.php' => $plugin($did)]);
$used = memory_get_peak_usage();
$check('a bomb', $of($bomb) === $did && memory_get_peak_usage() - $used < 8000000);
$files = array_fill_keys(array_map(static function (int $i): string {
    return "a/f$i.php";
}, range(1, 3000)), '');
$check('very many files', in_array($of($zip($files)), ['null', $did], true));

// What is installed.
$write('plugins/a/a.php', $plugin($did, 'A', '1.2'));
$write('plugins/b.php', $plugin('did:web:b.example', ''));
$write('plugins/b.php', str_replace('a-text', '', $plugin('did:web:b.example', 'B')));
$write('plugins/c/c.php', "<?php\n/* Plugin Name: C */");
$write('plugins/d/d.php', $plugin('did:plc:bad', 'D'));
$write('themes/t/style.css', "/*\nTheme Name: T\nTheme ID: did:web:t.example\nVersion: 3\n*/");
$options = new Options();
$installed = new Installed($options, new Context());
$check('all that claim', array_map(static function (Package $package): string {
    return $package->kind() . ' ' . $package->file();
}, $installed->all()) === ['plugin b.php', 'plugin a/a.php', 'plugin d/d.php', 'theme t']);
$check('their DIDs', $installed->dids() === ['did:web:b.example', $did, 'did:web:t.example']);
$check('by DID', $installed->by_did($did)->version() === '1.2' && $installed->by_did('did:web:none') === null);
$check('a plugin', $installed->plugin('a/a.php')->did() === $did && $installed->plugin('c/c.php') === null && $installed->plugin('../a.php') === null && $installed->plugin('') === null);
$check('a theme', $installed->theme('t')->version() === '3' && $installed->theme('u') === null && $installed->theme('') === null);
$check('by text domain', $installed->by_text_domain('plugin', 'A-Text')->slug() === 'a' && $installed->by_text_domain('plugin', 'a')->slug() === 'a'
    && $installed->by_text_domain('plugin', 'b')->file() === 'b.php' && $installed->by_text_domain('theme', 'a') === null && $installed->by_text_domain('plugin', 'c') === null);
$write('plugins/a/a.php', $plugin($did, 'A', '2.0'));
$check('one plugin is read anew', $installed->plugin('a/a.php')->version() === '2.0' && $installed->by_did($did)->version() === '1.2');
$installed->changed();
$check('all are, when they changed', $installed->by_did($did)->version() === '2.0');
foreach ([7, [], ['at' => 'x', 'packages' => 'y'], ['at' => time(), 'packages' => [7, ['did' => 8]]]] as $stored) {
    $site->options['fedverify_installed'] = $stored;
    $check('a damaged list: ' . json_encode($stored), count((new Installed($options, new Context()))->all()) === 4);
}

// A visitor takes the list as it is, as long as no folder came or went.
$_SERVER['REQUEST_METHOD'] = 'GET';
$site->options = [];
$installed = new Installed($options, new Context());
$check('without a list a visitor reads one', count($installed->all()) === 4 && $site->options !== []);
$write('plugins/a/a.php', $plugin('did:web:a.example', 'A'));
$site->options['fedverify_installed']['at'] = 0;
$check('and takes one that is old', (new Installed($options, new Context()))->by_did($did) !== null);
$site->did['init'] = 1;
$site->admin = true;
$site->capabilities = ['update_plugins'];
// As if something came just now: this machine may be slow.
touch(WP_PLUGIN_DIR, time() + 1);
clearstatcache();
$check('an administrator reads it anew', $installed->by_did('did:web:a.example') !== null);
$write('plugins/d/d.php', $plugin('did:web:d.example', 'D'));
$check('and what came in the same second', (new Installed($options, new Context()))->by_did('did:web:d.example') !== null);
foreach (array_merge([WP_PLUGIN_DIR], (array) ($GLOBALS['wp_theme_directories'] ?? [])) as $root) {
    touch($root, time() - 60);
}
clearstatcache();
(new Installed($options, new Context()))->all();
$write('plugins/a/a.php', $plugin('did:web:g.example', 'A'));
$check('and keeps it for a while', (new Installed($options, new Context()))->by_did('did:web:g.example') === null);
$site->options['fedverify_installed']['at'] -= 301;
$check('but not for long', (new Installed($options, new Context()))->by_did('did:web:g.example') !== null);
$site->capabilities = [];
$write('plugins/f/f.php', $plugin('did:web:f.example', 'F'));
touch(WP_PLUGIN_DIR, time() + 5);
clearstatcache();
$check('a visitor sees what came', (new Installed($options, new Context()))->by_did('did:web:f.example') !== null);
$site->options['fedverify_installed']['at'] = 0;
$write('plugins/f/f.php', $plugin('', 'F'));
$check('and the next takes the list', (new Installed($options, new Context()))->by_did('did:web:f.example') !== null);
(new Installed($options, new Context()))->changed();
$check('until it changes', (new Installed($options, new Context()))->by_did('did:web:f.example') === null);

// Reading takes a while, and what came in its first second shows in no time of a folder. Nor do they hide each other's.
$GLOBALS['wp_theme_directories'] = ["$scratch/themes"];
$slow = new Package_List($options);
$begun = time() - 30;
foreach ([[$begun, $begun - 60], [$begun - 60, $begun], [$begun, $begun + 900], [$begun + 900, $begun]] as [$of_plugins, $of_themes]) {
    touch(WP_PLUGIN_DIR, $of_plugins);
    touch("$scratch/themes", $of_themes);
    clearstatcache();
    $slow->write([], Package_List::folders(), $begun);
    $check("what came while it was read: $of_plugins, $of_themes", $slow->read(true) === null);
    $slow->write([], Package_List::folders(), $begun + 10);
    $check("and not later: $of_plugins, $of_themes", $slow->read(true) === []);
}
unset($GLOBALS['wp_theme_directories']);

// Anybody may call wp-cron.php, where the list is read anew each time. It is not written each time.
touch(WP_PLUGIN_DIR, time() - 900);
clearstatcache();
$site->options = [];
$site->cron = true;
$at = static function (int $age) use ($site, $options): int {
    $site->options['fedverify_installed']['at'] = time() - $age;
    (new Installed($options, new Context()))->all();
    return time() - $site->options['fedverify_installed']['at'];
};
(new Installed($options, new Context()))->all();
$check('what is said already is not said again', $at(50) >= 50);
$check('but after a while', $at(61) < 50 && $at(-9) < 9 && $at(-9) >= 0);
$write('plugins/a/a.php', $plugin('did:web:h.example', 'A'));
$check('and what is new', $at(50) < 50 && in_array('did:web:h.example', array_column($site->options['fedverify_installed']['packages'], 'did'), true));
touch(WP_PLUGIN_DIR, time() - 50);
clearstatcache();
$check('and what may have come in its second', $at(50) < 50);
$site->cron = false;

// Two machines with copies of their own do not read the list in turns.
$kept = &$site->options['fedverify_installed'];
$kept['folders'] = ['on another' => [1, 2]] + $kept['folders'];
$installed = new Installed($options, new Context());
$installed->refresh();
$check('what is known of other machines stays', $kept['folders']['on another'] === [1, 2] && count($kept['folders']) === 2);
$installed->changed();
$installed->refresh();
$check('until packages change', count($kept['folders']) === 1);

$finish('packages');
