<?php

/** What a visitor's request costs: queries, writes and requests, with an installed package of the federation. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Plugin;

if ($part !== []) {
    $requests = 0;
    add_filter('pre_http_request', static function () use (&$requests) {
        $requests++;
        return new WP_Error('no network');
    }, 1);
    // As FAIR Connect asks for the document of every installed package.
    foreach ($part[1] === 'asked' ? ['did:plc:z72i7hdynmk6r22z27h6tvur', 'did:web:a.example'] : [] as $did) {
        get_site_transient("fair-metadata-documents-$did");
    }
    ob_start();
    require ABSPATH . 'wp-includes/template-loader.php';
    ob_end_clean();
    $queries = array_column($wpdb->queries, 0);
    $ours = array_values(preg_grep('/fedverify/', $queries));
    echo json_encode([
        'all' => count($queries), 'ours' => $ours, 'requests' => $requests,
        'writes' => count(preg_grep('/^\s*(?!SELECT|SHOW|SET|DESCRIBE)/i', $ours)),
    ]);
    exit;
}

$plugins = WP_PLUGIN_DIR;
foreach (['did:plc:z72i7hdynmk6r22z27h6tvur', 'did:web:a.example'] as $i => $did) {
    is_dir("$plugins/p$i") || mkdir("$plugins/p$i");
    file_put_contents("$plugins/p$i/p.php", "<?php\n/*\nPlugin Name: P\nPlugin ID: $did\nVersion: 1\n*/");
    Plugin::get()->identities()->record_verified($did, ['id' => $did, 'service' => [], 'verificationMethod' => []], [], [], []);
}
// What came in the very seconds of the reading would be read again by the visitors that are measured.
foreach (array_merge([$plugins], (array) $GLOBALS['wp_theme_directories']) as $root) {
    touch($root, time() - 60);
}
clearstatcache();
Plugin::get()->installed()->refresh();
$check('the packages are known', count(Plugin::get()->installed()->dids()) === 2);

foreach (['asked' => is_multisite() ? 2 : 1, 'quiet' => is_multisite() ? 1 : 0] as $how => $allowed) {
    $visit = json_decode($play('visit', $how)(), true);
    $check("$how: no more than $allowed queries, found " . json_encode($visit), is_array($visit) && count($visit['ours']) <= $allowed);
    $check("$how: nothing is written and nothing fetched", $visit['writes'] === 0 && $visit['requests'] === 0);
}
// What runs WordPress on SQLite logs notices of its own.
$logged = implode("\n", preg_grep('/fedverify/i', explode("\n", $errors())));
$check("nothing of fedverify failed: $logged", $logged === '');
foreach (['did:plc:z72i7hdynmk6r22z27h6tvur', 'did:web:a.example'] as $did) {
    Plugin::get()->identities()->forget($did);
}

$finish('cost');
