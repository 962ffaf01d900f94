<?php

/** Url, Address_Ranges, Addresses, Plain_Text, Bounds, Transfer and Fetcher. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';
require __DIR__ . '/http.php';

use FedVerify\WordPress\Memory\Options;
use FedVerify\WordPress\Network\Address_Ranges;
use FedVerify\WordPress\Network\Addresses;
use FedVerify\WordPress\Network\Bounds;
use FedVerify\WordPress\Network\Connection;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Network\Proxies;
use FedVerify\WordPress\Network\Url;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

$same = [
    'https://a.example' => 'https://a.example/', 'HTTPS://A.Example/X?y=1#z' => 'https://a.example/X?y=1', 'https://a.example:443/' => 'https://a.example/',
    'https://a.example:8443' => 'https://a.example:8443/', 'https://a.example?x' => 'https://a.example/?x', 'https://a.example:/x' => 'https://a.example/x',
    'https://1.2.3.4/x' => 'https://1.2.3.4/x', 'https://[2606:4700::1]:8443/' => 'https://[2606:4700::1]:8443/', 'https://xn--mnchen-3ya.example/' => 'https://xn--mnchen-3ya.example/',
    'https://localhost/' => 'https://localhost/', 'https://a.example/?u=https://b@c' => 'https://a.example/?u=https://b@c',
];
foreach ($same as $url => $read) {
    $check("a URL: $url", Url::parse($url)->to_string() === $read);
}
$insecure = [
    '', 'https:', 'https://', 'https:///x', 'http://a.example/', 'ftp://a.example/', 'file:///etc/passwd', '//a.example/', '/x', 'a.example', 'javascript:alert(1)',
    'https://u@a.example/', 'https://u:p@a.example/', 'https://a.example@b.example/', 'https://a.example\\@b.example/', 'https://a.example:0/', 'https://a.example:65536/',
    'https://a.example:08/', 'https://a.example:x/', 'https://a.example:1:2/', "https://a.example/\n", 'https://a.example/ x', "https://a.example\0/", 'https://münchen.example/',
    'https://a..example/', 'https://.example/', 'https://a.example./', 'https://-a.example/', 'https://a_b.example/', 'https://ex%61mple/', 'https://a.example/<x>',
    'https://[::1/', 'https://a[::1]/', 'https://[::1]x/', 'https://a,b.example/', "https://a\u{3002}example/", 'https://a.example/' . str_repeat('x', 4096),
];
foreach ($insecure as $i => $url) {
    $check("no URL $i", $refused(static function () use ($url) {
        Url::parse($url);
    }) === 'undetermined network.insecure_url');
}
foreach (['127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1', '127.0.0.1.', '1.2.3.256', '[::ffff:1.2.3.400]', '[:::1]', '010.8.8.8', '1.2.3.4.5'] as $host) {
    $check("an odd spelling: $host", $refused(static function () use ($host) {
        Url::parse("https://$host/");
    }) === 'undetermined network.private_address');
}
$redirects = [
    '/x' => 'https://a.example:8443/x', 'x' => 'https://a.example:8443/b/x', '?x' => 'https://a.example:8443/b/c?x', '//b.example/x' => 'https://b.example/x',
    'https://b.example' => 'https://b.example/', '' => 'https://a.example:8443/b/', ' /x ' => 'https://a.example:8443/x', '/ä b' => 'https://a.example:8443/%C3%A4%20b', '#x' => 'https://a.example:8443/b/',
];
foreach ($redirects as $location => $target) {
    $check("a redirect: $location", Url::parse('https://a.example:8443/b/c?d')->redirected((string) $location)->to_string() === $target);
}
foreach (['http://a.example/', 'file:///x', 'data:text/plain,x', "https://b.example\\x", 'https://u@b.example/', "//b.example\\@c.example"] as $location) {
    $check("no redirect: $location", $refused(static function () use ($location) {
        Url::parse('https://a.example/')->redirected($location);
    }) === 'undetermined network.insecure_url');
}

$public = ['1.1.1.1', '93.184.216.34', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1', '192.167.1.1', '223.255.255.255', '2606:4700::1', '2a00::1', '::ffff:8.8.8.8', '64:ff9b::808:808'];
$private = [
    '0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.0.0.1', '192.0.2.1', '192.88.99.1',
    '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', 'fec0::1',
    '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '100::1', 'x', '', '1.2.3', '[::1]', '01.2.3.4',
];
foreach ($public as $address) {
    $check("public: $address", Address_Ranges::is_public($address));
}
foreach ($private as $address) {
    $check("not public: $address", !Address_Ranges::is_public($address));
}

$addresses = new Addresses(new Settings(new Options()));
$of = static function (string $host) use ($addresses, $refused): string {
    $found = '';
    $code = $refused(static function () use ($addresses, $host, &$found) {
        $found = implode(' ', $addresses->check($host));
    });
    return $code === 'nothing' ? $found : $code;
};
$site->options['host a.example'] = ['1.1.1.1', '2606:4700::1', 'x', 5];
$site->options['host mixed.example'] = ['1.1.1.1', '10.0.0.1'];
$site->options['host none.example'] = [];
$check('a host', $of('a.example') === '1.1.1.1 2606:4700::1');
$check('one private address is enough', $of('mixed.example') === 'undetermined network.private_address');
$check('none', $of('none.example') === 'undetermined network.unresolvable');
$check('literals', $of('1.1.1.1') === '1.1.1.1' && $of('[2606:4700::1]') === '2606:4700::1' && $of('[::1]') === 'undetermined network.private_address');
$check('this machine, whatever DNS says', $of('localhost') === 'undetermined network.private_address' && $of('x.LocalHost') === 'undetermined network.private_address' && $of('notlocalhost') === '93.184.216.34');
$addresses->check_before_proxy('none.example');
$check('a proxy resolves what we cannot', $refused(static function () use ($addresses) {
    $addresses->check_before_proxy('mixed.example');
}) === 'undetermined network.private_address');
add_filter('fedverify_allow_private_host', static function (bool $allowed, string $host): bool {
    return $host === 'intranet.example';
}, 10, 2);
$site->options['host intranet.example'] = ['10.0.0.1'];
$check('the owner allows one', $of('intranet.example') === '10.0.0.1' && $of('mixed.example') === 'undetermined network.private_address');

$check('lines', Plain_Text::line("a\r\nb\t\x1b[31mc\u{202e}\u{2028}d\0") === 'a b [31mc d' && Plain_Text::line("\xff\xfe") === '??' && Plain_Text::quoted('x') === '"x"');
$check('joiners stay', Plain_Text::line("\u{645}\u{6cc}\u{200c}\u{62e}") === "\u{645}\u{6cc}\u{200c}\u{62e}");
$check('what is quoted cannot close the quotation', Plain_Text::quoted('1" was verified, "2') === '"1\' was verified, \'2"');
$check('words are as they are', Plain_Text::word('1.0+a~b') === '1.0+a~b' && Plain_Text::word('https://a.example/x?y=%20') === 'https://a.example/x?y=%20' && Plain_Text::word('alice@a.example#b') === 'alice@a.example#b');
foreach (['1.0 was verified', '', 'ä', '1"', "1\u{a0}2", "\u{5d0}"] as $text) {
    $check("no word: $text", Plain_Text::word($text) === Plain_Text::quoted($text));
}
$check('names', Plain_Text::name('Hello') === '“Hello”' && Plain_Text::name('Hello', '1.0') === '“Hello 1.0”' && Plain_Text::name("<b>He</b>\nllo\u{202e}", '') === '“<b>He</b> llo”');
$check('a name with a heart', Plain_Text::name('I <3 you plugin') === '“I <3 you plugin”');
foreach (['"', '“', '”', '„', '«', '»', '‘', '‹', '＂', 'ʺ', '❞', '」', '』', '》', '〞', '″', '״'] as $mark) {
    $check("a quotation mark: $mark", Plain_Text::name("A$mark b") === "“A' b”" && Plain_Text::quoted("A$mark b") === "\"A' b\"");
}
$check('long texts', Plain_Text::line('a' . str_repeat(' ', 1000000) . 'b', PHP_INT_MAX) === 'a b' && Plain_Text::line('a' . str_repeat("\u{2028}\u{ad}", 500000) . 'b', PHP_INT_MAX) === 'a b');
$check('a name closes no quotation', Plain_Text::name('A” was updated. "B') === '“A\' was updated. \'B”');
$check('names of some length', Plain_Text::name(str_repeat('ü', 80), str_repeat('1', 40)) === '“' . str_repeat('ü', 80) . ' ' . str_repeat('1', 40) . '”');
$check('and no more', Plain_Text::name(str_repeat('ü', 81), str_repeat('1', 41)) === '“' . str_repeat('ü', 80) . '… ' . str_repeat('1', 40) . '…”');
$check('a name from right to left moves nothing else', Plain_Text::name("\u{5e9}\u{5dc}\u{5d5}\u{5dd}", '1.0') === "“\u{2068}\u{5e9}\u{5dc}\u{5d5}\u{5dd} 1.0\u{2069}”");
$site->rtl = true;
$check('nor one from left to right where the sentence is not', Plain_Text::name('Hello') === "“\u{2068}Hello\u{2069}”");
$site->rtl = false;
$check('cut at characters', Plain_Text::cut('aäb', 2) === 'a' && Plain_Text::cut('aäb', 3) === 'aä' && strlen(Plain_Text::line(str_repeat('ü', 400))) === 300);

$bounds = new Bounds(10, 60);
$check('within bounds', !$bounds->are_exceeded(10, 1000) && $bounds->exceeded() === null && $bounds->seconds() === 60);
$check('begun', $bounds->has_begun() && !(new Bounds(10, 60))->has_begun());
$check('begun by headers', !(new Bounds(10, 60))->are_exceeded(0) && !($begun = new Bounds(10, 60))->are_exceeded(0, 1) && $begun->has_begun() && !$begun->are_exceeded(0) && $begun->has_begun());
$check('too large', $bounds->are_exceeded(11) && $bounds->exceeded() === 'bytes');
$check('too many headers', (new Bounds(10, 60))->are_exceeded(0, 400000) && (new Bounds(10, 0))->are_exceeded(0) && (new Bounds(10, 0))->seconds() === 1);

$fetcher = new Fetcher($addresses);
$refusal = static function (string $url, array $options = []) use ($fetcher): Refusal {
    try {
        $fetcher->get($url, 100, $options);
    } catch (Refusal $refusal) {
        return $refusal;
    }
    throw new LogicException('not refused');
};
/** What a fetch gives: the body, or the code. */
$get = static function (string $url, array $options = []) use ($fetcher, $refused): string {
    $body = '';
    $code = $refused(static function () use ($fetcher, $url, $options, &$body) {
        $body = $fetcher->get($url, 100, $options)->body();
    });
    return $code === 'nothing' ? $body : $code;
};
$network->answers = [
    'https://a.example/' => 'hello', 'https://a.example/big' => str_repeat('x', 101), 'https://a.example/full' => str_repeat('x', 100), 'https://a.example/empty' => '',
    'https://a.example/500' => [500, 'x', []], 'https://a.example/204' => [204, '', []], 'https://a.example/206' => [206, 'x', []], 'https://a.example/304' => [304, '', []],
    'https://a.example/gzip' => [200, 'x', ['Content-Encoding' => 'gzip']], 'https://a.example/two' => [200, 'x', ['content-encoding' => ['identity', 'BR']]],
    'https://a.example/none' => [200, 'x', ['content-encoding' => ['', 'Identity, none', 'aws-chunked']]],
    'https://a.example/to' => [302, '', ['location' => '/']], 'https://a.example/twice' => [308, '', ['location' => 'https://b.example/to']], 'https://b.example/to' => [307, '', ['location' => ['https://a.example/', 'x']]],
    'https://a.example/loop' => [301, '', ['location' => '/loop']], 'https://a.example/plain' => [303, '', ['location' => 'http://a.example/']], 'https://a.example/nowhere' => [302, '', []],
    'https://a.example/private' => [302, '', ['location' => 'https://mixed.example/']], 'https://a.example/literal' => [302, '', ['location' => 'https://127.0.0.1/']],
    'https://intranet.example/' => 'inside', 'https://mixed.example/' => 'chosen',
    'https://a.example/error' => new WP_Error('http_request_failed', "cURL error 60: <b>SSL\x1b[0m", []), 'https://a.example/late' => new WP_Error('http_request_failed', 'cURL error 28: x', []),
    'https://a.example/blocked' => new WP_Error('http_request_not_executed', 'User has blocked requests', []), 'https://a.example/null' => null, 'https://a.example/object' => new stdClass(),
];
$expected = [
    'https://a.example/' => 'hello', 'https://a.example/full' => str_repeat('x', 100), 'https://a.example/empty' => '', 'https://a.example/big' => 'rejected input.too_large',
    'https://a.example/500' => 'undetermined network.status', 'https://a.example/204' => 'undetermined network.status', 'https://a.example/206' => 'undetermined network.status',
    'https://a.example/304' => 'undetermined network.status', 'https://a.example/gzip' => 'undetermined network.failed', 'https://a.example/two' => 'undetermined network.failed',
    'https://a.example/none' => 'x', 'https://a.example/to' => 'undetermined network.status', 'https://mixed.example/' => 'undetermined network.private_address',
    'https://intranet.example/' => 'inside', 'https://a.example/error' => 'undetermined network.failed', 'https://a.example/late' => 'undetermined network.failed',
    'https://a.example/blocked' => 'undetermined network.failed', 'https://a.example/null' => 'undetermined network.status', 'https://a.example/object' => 'undetermined network.failed',
    'http://a.example/' => 'undetermined network.insecure_url',
];
foreach ($expected as $url => $result) {
    $check("fetched: $url", $get($url) === $result);
}
$three = ['redirects' => 3];
$check('redirects', $get('https://a.example/to', $three) === 'hello' && $get('https://a.example/twice', $three) === 'hello' && $get('https://a.example/twice', ['redirects' => 1]) === 'undetermined network.status');
$check('a loop ends', $get('https://a.example/loop', $three) === 'undetermined network.status');
$check('each is judged', $get('https://a.example/plain', $three) === 'undetermined network.insecure_url' && $get('https://a.example/private', $three) === 'undetermined network.private_address'
    && $get('https://a.example/literal', $three) === 'undetermined network.private_address' && $get('https://a.example/nowhere', $three) === 'undetermined network.status');
$check('what the owner chose may be private', $get('https://mixed.example/', ['configured' => true]) === 'chosen' && $get('https://a.example/private', $three + ['configured' => true]) === 'undetermined network.private_address');
$check('what a status means', $refusal('https://a.example/gone', ['statuses' => [404 => 'It is gone.']])->getMessage() === 'It is gone.');
$check('who to allow', strpos($refusal('https://a.example/blocked')->remedy(), 'a.example') !== false);
$check('messages are text', strpos($refusal('https://a.example/error')->getMessage(), "\x1b") === false);
// A node of which nothing is heard is not asked again, and one whose answer fails is.
$silences = [
    'cURL error 6: Could not resolve host: a.example' => 'silent', 'cURL error 7: Failed to connect' => 'silent', 'cURL error 60: SSL certificate problem' => 'silent', 'cURL error 35: x' => 'silent',
    'cURL error 28: SSL connection timeout' => 'silent', 'cURL error 28: Connection timed out after 5001 milliseconds' => 'silent', 'cURL error 28: Operation timed out after 5001 milliseconds with 0 bytes received' => 'silent',
    'cURL error 28: Operation timed out after 5001 milliseconds with 10 bytes received' => 'late', 'cURL error 28: Operation timed out after 5001 milliseconds with 7 out of 100 bytes received' => 'late',
    'cURL error 56: OpenSSL SSL_read: errno 104' => '', 'cURL error 18: transfer closed' => '', 'cURL error 61: x' => '',
    '' => 'silent', 'php_network_getaddresses: getaddrinfo failed' => 'silent', 'SSL certificate did not match the requested domain name' => 'silent',
    'fsocket timed out' => 'late', 'Response could not be parsed' => '', 'Missing header/body separator' => '',
];
foreach ($silences as $text => $silence) {
    $network->answers['https://a.example/silence'] = new WP_Error('http_request_failed', $text, []);
    $failure = $refusal('https://a.example/silence');
    $check("whether a server is silent: $text", $failure->error_code() === 'network.failed' && $failure->silence() === $silence);
}
$check('nor is one that WordPress may not ask', $refusal('https://a.example/blocked')->silence() === 'silent');
foreach (['gzip', 'object', '500', 'big'] as $path) {
    $check("an answer: $path", $refusal("https://a.example/$path")->silence() === '');
}
$check('it took too long, with a part of the answer and without', $refusal('https://a.example/', ['timeout' => 0])->silence() === 'late' && $refusal('https://a.example/empty', ['timeout' => 0])->silence() === 'silent');
$check('nothing is left', $left() === []);

$arguments = end($network->requests)[1];
$foreign = static function (array $arguments): array {
    return ['sslverify' => false, 'redirection' => 9, 'stream' => false, 'filename' => null, 'limit_response_size' => null, 'cookies' => ['a'], 'headers' => ['accept-encoding' => 'gzip', 'X-Token' => 't'], 'method' => 'POST'] + $arguments;
};
add_filter('http_request_args', $foreign, PHP_INT_MAX);
$get('https://a.example/', ['accept' => 'text/x']);
$after = end($network->requests)[1];
$check('what other plugins set does not count', $after['sslverify'] === true && $after['redirection'] === 0 && $after['stream'] === true && is_string($after['filename'])
    && $after['limit_response_size'] === 101 && $after['cookies'] === [] && $after['method'] === 'GET');
$check('but headers of theirs', $after['headers'] === ['Accept' => 'text/x', 'Accept-Encoding' => 'identity', 'X-Token' => 't']);
$check('no hook is left', $site->hooks['http_request_args'][PHP_INT_MAX] !== [] && array_filter($site->hooks['https_ssl_verify'] ?? []) === [] && array_filter($site->hooks['http_api_curl'] ?? []) === []);
array_pop($site->hooks['http_request_args'][PHP_INT_MAX]);

$plays = [
    'true' => [true, 'undetermined network.failed'], 'an empty array' => [[], 'undetermined network.failed'], 'no body' => [['response' => ['code' => 200]], ''], 'a body' => [['response' => ['code' => '200'], 'body' => 'mine', 'headers' => ['content-encoding' => 'gzip']], 'mine'],
    'a giant' => [['response' => ['code' => 200], 'body' => str_repeat('x', 101)], 'rejected input.too_large'], 'odd types' => [['response' => ['code' => 200], 'body' => ['x'], 'headers' => 5], ''],
    'an odd status' => [['response' => ['code' => 'x'], 'body' => 'x'], 'undetermined network.failed'], 'a status beyond' => [['response' => ['code' => 999]], 'undetermined network.failed'],
];
foreach ($plays as $what => [$given, $result]) {
    add_filter('pre_http_request', static function () use ($given, $fetcher) {
        return Fetcher::is_own_request() ? $given : false;
    });
    $check("another plugin answers: $what", $get('https://a.example/') === $result);
    $site->hooks['pre_http_request'] = [];
}
add_filter('pre_http_request', static function () {
    throw new Error('foreign');
});
$check('another plugin throws', $get('https://a.example/') === 'undetermined wordpress.internal' && !Fetcher::is_own_request());
$site->hooks['pre_http_request'] = [];

$site->options['proxy'] = 'proxy.example';
$site->options['host behind.example'] = [];
$network->answers['https://behind.example/'] = 'by proxy';
$check('by a proxy', $get('https://behind.example/') === 'by proxy' && $get('https://mixed.example/') === 'undetermined network.private_address');
$has_curl = function_exists('curl_init');
$network->answers['https://a.example/tunnel'] = new WP_Error('http_request_failed', $has_curl ? 'cURL error 56: CONNECT tunnel failed, response 403' : '', []);
$remedy = $refusal('https://a.example/tunnel')->remedy();
$check("behind a proxy: $remedy", strpos($remedy, $has_curl ? 'the proxy is up and connects to a.example' : 'PHP extension curl') !== false);
foreach (['socks5h://', 'socks4a://', 'SOCKS5H://', 'http://', 'https://', ''] as $scheme) {
    $site->options['proxy'] = "{$scheme}proxy.example";
    $check("by a proxy that takes names: $scheme", $get('https://behind.example/') === 'by proxy');
}
foreach (['socks5://', 'socks4://', 'socks://', 'SOCKS5://'] as $scheme) {
    $site->options['proxy'] = "{$scheme}proxy.example";
    $check("by one that takes addresses: $scheme", $get('https://behind.example/') === 'undetermined network.unresolvable' && $get('https://a.example/') === 'hello');
    $check("what to do about it: $scheme", strpos($refusal('https://behind.example/')->remedy(), 'socks5h://') !== false);
}
unset($site->options['proxy']);

$environment = static function (array $variables): void {
    foreach (['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'] as $name) {
        putenv(isset($variables[$name]) ? "$name={$variables[$name]}" : $name);
    }
};
foreach ([
    '' => true, '*' => false, ' * ' => false, 'a.example' => false, 'A.Example' => false, '.example' => false, 'example.' => false, 'b.example, a.example' => false, 'b.example a.example' => false,
    'b.example' => true, 'a.example.b' => true, 'xa.example' => true, '.a' => true, 'b.example,*' => true, ',' => true,
] as $excepted => $by_proxy) {
    $environment(['HTTPS_PROXY' => 'http://127.0.0.1:9', 'NO_PROXY' => $excepted]);
    $check("a proxy of the environment, except for: $excepted", Proxies::serve(Url::parse('https://a.example/')) === ($by_proxy && $has_curl));
}
$environment(['all_proxy' => 'http://127.0.0.1:9', 'NO_PROXY' => 'a.example', 'no_proxy' => '2606:4700::1']);
$check('the first list counts', Proxies::serve(Url::parse('https://a.example/')) === $has_curl && !Proxies::serve(Url::parse('https://[2606:4700::1]/')));
$environment([]);
$check('no proxy', !Proxies::serve(Url::parse('https://a.example/')));

// PHP as WebAssembly says that it listens, on no port.
$listening = $has_curl && function_exists('stream_socket_server') ? @stream_socket_server('tcp://127.0.0.1:0') : false;
if ($listening !== false && substr((string) stream_socket_get_name($listening, false), -2) !== ':0') {
    /** Whom curl connects to: the proxy, the server at the address that was judged, or nobody. */
    $connected = static function (array $variables, bool $is_by_proxy, ?string $own_proxy = null, ?array $judged = null) use ($environment): string {
        [$proxy, $server] = [stream_socket_server('tcp://127.0.0.1:0'), stream_socket_server('tcp://127.0.0.1:0')];
        $at_proxy = stream_socket_get_name($proxy, false);
        $url = Url::parse('https://a.example:' . explode(':', stream_socket_get_name($server, false))[1] . '/');
        $environment(str_replace('PROXY', $at_proxy, $variables));
        $handle = curl_init($url->to_string());
        // Who does not pin the name is led to this machine all the same, so that it shows.
        curl_setopt_array($handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT_MS => 300, CURLOPT_RESOLVE => ["{$url->host()}:{$url->port()}:127.0.0.1"]]);
        if ($own_proxy !== null) {
            curl_setopt($handle, CURLOPT_PROXY, str_replace('PROXY', $at_proxy, $own_proxy));
        }
        (new Connection($url, $judged ?? ($is_by_proxy ? [] : ['127.0.0.1']), new Bounds(100, 1), $is_by_proxy))->set_up($handle);
        curl_exec($handle);
        $environment([]);
        $is_asked = static function ($listening): bool {
            return @stream_socket_accept($listening, 0) !== false;
        };
        return $is_asked($proxy) ? 'the proxy' : ($is_asked($server) ? 'the server' : 'nobody');
    };
    $named = ['HTTPS_PROXY' => 'http://PROXY'];
    $check('curl goes by the proxy', $connected($named, true) === 'the proxy');
    $check('and by it alone where Proxies said so', $connected($named + ['NO_PROXY' => '*'], true) === 'the proxy' && $connected($named + ['no_proxy' => 'a.example'], true) === 'the proxy');
    $check('and by it where another plugin says by none', $connected($named, true, '') === 'the proxy');
    $check('by that of WordPress, too', $connected(['NO_PROXY' => '*'], true, 'http://PROXY') === 'the proxy');
    $check('which another plugin takes away: to nobody', $connected([], true, '') === 'nobody');
    $check('or to whom was judged', $connected([], true, '', ['127.0.0.1']) === 'the server' && $connected([], true, '', ['127.0.0.2']) === 'nobody');
    $check('the proxy is asked whatever was judged', $connected([], true, 'http://PROXY', ['127.0.0.1']) === 'the proxy');
    /** What curl asks a SOCKS proxy for: the name, or the address that was judged. */
    $wanted = static function (string $scheme): string {
        $proxy = stream_socket_server('tcp://127.0.0.1:0');
        $handle = curl_init('https://a.example/');
        // As WordPress sets it. The scheme takes precedence.
        curl_setopt_array($handle, [CURLOPT_TIMEOUT => 30, CURLOPT_PROXYTYPE => CURLPROXY_HTTP, CURLOPT_PROXY => "$scheme://" . stream_socket_get_name($proxy, false)]);
        (new Connection(Url::parse('https://a.example/'), ['1.1.1.1'], new Bounds(100, 30), true))->set_up($handle);
        $transfer = curl_multi_init();
        curl_multi_add_handle($transfer, $handle);
        $request = '';
        for ($client = false; $request === '' && curl_multi_exec($transfer, $running) === CURLM_OK && $running > 0; curl_multi_select($transfer, 0.01)) {
            $client = $client ?: @stream_socket_accept($proxy, 0);
            stream_set_blocking($client ?: $proxy, false);
            $request = $client === false ? '' : (string) fread($client, 300);
            // SOCKS 5 begins with a few bytes about ways to log in, of which none is needed.
            if ($request !== '' && strlen($request) < 9) {
                fwrite($client, "\x05\x00");
                $request = '';
            }
        }
        return strpos($request, 'a.example') !== false ? 'the name' : (strpos($request, "\1\1\1\1") !== false ? 'the address' : bin2hex($request));
    };
    foreach (['socks5h' => 'the name', 'socks4a' => 'the name', 'socks5' => 'the address', 'socks4' => 'the address'] as $scheme => $what) {
        $check("a proxy of $scheme is asked for $what", $wanted($scheme) === $what);
    }
    $check('and to nobody but whom was judged otherwise', $connected($named, false) === 'the server' && $connected([], false) === 'the server');
} else {
    echo "network: skipped: whom curl connects to, because this PHP has no curl or cannot listen\n";
}

$copy = $fetcher->download('https://a.example/to', 100);
$check('a download', $copy->size() === 5 && file_get_contents($copy->path()) === 'hello' && (DIRECTORY_SEPARATOR === '\\' || (fileperms($copy->path()) & 0777) === 0600));
$check('is alone', $left() === [basename($copy->path())]);
unset($copy);
$check('and goes', $left() === [] && $refused(static function () use ($fetcher) {
    $fetcher->download('https://a.example/big', 100);
}) === 'rejected input.too_large' && $left() === []);

$finish('network');
