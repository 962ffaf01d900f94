<?php

/** What FAIR Connect reads: Document_Gate, Metadata_Gate, Known_Dids and Directory_Requests. What is fetched is played. */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification {
    use FedVerify\WordPress\Plugin;

    final class Resolved
    {
        /** @var string */
        public $did;

        public function __construct(string $did)
        {
            $this->did = $did;
        }

        public function document(): array
        {
            $service = ['id' => '#r', 'type' => 'FairPackageManagementRepo', 'serviceEndpoint' => 'https://r.example/' . substr($this->did, -1)];
            return ['id' => $this->did, 'service' => [$service]];
        }
    }

    final class Resolver
    {
        /** @var list<string> */
        public $asked = [];
        /** @var array<string, \Throwable> */
        public $fails = [];

        public function resolve(string $did): Resolved
        {
            $this->asked[] = $did;
            $identities = Plugin::get()->identities();
            if (isset($this->fails[$did])) {
                $identities->record_refused($did, \FedVerify\WordPress\Refusal::from($this->fails[$did]));
                throw $this->fails[$did];
            }
            $resolved = new Resolved($did);
            $identities->record_verified($did, $resolved->document(), [], [], []);
            return $resolved;
        }
    }

    final class Metadata
    {
        public function json(): string
        {
            return '{}';
        }

        public function latest(): int
        {
            return 1;
        }
    }

    final class Repository
    {
        /** @var list<string> */
        public $asked = [];
        /** @var array<string, \Throwable> */
        public $fails = [];

        public function metadata(Resolved $resolved): Metadata
        {
            $this->asked[] = $resolved->did;
            if (isset($this->fails[$resolved->did])) {
                throw $this->fails[$resolved->did];
            }
            return new Metadata();
        }
    }
}

namespace FedVerify\WordPress\Client {
    final class Metadata_Shape
    {
        public static function of(string $json, int $latest): array
        {
            return ['id' => 'rebuilt'];
        }
    }
}

namespace FAIR\Packages {
    function ask(string $url)
    {
        return apply_filters('pre_http_request', false, [], $url);
    }
}

namespace {
    require __DIR__ . '/wordpress.php';
    require __DIR__ . '/upgrader.php';

    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Refusal;
    use FedVerify\WordPress\Verification\Repository;
    use FedVerify\WordPress\Verification\Resolver;

    $a = 'did:plc:' . str_repeat('a', 24);
    $b = 'did:plc:' . str_repeat('b', 24);
    $c = 'did:plc:' . str_repeat('c', 24);
    $d = 'did:plc:' . str_repeat('d', 24);
    $write('plugins/a/a.php', "<?php\n/*\nPlugin Name: A\nVersion: 1\nPlugin ID: $a\n*/");

    Plugin::start('/plugins/fedverify/fedverify.php');
    $plugin = Plugin::get();
    $made = new ReflectionProperty(Plugin::class, 'made');
    if (PHP_VERSION_ID < 80100) {
        $made->setAccessible(true);
    }
    $resolver = new Resolver();
    $repository = new Repository();
    $made->setValue($plugin, [Resolver::class => $resolver, Repository::class => $repository] + $made->getValue($plugin));
    $plugin->gates()->open();

    $ask = static function (string $url) {
        return apply_filters('pre_http_request', false, [], $url);
    };
    $document = static function (string $did) {
        return get_site_transient("fair-metadata-documents-$did");
    };
    $error = static function (string $did): string {
        $found = get_site_transient("fair-update-errors-$did");
        return is_wp_error($found) ? $found->get_error_code() : json_encode($found);
    };
    $cache = static function (string $url): string {
        return '_site_transient_fair-packages-' . md5($url);
    };
    $age = static function (string $did, int $seconds) use ($plugin): void {
        $plugin->identities()->write($did, ['checked' => time() - $seconds, 'verified' => time() - $seconds]);
    };

    // A visitor.
    $_SERVER['REQUEST_METHOD'] = 'GET';
    $site->did['init'] = 1;
    $check('not verified yet', $error($a) === 'fedverify.wordpress.held.not_verified_yet' && $document($a) === null && $resolver->asked === []);
    $check('nor by a request', is_wp_error($ask("https://plc.directory/$a")) && $resolver->asked === []);
    $check('with the time since which the client pauses', get_site_transient("fair-update-errors-$a")->get_error_data()['timestamp'] >= time() - 60);

    // An administrator.
    $site->admin = true;
    $site->capabilities = ['update_plugins'];
    $site->options["_site_transient_fair-metadata-documents-$a"] = 'stale';
    $made->setValue($plugin, array_diff_key($made->getValue($plugin), [FedVerify\WordPress\Gates\Gates::class => 0]));
    $site->hooks = array_filter($site->hooks, static function (string $hook): bool {
        return strpos($hook, 'fair-') === false;
    }, ARRAY_FILTER_USE_KEY);
    $plugin->gates()->open();
    $check('no error', $error($a) === 'false' && $resolver->asked === [$a]);
    $check('the verified document', $document($a)['id'] === $a && $document($a)['service'][0]['serviceEndpoint'] === 'https://r.example/a' && $resolver->asked === [$a]);
    $check('by a request, too', json_decode($ask("https://plc.directory/$a")['body'], true) === $document($a));
    $check('in place of an answer', json_decode(apply_filters('http_response', ['body' => 'a lie'], [], "https://plc.directory/$a")['body'], true)['id'] === $a);
    foreach (["https://plc.directory/$a/log/audit", "https://plc.directory/$b", 'https://plc.directory/', "https://other.example/$a", "http://plc.directory/$a", 'did', ''] as $url) {
        $check("not ours: $url", $ask($url) === false && apply_filters('http_response', 7, [], $url) === 7);
    }
    foreach (["https://plc.directory/$a?x", "https://plc.directory/$a/", 'https://PLC.directory/' . rawurlencode($a)] as $url) {
        $check("ours: $url", is_array($ask($url)));
    }
    foreach ([null, 7, [], new stdClass()] as $url) {
        $check('no URL', apply_filters('pre_http_request', 'x', [], $url) === 'x');
    }

    // Metadata.
    $answer = $ask('https://r.example/a');
    $check('metadata, rebuilt', json_decode($answer['body'], true)['id'] === 'rebuilt' && $answer['response']['code'] === 200 && $repository->asked === [$a]);
    $check('other URLs of the repository', $ask('https://r.example/a?x') === false && $ask('https://r.example/') === false);
    $site->options[$cache('https://r.example/a')] = $answer;
    $check('in the client\'s cache', get_site_transient('fair-packages-' . md5('https://r.example/a')) === $answer);
    $site->options[$cache('https://r.example/a')] = ['body' => json_encode(json_decode($answer['body']))] + $answer;
    $check('also if it has written it anew', is_array(get_site_transient('fair-packages-' . md5('https://r.example/a'))));
    foreach ([['body' => '{"id":"x"}'], 'x', (object) ['body' => 'x'], ['body' => ['_fedverify' => 'x']]] as $stale) {
        $site->options[$cache('https://r.example/a')] = $stale;
        $check('what else is there', get_site_transient('fair-packages-' . md5('https://r.example/a')) === false);
    }
    unset($site->options[$cache('https://r.example/a')]);
    $repository->fails[$a] = Refusal::rejected('fair.metadata.malformed', 'no');
    $refused = $ask('https://r.example/a');
    $check('refused metadata', $refused->get_error_code() === 'fedverify.fair.metadata.malformed');

    // The client keeps that error.
    foreach ([['fedverify.x', 0, true], ['fedverify.x', 700, false], ['http_request_failed', 700, true]] as [$code, $since, $holds]) {
        $site->options["_site_transient_fair-update-errors-$a"] = new WP_Error($code, '', ['timestamp' => time() - $since]);
        $check("an error in the cache: $code, $since s", ($error($a) === $code) === $holds);
    }
    $site->admin = false;
    $site->options["_site_transient_fair-update-errors-$a"] = new WP_Error('fedverify.x', '', ['timestamp' => 0]);
    $check('but nothing is fetched for a visitor', $error($a) === 'fedverify.wordpress.held.not_verified_yet');
    $site->options[$cache('https://r.example/a')] = $answer;
    $check('who gets what is there', $error($a) === 'fedverify.x' && $document($a)['id'] === $a);
    $asked = $repository->asked;
    $check('and no metadata', is_wp_error($ask('https://r.example/a')) && $repository->asked === $asked);
    $site->admin = true;
    unset($site->options["_site_transient_fair-update-errors-$a"], $repository->fails[$a]);

    // Refused.
    $age($a, 50000);
    $resolver->fails[$a] = Refusal::rejected('pin.fork', 'two histories');
    $resolver->asked = [];
    $check('a refusal', $error($a) === 'fedverify.pin.fork' && $document($a) === null && is_wp_error($ask("https://plc.directory/$a")));
    $check('the directory is asked once', $resolver->asked === [$a]);
    $made->setValue($plugin, array_diff_key($made->getValue($plugin), [FedVerify\WordPress\Gates\Gates::class => 0]));
    $again = static function () use ($plugin, $site): void {
        $site->hooks = array_filter($site->hooks, static function (string $hook): bool {
            return strpos($hook, 'fair-') === false;
        }, ARRAY_FILTER_USE_KEY);
        $plugin->gates()->open();
    };
    $again();
    $check('nor in the next request', $error($a) === 'fedverify.pin.fork' && $resolver->asked === [$a]);
    $age($a, 700);
    $resolver->fails = [];
    $made->setValue($plugin, array_diff_key($made->getValue($plugin), [FedVerify\WordPress\Gates\Gates::class => 0]));
    $again();
    $check('but after a pause', $error($a) === 'false' && $resolver->asked === [$a, $a]);

    // Reported only.
    $site->options['fedverify_settings'] = ['mode' => 'report'];
    $age($a, 50000);
    $resolver->fails[$a] = Refusal::rejected('pin.fork', 'two histories');
    $check('reported: the client goes its way', $error($a) === 'false' && $document($a) === 'stale' && $ask("https://plc.directory/$a") === false);
    $site->options['fedverify_settings'] = [];
    $resolver->fails = [];

    // Identities that are asked for.
    $resolver->asked = [];
    apply_filters('plugins_api', false, 'plugin_information', (object) ['slug' => 'x-' . str_replace(':', '--', $b)]);
    $check('by slug', $document($b)['id'] === $b);
    apply_filters('plugins_api_result', (object) ['plugins' => [['_fair' => ['id' => $c]], 7, ['_fair' => 'x']]], 'query_plugins', null);
    $check('in a list', $document($c)['id'] === $c);
    $check('by the client itself', is_array(FAIR\Packages\ask("https://plc.directory/$d")) && $ask("https://plc.directory/$d") === false);
    $_REQUEST = ['plugin' => rawurlencode($d), 's' => ['x']];
    $plugin->gates()->known_dids()->ask_request();
    $check('by the request', $document($d)['id'] === $d);
    $check('each was verified once', $resolver->asked === [$b, $c, $d]);
    for ($i = 0; $i < 120; $i++) {
        $plugin->gates()->known_dids()->ask("did:web:h$i.example");
    }
    $check('not any number of them', !$plugin->gates()->known_dids()->has('did:web:h119.example') && $plugin->gates()->known_dids()->has('did:web:h9.example'));

    $finish('client gates');
}
