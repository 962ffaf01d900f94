<?php

/** The Plugin Federation Network: sources, keys, nodes, digests, checks, offers and gates. The verifier is the library. */

declare(strict_types=1);

namespace FedVerify\WordPress\Network {
    use FedVerify\PrivateCopy;
    use FedVerify\WordPress\Refusal;

    final class Response
    {
        /** @var string */
        private $body;

        public function __construct(string $body)
        {
            $this->body = $body;
        }

        public function body(): string
        {
            return $this->body;
        }
    }

    /** The network: bodies or refusals, or what makes them of a query, by URL without its query. */
    final class Fetcher
    {
        /** @var array<string, string|Refusal|callable(array<string, string>): string> */
        public $answers = [];
        /** @var list<string> */
        public $asked = [];
        /** @var array<string, int> How long downloads may take, by URL without its query. */
        public $seconds = [];

        public function get(string $url, int $max, array $options = []): Response
        {
            $body = $this->answer($url);
            if (strlen($body) > $max) {
                throw Refusal::rejected('input.too_large', "the response is larger than $max");
            }
            return new Response($body);
        }

        public function download(string $url, int $max, array $options = []): PrivateCopy
        {
            $this->seconds[strtok($url, '?')] = $options['timeout'] ?? 300;
            $path = $GLOBALS['scratch'] . '/served.zip';
            file_put_contents($path, $this->answer($url));
            return PrivateCopy::of($path, [], $GLOBALS['scratch']);
        }

        private function answer(string $url): string
        {
            $this->asked[] = $url;
            $answer = $this->answers[strtok($url, '?')] ?? Refusal::undetermined('network.status', "no $url");
            if ($answer instanceof Refusal) {
                throw $answer;
            }
            parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
            return $answer instanceof \Closure ? $answer($query) : $answer;
        }
    }
}

namespace {
    require __DIR__ . '/wordpress.php';
    require __DIR__ . '/upgrader.php';
    require __DIR__ . '/signatures.php';

    use FedVerify\WordPress\Federation\Federation;
    use FedVerify\WordPress\Federation\Listings;
    use FedVerify\WordPress\Federation\Nodes;
    use FedVerify\WordPress\Federation\Publisher_Key;
    use FedVerify\WordPress\Federation\Source_Id;
    use FedVerify\WordPress\Gates\Time_Budget;
    use FedVerify\WordPress\Network\Fetcher;
    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Refusal;

    define('DAY_IN_SECONDS', 86400);
    function human_time_diff(int $from, int $to): string
    {
        return ($to - $from) . ' seconds';
    }
    Plugin::start('/plugins/fedverify/fedverify.php');
    $plugin = Plugin::get();
    $fetcher = new Fetcher();
    $made = new ReflectionProperty(Plugin::class, 'made');
    if (PHP_VERSION_ID < 80100) {
        $made->setAccessible(true);
    }
    $made->setValue($plugin, [Fetcher::class => $fetcher]);

    /** A later request of the site: what was remembered is in the database alone. */
    $later = static function () use ($plugin, $made): Federation {
        $kept = $made->getValue($plugin);
        unset($kept[Federation::class]);
        $made->setValue($plugin, $kept);
        $plugin->installed()->changed();
        return $plugin->federation();
    };

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
    $alice = Publisher_Key::read(Signatures::key('alice'));
    $check('a key', strpos($alice->did_key(), 'did:key:z6Mk') === 0);
    $check('on one line', Publisher_Key::read(str_replace("\n", ' ', Signatures::key('alice')))->did_key() === $alice->did_key());
    $check('as people have it who compare', strpos(Publisher_Key::body($alice->text()), 'MCowBQYDK2VwAyEA') === 0 && strlen(Publisher_Key::body($alice->text())) === 60);
    foreach (['', 'nonsense', Signatures::key('alice') . 'x', str_repeat('A', 2000), base64_encode(str_repeat("\0", 33))] as $text) {
        $check('no key: ' . substr($text, 0, 10), strpos($refused(static function () use ($text) {
            Publisher_Key::read($text);
        }), 'rejected ') === 0);
    }

    $source = Source_Id::parse('alice@plugins.example');
    $node = 'https://node.example';
    $other = 'https://other.example/pfn';
    $file = 'hello/hello.php';
    $code = static function ($result): string {
        return is_wp_error($result) ? substr($result->get_error_code(), strlen('fedverify.')) : (string) $result;
    };
    $php = static function (string $version, ?string $of = 'alice@plugins.example', string $more = ''): string {
        return "<?php\n/*\nPlugin Name: Hello\nVersion: $version\nText Domain: hello-text\n" . ($of === null ? '' : "Federation Source: $of\n") . "$more*/\n";
    };
    $archive = static function (string $version, ?array $files = null) use ($zip, $php): string {
        return (string) file_get_contents($zip("hello-$version.zip", $files ?? ['hello/hello.php' => $php($version)]));
    };
    /** What a node lists of a version. */
    $listed = static function (string $version, string $bytes, array $changes = []): array {
        $signed = ['id' => 'hello', 'name' => 'Hello', 'version' => $version, 'description' => 'Says "hello" / ünd more.'];
        $json = json_encode($signed, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
        return $changes + $signed + [
            'source_id' => 'alice@plugins.example',
            'tags' => [],
            'withdrawn_at' => null,
            'sha256' => hash('sha256', $bytes),
            'sha384' => hash('sha384', $bytes),
            'signature' => Signatures::by('alice', $json),
            'archive_signature' => Signatures::by('alice', hash('sha384', $bytes, true)),
            'public_key' => Signatures::key('alice'),
        ];
    };
    $serve = static function (string $node, array $entries, ?string $bytes = null) use ($fetcher): void {
        $fetcher->answers["$node/federation/plugins"] = json_encode(['plugins' => $entries, 'total' => count($entries)]);
        if ($bytes !== null) {
            $fetcher->answers["$node/federation/download"] = $bytes;
        }
    };
    $url = static function (string $version, string $of = 'https://node.example') use ($source): string {
        return Nodes::download_url($of, $source, 'hello', $version);
    };
    $offers = static function (array $response = [], array $translations = []) use ($plugin): object {
        $given = (object) ['response' => $response, 'no_update' => [], 'translations' => $translations];
        return $plugin->federation()->offer_gate()->judge_plugins($given);
    };
    $offered = static function () use ($offers, $file): string {
        return $offers()->response[$file]->new_version ?? 'none';
    };
    $from = static function () use ($offers, $file): string {
        return $offers()->response[$file]->package ?? 'none';
    };
    /** A check, in a later request; what it refused. */
    $checked = static function () use ($later, $plugin, $file): string {
        $federation = $later();
        $refusal = $federation->check()->one($plugin->installed()->plugin_of_source($file));
        return $refusal === null ? 'fine' : $refusal->error_code();
    };
    $version = static function () use ($file): string {
        return get_file_data(WP_PLUGIN_DIR . "/$file", ['v' => 'Version'])['v'];
    };
    $update = ['plugin' => $file, 'temp_backup' => []];
    $last = static function () use ($plugin): string {
        $verdict = $plugin->verdicts()->recent(1)[0];
        return trim("{$verdict->did()} {$verdict->version()} {$verdict->verdict()} {$verdict->code()}");
    };

    // Without a header nothing changes, and nothing is asked.
    $write('plugins/plain/plain.php', $php('1.0', null));
    $given = (object) ['response' => ['plain/plain.php' => (object) ['new_version' => '2']], 'translations' => [['type' => 'plugin', 'slug' => 'plain']]];
    $check('no source: the offers as they were', $plugin->federation()->offer_gate()->judge_plugins($given) === $given && $plugin->federation()->offer_gate()->judge_translations($given) === $given);
    $reply = new stdClass();
    $judge = static function ($reply, $source, $extra, ?object $upgrader = null) use ($plugin) {
        return $plugin->federation()->gates()->archive()->judge($reply, $source, $upgrader ?? new Plugin_Upgrader(), $extra);
    };
    $check('nor is an archive judged', $judge($reply, 'https://w.example/plain.zip', ['plugin' => 'plain/plain.php']) === $reply);
    $check('nor what is odd', $judge($reply, false, 'x') === $reply && $judge(null, '', null) === null && $plugin->federation()->offer_gate()->judge_plugins(false) === false);
    $check('nor is a theme', $judge($reply, $url('1.0'), ['theme' => 'x'], new Theme_Upgrader()) === $reply);

    // With a header: nothing without a key, nothing without a node.
    $write("plugins/$file", $php('1.0'));
    $foreign = [$file => (object) ['new_version' => '9', 'package' => 'https://evil.example/9.zip']];
    $check('another\'s offer is taken out', $later() && $offers($foreign)->response === [] && $last() === 'alice@plugins.example#hello 9 rejected wordpress.foreign_offer');
    $check('the switch stays', $offers()->no_update[$file]->new_version === '1.0' && $offers()->no_update[$file]->package === '');
    $check('no key', $checked() === 'wordpress.federation.untrusted' && $offered() === 'none');
    $later()->publishers()->trust($source, $alice);
    $check('no node', $checked() === 'wordpress.federation.no_node');
    $plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
    $check('dead nodes', $checked() === 'network.status' && $last() === 'alice@plugins.example#hello  undetermined network.status');

    // Honest nodes.
    $bytes = ['1.0' => $archive('1.0'), '1.1' => $archive('1.1'), '1.5' => $archive('1.5'), '2.0' => $archive('2.0'), '2.1' => $archive('2.1')];
    $serve($node, [$listed('1.0', $bytes['1.0']), $listed('1.1', $bytes['1.1'])], $bytes['1.1']);
    $check('offered', $checked() === 'fine' && $offered() === '1.1' && $offers($foreign)->response[$file]->package === $url('1.1'));
    $check('the dead one does not matter', count(array_filter($fetcher->asked, static function (string $asked) use ($other) {
        return strpos($asked, $other) === 0;
    })) > 0);
    $check('updated', $install(new Plugin_Upgrader(), $url('1.1'), $update) === 'hello' && $version() === '1.1' && $left() === []);
    $check('logged', $last() === 'alice@plugins.example#hello 1.1 verified');
    $facts = $plugin->verdicts()->recent(1)[0]->facts();
    $check('with its trust', [$facts['trust'], $facts['binding'], $facts['key']] === ['key', 'signed', $alice->did_key()]);
    $package = $later() ? $plugin->installed()->plugin_of_source($file) : null;
    $check('remembered', $plugin->federation()->offers()->installed($package)['binding'] === 'signed' && $offered() === 'none');
    $check('again, with the same bytes', $install(new Plugin_Upgrader(), $url('1.1'), $update) === 'hello');

    $serve($other, []);

    // Liars. Each is a node that serves what is not the publisher's; what is on disk stays.
    $is_kept = static function () use ($version, $left): bool {
        return $version() === '1.1' && $left() === [];
    };
    $forged = $listed('2.0', $bytes['2.0'], ['signature' => Signatures::by('mallory', 'anything')]);
    $serve($node, [$forged]);
    $check('a forged signature', $checked() === 'pfn.signature.invalid' && $offered() === 'none' && $last() === 'alice@plugins.example#hello 2.0 rejected pfn.signature.invalid');
    $check('by its URL', $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'pfn.signature.invalid' || $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'network.status');
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
    $check('a downgrade by its URL', $code($install(new Plugin_Upgrader(), $url('1.0'), $update)) === 'pin.downgrade' && $is_kept());
    $serve($node, [$listed('2.0', $bytes['2.0'])], substr_replace($bytes['2.0'], 'H', (int) strpos($bytes['2.0'], 'Hello'), 1) . '');
    $changed = $bytes['2.0'];
    $changed[strpos($changed, 'Text')] = 't';
    $serve($node, [$listed('2.0', $bytes['2.0'])], $changed);
    $check('a changed byte', $checked() === 'fine' && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'pfn.archive.signature_invalid' && $is_kept());
    $check('a foreign URL', $code($install(new Plugin_Upgrader(), 'https://evil.example/9.zip', $update)) === 'wordpress.foreign_url' && $is_kept());

    // A publisher signs any text that is sent as a challenge, also one that is the digest of an archive made for it.
    $text = str_repeat("t\u{e9}xt", 10) . 'ab';
    $text = substr($text, 0, 48);
    $answer = Signatures::by('alice', $text);
    $serve($node, [$listed('2.0', $bytes['2.0'], ['sha384' => bin2hex($text), 'archive_signature' => $answer])]);
    $check('a digest that is text is no proof', strlen($text) === 48 && $checked() === 'pfn.archive.signature_invalid' && $offered() === 'none');
    $is_text = \FedVerify\WordPress\Federation\Listed_Version::of($listed('2.0', $bytes['2.0'], ['sha384' => bin2hex($text), 'archive_signature' => $answer]), $node, 'hello');
    $said = '';
    try {
        file_put_contents("$scratch/text.zip", $bytes['2.0']);
        $plugin->federation()->archives()->verify($source, $is_text, \FedVerify\PrivateCopy::of("$scratch/text.zip", [], $scratch), '1.1');
    } catch (Refusal $refusal) {
        $said = $refusal->getMessage();
    }
    $check('nor of what is downloaded or uploaded', strpos($said, 'SHA-384 digest is valid UTF-8') !== false);

    $forget_failures = static function () use ($wpdb): void {
        $wpdb->query("DELETE FROM wp_fedverify_federation WHERE kind = 'failed'");
    };
    $failures_now = static function () use ($later, $plugin, $file): array {
        return $later()->offers()->failures($plugin->installed()->plugin_of_source($file));
    };

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
        $check("$what in the archive", $checked() === 'fine' && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === $expected && $is_kept());
        $check("makes room for a lower version: $what", count($failures_now()) === 1);
        $check('is not remembered', $plugin->federation()->digests()->get($source, 'hello', '2.0') === null);
    }
    $serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $checked();
    $swap = static function () use ($zip, $php): string {
        return $zip('evil.zip', ['hello/hello.php' => $php('2.0')]);
    };
    $check('the path is swapped later', $code($install(new Plugin_Upgrader(), $url('2.0'), $update, ['swap' => $swap])) === 'wordpress.unverified_source' && $is_kept());
    $swap = static function () use ($zip, $php): string {
        return $zip('evil.zip', ['elsewhere/hello.php' => $php('2.0', null)]);
    };
    $check('by one without the header, elsewhere', $code($install(new Plugin_Upgrader(), $url('2.0'), $update, ['swap' => $swap])) === 'wordpress.unverified_source' && $is_kept());
    $changed_header = static function (string $source) use ($php): string {
        file_put_contents("{$source}hello.php", $php('1.0'));
        return $source;
    };
    $check('the header is changed', $code($install(new Plugin_Upgrader(), $url('2.0'), $update, ['between' => $changed_header])) === 'wordpress.package_mismatch' && $is_kept());
    $renamed = static function (string $source): string {
        rename(rtrim($source, '/'), dirname($source) . '/hallo');
        return dirname($source) . '/hallo/';
    };
    $check('the folder is renamed', $code($install(new Plugin_Upgrader(), $url('2.0'), $update, ['between' => $renamed])) === 'wordpress.package_mismatch' && $is_kept());

    // Released twice: the bytes of a version are known for ever.
    $check('known', $plugin->federation()->digests()->get($source, 'hello', 'v1.1.0')['sha384'] === hash('sha384', $bytes['1.1']));
    $again = $archive('1.1-again', ['hello/hello.php' => $php('1.1') . '// more']);
    $serve($node, [$listed('1.1', $again)], $again);
    $check('other bytes for a version, signed', $checked() === 'wordpress.federation.other_bytes' && $last() === 'alice@plugins.example#hello 1.1 rejected wordpress.federation.other_bytes');
    $check('nor by the URL', $code($install(new Plugin_Upgrader(), $url('1.1'), $update)) === 'wordpress.federation.other_bytes' && $is_kept());
    $plugin->federation()->publishers()->forget($source);
    $fetcher->asked = [];
    $check('no node is asked without a key', $code($install(new Plugin_Upgrader(), $url('1.1'), $update)) === 'wordpress.federation.untrusted' && $fetcher->asked === []);
    $plugin->federation()->publishers()->trust($source, $alice);
    $check('also where the source was forgotten', $checked() === 'wordpress.federation.other_bytes');
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('an honest node beside it', $checked() === 'fine' && $offered() === '2.0');

    // One of two nodes lies about the archive: about its signature, or by leaving it out where the owner allows that.
    $serve($other, [$listed('2.2', $archive('2.2'))]);
    $serve($node, [$listed('2.2', $bytes['2.1'], ['archive_signature' => Signatures::by('mallory', 'anything')])], $bytes['2.1']);
    $check('a forged signature of the archive hides no honest node', $checked() === 'fine' && $offered() === '2.2' && $offers()->response[$file]->package === $url('2.2', $other));
    $serve($node, [$listed('2.2', $bytes['2.1'], ['archive_signature' => '!'])], $bytes['2.1']);
    $check('nor one that is none', $checked() === 'fine' && $offers()->response[$file]->package === $url('2.2', $other));
    $plugin->federation()->publishers()->allow_unsigned($source, true);
    $serve($node, [$listed('2.2', $bytes['2.1'], ['archive_signature' => null])], $bytes['2.1']);
    $check('nor does none, where that is allowed', $checked() === 'fine' && $offers()->response[$file]->package === $url('2.2', $other));
    $plugin->federation()->publishers()->allow_unsigned($source, false);
    $check('nor where it is not', $checked() === 'fine' && $offers()->response[$file]->package === $url('2.2', $other));
    $serve($other, []);
    $check('until the honest node no longer lists it', $checked() === 'wordpress.held.unsigned' && $offered() === 'none');
    $serve($node, []);
    $checked();
    $fetcher->answers["$other/federation/plugins"] = Refusal::undetermined('network.failed', 'dead');

    // Nobody signed the bytes.
    $unsigned = ['archive_signature' => null];
    $serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $bytes['2.1']);
    $check('held', $checked() === 'wordpress.held.unsigned' && $offered() === 'none' && $last() === 'alice@plugins.example#hello 2.1 held wordpress.held.unsigned');
    $failed = [(object) ['item' => (object) ['plugin' => 'hello/hello.php', 'new_version' => '2.1'], 'result' => null]];
    $check('by its URL, too', $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'wordpress.held.unsigned' && $is_kept());
    $check('of which nobody has written but WordPress', apply_filters('auto_plugin_update_send_email', true, $failed) === true);
    $serve($node, [$listed('1.1', $bytes['1.1'], $unsigned)], $bytes['1.1']);
    $check('recorded bytes are bound', $checked() === 'fine' && $install(new Plugin_Upgrader(), $url('1.1'), $update) === 'hello'
        && $plugin->verdicts()->recent(1)[0]->facts()['binding'] === 'recorded');
    $serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $bytes['2.1'] . 'x');
    $checked();
    $plugin->federation()->publishers()->allow_unsigned($source, true);
    $check('the owner allows them', $offered() === '2.1');
    $check('not those that the node does not list', in_array($code($install(new Plugin_Upgrader(), $url('2.1'), $update)), ['pfn.archive.unreadable', 'wordpress.federation.other_bytes'], true) && $is_kept());
    $more = $archive('2.1-more', ['hello/hello.php' => $php('2.1') . '// more']);
    $serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $more);
    $check('nor other ones that can be read', $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'wordpress.federation.other_bytes' && $is_kept());
    $serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $bytes['2.1']);
    $check('installed', $install(new Plugin_Upgrader(), $url('2.1'), $update) === 'hello' && $version() === '2.1' && $plugin->verdicts()->recent(1)[0]->facts()['binding'] === 'unsigned');
    $write("plugins/$file", $php('1.1'));
    $plugin->federation()->publishers()->allow_unsigned($source, false);
    $check('no more, once the owner has withdrawn it: recorded bytes that nobody signed bind nothing', $checked() === 'wordpress.held.unsigned' && $offered() === 'none'
        && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'wordpress.held.unsigned' && $is_kept());
    $plugin->federation()->publishers()->allow_unsigned($source, true);

    $write("plugins/$file", $php('1.2'));
    $by_hand = $archive('1.2');
    $serve($node, [$listed('1.2', $by_hand, $unsigned)], $by_hand);
    $check('what is installed, by whatever way, is no update that waits', $checked() === 'fine' && $later()->offers()->get($plugin->installed()->plugin_of_source($file))->listed() === null);
    $write("plugins/$file", $php('1.1'));

    // Another key.
    $serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('mallory')])]);
    $check('what another key signed is no update, and why is said', $checked() === 'wordpress.federation.key_changed' && $offered() === 'none');
    $serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('mallory')]), $listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('it hides nothing that the trusted key signed', $checked() === 'fine' && $offered() === '2.0'
        && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'hello' && $version() === '2.0');
    $write("plugins/$file", $php('1.1'));
    $seen = $later()->publishers()->seen($source);
    $mallory = Publisher_Key::read(Signatures::key('mallory'));
    $check('it is shown', $seen['did_key'] === $mallory->did_key() && $seen['node'] === $node);
    $check('only that one can be confirmed', !$plugin->federation()->publishers()->confirm($source, $alice->did_key()) && !$plugin->federation()->publishers()->keep($source, 'x'));
    $check('kept', $plugin->federation()->publishers()->keep($source, $mallory->did_key()) && $checked() === 'fine' && $offered() === '2.0');
    $serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('mallory')]), $listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('it is not shown again', $checked() === 'fine' && $plugin->federation()->publishers()->seen($source) === null);
    $serve($node, [$listed('2.0', $bytes['2.0'], ['public_key' => Signatures::key('bob')])]);
    $bob = Publisher_Key::read(Signatures::key('bob'));
    $checked();
    $check('confirmed', $plugin->federation()->publishers()->confirm($source, $bob->did_key()) && $later()->publishers()->get($source)->did_key() === $bob->did_key()
        && !$plugin->federation()->publishers()->get($source)->allows_unsigned());
    $check('then alice\'s signature is none', $checked() === 'pfn.signature.invalid');
    $check('the key that was replaced is known, but not turned down', $plugin->federation()->publishers()->get($source)->has_replaced($alice->did_key())
        && !$plugin->federation()->publishers()->get($source)->has_dismissed($alice->did_key()));
    $plugin->federation()->publishers()->trust($source, $alice);

    // A publisher changes the key: nodes go on listing old versions with the key by which they were signed.
    $record = json_encode(['id' => 'hello', 'name' => 'Hello', 'version' => '2.0', 'description' => 'Says "hello" / ünd more.'], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    $by_bob = [
        'public_key' => Signatures::key('bob'),
        'signature' => Signatures::by('bob', $record),
        'archive_signature' => Signatures::by('bob', hash('sha384', $bytes['2.0'], true)),
    ];
    $pending = static function () use ($later, $source): ?string {
        return $later()->publishers()->seen($source)['did_key'] ?? null;
    };
    $publishers = $later()->publishers();
    $publishers->forget($source);
    $publishers->trust($source, $alice);
    $old = $listed('1.1', $bytes['1.1']);
    $new = $listed('2.0', $bytes['2.0'], $by_bob);
    $today = ['source_public_key' => Signatures::key('bob')];
    foreach (['a node that does not say which key is today\'s' => [[], []], 'a node that says so' => [$today, $today]] as $what => [$of_old, $of_new]) {
        $later()->publishers()->forget($source);
        $later()->publishers()->trust($source, $alice);
        $serve($node, [$new + $of_new, $old + $of_old], $bytes['2.0']);
        $check("the new key is shown by $what", $checked() === 'wordpress.federation.key_changed' && $pending() === $bob->did_key() && $offered() === 'none');
        $check("confirmed, its version is offered by $what", $later()->publishers()->confirm($source, $bob->did_key()) && $checked() === 'fine' && $offered() === '2.0');
        $check("the old one is not asked about at $what", $pending() === null && $last() !== "alice@plugins.example#hello 1.1 rejected pfn.signature.invalid");
        $check("installed from $what", $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'hello' && $version() === '2.0');
        $write("plugins/$file", $php('1.1'));
    }
    // The digest of 2.0 is known by now, so what bob signed of it is the same version.
    $later()->publishers()->forget($source);
    $serve($node, [$old + $today, $new + $today]);
    $check('a new owner is shown the key of today', $later()->nodes()->key_of_all($source)[0]->did_key() === $bob->did_key());
    $serve($node, [$old + ['source_public_key' => 7], $new + $today]);
    $check('where one version says it', $later()->nodes()->key_of_all($source)[0]->did_key() === $bob->did_key());
    $later()->publishers()->trust($source, $bob);
    $serve($node, [$new + $today, $old + $today]);
    $check('who is not asked about the one that was given up', $checked() === 'fine' && $pending() === null);
    $later()->publishers()->trust($source, $alice);

    // The owner trusts a key by mistake, or turns down the right one: nothing is installed, and that is said, but not at every check.
    $rows = static function () use ($plugin): int {
        return count(iterator_to_array($plugin->verdicts()->export(), false));
    };
    // What was said in this request is forgotten, too.
    $checked_anew = static function () use ($checked, $plugin, $made): string {
        $kept = $made->getValue($plugin);
        unset($kept[FedVerify\WordPress\Verification\Outcomes::class]);
        $made->setValue($plugin, $kept);
        return $checked();
    };
    $answered_before = $fetcher->answers;
    foreach (['nodes that do not say which key is today\'s' => [], 'nodes that say so' => ['source_public_key' => Signatures::key('alice')]] as $what => $says) {
        $later()->publishers()->forget($source);
        $later()->publishers()->trust($source, $alice);
        $later()->publishers()->trust($source, $bob);
        $serve($node, [$listed('2.0', $bytes['2.0'], $says)]);
        $serve($other, [$listed('2.0', $bytes['2.0'], $says)]);
        $check("trusted by mistake, by $what", $checked_anew() === 'wordpress.federation.key_changed' && $offered() === 'none' && $pending() === $alice->did_key());
        $site->cron = true;
        $site->options['auto_update_plugins'] = [$file];
        $check("turned down, it is said by $what", $later()->publishers()->keep($source, $alice->did_key()) && $pending() === null
            && $checked_anew() === 'wordpress.federation.key_changed' && $offered() === 'none' && $pending() === null
            && strpos($plugin->federation()->offers()->get($plugin->installed()->plugin_of_source($file))->refusal()['message'], "$node lists version 2.0") === 0);
        $check("but nobody is written to because of $what", $plugin->verdicts()->recent(1)[0]->code() === 'wordpress.federation.key_changed' && !FedVerify\WordPress\Admin\Mailer::is_news($plugin->verdicts()->recent(1)[0]));
        $before = $rows();
        $checked_anew();
        $check("logged once, of $what", $checked_anew() === 'wordpress.federation.key_changed' && $rows() === $before);
        $serve($other, [$listed('9.9', $bytes['2.0'], ['public_key' => Signatures::key('bob'), 'signature' => Signatures::by('mallory', 'anything')])]);
        $checked_anew();
        $before = $rows();
        $check("nor with a forgery at every check, of $what", $checked_anew() === 'wordpress.federation.key_changed' && $rows() === $before);
        $site->cron = false;
        unset($site->options['auto_update_plugins']);
        $serve($node, [$listed('1.1', $bytes['1.1'], $says)]);
        $serve($other, []);
        $check("where there is nothing higher, all is well, of $what", $checked_anew() === 'fine');
    }
    $fetcher->answers = $answered_before;
    $later()->publishers()->forget($source);
    $later()->publishers()->trust($source, $alice);
    $later()->publishers()->trust($source, $bob);
    $later()->publishers()->trust($source, $alice);

    // One node that lies, with random keys: it hides nothing, and asks the owner three times at most.
    $answered_before = $fetcher->answers;
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $asked_about = [];
    for ($round = 0; $round < 8; $round++) {
        $forgery = ['signature' => Signatures::by('mallory', 'anything')];
        $random = Signatures::key("random $round");
        $serve($node, [$listed('9.9', $bytes['2.0'], $forgery + ['public_key' => $random]), $listed('9.8', $bytes['2.0'], $forgery + ['source_public_key' => $random])]);
        $check("random keys, $round", $checked() === 'fine' && $offered() === '2.0');
        $seen = $pending();
        if ($seen !== null) {
            $asked_about[] = $seen;
            $before = $rows();
            $checked();
            $check("logged once, $round", $rows() === $before);
            $later()->publishers()->keep($source, $seen);
        }
    }
    $check('the owner is asked three times', count(array_unique($asked_about)) === 3 && $pending() === null);
    $serve($node, [$new]);
    $serve($other, []);
    $check('a new key that this node alone shows is not asked about, but said', $checked() === 'wordpress.federation.key_changed' && $pending() === null && $offered() === 'none');
    $serve($other, [$listed('2.0', $bytes['2.0'], ['source_public_key' => Signatures::key('bob')])], $bytes['2.0']);
    $check('and still told of a key at another node', $checked() === 'fine' && $offered() === '2.0' && $pending() === $bob->did_key() && $later()->publishers()->get($source)->has_replaced($bob->did_key()));
    $later()->publishers()->keep($source, $bob->did_key());
    $serve($other, [$listed('2.0', $bytes['2.0'], ['source_public_key' => Signatures::key('carol')])], $bytes['2.0']);
    $check('which was never trusted', $checked() === 'fine' && $offered() === '2.0' && $pending() === Publisher_Key::read(Signatures::key('carol'))->did_key());
    $later()->publishers()->forget($source);
    $later()->publishers()->trust($source, $alice);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $fetcher->answers["$node/federation/plugins"] = Refusal::rejected('network.private_address', 'a node that leads elsewhere');
    $check('nor does a node hide anything whose answer is refused', $checked() === 'fine' && $offered() === '2.0');
    $fetcher->answers = $answered_before;

    // Uploads and URLs.
    $upload = $zip('upload.zip', ['hello/hello.php' => $php('2.0')]);
    $serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $new = $new_plugin = ['type' => 'plugin', 'action' => 'install'];
    $check('an upload', $install(new Plugin_Upgrader(), $upload, $new) === 'hello' && $version() === '2.0');
    $serve($node, [$listed('1.1', $bytes['1.1'], $unsigned)]);
    $old = $zip('upload.zip', ['hello/hello.php' => $php('1.1')]);
    $check('an older one, which is at hand', $later() && $install(new Plugin_Upgrader(), $old, $new) === 'hello' && $version() === '1.1');
    $changed = $zip('upload.zip', ['hello/hello.php' => $php('1.1') . '// changed']);
    $check('a changed one', $later() && $code($install(new Plugin_Upgrader(), $changed, $new)) === 'wordpress.federation.other_bytes' && $is_kept());
    $stranger = $zip('upload.zip', ['hello/hello.php' => $php('1.1', 'nobody@plugins.example')]);
    $check('of a source without a key', $later() && $code($install(new Plugin_Upgrader(), $stranger, $new)) === 'wordpress.federation.untrusted' && $is_kept());
    $odd = $zip('upload.zip', ['hello/hello.php' => $php('1.1', 'x y')]);
    $check('of no source', $later() && $code($install(new Plugin_Upgrader(), $odd, $new)) === 'wordpress.federation.source_invalid' && $is_kept());
    $plain = $zip('upload.zip', ['hello/hello.php' => $php('9', null)]);
    $site->downloads[$plain] = $plain;
    $check('a plain one in its place', $later() && $code($install(new Plugin_Upgrader(), $plain, $new)) === 'wordpress.folder_taken' && $is_kept());
    $write('plugins/single.php', $php('1.0'));
    $single = $site->downloads["$scratch/archives/upload.zip"] = $zip('upload.zip', ['single.php/single.php' => $php('9', null)]);
    $check('nor in that of one in one file', $later() && $code($install(new Plugin_Upgrader(), $single, $new)) === 'wordpress.folder_taken' && is_file(WP_PLUGIN_DIR . '/single.php') && $left() === []);
    (new Disk())->delete(WP_PLUGIN_DIR . '/single.php');
    $write('plugins/single.php', $php('1.0', null, "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
    $check('nor in that of one with a DID', $later() && $code($install(new Plugin_Upgrader(), $single, $new)) === 'wordpress.folder_taken' && is_file(WP_PLUGIN_DIR . '/single.php') && $left() === []);
    (new Disk())->delete(WP_PLUGIN_DIR . '/single.php');
    $later();
    $plain = $zip('upload.zip', ['plain/plain.php' => $php('9', null)]);
    $site->downloads[$plain] = $plain;
    $check('a plain one elsewhere', $install(new Plugin_Upgrader(), $plain, $new) === 'plain');
    $serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('by a node\'s URL', $install(new Plugin_Upgrader(), $url('2.0'), $new) === 'hello' && $version() === '2.0');
    foreach ([['mallory@plugins.example', 'hello'], ['alice@plugins.example', 'other']] as [$of, $id]) {
        $of_other = Nodes::download_url($node, Source_Id::parse($of), $id, '2.0');
        $check("an update by the URL of $of $id", $code($install(new Plugin_Upgrader(), $of_other, $update)) === 'wordpress.foreign_url' && $version() === '2.0');
    }
    $check('a theme is none, whatever its URL', $judge($reply, $url('2.0'), ['theme' => 'x'], new Theme_Upgrader()) === $reply);
    $both = $zip('both.zip', ['hello/hello.php' => $php('2.0', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n")]);
    $check('an upload with a DID is the other gates\'', $judge(false, $both, $new) === false);
    $site->downloads['https://w.example/h.zip'] = $zip('other.zip', ['hello/hello.php' => $php('2.0')]);
    $check('by another URL', $code($install(new Plugin_Upgrader(), 'https://w.example/h.zip', $new)) === 'wordpress.unverified_source');
    $write("plugins/$file", $php('1.1'));

    // Translations are program code, and nobody signs them.
    $translations = [['type' => 'plugin', 'slug' => 'hello', 'package' => 'x'], ['type' => 'plugin', 'slug' => 'HELLO-text'], ['type' => 'plugin', 'slug' => 'plain'], ['type' => 'theme', 'slug' => 'hello']];
    $check('translations', $later() && array_column($offers([], $translations)->translations, 'type') === ['plugin', 'theme']);
    $language = ['language_update' => (object) $translations[0]];
    $check('nor installed', $code($judge(false, 'https://w.example/hello-de.zip', $language, new Language_Pack_Upgrader())) === 'wordpress.foreign_translation');

    // Whoever calls the first gate with fewer arguments, or where it failed: the one behind unpacking says the same.
    $write('upgrade/de/hello-de_DE.l10n.php', '<?php');
    $check('nor behind unpacking', $code($plugin->gates()->source()->look_last("$scratch/upgrade/de/", "$scratch/upgrade/de", new Language_Pack_Upgrader(), $language)) === 'wordpress.foreign_translation' && $left() === []);

    $site->downloads['https://w.example/plain-de.zip'] = $zip('plain-de.zip', ['plain-de_DE.mo' => 'x', 'hello-text-de_DE.l10n.php' => '<?php']);
    $language = ['language_update' => (object) ['type' => 'plugin', 'slug' => 'plain']];
    $check('nor one that comes with another plugin\'s', $code($install(new Language_Pack_Upgrader(), 'https://w.example/plain-de.zip', $language)) === 'wordpress.foreign_translation' && $left() === []);

    // The update of another plugin, which has a DID, and says that it is of the source.
    $write('plugins/mallory/mallory.php', $php('1.0', null, "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
    foreach ([[['plugin' => 'mallory/mallory.php'], 'wordpress.folder_taken'], [$new, "$scratch/upgrade/m/hello/"]] as [$extra, $expected]) {
        $write('upgrade/m/hello/hello.php', $php('2.0', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
        $check("in the folder of the source: $expected", $code($plugin->federation()->gates()->source()->look(true, "$scratch/upgrade/m/hello/", "$scratch/upgrade/m", new Plugin_Upgrader(), $extra)) === $expected);
    }
    (new Disk())->delete("$scratch/upgrade/m");
    (new Disk())->delete(WP_PLUGIN_DIR . '/mallory');

    // What has a DID, too, is the other gates'.
    $write("plugins/$file", $php('1.1', 'alice@plugins.example', "Plugin ID: did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
    $check('a DID wins', $later() && $plugin->installed()->of_sources() === [] && $plugin->installed()->plugin_of_source($file) === null && $offers($foreign)->response === $foreign
        && $judge('a reply', $url('2.0'), $update) === 'a reply');
    $write("plugins/$file", $php('1.1'));

    // Only reported.
    $plugin->settings()->update(['mode' => 'report']);
    $serve($node, [$forged]);
    $check('reported', $checked() === 'pfn.signature.invalid' && $offers($foreign)->response === $foreign);
    $check('the reply as it was', $judge('a reply', $url('2.0'), $update) === 'a reply');
    $plugin->federation()->offers()->record_installed($file, ['identity' => 'alice@plugins.example#hello', 'version' => '1.1', 'binding' => 'signed']);
    $plugin->federation()->offers()->record_installed('other/hello.php', ['identity' => 'alice@plugins.example#other', 'version' => '1.1', 'binding' => 'signed']);
    $check('what was verified of the files that were there', $plugin->federation()->offers()->installed($plugin->installed()->plugin_of_source($file))['binding'] === 'signed');
    $evil = $site->downloads['https://evil.example/1.1.zip'] = $zip('evil.zip', ['hello/hello.php' => $php('1.1') . '// evil']);
    $check('is not said of others of the same version, which were only reported', $install(new Plugin_Upgrader(), 'https://evil.example/1.1.zip', $update) === 'hello'
        && $later()->offers()->installed($plugin->installed()->plugin_of_source($file)) === null);
    $write('plugins/other/hello.php', $php('1.1'));
    $check('but of another plugin', $later()->offers()->installed($plugin->installed()->plugin_of_source('other/hello.php'))['binding'] === 'signed');
    (new Disk())->delete(WP_PLUGIN_DIR . '/other');
    $later();
    $plugin->settings()->update(['mode' => 'enforce']);

    // A gate fails in the middle of it.
    $failure = new RuntimeException('broken');
    $resorts = static function () use ($later, $plugin, $update, $url, $failure, $scratch): array {
        $later();
        $gates = $plugin->federation()->gates();
        $folder = "$scratch/upgrade/faulty/hello";
        return [$gates->archive()->last_resort('x', $url('2.0'), null, $update, $failure), $gates->source()->last_resort($folder, dirname($folder), null, [], $failure)];
    };
    $write('upgrade/faulty/hello/hello.php', $php('2.0'));
    $plugin->settings()->update(['mode' => 'report']);
    $check('is reported, too', $resorts() === ['x', "$scratch/upgrade/faulty/hello"]);
    $plugin->settings()->update(['mode' => 'enforce']);
    $check('or refused', count(array_filter($resorts(), 'is_wp_error')) === 2 && $left() === []);

    // The database fails: nothing is let through, nothing is thrown.
    $wpdb->is_down = true;
    $later();
    $check('a database that fails', is_wp_error($judge(false, $url('2.0'), $update)));
    $wpdb->is_down = false;
    $failure = new RuntimeException('broken');
    $gates = $plugin->federation()->gates();
    $check('the last resort refuses what is ours', is_wp_error($gates->archive()->last_resort(false, $url('2.0'), null, $update, $failure))
        && $gates->archive()->last_resort('x', '', null, ['plugin' => 'plain/plain.php'], $failure) === 'x' && $gates->archive()->last_resort('x') === 'x');
    $write('upgrade/x/hello/hello.php', $php('2.0'));
    $check('behind unpacking, too', is_wp_error($gates->source()->last_resort("$scratch/upgrade/x/hello", "$scratch/upgrade/x")) && $left() === []);
    $check('and leaves others alone', $gates->source()->last_resort(WP_PLUGIN_DIR . '/plain', 'x') === WP_PLUGIN_DIR . '/plain');

    // Two at once remember one.
    $digests = $plugin->federation()->digests();
    $check('two requests at once', $refused(static function () use ($digests, $source) {
        $digests->remember($source, 'hello', ['version' => '1.1', 'sha256' => 'x', 'sha384' => str_repeat('0', 96), 'binding' => 'signed', 'key' => 'x']);
    }) === 'rejected wordpress.federation.other_bytes');

    // A copy of the database that lags: what cannot be compared is not taken for the same.
    $primary = $wpdb;
    $wpdb = new class ($primary) {
        public $base_prefix = 'wp_';
        public $last_error = '';
        public $last_result = [];
        private $primary;

        public function __construct(object $primary)
        {
            $this->primary = $primary;
        }

        public function __call(string $name, array $arguments)
        {
            return $this->primary->$name(...$arguments);
        }

        public function query(string $query): int
        {
            return strncmp($query, 'SELECT', 6) === 0 ? 0 : $this->primary->query($query);
        }
    };
    $check('a digest that cannot be read again', $refused(static function () use ($digests, $source, $bytes) {
        $digests->remember($source, 'hello', ['version' => '1.1', 'sha256' => 'x', 'sha384' => hash('sha384', $bytes['1.1']), 'binding' => 'signed', 'key' => 'x']);
    }) === 'undetermined wordpress.memory.failed');
    $wpdb = $primary;

    // What waits instead of being updated automatically: the mailer writes about verdicts of this context.
    $serve($node, [$listed('3.0', $bytes['2.0'], $unsigned)]);
    $site->cron = true;
    $site->options['auto_update_plugins'] = [$file];
    $check('of a plugin that is updated automatically', $checked() === 'wordpress.held.unsigned' && $plugin->verdicts()->recent(1)[0]->context() === 'automatic'
        && FedVerify\WordPress\Admin\Mailer::is_news($plugin->verdicts()->recent(1)[0]));
    $serve($node, [$listed('3.0', $bytes['2.0'], ['public_key' => Signatures::key('carol')])]);
    $check('or that only another key signed', $checked() === 'wordpress.federation.key_changed' && $plugin->verdicts()->recent(1)[0]->context() === 'automatic'
        && FedVerify\WordPress\Admin\Mailer::is_news($plugin->verdicts()->recent(1)[0]));
    $later()->publishers()->forget($source);
    $later()->publishers()->trust($source, $alice);
    $site->options['auto_update_plugins'] = ['other/other.php'];
    $serve($node, []);
    $check('of one that is not', !in_array($checked(), ['fine', 'wordpress.held.unsigned'], true) && $plugin->verdicts()->recent(1)[0]->context() === 'cron');
    $site->cron = false;
    unset($site->options['auto_update_plugins']);

    // A node that is not asked any more.
    $serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('it is offered', $checked() === 'fine' && $offered() === '2.0');
    $plugin->settings()->update(['federation_nodes' => $other]);
    $check('but not once the owner has left the node', $offered() === 'none' && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'wordpress.foreign_url');
    $plugin->settings()->update(['federation_nodes' => "$node\n$other"]);

    // The keys that nodes show.
    $shown = static function () use ($later, $source): array {
        return $later()->nodes()->key_of_all($source);
    };
    $serve($node, [$listed('2.0', $bytes['2.0'], ['public_key' => Signatures::key('bob')])]);
    $serve($other, [$listed('2.0', $bytes['2.0'], ['public_key' => Signatures::key('bob')])]);
    $check('both show one', $shown()[0]->did_key() === $bob->did_key() && $shown()[1] === $node);
    $plugin->federation()->publishers()->show($source, $bob, $node);
    $check('asked for, it stops nothing, as any', $plugin->federation()->publishers()->trusted($source)->did_key() === $alice->did_key()
        && $plugin->federation()->publishers()->warning($source)->error_code() === 'wordpress.federation.key_changed' && $plugin->federation()->publishers()->keep($source, $bob->did_key()));
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $check('they show several', $refused($shown) === 'rejected wordpress.federation.key_changed');
    $fetcher->answers["$node/federation/plugins"] = Refusal::undetermined('network.failed', 'dead');
    $check('one answers', $shown()[0]->did_key() === $alice->did_key());
    $serve($other, []);
    $check('none shows one', $refused($shown) === 'undetermined network.failed');
    $stranger = Source_Id::parse('carol@plugins.example');
    $publishers = $later()->publishers();
    $publishers->show($stranger, $bob, $node);
    $check('shown, it is not trusted', $refused(static function () use ($publishers, $stranger) {
        $publishers->trusted($stranger);
    }) === 'held wordpress.federation.untrusted' && isset($publishers->undecided()['carol@plugins.example']));
    $check('nor once it was turned down', $publishers->keep($stranger, $bob->did_key()) && $publishers->undecided() === [] && $publishers->get($stranger) === null);

    // Bounded: no more time than there is.
    $hasty = new Listings(new Nodes($fetcher, $plugin->settings(), new Time_Budget(0)), $plugin->federation()->publishers());
    $fetcher->asked = [];
    $check('no time is left', $refused(static function () use ($hasty, $source) {
        $hasty->of($source, 'hello');
    }) === 'held wordpress.held.not_verified_yet' && $fetcher->asked === []);

    // Bounded: the long records of one plugin are no reason to leave out another one.
    $long = static function (int $bytes) use ($fetcher, $node, $listed, $archive): void {
        $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($bytes, $listed, $archive): string {
            $is_long = ($query['plugin'] ?? 'fat') === 'fat';
            $entry = $is_long ? ['id' => 'fat', 'tags' => [str_repeat('x', $bytes)]] : [];
            $entries = array_fill(0, $is_long ? (int) $query['limit'] : 1, $entry + $listed('2.0', $archive('2.0')));
            return (string) json_encode(['plugins' => $entries]);
        };
    };
    $asked = static function (Nodes $nodes, string $id) use ($node, $source): string {
        try {
            return (string) count($nodes->versions($node, $source, $id));
        } catch (Refusal $refusal) {
            return $refusal->verdict() . ' ' . $refusal->error_code();
        }
    };
    foreach ([5000 => '50', 100000 => '5', 400000 => '1', 600000 => 'undetermined wordpress.federation.malformed'] as $size => $expected) {
        $long($size);
        $nodes = $later()->nodes();
        $check("records of $size bytes", $asked($nodes, 'fat') === $expected);
        $check("and short ones at the same node after $size", $asked($nodes, 'hello') === '1');
    }
    $late = Refusal::unanswered(Refusal::TOO_LATE, 'it took too long');
    foreach ([Refusal::undetermined('network.status', 'to this question'), Refusal::undetermined('input.too_large', 'to this question'), Refusal::undetermined('network.failed', 'too many headers'), $late] as $failure) {
        $fetcher->answers["$node/federation/plugins"] = $failure;
        $nodes = $later()->nodes();
        $asked($nodes, 'fat');
        $serve($node, [$listed('2.0', $bytes['2.0'])]);
        $check("nor is another one left out after {$failure->error_code()}: {$failure->getMessage()}", $asked($nodes, 'hello') === '1');
    }
    foreach ([[1, Refusal::unanswered(Refusal::SILENT, 'dead')], [3, Refusal::undetermined('network.failed', 'too many headers')]] as [$times, $failure]) {
        $fetcher->answers["$node/federation/plugins"] = $failure;
        $fetcher->asked = [];
        $nodes = $later()->nodes();
        $failures = [$asked($nodes, 'fat'), $asked($nodes, 'hello'), $asked($nodes, 'third')];
        $check("how often a node is asked: {$failure->getMessage()}", $failures === array_fill(0, 3, 'undetermined network.failed') && count($fetcher->asked) === $times);
    }

    // A node that is slow is asked for as long as its share of the time lasts, which leaves the others theirs, and again in the next request.
    $clock = 0.0;
    $slow = static function () use (&$clock, $late): string {
        $clock += 5;
        throw $late;
    };
    foreach ([20 => 2, 60 => 6] as $seconds => $times) {
        $fetcher->answers["$node/federation/plugins"] = $slow;
        $serve($other, [$listed('2.0', $bytes['2.0'])]);
        $fetcher->asked = [];
        $nodes = new Nodes($fetcher, $plugin->settings(), new Time_Budget($seconds, static function () use (&$clock): float {
            return $clock;
        }));
        $failures = [];
        for ($question = 0; $question < $times; $question++) {
            $failures[] = $asked($nodes, "plugin-$question");
        }
        $check("late answers in $seconds seconds", $failures === array_fill(0, $times, 'undetermined network.failed') && count($fetcher->asked) === $times);
        $check("after which it is not asked, of $seconds seconds", $asked($nodes, 'hello') === 'undetermined wordpress.federation.slow_node' && count($fetcher->asked) === $times);
        $check("and others are not, in $seconds seconds", count($nodes->versions($other, $source, 'hello')) === 1);
        $serve($node, [$listed('2.0', $bytes['2.0'])]);
        $check("the next request asks it again after $seconds seconds", $asked($later()->nodes(), 'hello') === '1');
    }
    $silences = static function () use ($node, $other): array {
        return \FedVerify\WordPress\Admin\Silence_Note::nodes()->silent([$node, $other], time());
    };
    $findings = static function () use ($plugin): string {
        return implode(' ', \FedVerify\WordPress\Admin\Federation_Health::findings($plugin, 0));
    };
    \FedVerify\WordPress\Admin\Silence_Note::nodes()->forget();
    foreach ([$late, Refusal::unanswered(Refusal::SILENT, 'dead'), Refusal::undetermined('network.status', 'HTTP status 500')] as $failure) {
        $fetcher->answers["$node/federation/plugins"] = $failure;
        $asked($later()->nodes(), 'hello');
        $check("Site Health does not have it after one check: {$failure->getMessage()}", $silences() === [] && strpos($findings(), 'has not answered') === false);
        $site->options['fedverify_nodes'][$node]['silent'] -= 3600;
        $asked($later()->nodes(), 'hello');
        $check("Site Health has it: {$failure->getMessage()}", array_keys($silences()) === [$node] && strpos($findings(), "The node $node has not answered in time for 36") !== false);
        $serve($node, []);
        $asked($later()->nodes(), 'hello');
        $check("and no more when it answers: {$failure->getMessage()}", $silences() === [] && strpos($findings(), 'has not answered') === false);
        \FedVerify\WordPress\Admin\Silence_Note::nodes()->forget();
    }
    $long(600000);
    $asked($later()->nodes(), 'fat');
    $check('an answer that is too large is one', $silences() === []);

    // Bounded: forgeries of one node do not hide what another one lists.
    $forgeries = [];
    for ($i = 0; $i < 50; $i++) {
        $forgeries[] = ['version' => "9.$i"] + $listed('2.0', $bytes['2.0']);
    }
    $serve($node, $forgeries);
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $before = count(iterator_to_array($plugin->verdicts()->export(), false));
    $check('fifty forgeries', $checked() === 'fine' && $offered() === '2.0' && $offers()->response[$file]->package === $url('2.0', $other));
    $checked();
    $check('one of which is logged', count(iterator_to_array($plugin->verdicts()->export(), false)) === $before + 1 && $last() === 'alice@plugins.example#hello 9.49 rejected pfn.signature.invalid');

    $serve($node, [$listed('9.0', $bytes['2.0'], ['signature' => '!!']), $listed('2.1', $bytes['2.1'], $unsigned)]);
    $serve($other, []);
    $check('what waits, and a forgery above it', $checked() === 'wordpress.held.unsigned');
    $before = count(iterator_to_array($plugin->verdicts()->export(), false));
    $check('are logged once, not at every check', $checked() === 'wordpress.held.unsigned' && count(iterator_to_array($plugin->verdicts()->export(), false)) === $before);
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $serve($node, $forgeries);
    $checked();

    // What no time was left for was not checked.
    $package = $plugin->installed()->plugin_of_source($file);
    $federation = $plugin->federation();
    $hasty = new \FedVerify\WordPress\Federation\Check($plugin->installed(), new \FedVerify\WordPress\Federation\Update_Search($hasty, $federation->archives(), $federation->publishers()), $federation->offers(), $plugin->outcomes());
    $check('no time is left for a check', $hasty->one($package)->error_code() === 'wordpress.held.not_verified_yet');
    $check('what was offered still is', $later() && $offered() === '2.0' && $plugin->federation()->offers()->get($package)->refusal() === null);

    // What a check learns nothing about stays offered, for as long as the node that lists it does not answer.
    $dead = Refusal::undetermined('network.failed', 'dead');
    $answers = ["$node/federation/plugins", "$other/federation/plugins"];
    $known = static function () use ($plugin): ?array {
        return FedVerify\WordPress\Admin\Known_Federated::all($plugin)[0]->refusal();
    };
    $silent = 'alice@plugins.example#hello  undetermined network.failed';
    $serve($node, []);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('from one of two', $checked() === 'fine' && $offers()->response[$file]->package === $url('2.0', $other) && $known() === null);
    foreach ([$dead, str_repeat('[', 5000), str_repeat(' ', 600000), $dead] as $number => $answer) {
        $fetcher->answers[$answers[1]] = $answer;
        $check("no answer, $number", in_array($checked(), ['network.failed', 'wordpress.federation.malformed'], true) && $offered() === '2.0');
        $check("of which the owner is told, $number", $known()['verdict'] === 'undetermined');
    }
    // Another node answers meanwhile, and lags.
    foreach (['the installed one' => ['1.1'], 'a lower update' => ['1.1', '1.5']] as $what => $lower) {
        $serve($node, array_map(static function (string $number) use ($listed, $bytes): array {
            return $listed($number, $bytes[$number]);
        }, $lower));
        $check("$what at another node", $checked() === 'network.failed' && $offers()->response[$file]->package === $url('2.0', $other));
        $check("of which the owner is told, with $what at another node", $known()['code'] === 'network.failed' && $last() === $silent);
    }
    $plugin->settings()->update(['federation_nodes' => $node]);
    $check('a node that the owner has left keeps nothing', $checked() === 'fine' && $offered() === '1.5' && $known() === null);
    $plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
    $check('a lower one is offered where no higher one was', $checked() === 'fine' && $offered() === '1.5');
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('the node answers again', $checked() === 'fine' && $offered() === '2.0' && $known() === null);
    $fetcher->answers[$answers[1]] = $dead;
    $serve($node, [$listed('2.0', $bytes['2.0'])]);
    $check('the same version at another node', $checked() === 'fine' && $offers()->response[$file]->package === $url('2.0') && $known() === null);
    $serve($node, []);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $checked();
    $fetcher->answers[$answers[1]] = $dead;
    $serve($node, [$listed('1.1', $bytes['1.1'])]);
    $write("plugins/$file", $php('2.0'));
    $check('what is installed meanwhile is no update', $checked() === 'fine' && $offered() === 'none' && $known() === null);
    $write("plugins/$file", $php('1.1'));
    $serve($node, []);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $checked();
    $fetcher->answers[$answers[1]] = $dead;
    $checked();
    $check('it is verified as any', $code($install(new Plugin_Upgrader(), $url('2.0', $other), $update)) === 'hello' && $version() === '2.0' && $offered() === 'none');
    $write("plugins/$file", $php('1.1'));
    $check('of another version than is installed', $later() && $offered() === '2.0');
    $plugin->settings()->update(['federation_nodes' => $node]);
    $check('not of a node that the owner has left', $offered() === 'none');
    $plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
    $serve($other, []);
    $fetcher->answers[$answers[0]] = $dead;
    $check('the node that listed it does so no more, and another one is dead', $checked() === 'network.failed' && $offered() === 'none');
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $check('it lists it again', $checked() === 'fine' && $offered() === '2.0' && $known() === null);
    $serve($other, [$listed('2.0', $bytes['2.0'], ['withdrawn_at' => 5])]);
    $check('it is withdrawn', in_array($checked(), ['network.failed', 'wordpress.federation.not_listed'], true) && $offered() === 'none');
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $checked();
    $fetcher->answers[$answers[1]] = $dead;
    // A node that lies meanwhile takes nothing away: what was offered is proven anew by the key that is trusted.
    $plugin->federation()->publishers()->allow_unsigned($source, false);
    $lies = [
        'a forgery' => [['signature' => Signatures::by('mallory', 'anything')], 'pfn.signature.invalid'],
        'an odd signature' => [['signature' => '!!'], 'pfn.signature.encoding'],
        'bytes that nobody signed' => [['sha384' => str_repeat('ab', 48)], 'pfn.archive.signature_invalid'],
        'an archive signature left out' => [$unsigned, 'wordpress.held.unsigned'],
    ];
    foreach ($lies as $what => [$lie, $why]) {
        $serve($node, [$listed('2.1', $bytes['2.1'], $lie)]);
        $check("$what at another node", $checked() === $why && $from() === $url('2.0', $other));
        $check("of which the owner is told: $what", $known()['code'] === $why && $plugin->federation()->waiting() === 0);
    }
    $carol = Publisher_Key::read(Signatures::key('carol'));
    $serve($node, [$listed('2.1', $bytes['2.1'], ['public_key' => Signatures::key('carol')])]);
    $check('another key is told of, and takes nothing away', $checked() === 'wordpress.federation.key_changed' && $from() === $url('2.0', $other));
    $check('nor once the owner keeps the one that is trusted', $later()->publishers()->keep($source, $carol->did_key()) && $offered() === '2.0');
    $serve($node, [$listed('2.1', $bytes['2.1'], $lies['a forgery'][0])]);
    $checked();
    $later()->publishers()->trust($source, $carol);
    $check('what another key signed is not offered, even before a check', $offered() === 'none' && $checked() !== 'fine' && $offered() === 'none');
    $later()->publishers()->trust($source, $alice);
    $check('nor is it proven any more', $checked() === 'pfn.signature.invalid' && $offered() === 'none');

    // Whatever another node lists, the highest version whose bytes are bound is offered.
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $serve($node, []);
    $checked();
    foreach ($lies as $what => [$lie, $why]) {
        $serve($node, [$listed('2.1', $bytes['2.1'], $lie)]);
        $check("$what beside an update", $checked() === 'fine' && $from() === $url('2.0', $other));
        $check("is logged: $what", $last() === "alice@plugins.example#hello 2.1 " . ($lie === $unsigned ? 'held' : 'rejected') . " $why");
    }
    $serve($other, []);
    $serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)]);
    $check('what waited', $checked() === 'wordpress.held.unsigned' && $offered() === 'none' && $plugin->federation()->waiting() === 1);
    $fetcher->answers[$answers[0]] = $dead;
    $check('is not offered because nobody answers', $checked() === 'network.failed' && $offered() === 'none');
    $serve($node, $forgeries);
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $checked();

    // A node that lists what is true, and hands out something else or nothing: another node's bytes are as good, where they are proven.
    $forget_failures();
    $forged_bytes = $archive('2.0-forged', ['hello/hello.php' => $php('2.0') . '// forged']);
    $serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    foreach (['forged' => $forged_bytes, 'nothing' => $dead, 'no archive' => 'x'] as $what => $answer) {
        $write("plugins/$file", $php('1.1'));
        $fetcher->answers["$node/federation/download"] = $answer;
        $check("$what where it is offered", $checked() === 'fine' && $from() === $url('2.0') && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'hello' && $version() === '2.0');
        $facts = $plugin->verdicts()->recent(1)[0]->facts();
        $check("$what is left behind nowhere, and the log has it", $left() === [] && $facts['node'] === $other && count($facts['warnings']) === 2);
    }
    $write("plugins/$file", $php('1.1'));
    $fetcher->answers["$other/federation/download"] = $forged_bytes;
    $check('nor are another node\'s forged bytes taken', $later() && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) !== 'hello' && $is_kept());
    $serve($other, [$listed('2.0', $forged_bytes, ['archive_signature' => Signatures::by('mallory', 'anything')])], $forged_bytes);
    $fetcher->asked = [];
    $check('nor is what another node forges downloaded', $later() && $code($install(new Plugin_Upgrader(), $url('2.0'), $update)) === 'pfn.archive.unreadable' && $is_kept()
        && !in_array($url('2.0', $other), $fetcher->asked, true));
    $serve($node, $forgeries);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $checked();

    // A version that no node hands out makes room for one that can be installed, for a day.
    $forget_failures();
    $write("plugins/$file", $php('1.1'));
    $serve($node, [$listed('2.1', $bytes['2.1'])], $forged_bytes);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $check('the highest is offered first', $checked() === 'fine' && $from() === $url('2.1'));
    $check('no node has its archive', $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'pfn.archive.inconsistent' && $is_kept());
    $check('so the next one is offered', $checked() === 'fine' && $from() === $url('2.0', $other));
    $fetcher->answers[$answers[0]] = $dead;
    $check('also while that node does not answer', $checked() === 'fine' && $from() === $url('2.0', $other));
    $serve($node, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
    $serve($other, [$listed('1.1', $bytes['1.1'])]);
    $check('but where there is no other, it still is', $checked() === 'fine' && $from() === $url('2.1'));
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $checked();
    $wpdb->query("SELECT entry FROM wp_fedverify_federation WHERE kind = 'failed'");
    $failures = json_decode((string) $wpdb->last_result[0]->entry, true);
    $failures['versions'] = array_map(static function (int $at): int {
        return $at - 86400;
    }, $failures['versions']);
    $changed_row = $wpdb->query($wpdb->prepare("UPDATE wp_fedverify_federation SET entry = %s WHERE kind = 'failed'", (string) json_encode($failures)));
    $check('and it is again once a day has passed', $changed_row === 1 && $checked() === 'fine' && $from() === $url('2.1'));
    $fetcher->answers["$node/federation/download"] = Refusal::held('wordpress.held.unsigned', 'what says nothing about the bytes');
    $install(new Plugin_Upgrader(), $url('2.1'), $update);
    $check('what waits has not failed', $checked() === 'fine' && $from() === $url('2.1'));

    // A host ends the request while a node drips: it is remembered before, and taken back where the archive comes.
    $remembered = [];
    $fetcher->answers["$node/federation/download"] = static function () use (&$remembered, $later, $plugin, $file, $bytes): string {
        $remembered = $later()->offers()->failures($plugin->installed()->plugin_of_source($file));
        return $bytes['2.1'];
    };
    $check('remembered while it is downloaded, and not afterwards', $failures_now() === [] && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'hello' && count($remembered) === 1 && $failures_now() === []);
    $write("plugins/$file", $php('1.1'));

    // The first node has less time where another one lists the version; the only one has all of it.
    $serve($other, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
    $fetcher->answers["$node/federation/download"] = $dead;
    $fetcher->seconds = [];
    $check('the first of two', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'hello'
        && $fetcher->seconds === ["$node/federation/download" => 10, "$other/federation/download" => 300]);
    $write("plugins/$file", $php('1.1'));
    $fetcher->answers["$other/federation/download"] = $dead;
    $fetcher->seconds = [];
    $check('where none of them hands it out', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'network.failed'
        && $fetcher->seconds === ["$node/federation/download" => 10, "$other/federation/download" => 300]);
    $fetcher->seconds = [];
    $check('the first has all the time when it is tried again', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'network.failed'
        && $fetcher->seconds === ["$node/federation/download" => 300, "$other/federation/download" => 300]);
    $forget_failures();
    // An install is not remembered: the chosen node has all the time at the end, whatever others list and do not hand out.
    $times = 0;
    $slow_download = static function () use (&$times, $fetcher, $node, $dead, $bytes): string {
        $times++;
        if ($fetcher->seconds["$node/federation/download"] < 300) {
            throw $dead;
        }
        return $bytes['2.1'];
    };
    $fetcher->answers["$node/federation/download"] = $slow_download;
    $check('an install, too slow for the short time, beside a node that hands out nothing', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $new_plugin)) === 'hello' && $times === 2);
    $write("plugins/$file", $php('1.1'));
    $times = 0;
    $check('an update is tried again another time', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'network.failed' && $times === 1);
    $forget_failures();
    $fetcher->answers["$node/federation/download"] = static function () use (&$times): string {
        $times++;
        return 'x';
    };
    $times = 0;
    $check('nor is an install where the time was not the reason', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $new_plugin)) === 'pfn.archive.unreadable' && $times === 1);
    // What another node does when it is asked for its list says nothing about the one that has the update.
    $during = null;
    $list = $fetcher->answers["$other/federation/plugins"];
    $fetcher->answers["$other/federation/plugins"] = static function () use (&$during, $failures_now, $list): string {
        $during = $failures_now();
        return $list;
    };
    $fetcher->answers["$node/federation/download"] = $bytes['2.1'];
    $check('nothing is remembered before the download', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'hello' && $during === []);
    $fetcher->answers["$other/federation/plugins"] = $list;
    $write("plugins/$file", $php('1.1'));
    $fetcher->answers["$node/federation/download"] = Refusal::undetermined('io.failed', 'the disk is full');
    $fetcher->seconds = [];
    $check('what is not the archive\'s fault is tried at no other node', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'io.failed' && count($fetcher->seconds) === 1 && $failures_now() === []);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $fetcher->answers["$node/federation/download"] = $bytes['2.1'];
    $fetcher->seconds = [];
    $check('the only one', $later() && $code($install(new Plugin_Upgrader(), $url('2.1'), $update)) === 'hello' && $fetcher->seconds === ["$node/federation/download" => 300]);
    $fetcher->asked = [];
    $check('what is below is not downloaded', $later() && $code($install(new Plugin_Upgrader(), $url('2.0', $other), $update)) === 'pin.downgrade'
        && !in_array($url('2.0', $other), $fetcher->asked, true));

    // Before a download a node is asked for its list once, and the one whose list is known is not.
    $serve($node, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
    $serve($other, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
    $lists_asked = static function (callable $request) use ($fetcher, $node, $other): array {
        $fetcher->asked = [];
        $request();
        $times = array_count_values(array_map(static function (string $asked): string {
            return strtok($asked, '?');
        }, $fetcher->asked));
        return [$times["$node/federation/plugins"] ?? 0, $times["$other/federation/plugins"] ?? 0];
    };
    $installed = static function (array $extra) use ($install, $url, $version): bool {
        return $install(new Plugin_Upgrader(), $url('2.1'), $extra) === 'hello' && $version() === '2.1';
    };
    foreach ([
        'an update' => [$update, static function () use ($later): void {
            $later();
        }, [0, 1]],
        'an update right after a check' => [$update, $checked, [1, 1]],
        'an install by the URL of a node' => [$new_plugin, static function () use ($later): void {
            $later();
        }, [1, 1]],
        'an install by the name of the plugin' => [$new_plugin, static function () use ($later): void {
            $federation = $later();
            $federation->catalogue()->by_identity('alice@plugins.example#hello', $federation->listings());
        }, [1, 1]],
    ] as $what => [$extra, $begin, $expected]) {
        $write("plugins/$file", $php('1.1'));
        $checked();
        $check("who is asked for a list before $what", $lists_asked(static function () use ($begin, $check, $what, $installed, $extra): void {
            $begin();
            $check("$what is made", $installed($extra));
        }) === $expected);
    }
    $write("plugins/$file", $php('1.1'));
    $serve($node, $forgeries);
    $serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $checked();

    // What is found.
    $found = static function (string $words) use ($later): array {
        [$all, $failed] = $later()->catalogue()->find($words);
        return array_merge(array_map(static function ($each): string {
            $refusal = $each->refusal();
            return $each->identity() . ' ' . $each->listed()->version() . ' ' . ($refusal === null ? 'fine at ' . $each->url() : $refusal->error_code());
        }, $all), array_map(static function (Refusal $refusal): string {
            return $refusal->error_code();
        }, $failed));
    };
    $fine = 'alice@plugins.example#hello 2.0 fine at ' . $url('2.0', $other);
    $check('found, whatever a node forges', $found('hello') === [$fine] && $found('ÜND') === [] && $found('ünd') === [$fine] && $found('') === [$fine]);
    $fetcher->asked = [];
    $found('hello');
    $check('by its id, by a tag, among the newest', count($fetcher->asked) === 6);
    $fetcher->asked = [];
    $check('or by words alone', $found('says "hello"') === [$fine] && count($fetcher->asked) === 2);

    // Long records of one publisher hide nobody else's.
    $pages = static function (int $bytes, int $long, string $node) use ($fetcher, $listed, $archive): void {
        $fat = ['id' => 'fat', 'source_id' => 'carol@plugins.example', 'tags' => [str_repeat('x', $bytes)]] + $listed('2.0', $archive('2.0'));
        $all = array_map(static function (int $date) use ($fat): array {
            return ['mirror_date' => $date] + $fat;
        }, range(1, $long));
        $entries = array_merge($all, [$listed('2.0', $archive('2.0'))]);
        $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($entries): string {
            return (string) json_encode(['plugins' => array_slice($entries, (int) ($query['offset'] ?? 0), (int) $query['limit'])]);
        };
    };
    $fat = 'carol@plugins.example#fat 2.0 wordpress.federation.untrusted';
    $serve($other, []);
    foreach ([[5000, 49, 1], [100000, 6, 3], [100000, 49, 11], [400000, 5, 9], [400000, 8, 12]] as [$size, $long_ones, $times]) {
        $pages($size, $long_ones, $node);
        $fetcher->asked = [];
        $result = $found('');
        $check("behind $long_ones records of $size bytes", $result === [$fat, str_replace("$other/", "$node/", $fine)] && count($fetcher->asked) === $times + 1);
    }
    $pages(5000, 50, $node);
    $check('but no more than the newest are shown', $found('') === [$fat]);

    // Older ones are found by words, page by page, within a bound; what was not looked at is said.
    $notes = static function (string $words) use ($later): array {
        return $later()->catalogue()->find($words)[2];
    };
    /** A node that lists others' versions and, behind them, the one of alice: pages of so many at most, and a total or none. */
    $many = static function (string $node, int $others, int $page, ?int $total) use ($fetcher, $listed, $archive): void {
        $other = ['id' => 'other', 'source_id' => 'carol@plugins.example', 'name' => 'Other', 'description' => 'No.'] + $listed('2.0', $archive('2.0'));
        $all = array_map(static function (int $date) use ($other): array {
            return ['mirror_date' => $date] + $other;
        }, $others > 0 ? range(1, $others) : []);
        $entries = array_merge($all, [$listed('2.0', $archive('2.0'))]);
        $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($entries, $page, $total): string {
            $entries = isset($query['plugin']) || isset($query['tag']) ? [] : $entries;
            $answer = ['plugins' => array_slice($entries, (int) ($query['offset'] ?? 0), min($page, (int) $query['limit']))];
            return (string) json_encode($answer + ($total === null ? [] : ['total' => $total]));
        };
    };
    $here = str_replace("$other/", "$node/", $fine);
    foreach ([[120, 1000, null, 3], [120, 1000, 121, 3], [120, 20, 121, 7], [499, 1000, null, 10], [499, 1000, 500, 10]] as [$others, $page, $total, $times]) {
        $many($node, $others, $page, $total);
        $fetcher->asked = [];
        $what = "$others others, pages of $page, " . ($total === null ? 'no total' : "a total of $total");
        $check("an older one, behind $what", $found('ünd more') === [$here] && count($fetcher->asked) === $times + 1);
    }
    $check('which is all that it lists', $notes('ünd more') === []);
    $check('without words only the newest are shown, and that is said', strpos(implode($notes('')), "$node lists more than its 50 newest") === 0);
    $many($node, 500, 1000, 501);
    $check('more than are looked at', $found('ünd more') === [] && strpos(implode($notes('ünd more')), "$node lists more than its 500 newest") === 0);
    $many($node, 1, 1, 1000000);
    $check('a total that is a lie ends with the pages', $found('ünd more') === [$here] && $notes('ünd more') === []);
    $many($node, 10000, 1, 1000000);
    $fetcher->asked = [];
    $check('and pages of one end, too', $found('ünd more') === [] && $notes('ünd more') !== [] && count($fetcher->asked) < 3 * 15);

    $many($node, 49, 50, null);
    $newest = $fetcher->answers["$node/federation/plugins"];
    $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($newest): string {
        return $newest(['offset' => '0'] + $query);
    };
    $fetcher->asked = [];
    $check('a node that knows no further pages', $found('ünd more') === [$here] && count($fetcher->asked) === 3 && strpos(implode($notes('ünd more')), "$node lists more than") === 0);

    // A node that lists many plugins drives out none of another one's.
    $crowd = [];
    for ($i = 0; $i < 50; $i++) {
        $crowd[] = ['id' => "crowd-$i"] + $listed('2.0', $bytes['2.0']);
    }
    $serve($node, $crowd);
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $check('fifty plugins of another node', $found('')[1] === $fine && count($found('')) === 50 && strpos(implode($notes('')), 'More than 50 plugins') === 0);
    $serve($other, []);
    $pages(400000, 10, $node);
    $check('where that takes too many questions, it is said', $found('') === [$fat, 'wordpress.federation.malformed']);
    $pages(100000, 6, $node);
    $first = $fetcher->answers["$node/federation/plugins"];
    $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($first): string {
        return isset($query['offset']) ? 'broken' : $first($query);
    };
    $check('what was found before a failure is shown', $found('') === [$fat, 'wordpress.federation.malformed']);
    $pages(600000, 1, $node);
    $check('a record that is larger than any list', $found('') === ['wordpress.federation.malformed']);
    $serve($node, [$listed('trunk', $bytes['2.0']), ['source_id' => 'nobody'] + $listed('2.0', $bytes['2.0']), ['source_id' => 'carol@plugins.example'] + $listed('2.0', $bytes['2.0'])]);
    $fetcher->answers["$other/federation/plugins"] = Refusal::undetermined('network.failed', 'dead');
    $check('what cannot be installed says why, and so does a node', $found('') === [
        'alice@plugins.example#hello trunk fair.version.invalid', 'carol@plugins.example#hello 2.0 wordpress.federation.untrusted', 'network.failed',
    ]);
    $serve($node, [$listed('2.0', $bytes['2.0'])]);
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $information = static function (string $slug, string $action = 'plugin_information') use ($later, $code) {
        $answer = (new \FedVerify\WordPress\Federation\Plugin_Information($later()))->answer(false, $action, (object) ['slug' => $slug]);
        return is_object($answer) && isset($answer->download_link) ? $answer->download_link : $code($answer);
    };
    $site->capabilities = ['install_plugins'];
    $check('the installer is told where it is', $information('alice@plugins.example#hello') === $url('2.0'));
    $check('or why not', $information('carol@plugins.example#hello') === 'wordpress.federation.untrusted' && $information('alice@plugins.example#none') === 'wordpress.federation.not_listed');
    foreach (['hello', 'alice@plugins.example', '#hello', 'alice#hello', 'alice@plugins.example#../x', 'alice@plugins.example#a#b'] as $slug) {
        $check("no plugin of the federation: $slug", $information($slug) === '');
    }
    // What WordPress calls an installed one in its links: wordpress.org has no say in it.
    $details = static function (string $slug) use ($later) {
        return (new \FedVerify\WordPress\Federation\Plugin_Information($later()))->answer((object) ['name' => 'Of a squatter'], 'plugin_information', (object) ['slug' => $slug]);
    };
    $checked();
    $slug = (string) $offers()->response[$file]->slug;
    $shown = $details($slug);
    $check('details of an update', [$shown->name, $shown->slug, $shown->version, $shown->download_link, $shown->external] === ['Hello', $slug, '2.0', $url('2.0'), true]
        && $shown->sections === ['description' => 'Says &quot;hello&quot; / ünd more.']);
    $serve($node, []);
    $serve($other, []);
    $checked();
    $shown = $details((string) $offers()->no_update[$file]->slug);
    $check('details where there is none', [$shown->name, $shown->version, $shown->download_link] === ['Hello', $version(), ''] && $offered() === 'none');
    $check('of others as they are', $details('hello')->name === 'Of a squatter' && $details('hello-000000')->name === 'Of a squatter');
    $serve($node, [$listed('2.0', $bytes['2.0'])]);
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $check('nor another question', $information('alice@plugins.example#hello', 'query_plugins') === '');
    $site->capabilities = [];
    $check('nor somebody who may install nothing', $information('alice@plugins.example#hello') === '');

    // What is deleted: what was verified of its files is said of no others, which bytes its versions had stays known.
    $write("plugins/$file", $php('2.0'));
    $serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
    $forget_failures();
    $check('verified', $install(new Plugin_Upgrader(), $url('2.0'), $update) === 'hello' && $later()->offers()->installed($plugin->installed()->plugin_of_source($file)) !== null);
    do_action('deleted_plugin', $file, false);
    $check('not deleted', $later()->offers()->installed($plugin->installed()->plugin_of_source($file)) !== null);
    do_action('delete_plugin', $file);
    $check('being deleted: some of its files may be gone', $later()->offers()->installed($plugin->installed()->plugin_of_source($file)) === null);
    $write("plugins/$file", $php('1.1'));
    $check('installed again', $checked() === 'fine' && $install(new Plugin_Upgrader(), $url('2.0'), $update) === 'hello' && $later()->offers()->installed($plugin->installed()->plugin_of_source($file)) !== null);
    do_action('deleted_plugin', $file, true);
    $check('deleted, and put there by somebody', $later()->offers()->installed($plugin->installed()->plugin_of_source($file)) === null
        && $plugin->federation()->digests()->get($source, 'hello', '2.0') !== null);

    // What is taken back.
    $digests = $later()->digests();
    $check('not what is not there', !$plugin->federation()->take_back('alice@plugins.example#hello 77.0.0') && $digests->get($source, 'hello', '1.1') !== null);
    $check('a version', $plugin->federation()->take_back('alice@plugins.example#hello 1.1.0') && $later()->digests()->get($source, 'hello', '1.1') === null
        && $plugin->verdicts()->recent(1)[0]->verdict() === 'noted');

    $finish('federation');
}
