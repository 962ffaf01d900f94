<?php

/** Names of sources, and publishers' keys, as owners and nodes write them. */

declare(strict_types=1);

use FedVerify\WordPress\Federation\Publisher_Key;
use FedVerify\WordPress\Federation\Source_Id;

require __DIR__ . '/federation.php';

// Sources.
foreach (['alice@plugins.example', 'a.b-c_D@example.com:8443', 'alice@127.0.0.1:4000', 'alice@host.example/x/y~z'] as $text) {
    $check("a source: $text", Source_Id::parse($text)->to_string() === $text);
}
foreach (['', 'alice', '@host.example', 'alice@', 'alice@Host.example', '..@host.example', 'alice@host.example/../x', 'alice@host.example:', 'alice@host.example:0',
    'alice@host.example:99999', 'a b@host.example', 'alice@host.example/', 'alice@host.example?x', 'alice@[::1]', 'alice@0x7f.1', "alice@host.example\n",
    'alice@host.example#x', 'al@ice@host.example', str_repeat('a', 256) . '@host.example', 'https://host.example'] as $text) {
    $check('no source: ' . json_encode($text), $refused(static function () use ($text) {
        Source_Id::parse($text);
    }) === 'rejected wordpress.federation.source_invalid');
}

// Keys.
$check('a key', strpos($alice->did_key(), 'did:key:z6Mk') === 0);
$check('on one line', Publisher_Key::read(str_replace("\n", ' ', Signatures::key('alice')))->did_key() === $alice->did_key());
$check('as people have it who compare', strpos(Publisher_Key::body($alice->text()), 'MCowBQYDK2VwAyEA') === 0 && strlen(Publisher_Key::body($alice->text())) === 60);
foreach (['', 'nonsense', Signatures::key('alice') . 'x', str_repeat('A', 2000), base64_encode(str_repeat("\0", 33))] as $text) {
    $check('no key: ' . substr($text, 0, 10), strpos($refused(static function () use ($text) {
        Publisher_Key::read($text);
    }), 'rejected ') === 0);
}

$finish('federation-sources');
