<?php

/** Headers are read as WordPress reads them: the plugin's own reading, of archives, is held to get_file_data(). */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Packages\Headers;

$names = ['did' => 'Plugin ID', 'name' => 'Plugin Name', 'version' => 'Version', 'text_domain' => 'Text Domain'];
$pieces = [
    '<?php', '<?', '/*', '*/', '?>', '//', '#', '@', '*', ' ', "\t", "\n", "\r", "\r\n", "\0", "\v", "\f", "\u{a0}", "\u{feff}", "\xff", ':', '::', 'Plugin ID:',
    'plugin id:', 'Plugin ID :', 'Plugin  ID:', 'PLUGIN ID: ', 'Theme ID:', 'Plugin Name: ', 'Version: 1.0', 'Version:', 'Text Domain: x', 'did:plc:abc', 'did:web:x', '.*', '$1', '\\',
];
mt_srand(7);
$path = getenv('FEDVERIFY_TEST_SITE') . '/header.php';
file_put_contents($path, '<?Version: 1');
$version = get_file_data($path, ['version' => 'Version'])['version'] === '1' ? 1 : 0;
$differ = $claims = 0;
for ($i = 0; $i < 20000; $i++) {
    $text = $i % 50 === 0 ? str_repeat(' ', 8192 - mt_rand(0, 40)) : '';
    for ($j = mt_rand(1, 25); $j > 0; $j--) {
        $text .= $pieces[mt_rand(0, count($pieces) - 1)];
    }
    file_put_contents($path, $text);
    $expected = get_file_data($path, $names);
    $claims += $expected['did'] !== '' ? 1 : 0;
    if (Headers::readings($text, $names)[$version] !== $expected) {
        $differ++ || print('differs: ' . json_encode($text, JSON_INVALID_UTF8_SUBSTITUTE) . "\n");
    }
}
$check('20,000 random headers', $differ === 0 && $claims > 1000);

$finish('headers');
