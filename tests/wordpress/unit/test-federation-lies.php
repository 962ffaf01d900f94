<?php

/**
 * A node that lies: what it lists or hands out is not the publisher's, or the publisher signed what it should not be.
 * What is installed stays.
 */

declare(strict_types=1);

use FedVerify\PrivateCopy;
use FedVerify\WordPress\Federation\Listed_Version;
use FedVerify\WordPress\Refusal;

require __DIR__ . '/federation.php';

$begin();

// Liars. Each is a node that serves what is not the publisher's; what is on disk stays.
$serve($node, [$listed('2.0', $bytes['2.0'], $forgery)]);
$check('a forged signature', $checked() === 'pfn.signature.invalid' && $offered() === 'none' && $last() === 'alice@plugins.example#hello 2.0 rejected pfn.signature.invalid');
$check('by its URL', $updated($url('2.0')) === 'pfn.signature.invalid' || $updated($url('2.0')) === 'network.status');
$serve($node, [['version' => '9.9'] + $listed('2.0', $bytes['2.0'])]);
$check('another version than was signed', $checked() === 'pfn.signature.invalid' && $offered() === 'none');
$serve($node, [$listed('2.0', $bytes['2.0'], ['source_id' => 'mallory@plugins.example'])]);
$check('another source\'s plugin', $checked() === 'wordpress.federation.not_listed');
$serve($node, [$listed('2.0', $bytes['2.0'], ['id' => 'other'])]);
$check('another plugin', $checked() === 'wordpress.federation.not_listed');
$serve($node, [$listed('2.0', $bytes['2.0'], ['withdrawn_at' => 5])]);
$check('a withdrawn one', $checked() === 'wordpress.federation.not_listed');
foreach (['', 'x', '[]', '{"plugins": 7}', '{"plugins": {"a": 7}}', str_repeat('[', 5000), 'null'] as $json) {
    $fetcher->answers["$node/federation/plugins"] = $json;
    $check('an answer that is none: ' . substr($json, 0, 12), in_array($checked(), ['wordpress.federation.malformed', 'wordpress.federation.not_listed'], true) && $offered() === 'none');
}
foreach (['version' => '2.0<script>', 'sha384' => 'x', 'signature' => 7, 'name' => null, 'archive_signature' => [], 'description' => str_repeat('x', 20001)] as $name => $value) {
    $serve($node, [$listed('2.0', $bytes['2.0'], [$name => $value])]);
    $check("an odd $name", $checked() === 'wordpress.federation.not_listed');
}
// They are read, and refused only because the signature covers other ones.
foreach (['name' => 500, 'description' => 5000] as $name => $characters) {
    $serve($node, [$listed('2.0', $bytes['2.0'], [$name => str_repeat("\u{1f600}", $characters)])]);
    $check("the longest $name of a node", $checked() === 'pfn.signature.invalid');
}
$serve($node, [$listed('1.0', $bytes['1.0'])], $bytes['1.0']);
$serve($node, [['version' => '1.0.5'] + $listed('1.0', $bytes['1.0']), $listed('1.1', $bytes['1.1'])]);
$check('a forgery of an older one is of no interest', $checked() === 'fine');
$serve($node, [$listed('1.0', $bytes['1.0'])], $bytes['1.0']);
$check('only an older one', $checked() === 'fine' && $offered() === 'none');
$check('a downgrade by its URL', $updated($url('1.0')) === 'pin.downgrade' && $is_kept());
$changed = $bytes['2.0'];
$changed[strpos($changed, 'Text')] = 't';
$serve($node, [$listed('2.0', $bytes['2.0'])], $changed);
$check('a changed byte', $checked() === 'fine' && $updated($url('2.0')) === 'pfn.archive.signature_invalid' && $is_kept());
$check('a foreign URL', $updated('https://evil.example/9.zip') === 'wordpress.foreign_url' && $is_kept());

// A publisher signs any text that is sent as a challenge, also one that is the digest of an archive made for it.
$text = str_repeat("t\u{e9}xt", 10) . 'ab';
$text = substr($text, 0, 48);
$answer = Signatures::by('alice', $text);
$serve($node, [$listed('2.0', $bytes['2.0'], ['sha384' => bin2hex($text), 'archive_signature' => $answer])]);
$check('a digest that is text is no proof', strlen($text) === 48 && $checked() === 'pfn.archive.signature_invalid' && $offered() === 'none');
$is_text = Listed_Version::of($listed('2.0', $bytes['2.0'], ['sha384' => bin2hex($text), 'archive_signature' => $answer]), $node, 'hello');
$check('nor of what is downloaded or uploaded', strpos($said(static function () use ($write, $plugin, $source, $is_text, $bytes, $scratch): void {
    $copy = PrivateCopy::of($write('text.zip', $bytes['2.0']), [], $scratch);
    $plugin->federation()->archives()->verify($source, $is_text, $copy, '1.1');
}), 'SHA-384 digest is valid UTF-8') !== false);

// The key signed it, and it is not what it should be.
foreach ([
    'another source' => [['hello/hello.php' => $php('2.0', 'mallory@plugins.example')], 'wordpress.package_mismatch'],
    'two sources' => [['hello/hello.php' => $php('2.0'), 'hello/z.php' => "<?php\n/* Federation Source: mallory@plugins.example */"], 'wordpress.package_mismatch'],
    'no source' => [['hello/hello.php' => $php('2.0', null)], 'wordpress.package_mismatch'],
    'a DID' => [['hello/hello.php' => $php('2.0', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n")], 'wordpress.unverified_source'],
    'another folder' => [['hallo/hello.php' => $php('2.0')], 'pfn.archive.inconsistent'],
    'another version' => [['hello/hello.php' => $php('1.9')], 'pfn.archive.inconsistent'],
] as $what => [$files, $expected]) {
    $odd = $archive('2.0-odd', $files);
    $serve($node, [$listed('2.0', $odd)], $odd);
    $forget_failures();
    $check("$what in the archive", $checked() === 'fine' && $updated($url('2.0')) === $expected && $is_kept());
    $check("makes room for a lower version: $what", count($failures_now()) === 1);
    $check('is not remembered', $plugin->federation()->digests()->get($source, 'hello', '2.0') === null);
}
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$checked();
$swap = static function () use ($zip, $php): string {
    return $zip('evil.zip', ['hello/hello.php' => $php('2.0')]);
};
$check('the path is swapped later', $updated($url('2.0'), ['swap' => $swap]) === 'wordpress.unverified_source' && $is_kept());
$swap = static function () use ($zip, $php): string {
    return $zip('evil.zip', ['elsewhere/hello.php' => $php('2.0', null)]);
};
$check('by one without the header, elsewhere', $updated($url('2.0'), ['swap' => $swap]) === 'wordpress.unverified_source' && $is_kept());
$changed_header = static function (string $source) use ($php): string {
    file_put_contents("{$source}hello.php", $php('1.0'));
    return $source;
};
$check('the header is changed', $updated($url('2.0'), ['between' => $changed_header]) === 'wordpress.package_mismatch' && $is_kept());
$renamed = static function (string $source): string {
    rename(rtrim($source, '/'), dirname($source) . '/hallo');
    return dirname($source) . '/hallo/';
};
$check('the folder is renamed', $updated($url('2.0'), ['between' => $renamed]) === 'wordpress.package_mismatch' && $is_kept());

// Bounded: forgeries of one node do not hide what another one lists.
$serve($node, $forgeries);
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$before = $rows();
$check('fifty forgeries', $checked() === 'fine' && $offered() === '2.0' && $from() === $url('2.0', $other));
$checked();
$check('one of which is logged', $rows() === $before + 1 && $last() === 'alice@plugins.example#hello 9.49 rejected pfn.signature.invalid');

$serve($node, [$listed('9.0', $bytes['2.0'], ['signature' => '!!']), $listed('2.1', $bytes['2.1'], $unsigned)]);
$serve($other, []);
$check('what waits, and a forgery above it', $checked() === 'wordpress.held.unsigned');
$before = $rows();
$check('are logged once, not at every check', $checked() === 'wordpress.held.unsigned' && $rows() === $before);

$finish('federation-lies');
