<?php

declare(strict_types=1);

/** What a scenario acts in: publishers and attackers, the network, a site, and a clock. */
final class World
{
    public const DIRECTORY = 'https://plc.directory';

    /** Ways in which a plugin is updated. */
    public const WAYS = ['ajax', 'page', 'bulk', 'cron', 'cli'];

    /** Whom the real FAIR Connect asks on every page, about other things than packages. */
    private const CLIENTS_OWN = ['api.fair.pm'];

    /** Whom it asks in the place of wordpress.org. */
    private const CLIENTS_MIRROR = ['api.aspirecloud.net'];

    /** What both clients keep is forgotten after this. */
    private const CACHED = '13 hours';

    /** @var Network */
    public $network;

    /** @var Site */
    public $site;

    /** @var Setup */
    public $setup;

    /** @var Browser|null */
    private $browser;

    /** @var int by how many seconds the site's clock, and everybody's, is ahead */
    private $later = 0;

    /** @var array<string, array{Product, list<string|null>}> by DID: what must be installed at the end */
    private $expected = [];

    /** @var array<string, string> by file: versions of plugins without a DID */
    private $expectedPlain = [];

    /** @var list<string> what went wrong for the site's owner */
    private $problems = [];

    /** @var list<array<string, mixed>> every request of the site's visits */
    private $asked = [];

    /** @var float what the visits took of processors, in seconds */
    public $processor = 0.0;

    /** @var string|null the server that answers, each with an object cache of its own; null: there is no such cache */
    private $server;

    /** @var list<string> what was done, with what came of it */
    public $story = [];

    public function __construct(Network $network, Site $site, Setup $setup)
    {
        $this->network = $network;
        $this->site = $site;
        $this->setup = $setup;
    }

    /** Whether it is a network of sites. */
    public function isNetwork(): bool
    {
        return $this->site->isMultisite();
    }

    public function now(): int
    {
        return time() + $this->later;
    }

    /** Time passes: '3 days'. */
    public function pass(string $duration): void
    {
        $this->later += strtotime($duration, 0);
    }

    /** A moment before now: '3 days'. */
    public function ago(string $duration): int
    {
        return $this->now() - strtotime($duration, 0);
    }

    /** A plugin of a publisher who has been there for a year, with its first release, published. */
    public function plugin(string $slug = 'hello', array $state = []): Product
    {
        return $this->published('plugin', $slug, $state);
    }

    public function theme(string $slug = 'plain', array $state = []): Product
    {
        return $this->published('theme', $slug, $state);
    }

    private function published(string $kind, string $slug, array $state): Product
    {
        $product = new Product(Identity::create($slug, $this->ago('400 days'), $state), $kind, $slug);
        $product->release('1.0.0');
        $this->publish($product);
        return $product;
    }

    /** A plugin of a publisher who has a did:web, published. */
    public function webPlugin(string $host = 'web.publisher.example', string $slug = 'hello'): Product
    {
        $product = new Product(new WebIdentity($host), 'plugin', $slug);
        $product->release('1.0.0');
        $this->publish($product);
        return $product;
    }

    /** Somebody unpacks the newest release into the folder of plugins, by FTP. */
    public function unpacked(Product $product): Product
    {
        $this->act('unpack', ['plugins', base64_encode($product->releases[0]->bytes)]);
        $this->require($product, $product->releases[0]->version);
        return $product;
    }

    /** Somebody chooses a ZIP file and uploads it. */
    public function uploadZip(string $archive): Visit
    {
        $path = "{$this->site->folder}/chosen.zip";
        Shell::write($path, $archive);
        return $this->act('upload', $path);
    }

    /**
     * Puts on the servers what belongs there, but for what is replaced: log, document, metadata, each a body, an Answer, or a
     * function that changes the honest value; `archives` (false: they stay as they are).
     *
     * @param array<string, mixed> $lies
     */
    public function publish(Product $product, array $lies = []): void
    {
        $did = $product->did();
        if ($product->identity instanceof WebIdentity) {
            $this->serve($product->identity->url(), $product->identity->document(), $lies['document'] ?? null);
        } else {
            $this->serve(self::DIRECTORY . "/$did", $product->identity->document(), $lies['document'] ?? null);
            $this->serve(self::DIRECTORY . "/$did/log/audit", $product->identity->log(), $lies['log'] ?? null);
        }
        $this->serve($product->identity->repository(), $product->metadata(), $lies['metadata'] ?? null);
        foreach ($product->releases as $release) {
            $this->network->answer($release->url(), $release->bytes);
        }
    }

    /** The directory shows this history of a product, in the place of the publisher's. */
    public function publishAs(Product $product, Identity $history): void
    {
        $this->publishInTurns($product, $history);
    }

    /** The directory shows one history after the other; the last one from then on. */
    public function publishInTurns(Product $product, Identity ...$histories): void
    {
        $json = static function (array $values): Answer {
            return Answer::each(...array_map(static function (array $value): string {
                return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
            }, $values));
        };
        $this->publish($product, [
            'document' => $json(array_map(static function (Identity $history): array {
                return $history->document();
            }, $histories)),
            'log' => $json(array_map(static function (Identity $history): array {
                return $history->log();
            }, $histories)),
        ]);
    }

    /** Puts an archive on a server. */
    public function upload(Release $release): Release
    {
        foreach ($release->artifacts as $artifact) {
            if (!$release->isServed && preg_match('#^https?://#', $artifact['url'])) {
                $this->network->answer($artifact['url'], $release->bytes);
            }
        }
        return $release;
    }

    /**
     * An attacker's repository serves metadata of a product, with his releases before the honest ones.
     *
     * @param mixed $lie see publish()
     */
    public function serveByAttacker(Product $product, array $releases, $lie = null): void
    {
        $copy = clone $product;
        $copy->releases = array_merge($releases, $product->releases);
        array_map([$this, 'upload'], $releases);
        $this->serve(Attacker::REPOSITORY, $copy->metadata(), $lie);
    }

    /**
     * The honest repository serves releases that an attacker put there, before the honest ones.
     *
     * @param list<Release> $releases
     */
    public function slipIn(Product $product, array $releases, ?Closure $lie = null): void
    {
        $copy = clone $product;
        $copy->releases = array_merge($releases, $product->releases);
        array_map([$this, 'upload'], $releases);
        $this->serve($product->identity->repository(), $copy->metadata(), $lie);
    }

    /**
     * @param mixed $honest
     * @param mixed $lie
     */
    public function serve(string $url, $honest, $lie = null): void
    {
        $value = $lie instanceof Closure ? $lie($honest) : $lie ?? $honest;
        if ($value instanceof Answer) {
            $this->network->answer($url, $value->value);
        } else {
            $this->network->json($url, $value);
        }
    }

    /** From now on this server answers. It shares disk and database with the others, but not the object cache. */
    public function onServer(string $name): void
    {
        $this->server = $name;
        Shell::copy(__DIR__ . '/../site/object-cache.php', $this->site->content());
    }

    /** A server's object cache as it is now, or, with one that was taken before, as it was then. @param array<string, string>|null $files */
    public function objectCache(string $server, ?array $files = null): array
    {
        $folder = "{$this->site->folder}/cache-$server";
        if ($files !== null) {
            Shell::remove($folder);
            foreach ($files as $name => $content) {
                Shell::write("$folder/$name", $content);
            }
            return $files;
        }
        foreach (Shell::files($folder) as $path) {
            $files[basename($path)] = (string) file_get_contents($path);
        }
        if ($files === null) {
            throw new Broken("there is nothing in the object cache of $server");
        }
        return $files;
    }

    /** The client forgets what it keeps of documents and metadata, and the update check is due again. */
    public function nextDay(): void
    {
        $this->pass(self::CACHED);
    }

    /** @param array<string, mixed> $visit see site/visit.php */
    public function visit(array $visit): Visit
    {
        return $this->visitAtOnce([$visit])[0];
    }

    /**
     * @param list<array<string, mixed>> $visits
     * @return list<Visit>
     */
    public function visitAtOnce(array $visits): array
    {
        foreach ($this->server === null ? [] : array_keys($visits) as $i) {
            $visits[$i] += ['server' => $this->server];
        }
        $done = $this->site->visitAtOnce($visits, $this->later);
        $this->asked = array_merge($this->asked, $done[0]->requests);
        foreach ($done as $i => $visit) {
            $this->processor += $visit->processor;
            $with = $visits[$i]['with'] ?? $visits[$i]['post'] ?? $visits[$i]['get'] ?? [];
            $asked = array_map(static function (array $request): string {
                return "\n      asked {$request['host']}" . strtok($request['path'], '?');
            }, $visit->requests);
            $this->story[] = $visits[$i]['script'] . ' ' . substr(json_encode($with, JSON_UNESCAPED_SLASHES), 0, 300)
                . "\n      " . $visit->summary() . implode('', $asked);
            if ($visit->fatal !== null || $visit->status >= 500 || $visit->status === 0) {
                $this->problem("{$visits[$i]['script']} failed: " . $visit->summary());
            }
        }
        return $done;
    }

    /** The button of the page that lists plugins. */
    public function install(Product $product): Visit
    {
        return $this->visit($this->installing($product));
    }

    /** @return array<string, mixed> */
    public function installing(Product $product): array
    {
        $slug = "{$product->slug}-" . str_replace(':', '--', $product->did());
        return [
            'script' => 'wp-admin/admin-ajax.php',
            'post' => ['action' => 'install-plugin', 'slug' => $slug],
            'user' => 1,
            'nonces' => ['_ajax_nonce' => 'updates'],
        ];
    }

    /** The button of the page that lists themes. What it finds is what wordpress.org says of the theme. */
    public function installTheme(Product $theme): Visit
    {
        return $this->visit([
            'script' => 'wp-admin/admin-ajax.php',
            'post' => ['action' => 'install-theme', 'slug' => $theme->slug],
            'user' => 1,
            'nonces' => ['_ajax_nonce' => 'updates'],
        ]);
    }

    /** What the APIs of WordPress say of a product. @return array<string, mixed> */
    public function informationOf(Product $product): array
    {
        $release = $product->releases[0];
        return [
            'name' => $product->name(),
            'slug' => $product->slug,
            'version' => $release->version,
            'download_link' => $release->url(),
            'sections' => ['description' => 'A package.'],
            '_fair' => ['id' => $product->did()],
        ];
    }

    /** How the APIs of WordPress offer an update. @return array<string, mixed> */
    public function offerOf(Product $product, Release $release): array
    {
        $file = $this->fileOf($product);
        $offer = ['new_version' => $release->version, 'url' => 'https://wordpress.org/', 'package' => $release->url()];
        $this->upload($release);
        return $offer + ($product->kind === 'theme'
            ? ['theme' => $file]
            : ['id' => "w.org/plugins/{$product->slug}", 'slug' => $product->slug, 'plugin' => $file, 'tested' => '6.5.5']);
    }

    /** The link of the page that lists plugins. */
    public function delete(Product $product): Visit
    {
        $file = $this->fileOf($product);
        return $this->visit([
            'script' => 'wp-admin/admin-ajax.php',
            'post' => ['action' => 'delete-plugin', 'plugin' => $file, 'slug' => dirname($file)],
            'user' => 1,
            'nonces' => ['_ajax_nonce' => 'updates'],
        ]);
    }

    /**
     * What a name resolves to; a list of lists is for one request each.
     *
     * @param list<string>|list<list<string>> $addresses
     */
    public function resolve(string $host, array $addresses): void
    {
        $path = "{$this->site->folder}/dns.json";
        $zone = is_file($path) ? json_decode(file_get_contents($path), true) : [];
        Shell::write($path, json_encode([$host => $addresses] + $zone, JSON_THROW_ON_ERROR));
    }

    /** Only these hosts may have been asked. */
    public function demandHosts(string ...$hosts): void
    {
        $hosts = array_merge($hosts, $this->setup->isRealClient() ? array_merge(self::CLIENTS_OWN, self::CLIENTS_MIRROR) : []);
        $others = array_diff(array_unique(array_column($this->asked, 'host')), $hosts);
        $this->demand($others === [], 'asked as well: ' . implode(', ', $others));
    }

    /** Constants of the site's wp-config.php. @param array<string, mixed> $constants */
    public function define(array $constants): void
    {
        $code = "<?php\n";
        foreach ($constants as $name => $value) {
            $code .= "define('$name', " . var_export($value, true) . ");\n";
        }
        Shell::write("{$this->site->folder}/constants.php", $code);
    }

    /** Nobody may have asked this host for anything. */
    public function demandSilence(string $host): void
    {
        $this->demand(!in_array($host, array_column($this->asked, 'host'), true), "$host was asked");
    }

    /** A plugin of wordpress.org, without a DID, is installed; its file. */
    public function plainPlugin(string $slug = 'plain'): string
    {
        Shell::write($this->site->content("plugins/$slug/$slug.php"), "<?php\n/*\nPlugin Name: Plain\nVersion: 1.0.0\n*/\n");
        return "$slug/$slug.php";
    }

    /** wordpress.org offers an update of it. */
    public function offerPlain(string $file, string $version, string $archive): void
    {
        $slug = dirname($file);
        $url = "https://downloads.wordpress.org/plugin/$slug.$version.zip";
        $this->network->answer($url, $archive);
        $this->network->offer('plugins', [$file => [
            'id' => "w.org/plugins/$slug",
            'slug' => $slug,
            'plugin' => $file,
            'new_version' => $version,
            'url' => "https://wordpress.org/plugins/$slug/",
            'package' => $url,
        ]], []);
    }

    /** A plugin or theme is updated in one of the WAYS. */
    public function update(Product $product, string $way = 'ajax'): Visit
    {
        return $this->visit($this->updating([$product], $way));
    }

    /**
     * @param list<Product> $products
     * @return array<string, mixed>
     */
    public function updating(array $products, string $way): array
    {
        return $this->updatingFiles(array_map([$this, 'fileOf'], $products), $way);
    }

    /**
     * @param list<string> $files
     * @return array<string, mixed>
     */
    public function updatingFiles(array $files, string $way, string $kind = 'plugin'): array
    {
        $admin = ['user' => 1];
        switch ($way) {
            case 'ajax':
                $named = $kind === 'plugin' ? ['plugin' => $files[0], 'slug' => dirname($files[0])] : ['slug' => $files[0]];
                return $admin + [
                    'script' => 'wp-admin/admin-ajax.php',
                    'post' => ['action' => "update-$kind"] + $named,
                    'nonces' => ['_ajax_nonce' => 'updates'],
                ];
            case 'page':
                return $admin + [
                    'script' => 'wp-admin/update.php',
                    'get' => ['action' => "upgrade-$kind", $kind => $files[0]],
                    'nonces' => ['_wpnonce' => "upgrade-{$kind}_{$files[0]}"],
                ];
            case 'bulk':
                return $admin + [
                    'script' => 'wp-admin/update.php',
                    'get' => ['action' => $kind === 'plugin' ? 'update-selected' : 'update-selected-themes', "{$kind}s" => implode(',', $files)],
                    'nonces' => ['_wpnonce' => "bulk-update-{$kind}s"],
                ];
            case 'cron':
                return [
                    'script' => 'wp-cron.php',
                    'cron' => ['wp_maybe_auto_update'],
                    'with' => ["auto_update_{$kind}s" => $files],
                ];
            case 'cli':
                return ['script' => "actions/wp-$kind-update.php", 'wp-cli' => true, 'with' => $files];
            default:
                throw new LogicException("no way to update: $way");
        }
    }

    /** The check that fedverify makes twice a day. */
    public function check(): Visit
    {
        return $this->visit(['script' => 'wp-cron.php', 'cron' => ['fedverify_check']]);
    }

    /** Somebody who is not logged in reads the front page. */
    public function read(): Visit
    {
        return $this->visit(['script' => 'index.php']);
    }

    /** The administrator opens a page. */
    public function open(string $page, array $get = []): Visit
    {
        return $this->visit(['script' => "wp-admin/$page", 'get' => $get, 'user' => 1]);
    }

    /** What `wp` does, or a piece of a page: a file of site/actions. @param mixed $with */
    public function act(string $action, $with = null, bool $isCommand = false): Visit
    {
        return $this->visit(['script' => "actions/$action.php", 'with' => $with, 'wp-cli' => $isCommand, 'user' => 1]);
    }

    /**
     * Somebody types a line in a shell; the working folder is the site's own.
     *
     * @param string $input what is typed when something is asked
     * @return array{status: int, output: string}
     */
    public function type(string $line, string $input = ''): array
    {
        $done = $this->site->shell($line, $input, $this->later);
        $this->asked = array_merge($this->asked, $this->network->requests());
        $this->story[] = "$line\n      status {$done['status']}: " . strtr(trim($done['output']), ["\n" => "\n      "]);
        return $done;
    }

    /** A step that must go well, or the scenario shows nothing. */
    public function installed(Product $product): Product
    {
        $this->install($product);
        $this->require($product, $product->releases[0]->version);
        return $product;
    }

    public function updated(Product $product, string $way = 'ajax'): Product
    {
        $this->update($product, $way);
        $this->require($product, $product->releases[0]->version);
        return $product;
    }

    public function require(Product $product, ?string $version): void
    {
        $found = $this->version($product);
        if ($found !== $version) {
            throw new Broken("$product->slug must be " . self::named($version) . ', is ' . self::named($found));
        }
    }

    /** Somebody activates fedverify. Without it this is nothing. */
    public function activate(): void
    {
        if ($this->setup->hasFedverify()) {
            $this->act('activate', ['fedverify/fedverify.php']);
        }
    }

    /** The version of a plugin without a DID, when all is over. */
    public function expectPlain(string $file, string $version): void
    {
        $this->expectedPlain[$file] = $version;
    }

    /** What must be installed when all is over: one of these; null: nothing. */
    public function expect(Product $product, ?string ...$versions): void
    {
        $this->expected[$product->did()] = [$product, $versions];
    }

    /** The administrator's browser, logged in. */
    public function browser(): Browser
    {
        if ($this->browser === null) {
            $this->browser = new Browser($this->site, $this->later);
            $this->browser->logIn();
        }
        return $this->browser;
    }

    public function problem(string $problem): void
    {
        $this->problems[] = $problem;
    }

    public function demand(bool $is, string $problem): void
    {
        if (!$is) {
            $this->problem($problem);
        }
    }

    /** The version that is installed of what has this DID; null: none. */
    public function version(Product $product): ?string
    {
        return $this->find($product)['version'] ?? null;
    }

    /** The file of a product as it is installed, or where the client would install it. */
    public function fileOf(Product $product): string
    {
        return $this->find($product)['file'] ?? $product->file();
    }

    /** @return array{file: string, version: string}|null */
    private function find(Product $product): ?array
    {
        $pattern = $product->kind === 'theme' ? 'themes/*/style.css' : 'plugins/*/*.php';
        foreach (glob($this->site->content($pattern)) ?: [] as $path) {
            $head = (string) file_get_contents($path, false, null, 0, 8192);
            if (preg_match("/ ID: +{$product->did()}\n/", $head) && preg_match('/Version: +(\S+)/', $head, $match)) {
                $folder = basename(dirname($path));
                return ['file' => $product->kind === 'theme' ? $folder : "$folder/" . basename($path), 'version' => $match[1]];
            }
        }
        return null;
    }

    /** @return list<string> the problems of the site's owner, once all is over */
    public function problems(): array
    {
        $this->browser = null;
        $this->look();
        foreach ($this->expected as [$product, $versions]) {
            $found = $this->version($product);
            $wanted = implode(' or ', array_map([self::class, 'named'], $versions));
            $this->demand(in_array($found, $versions, true), "$product->slug is " . self::named($found) . ", not $wanted");
        }
        foreach ($this->expectedPlain as $file => $version) {
            $head = (string) @file_get_contents($this->site->content("plugins/$file"));
            $this->demand(strpos($head, "Version: $version\n") !== false, "$file is not $version");
        }
        return array_values(array_unique(array_merge($this->problems, (new Disk($this->site))->problems())));
    }

    private static function named(?string $version): string
    {
        return $version ?? 'absent';
    }

    /** The site answers a visitor. */
    private function look(): void
    {
        $front = $this->read();
        $this->demand(strpos($front->body, 'end of page') !== false, 'the front page is not whole');
        if (!$this->setup->hasFedverify()) {
            $this->demand($front->seconds < 4, sprintf('the front page takes %.1f s', $front->seconds));
        } else {
            // How long it takes depends on what else the machine does. It waits for nobody, and works a fraction of this.
            $most = $this->setup->php === '' ? 2 : 20;
            $this->demand($front->processor < $most, sprintf('the front page takes %.1f s of the processor', $front->processor));
            $asked = array_diff(array_column($front->requests, 'host'), $this->setup->isRealClient() ? self::CLIENTS_OWN : []);
            $this->demand($asked === [], 'the front page asks ' . implode(', ', array_unique($asked)));
        }
    }
}
