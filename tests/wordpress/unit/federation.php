<?php

/**
 * A site with a plugin of the Plugin Federation Network, and nodes that answer what a test says by `$fetcher`, `$serve` and `$listed`.
 * The verifier is the library. To be required at the top of a test: `$begin` brings the site to where most of them begin.
 */

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
        /** @var array<string, string|Refusal|callable(array<string, string>, int): string> Callables are given the query and the seconds that they may take. */
        public $answers = [];
        /** @var list<string> */
        public $asked = [];
        /** @var array<string, int> How long downloads may take, by URL without its query. */
        public $seconds = [];

        public function get(string $url, int $max, array $options = []): Response
        {
            $body = $this->answer($url, $options['timeout'] ?? 10);
            if (strlen($body) > $max) {
                throw Refusal::rejected('input.too_large', "the response is larger than $max");
            }
            return new Response($body);
        }

        public function download(string $url, int $max, array $options = []): PrivateCopy
        {
            $seconds = $options['timeout'] ?? 300;
            $this->seconds[strtok($url, '?')] = $seconds;
            $path = $GLOBALS['scratch'] . '/served.zip';
            file_put_contents($path, $this->answer($url, $seconds));
            return PrivateCopy::of($path, [], $GLOBALS['scratch']);
        }

        private function answer(string $url, int $seconds): string
        {
            $this->asked[] = $url;
            $answer = $this->answers[strtok($url, '?')] ?? Refusal::undetermined('network.status', "no $url");
            if ($answer instanceof Refusal) {
                throw $answer;
            }
            parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
            return $answer instanceof \Closure ? $answer($query, $seconds) : $answer;
        }
    }
}

namespace FedVerify\WordPress\Gates {
    /** The clock of Time_Budget, which a test may put forward. */
    function microtime(bool $as_float): float
    {
        return \microtime($as_float) + $GLOBALS['clock_ahead'];
    }
}

namespace {
    require __DIR__ . '/wordpress.php';
    require __DIR__ . '/upgrader.php';
    require __DIR__ . '/signatures.php';

    use FedVerify\WordPress\Federation\Federation;
    use FedVerify\WordPress\Federation\Publisher_Key;
    use FedVerify\WordPress\Federation\Source_Id;
    use FedVerify\WordPress\Memory\Verdict;
    use FedVerify\WordPress\Network\Fetcher;
    use FedVerify\WordPress\Packages\Package;
    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Refusal;

    define('DAY_IN_SECONDS', 86400);
    $clock_ahead = 0;
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

    // Publishers, nodes and the plugin.
    $source = Source_Id::parse('alice@plugins.example');
    $alice = Publisher_Key::read(Signatures::key('alice'));
    $bob = Publisher_Key::read(Signatures::key('bob'));
    $node = 'https://node.example';
    $other = 'https://other.example/pfn';
    $file = 'hello/hello.php';
    $php = static function (string $version, ?string $of = 'alice@plugins.example', string $more = ''): string {
        return "<?php\n/*\nPlugin Name: Hello\nVersion: $version\nText Domain: hello-text\n" . ($of === null ? '' : "Federation Source: $of\n") . "$more*/\n";
    };
    $archive = static function (string $version, ?array $files = null) use ($zip, $php): string {
        return (string) file_get_contents($zip("hello-$version.zip", $files ?? ['hello/hello.php' => $php($version)]));
    };
    $bytes = [];
    foreach (['1.0', '1.1', '1.5', '2.0', '2.1'] as $number) {
        $bytes[$number] = $archive($number);
    }

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
    /** How a list lies, or what it lacks. */
    $forgery = ['signature' => Signatures::by('mallory', 'anything')];
    $unsigned = ['archive_signature' => null];
    $forgeries = array_map(static function (int $number) use ($listed, $bytes): array {
        return ['version' => "9.$number"] + $listed('2.0', $bytes['2.0']);
    }, range(0, 49));
    $serve = static function (string $node, array $entries, ?string $bytes = null) use ($fetcher): void {
        $fetcher->answers["$node/federation/plugins"] = json_encode(['plugins' => $entries, 'total' => count($entries)]);
        if ($bytes !== null) {
            $fetcher->answers["$node/federation/download"] = $bytes;
        }
    };
    $dead = Refusal::undetermined('network.failed', 'dead');
    /** A node no longer answers when it is asked for a list. */
    $silence = static function (string $node) use ($fetcher, $dead): void {
        $fetcher->answers["$node/federation/plugins"] = $dead;
    };
    $url = static function (string $version, string $of = 'https://node.example'): string {
        return "$of/federation/download?source=alice%40plugins.example&plugin=hello&version=$version";
    };

    // What WordPress is offered, and what was logged.
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
    $foreign = [$file => (object) ['new_version' => '9', 'package' => 'https://evil.example/9.zip']];
    $newest = static function () use ($plugin): Verdict {
        return $plugin->verdicts()->recent(1)[0];
    };
    /** The newest verdict, in short. */
    $last = static function () use ($newest): string {
        return trim("{$newest()->did()} {$newest()->version()} {$newest()->verdict()} {$newest()->code()}");
    };
    /** How many verdicts the log has. */
    $rows = static function () use ($plugin): int {
        return count(iterator_to_array($plugin->verdicts()->export(), false));
    };

    // What is installed.
    $package = static function () use ($plugin, $file): ?Package {
        return $plugin->installed()->plugin_of_source($file);
    };
    $version = static function () use ($file): string {
        return get_file_data(WP_PLUGIN_DIR . "/$file", ['v' => 'Version'])['v'];
    };
    /** The updates that could not be installed lately. */
    $failures_now = static function () use ($later, $package): array {
        return $later()->failed_updates()->of($package());
    };
    $forget_failures = static function () use ($wpdb): void {
        $wpdb->query("DELETE FROM wp_fedverify_federation WHERE kind = 'failed'");
    };

    // What is done, each in a later request: the answer is what was refused, or the folder that was installed.
    $checked = static function () use ($later, $package): string {
        $refusal = $later()->check()->one($package());
        return $refusal === null ? 'fine' : $refusal->error_code();
    };
    $code = static function ($result): string {
        return is_wp_error($result) ? substr($result->get_error_code(), strlen('fedverify.')) : (string) $result;
    };
    $update = ['plugin' => $file, 'temp_backup' => []];
    $updated = static function (string $url, array $others = []) use ($later, $code, $install, $update): string {
        $later();
        return $code($install(new Plugin_Upgrader(), $url, $update, $others));
    };
    $new = ['type' => 'plugin', 'action' => 'install'];
    $installed = static function (string $url) use ($later, $code, $install, $new): string {
        $later();
        return $code($install(new Plugin_Upgrader(), $url, $new));
    };
    $judge = static function ($reply, $source, $extra, ?object $upgrader = null) use ($plugin) {
        return $plugin->federation()->gates()->archive()->judge($reply, $source, $upgrader ?? new Plugin_Upgrader(), $extra);
    };

    /** The owner trusts alice and subscribes to both nodes; 1.1 of the plugin came from the first one, and was verified. */
    $begin = static function () use ($plugin, $later, $write, $file, $php, $source, $alice, $node, $other, $serve, $listed, $bytes, $checked, $updated, $url): void {
        $write("plugins/$file", $php('1.0'));
        $later()->publishers()->trust($source, $alice);
        $plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
        $serve($node, [$listed('1.1', $bytes['1.1'])], $bytes['1.1']);
        $serve($other, []);
        if ([$checked(), $updated($url('1.1'))] !== ['fine', 'hello']) {
            throw new LogicException('an honest update is refused');
        }
    };
    /** 1.1 is still there, and nothing else is left. */
    $is_kept = static function () use ($version, $left): bool {
        return $version() === '1.1' && $left() === [];
    };
}
