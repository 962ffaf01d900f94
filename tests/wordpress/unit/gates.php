<?php

/**
 * A site with a plugin that has an identity, and one that has none, and what publishers released. The verifier is played. To be required at
 * the top of a test of the gates.
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification {
    require __DIR__ . '/verifier.php';

    use FedVerify\PrivateCopy;
    use FedVerify\WordPress\Refusal;

    final class Verified_Archive
    {
        /** @var PrivateCopy */
        private $copy;
        /** @var array{0: string, 1: string} */
        private $is;

        public function __construct(PrivateCopy $copy, array $is)
        {
            $this->copy = $copy;
            $this->is = $is;
        }

        public function path(): string
        {
            return $this->copy->path();
        }

        public function did(): string
        {
            return $this->is[0];
        }

        public function version(): string
        {
            return $this->is[1];
        }

        public function facts(): array
        {
            return ['version' => $this->is[1], 'sha256' => $this->copy->sha256()];
        }
    }

    /** Archives that are verified: those that a test lists as released. */
    final class Archives
    {
        /** @var array<string, array{0: string, 1: string, 2: string, 3?: string}> DID, version, path, and whether its key is fresh, by URL */
        public $released = [];
        /** @var array<string, mixed> */
        public $options = [];
        /** @var list<string> versions that were remembered */
        public $remembered = [];

        public function remember(Verified_Archive $archive): void
        {
            $this->remembered[] = $archive->version();
        }

        public function verify(Resolved $resolved, Metadata $metadata, string $url, ?string $version, ?PrivateCopy $copy, array $options): Verified_Archive
        {
            $this->options = $options;
            $is = $this->released[$url] ?? ['', '', ''];
            if ($is[0] !== $resolved->did) {
                throw Refusal::rejected('wordpress.foreign_url', "$url is not of $resolved->did");
            }
            if ($options['wait'] && isset($is[3])) {
                throw Refusal::held('wordpress.held.fresh_key', 'too new', 2000000000);
            }
            $copy = $copy ?? PrivateCopy::of($is[2]);
            if ($copy->sha256() !== hash_file('sha256', $is[2])) {
                throw Refusal::rejected('fair.signature.invalid', 'other bytes');
            }
            return new Verified_Archive($copy, $is);
        }

        public function verify_local(string $did, string $path, array $options): Verified_Archive
        {
            $this->options = $options;
            foreach ($this->released as $is) {
                if ($is[0] === $did && hash_file('sha256', $is[2]) === hash_file('sha256', $path)) {
                    return new Verified_Archive(PrivateCopy::of($path), $is);
                }
            }
            throw Refusal::rejected('fair.signature.invalid', 'other bytes');
        }
    }
}

namespace {
    require __DIR__ . '/wordpress.php';
    require __DIR__ . '/upgrader.php';

    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Verification\Archives;
    use FedVerify\WordPress\Verification\Repository;
    use FedVerify\WordPress\Verification\Resolver;

    function wp_specialchars_decode(string $text, int $flags): string
    {
        return htmlspecialchars_decode($text, $flags);
    }

    function admin_url(string $path): string
    {
        return "https://site.example/wp-admin/$path";
    }

    function add_query_arg(array $arguments, string $url): string
    {
        return $url . '?' . http_build_query($arguments);
    }

    Plugin::start('/plugins/fedverify/fedverify.php');
    $plugin = Plugin::get();
    $made = new ReflectionProperty(Plugin::class, 'made');
    if (PHP_VERSION_ID < 80100) {
        $made->setAccessible(true);
    }
    $archives = new Archives();
    $resolver = new Resolver();
    $made->setValue($plugin, [Archives::class => $archives, Resolver::class => $resolver, Repository::class => new Repository()] + $made->getValue($plugin));
    $gates = $plugin->gates();

    $a = 'did:plc:6fub4jd3yfiuvzi5yhcmvrax';
    $b = 'did:plc:' . str_repeat('b', 24);
    $header = static function (string $name, string $version, string $did = '', string $kind = 'Plugin'): string {
        return ($kind === 'Plugin' ? '<?php' : '') . "\n/*\n$kind Name: $name\nVersion: $version\nText Domain: " . strtolower($name) . ($did === '' ? '' : "\n$kind ID: $did") . "\n*/\n";
    };
    $code = static function ($result): string {
        return is_wp_error($result) ? substr($result->get_error_code(), strlen('fedverify.')) : (string) $result;
    };
    $version = static function (string $file): string {
        return is_file(WP_PLUGIN_DIR . "/$file") ? get_file_data(WP_PLUGIN_DIR . "/$file", ['v' => 'Version'])['v'] : 'gone';
    };

    // The packages: `a` has an identity, `plain` has none.
    foreach (['1.0', '1.1', '2.0'] as $number) {
        $archives->released["https://r.example/a-$number.zip"] = [$a, $number, $zip("a-$number.zip", ['a/a.php' => $header('A', $number, $a)])];
    }
    $site->downloads['https://w.example/plain.zip'] = $zip('plain.zip', ['plain/plain.php' => $header('Plain', '2')]);
    $write('plugins/plain/plain.php', $header('Plain', '1'));
    $new = ['type' => 'plugin', 'action' => 'install'];
    $update = static function (string $file): array {
        return ['plugin' => $file, 'temp_backup' => []];
    };
    /** An answer of the API about the package. */
    $api = (object) ['download_link' => 'https://r.example/a-1.0.zip', '_fair' => (object) ['id' => $a]];

    // What is done: the answer is the folder that was installed, or the code of what was refused.
    $updated = static function (string $url, string $file = 'a/a.php', array $others = []) use ($code, $install, $update): string {
        return $code($install(new Plugin_Upgrader(), $url, $update($file), $others));
    };
    $installed = static function (string $url, array $others = []) use ($code, $install, $new): string {
        return $code($install(new Plugin_Upgrader(), $url, $new, $others));
    };
}
