<?php

/**
 * A site that has nothing to verify with, served for a browser. Prints its address and its identities as JSON; then each line of
 * standard input is a thing to do, as a JSON list of a method below and its arguments, and is answered by a line.
 *
 *     php site.php FOLDER PORT KIND CLIENT    the kind: network, or empty; FAIR Connect: 1.3 or 1.4
 */

declare(strict_types=1);

require __DIR__ . '/../../../php/autoload.php';
spl_autoload_register(static function (string $class): void {
    foreach (['runner', 'publisher', '../php/differential'] as $folder) {
        if (is_file(__DIR__ . "/../$folder/$class.php")) {
            require __DIR__ . "/../$folder/$class.php";
        }
    }
});

/** What tests do to the site and around it. */
final class Stage
{
    /** @var World */
    private $world;

    /** @var array<string, Product> */
    public $products = [];

    public function __construct(World $world)
    {
        $this->world = $world;
    }

    /** A package that is published, and installed where there is to be an update of it. */
    public function product(string $slug, string $kind = 'plugin', bool $isInstalled = true): Product
    {
        $product = $kind === 'theme' ? $this->world->theme($slug) : $this->world->plugin($slug);
        $this->products[$slug] = $product;
        if ($isInstalled) {
            $this->extract($product);
        }
        return $product;
    }

    /** A plugin of a did:web. */
    public function web(string $slug): void
    {
        $product = $this->world->plugin($slug);
        $product->identity->did = "did:web:$slug.publisher.example";
        $product->releases = [];
        $product->release('1.0.0');
        $this->products[$slug] = $product;
        $this->publish($product);
        $this->extract($product);
    }

    private function publish(Product $product): void
    {
        $this->world->publish($product);
        if (strncmp($product->did(), 'did:web:', 8) === 0) {
            $host = substr($product->did(), 8);
            $this->world->network->json("https://$host/.well-known/did.json", $product->identity->document());
        }
    }

    private function extract(Product $product): void
    {
        $path = "{$this->world->site->folder}/{$product->slug}.zip";
        Shell::write($path, $product->releases[0]->bytes);
        $zip = new ZipArchive();
        $zip->open($path);
        $zip->extractTo($this->world->site->content("{$product->kind}s"));
    }

    public function release(string $slug, string $version): string
    {
        $this->products[$slug]->release($version);
        $this->publish($this->products[$slug]);
        return $this->products[$slug]->releases[0]->url();
    }

    /** The directory leaves out the newest operations. */
    public function rollback(string $slug, int $operations): bool
    {
        $this->world->publish($this->products[$slug], ['log' => $this->products[$slug]->identity->until($operations)->log()]);
        return true;
    }

    /** The owner changes the identity. */
    public function rotate(string $slug): bool
    {
        $this->products[$slug]->identity->append($this->world->ago('10 days'), ['aliases' => ["https://$slug.example"]]);
        $this->world->publish($this->products[$slug]);
        return true;
    }

    /** The log has an operation that none of the rotation keys signed. */
    public function forge(string $slug): bool
    {
        $forged = clone $this->products[$slug]->identity;
        $forged->append($this->world->ago('9 days'), ['signingKeys' => ['fair' => Attacker::key()], 'repository' => Attacker::REPOSITORY], KeyPair::of('secp256k1', 'a stranger'));
        $this->world->publish($this->products[$slug], ['log' => $forged->log()]);
        return true;
    }

    /** The repository serves an attacker's archive under the URL of a release. */
    public function poison(string $slug): bool
    {
        $product = $this->products[$slug];
        $version = $product->releases[0]->version;
        $this->world->network->answer($product->releases[0]->url(), $product->made($version, ['evil' => true])->bytes);
        return true;
    }

    public function heal(string $slug): bool
    {
        $this->world->publish($this->products[$slug]);
        return true;
    }

    public function version(string $slug): ?string
    {
        return $this->world->version($this->products[$slug]);
    }

    /** @return array<string, string|null> by slug */
    public function versions(): array
    {
        return array_map([$this->world, 'version'], $this->products);
    }

    /** Somebody who can write the temporary folder replaces what is held and starts with these bytes. */
    public function swap(string $start): int
    {
        $swapped = 0;
        foreach ($this->held() as $path) {
            $bytes = (string) file_get_contents($path);
            if (strncmp($bytes, $start, strlen($start)) === 0) {
                $swapped += (int) (file_put_contents($path, substr_replace($bytes, ' ', -1, 0)) !== false);
            }
        }
        return $swapped;
    }

    /** @return list<string> */
    public function held(): array
    {
        return glob("{$this->world->site->folder}/tmp/fedverify-*/body") ?: [];
    }

    public function expire(): int
    {
        return (int) $this->database()->exec('UPDATE wp_fedverify_evidence SET expires = ' . (time() - 1));
    }

    /** Identities count as verified long ago. */
    public function age(): int
    {
        return (int) $this->database()->exec('UPDATE wp_fedverify_identities SET checked = checked - 50000, verified = verified - 50000 WHERE verified > 0');
    }

    /** @return list<array<string, mixed>> */
    public function verdicts(): array
    {
        $rows = $this->database()->query('SELECT entry FROM wp_fedverify_verdicts ORDER BY id')->fetchAll(PDO::FETCH_COLUMN);
        return array_map(static function (string $entry): array {
            return json_decode($entry, true);
        }, $rows);
    }

    /** @return array<string, string|null> */
    public function identity(string $slug): array
    {
        $query = $this->database()->prepare('SELECT * FROM wp_fedverify_identities WHERE id = ?');
        $query->execute([hash('sha256', $this->products[$slug]->did())]);
        return $query->fetch(PDO::FETCH_ASSOC) ?: [];
    }

    /** @return list<array<string, mixed>> */
    public function requests(): array
    {
        return $this->world->network->requests();
    }

    /** Whether code of an attacker ran or lies below the web root. */
    public function isClean(): bool
    {
        exec('grep -rl ' . escapeshellarg(Product::MARK) . ' ' . escapeshellarg($this->world->site->content()), $found);
        return $found === [] && !is_file("{$this->world->site->folder}/ran");
    }

    /** A scheduled update of plugins. */
    public function cron(string ...$files): bool
    {
        return $this->world->visit($this->world->updatingFiles($files, 'cron'))->fatal === null;
    }

    private function database(): PDO
    {
        return new PDO("sqlite:{$this->world->site->folder}/database/site.sqlite", null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
    }
}

[, $folder, $port, $kind, $client] = $argv;
$isNetwork = $kind === 'network';
$wordpress = (string) getenv('FEDVERIFY_TEST_WORDPRESS');
Shell::remove($folder);
mkdir("$folder/site", 0777, true);
$network = new Network("$folder/network", "$wordpress/authority");
$site = new Site("$folder/site", $wordpress, $network);
$setup = new Setup($client, Setup::BROWSER, (string) getenv('FEDVERIFY_TEST_TARGET'));
(new Snapshots("$folder/snapshots", $wordpress, $site))->restore($setup, 'plugin', $isNetwork);
$world = new World($network, $site, $setup);
$stage = new Stage($world);
foreach (['hello', 'garden', 'forms', 'orchard'] as $slug) {
    $stage->product($slug);
}
$stage->product('quietly', 'theme');
$stage->web('weather');
$stage->product('seedling', 'plugin', false);
Shell::write("{$site->folder}/constants.php", "<?php
define('CONCATENATE_SCRIPTS', false);
// As a language does that is written from right to left.
if (isset(\$_COOKIE['from_right_to_left'])) {
    \$GLOBALS['text_direction'] = 'rtl';
}
");
Shell::write("{$site->folder}/users.php", "<?php
\$_SERVER['HTTP_HOST'] = 'site.example';
\$_SERVER['REQUEST_URI'] = '/';
require getenv('FEDVERIFY_TEST_SITE') . '/core/wp-load.php';
foreach (['helper' => 'subscriber', 'editor' => 'editor', 'second' => 'administrator'] as \$name => \$role) {
    wp_insert_user(['user_login' => \$name, 'user_pass' => 'password', 'user_email' => \"\$name@site.example\", 'role' => \$role]);
}
if (is_multisite()) {
    // Of which there is no TLS server.
    foreach (['siteurl', 'home'] as \$option) {
        update_option(\$option, 'http://site.example');
        update_site_option(\$option, 'http://site.example/');
    }
}
");
$site->php(["{$site->folder}/users.php"]);

// The name of a network of sites is in its database.
$address = $isNetwork ? 'http://site.example' : "http://127.0.0.1:$port";
$environment = ['FEDVERIFY_TEST_URL' => $address];
$server = $site->start(['-S', "127.0.0.1:$port", '-t', "{$site->folder}/core"], 0, "$folder/server.log", $environment);
$dids = array_map(static function (Product $product): string {
    return $product->did();
}, $stage->products);
$name = str_replace(',', $isNetwork ? ', network of sites,' : ',', $setup->name());
echo json_encode(['name' => $name, 'address' => $address, 'errors' => "{$site->folder}/errors.log", 'dids' => $dids], JSON_UNESCAPED_SLASHES), "\n";
// Node's pipe is a socket, which ends a read after a minute of silence.
while (!feof(STDIN)) {
    $line = fgets(STDIN);
    if (is_string($line) && trim($line) !== '') {
        $arguments = json_decode($line, true);
        $method = array_shift($arguments);
        try {
            $answer = ['value' => $stage->$method(...$arguments)];
        } catch (Throwable $failure) {
            $answer = ['failure' => (string) $failure];
        }
        echo json_encode($answer, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
    }
}
proc_terminate($server);
