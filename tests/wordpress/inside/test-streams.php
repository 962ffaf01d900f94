<?php

/**
 * Servers that hold whoever asks them: by curl, and by sockets where PHP has no curl, in WordPress's own HTTP API. Whatever they
 * send, and however slowly, a fetch ends at one of its bounds, and says at which.
 */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Network\Socket_Transport;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

$clients = ['curl' => [], 'sockets' => ['-d', 'disable_functions=curl_init,curl_exec']];
if (is_multisite()) {
    echo "streams: skipped: a network of sites asks as a single site does\n";
    exit;
}
if ($part === []) {
    $running = $pipes = [];
    foreach ($clients as $client => $options) {
        $command = array_merge([PHP_BINARY, '-d', 'memory_limit=' . ini_get('memory_limit')], $options, [__FILE__, $client]);
        $running[] = proc_open($command, [1 => STDOUT, 2 => STDERR], $pipes);
    }
    exit(array_filter(array_map('proc_close', $running)) === [] ? 0 : 1);
}
[$client] = $part;
$check("the client is $client", Socket_Transport::is_needed() === ($client === 'sockets'));

/** The bounds of a fetch: bytes; seconds where its time is to end it, and where its bytes are, before the server gives up. */
const MAX_BYTES = 1 << 18;
const SOON = 1;
const LATER = 60;

/** Bounds::HEADER_BYTES, and what may lie in the buffers of two sockets and of TLS when a fetch ends. */
const HEADER_BYTES = 300 << 10;
const IN_BUFFERS = 16 << 20;

/** How a fetch ends. */
const TIME = 'undetermined network.failed: it took too long';
const BYTES = 'rejected input.too_large: the response is larger than 256 KB';
const HEADERS = 'undetermined network.failed: the server sent too many headers';
const BY_CURL = 'undetermined network.failed: cURL error .*';
const ENCODED = 'undetermined network.failed: the content encoding is "gzip", but none was asked for';

$ok = "HTTP/1.1 200 OK\r\n";
$chunked = "{$ok}Transfer-Encoding: chunked\r\n\r\n";
/** Bytes that a client reads on and on: what an answer starts with, and what then never ends. */
$endless = [
    'status-line' => ['HTTP/1.1 200 O', 'K'],
    'informational' => ['', "HTTP/1.1 103 Early Hints\r\n\r\n"],
    'header-name' => ["{$ok}X", 'x'],
    'header-value' => ["{$ok}X: ", 'y'],
    'headers' => [$ok, "X: y\r\n"],
    'chunk-size' => [$chunked, '0'],
    'chunk-extension' => ["{$chunked}1;x=", 'y'],
    'chunks' => [$chunked, "1\r\n \r\n"],
    'trailers' => ["{$chunked}0\r\n", "X: y\r\n"],
    'known-length' => ["{$ok}Content-Length: 9999999999\r\n\r\n", ' '],
    'no-length' => ["$ok\r\n", ' '],
];
/** Zeros that PHP has no memory for here, in fewer bytes of gzip than are too many. */
$bomb = static function (): string {
    $zeros = str_repeat("\0", 1 << 20);
    $piece = deflate_add(deflate_init(ZLIB_ENCODING_RAW), $zeros, ZLIB_FULL_FLUSH);
    $sum = hash_init('crc32b');
    for ($i = 0; $i < 192; $i++) {
        hash_update($sum, $zeros);
    }
    return "\x1f\x8b\x08\0\0\0\0\0\0\x03" . str_repeat($piece, 192) . "\x03\0" . pack('VV', hexdec(hash_final($sum)), 192 << 20);
};
$ways = [
    'silence' => ['start' => ''],
    'stall' => ['start' => "$ok\r\n" . str_repeat(' ', MAX_BYTES / 2)],
    'redirects' => ['start' => "HTTP/1.1 302 Found\r\nLocation: /redirects\r\nContent-Length: 0\r\n\r\n", 'end' => true],
    'late-redirects' => ['start' => "HTTP/1.1 302 Found\r\nLocation: /late-redirects\r\n\r\n", 'end' => true, 'delay' => 400],
    'bomb' => ['start' => "{$ok}Content-Encoding: gzip\r\n\r\n" . $bomb(), 'end' => true],
    'bomb-without-end' => ['start' => "{$ok}Content-Encoding: gzip\r\n\r\n", 'more' => $bomb(), 'pace' => 'flood'],
    'whole' => ['start' => "{$ok}Content-Length: 5\r\n\r\nhello", 'end' => true],
];
foreach ($endless as $name => [$start, $more]) {
    $ways["drip-$name"] = ['start' => $start, 'more' => $more, 'pace' => 'drip'];
    $ways["flood-$name"] = ['start' => $start, 'more' => $more, 'pace' => 'flood'];
}
foreach ($ways as $path => $way) {
    $ways[$path] = array_map('base64_encode', array_intersect_key($way, ['start' => 1, 'more' => 1])) + $way;
}

[$site, $authority] = [getenv('FEDVERIFY_TEST_SITE'), getenv('FEDVERIFY_TEST_WORDPRESS') . '/authority'];
file_put_contents("$site/streams-$client.json", json_encode($ways));
$command = ['node', __DIR__ . '/../network/streams.mjs', $authority, "$site/streams-$client.json"];
$server = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
$ports = json_decode((string) fgets($pipes[1]), true);

define('WP_ACCESSIBLE_HOSTS', 'www.publisher.example');
add_filter('fedverify_resolve_host', static function (): array {
    return ['127.0.0.1'];
});
add_filter('fedverify_allow_private_host', '__return_true');

/** Checks how a fetch ends: with its body, or with this verdict, this code and the end of this sentence. */
$ends = static function (string $how, string $path, int $port, int $seconds = SOON) use ($check): void {
    $url = "https://www.publisher.example:$port/$path";
    try {
        $found = Plugin::get()->fetcher()->get($url, MAX_BYTES, ['timeout' => $seconds, 'redirects' => 5])->body();
    } catch (Refusal $refusal) {
        $why = preg_replace('~\Ahttps://\S+ (?:could not be fetched: )?(.*)\.\z~s', '$1', $refusal->getMessage());
        $found = "{$refusal->verdict()} {$refusal->error_code()}: $why";
    }
    $check("$path: $found", preg_match("~\A(?:$how)\z~", $found) === 1);
};

$ends('hello', 'whole', $ports['tls'], LATER);
foreach (['silence', 'stall', 'late-redirects'] as $path) {
    $ends(TIME, $path, $ports['tls']);
}
$ends('undetermined network.status: redirects to "/redirects", which is one redirect too many', 'redirects', $ports['tls'], LATER);
$ends(ENCODED, 'bomb', $ports['tls'], LATER);
$ends(BYTES, 'bomb-without-end', $ports['tls'], LATER);
foreach (['silent', 'handshake', 'record', 'recordByByte'] as $below) {
    $ends(TIME, 'flood-no-length', $ports[$below]);
}
foreach (array_keys($endless) as $name) {
    // Of a length that is too large nothing is read; the other client reads it, in case less comes.
    $ends($client === 'curl' && $name === 'known-length' ? BYTES : TIME, "drip-$name", $ports['tls']);
}

// Fast ones end at the bytes that are counted. A line that is too long curl refuses itself, in words of its version. What is around
// chunks it does not count; sockets do not ask for any, and count all of it.
$floods = [
    'curl' => [
        HEADERS => ['informational', 'headers'],
        BY_CURL => ['status-line', 'header-name', 'header-value', 'chunk-size'],
        BYTES => ['chunks', 'known-length', 'no-length'],
    ],
    'sockets' => [
        HEADERS => ['status-line', 'header-name', 'header-value', 'headers'],
        BYTES => ['informational', 'chunk-size', 'chunk-extension', 'chunks', 'trailers', 'known-length', 'no-length'],
    ],
];
$counted = ['bomb-without-end'];
foreach ($floods[$client] as $how => $names) {
    foreach ($names as $name) {
        $ends($how, $counted[] = "flood-$name", $ports['tls'], LATER);
    }
}
foreach (array_diff(array_keys($endless), ...array_values($floods[$client])) as $name) {
    $ends(TIME, "flood-$name", $ports['tls']);
}

foreach ($client === 'curl' ? ['proxyByByte', 'silent'] : [] as $proxy) {
    putenv("https_proxy=http://127.0.0.1:{$ports[$proxy]}");
    $ends(TIME, "by-$proxy", $ports['tls']);
    putenv('https_proxy');
}
if ($client === 'sockets') {
    // WordPress itself makes no TLS behind a proxy without curl, and asks for nothing there. The remedy says so.
    define('WP_PROXY_HOST', '127.0.0.1');
    define('WP_PROXY_PORT', $ports['silent']);
    $ends('undetermined network.failed: there was no connection', 'by-proxy', $ports['tls'], LATER);
}

fclose($pipes[0]);
$tally = json_decode((string) stream_get_contents($pipes[1]), true);
proc_close($server);
$check("{$tally['held']} were held until the server gave up", $tally['held'] === 0);
foreach ($counted as $path) {
    $taken = $tally['paths'][$path]['taken'];
    $check("$path: $taken bytes", $taken < HEADER_BYTES + MAX_BYTES + IN_BUFFERS);
}
$check('redirects are followed five times', $tally['paths']['redirects']['asked'] === 6);
$check('what takes too long is not asked again', $tally['paths']['silence']['asked'] === 1);
$finish("streams by $client");
