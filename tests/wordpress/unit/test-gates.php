<?php

/** What is installed, and what is offered: Archive_Gate, Source_Gate, Completion, Offer_Gate and Fresh_Keys. The verifier is played. */

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

    use FedVerify\WordPress\Gates\Asked_Downloads;
    use FedVerify\WordPress\Gates\Known_Dids;
    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Refusal;
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

    // Without an identity nothing changes.
    $reply = new stdClass();
    $check('no identity: the reply as it was', $gates->archive()->judge($reply, 'https://w.example/plain.zip', new Plugin_Upgrader(), $update('plain/plain.php')) === $reply);
    $check('nor of other types', $gates->archive()->judge(false, false, null, 'x') === false && $gates->archive()->judge(false, '', 7, null) === false);
    $check('no identity: updated', $install(new Plugin_Upgrader(), 'https://w.example/plain.zip', $update('plain/plain.php')) === 'plain' && $version('plain/plain.php') === '2');

    // Installed by its identity.
    $api = (object) ['download_link' => 'https://r.example/a-1.0.zip', '_fair' => (object) ['id' => $a]];
    $gates->downloads()->remember($api, 'plugin_information', (object) ['slug' => 'a']);
    $check('installed', $install(new Plugin_Upgrader(), 'https://r.example/a-1.0.zip', $new) === 'a' && $version('a/a.php') === '1.0');
    $check('as the latest, at the site\'s wish', $archives->options === ['wait' => false, 'no_downgrade' => true, 'installed' => null, 'kind' => 'plugin']);
    $facts = $plugin->identities()->get($a)->package();
    $check('remembered', [$facts['kind'], $facts['file'], $facts['name'], $facts['version']] === ['plugin', 'a/a.php', 'A', '1.0']);
    $check('nothing is left', $left() === []);

    // Updated.
    $check('updated', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php')) === 'a' && $version('a/a.php') === '1.1');
    $check('not below what is installed', $archives->options['installed'] === '1.0' && $archives->options['no_downgrade']);
    $check('again, in the same process', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php')) === 'a');
    $foreign = $site->downloads['https://evil.example/a.zip'] = $zip('evil.zip', ['a/a.php' => $header('A', '9')]);
    $check('a foreign URL', $code($install(new Plugin_Upgrader(), 'https://evil.example/a.zip', $update('a/a.php'))) === 'wordpress.foreign_url' && $version('a/a.php') === '1.1');
    $check('a path', $code($install(new Plugin_Upgrader(), $foreign, $update('a/a.php'))) === 'fair.signature.invalid' && is_file($foreign));
    $resolver->fails[$a] = Refusal::rejected('pin.rollback', 'older');
    $check('an identity that is refused', $code($install(new Plugin_Upgrader(), 'https://r.example/a-2.0.zip', $update('a/a.php'))) === 'pin.rollback');
    $resolver->fails[$a] = new TypeError('a fault');
    $check('a fault', $code($install(new Plugin_Upgrader(), 'https://r.example/a-2.0.zip', $update('a/a.php'))) === 'wordpress.internal');
    $resolver->fails = [];

    // What other plugins answered.
    foreach ([true, 7, null, new stdClass(), ''] as $other) {
        $check('a reply: ' . gettype($other), $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'), ['reply' => $other]) === 'a');
    }
    $error = new WP_Error('x', 'y', null);
    $check('an error stays', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'), ['reply' => $error]) === $error);
    $download = $write('download.tmp', (string) file_get_contents($scratch . '/archives/a-1.1.zip'));
    $check('a download is verified', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'), ['reply' => $download]) === 'a' && !is_file($download));
    $download = $write('download.tmp', 'other bytes');
    $check('or refused, and removed', $code($install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'), ['reply' => $download])) === 'fair.signature.invalid' && !is_file($download));
    $path = $gates->archive()->judge(false, 'https://r.example/a-1.1.zip', new Plugin_Upgrader(), $update('a/a.php'));
    $check('a second call for one package', $gates->archive()->judge($path, 'https://r.example/a-1.1.zip', new Plugin_Upgrader(), $update('a/a.php')) === $path && is_file($path));
    $check('but not for another', is_wp_error($gates->archive()->judge($path, 'https://evil.example/a.zip', new Plugin_Upgrader(), $update('a/a.php'))) && !is_file($path));
    $swap = static function () use ($foreign): string {
        return $foreign;
    };
    $check('the path is swapped later', $code($install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'), ['swap' => $swap])) === 'wordpress.unverified_source' && $left() === []);

    // What an archive says it is.
    foreach ([
        'another version' => [['a/a.php' => $header('A', '1.1', $a)], 'wordpress.package_mismatch'],
        'the same version, spelt otherwise' => [['a/a.php' => $header('A', 'v3', $a)], 'a'],
        'no version' => [['a/a.php' => $header('A', '', $a)], 'wordpress.package_mismatch'],
        'another identity' => [['a/a.php' => $header('A', '3.0', $b)], 'wordpress.package_mismatch'],
        'no identity' => [['a/a.php' => $header('A', '3.0')], 'wordpress.package_mismatch'],
        'two identities' => [['a/a.php' => $header('A', '3.0', $a), 'a/z.php' => "<?php\n/* Plugin ID: $b */"], 'wordpress.package_mismatch'],
        'a theme\'s identity' => [['a/a.php' => $header('A', '3.0'), 'a/style.css' => $header('A', '3.0', $a, 'Theme')], 'wordpress.package_mismatch'],
        'deeper in' => [['a/b/a.php' => $header('A', '3.0', $a)], 'wordpress.package_mismatch'],
        'two folders' => [['a/a.php' => $header('A', '3.0', $a), 'b/b.php' => $header('B', '3.0')], 'wordpress.package_mismatch'],
    ] as $what => [$files, $expected]) {
        $archives->released['https://r.example/a-3.zip'] = [$a, '3.0', $zip('a-3.zip', $files)];
        $write('plugins/a/a.php', $header('A', '1.1', $a));
        $archives->remembered = [];
        $result = $code($install(new Plugin_Upgrader(), 'https://r.example/a-3.zip', $update('a/a.php')));
        $check("$what: $result", $result === $expected && $left() === [] && ($expected === 'a' || $version('a/a.php') === '1.1'));
        // Otherwise an old archive under the number of the next version would keep that out.
        $check("$what: remembered", ($archives->remembered !== []) === ($expected === 'a'));
    }
    $write('plugins/a/a.php', $header('A', '1.1', $a));
    $gates->downloads()->remember((object) ['download_link' => 'https://r.example/a-1.1.zip'], 'theme_information', (object) ['slug' => $a]);
    $check('a plugin where a theme is expected', $code($install(new Theme_Upgrader(), 'https://r.example/a-1.1.zip', ['type' => 'theme', 'action' => 'install'])) === 'wordpress.package_mismatch');

    // Not verified.
    foreach ([
        'an identity' => ['x/x.php' => $header('X', '1', $a)],
        'in a second file' => ['x/x.php' => $header('X', '1'), 'x/y.php' => "<?php # plugin id:  $a"],
        'spelt oddly' => ['x/x.php' => $header('X', '1', 'DID:PLC:x')],
        'of a theme' => ['x/x.php' => $header('X', '1'), 'x/style.css' => $header('X', '1', $a, 'Theme')],
        'without a folder' => ['x.php' => $header('X', '1', $a), 'y.txt' => ''],
    ] as $what => $files) {
        $site->downloads['https://w.example/x.zip'] = $zip('x.zip', $files);
        $check("not verified: $what", $code($install(new Plugin_Upgrader(), 'https://w.example/x.zip', $new)) === 'wordpress.unverified_source' && $left() === [] && $version('x/x.php') === 'gone');
        $check("nor as an update: $what", $code($install(new Plugin_Upgrader(), 'https://w.example/x.zip', $update('plain/plain.php'))) === 'wordpress.unverified_source' && $version('plain/plain.php') === '2');
    }
    $check('it is refused before others move it', $code($install(new Plugin_Upgrader(), 'https://w.example/x.zip', $new, ['between' => static function (): string {
        throw new LogicException('moved');
    }])) === 'wordpress.unverified_source');

    // Another package's folder.
    $site->downloads['https://w.example/over.zip'] = $zip('over.zip', ['a/a.php' => $header('A', '9')]);
    $check('over another package', $code($install(new Plugin_Upgrader(), 'https://w.example/over.zip', $update('plain/plain.php'))) === 'wordpress.folder_taken' && $version('a/a.php') === '1.1' && $left() === []);
    $rename = static function (string $source) use ($scratch): string {
        rename(rtrim($source, '/'), "$scratch/upgrade/a");
        return "$scratch/upgrade/a/";
    };
    $check('by a rename', $code($install(new Plugin_Upgrader(), 'https://w.example/plain.zip', $update('plain/plain.php'), ['between' => $rename])) === 'wordpress.folder_taken' && $left() === []);
    $write('plugins/b/b.php', $header('B', '1', $b));
    $archives->released['https://r.example/b.zip'] = [$b, '1', $zip('b.zip', ['a/b.php' => $header('B', '1', $b)])];
    $check('by a verified package of another', $code($install(new Plugin_Upgrader(), 'https://r.example/b.zip', $update('b/b.php'))) === 'wordpress.folder_taken' && $version('a/a.php') === '1.1');
    $check('a theme of that name may be', $install(new Theme_Upgrader(), 'https://w.example/over.zip', ['theme' => 'over']) === 'a');

    // Something else's update takes the folder of the package away.
    foreach (['a/z.php', './a/z.php', 'b/../a/z.php', 'a/../z.php', 'a//z.php'] as $file) {
        $result = $install(new Plugin_Upgrader(), 'https://w.example/plain.zip', $update($file));
        $check("an update of $file", $code($result) === 'wordpress.foreign_url');
    }
    $write('themes/t/style.css', $header('T', '1', $a, 'Theme'));
    $plugin->installed()->changed();
    foreach (['.', 't/.', './t', 'x/../t', 't/sub'] as $theme) {
        @mkdir("$scratch/themes/t/sub", 0777, true);
        @mkdir("$scratch/themes/x", 0777, true);
        $result = $install(new Theme_Upgrader(), 'https://w.example/plain.zip', ['theme' => $theme]);
        $check("an update of the theme $theme: {$code($result)}", in_array($code($result), ['wordpress.foreign_url', 'fair.metadata.type_unknown'], true));
    }
    $wp_filesystem->delete("$scratch/themes/t", true);
    $plugin->installed()->changed();
    $check('an update of a file that is in no folder', $install(new Plugin_Upgrader(), 'https://w.example/plain.zip', $update('z.php')) === 'plain');
    $check('of one in a folder that is not there', $install(new Plugin_Upgrader(), 'https://w.example/plain.zip', $update('z/z.php')) === 'plain');

    // Uploads.
    $check('an upload', $install(new Plugin_Upgrader(), $archives->released['https://r.example/a-1.0.zip'][2], $new) === 'a' && $version('a/a.php') === '1.0');
    $check('chosen by hand, an older one, too', !$archives->options['no_downgrade'] && $archives->options['installed'] === null);
    $upload = $write('uploads/2026/a.zip', (string) file_get_contents($zip('bad.zip', ['a/a.php' => $header('A', '1.0', $a) . '// evil'])));
    $upgrader = new Plugin_Upgrader();
    $upgrader->skin = (object) ['type' => 'upload'];
    $check('a bad one is removed', $code($install($upgrader, $upload, $new)) === 'fair.signature.invalid' && !is_file($upload));
    $plain = $scratch . '/archives/plain.zip';
    $check('one without an identity', $gates->archive()->judge(false, $plain, new Plugin_Upgrader(), $new) === false && is_file($plain));

    // Translations.
    $pack = static function (string $slug, string $url, string $type = 'plugin'): array {
        return ['language_update_type' => $type, 'language_update' => (object) ['type' => $type, 'slug' => $slug, 'language' => 'de_DE', 'package' => $url]];
    };
    $site->downloads['https://w.example/de.zip'] = $zip('de.zip', ['plain-de_DE.l10n.php' => '<?php return [];', 'plain-de_DE.mo' => '']);
    $site->downloads['https://w.example/bad.zip'] = $zip('bad-de.zip', ['plain-de_DE.mo' => '', 'sub/A-de_DE_formal.l10n.php' => '<?php evil();']);
    $check('a translation', $install(new Language_Pack_Upgrader(), 'https://w.example/de.zip', $pack('plain', 'https://w.example/de.zip')) === 'plugins');
    $check('of a package with an identity', $code($install(new Language_Pack_Upgrader(), 'https://w.example/de.zip', $pack('a', 'https://w.example/de.zip'))) === 'wordpress.foreign_translation');
    $check('hidden in another', $code($install(new Language_Pack_Upgrader(), 'https://w.example/bad.zip', $pack('plain', 'https://w.example/bad.zip'))) === 'wordpress.foreign_translation' && $left() === []);
    $check('or in WordPress\'s', $code($install(new Language_Pack_Upgrader(), 'https://w.example/bad.zip', $pack('default', 'https://w.example/bad.zip', 'core'))) === 'wordpress.foreign_translation');
    foreach (['A-evil.l10n.php', 'a-de_DE-formal-x.mo', 'a-pt_PT_ao90.json'] as $file) {
        $site->downloads['https://w.example/odd.zip'] = $zip('odd-de.zip', ['plain-de_DE.mo' => '', $file => '<?php evil();']);
        $check("into any language: $file", $code($install(new Language_Pack_Upgrader(), 'https://w.example/odd.zip', $pack('plain', 'https://w.example/odd.zip'))) === 'wordpress.foreign_translation' && $left() === []);
    }
    $write('plugins/a-b/a-b.php', $header('A B', '1'));
    $site->downloads['https://w.example/a-b.zip'] = $zip('a-b-de.zip', ['a-b-de_DE.mo' => '', 'a-b-de_DE.l10n.php' => '<?php return [];']);
    $check('of a plugin whose name begins with the package\'s', $install(new Language_Pack_Upgrader(), 'https://w.example/a-b.zip', $pack('a-b', 'https://w.example/a-b.zip')) === 'plugins');
    $site->downloads['https://w.example/a-c.zip'] = $zip('a-c-de.zip', ['a-c-de_DE.mo' => '', 'a-c-de_DE.l10n.php' => '<?php return [];']);
    $check('unless it is not there', $code($install(new Language_Pack_Upgrader(), 'https://w.example/a-c.zip', $pack('a-c', 'https://w.example/a-c.zip'))) === 'wordpress.foreign_translation');
    $longer = 'did:plc:' . str_repeat('e', 24);
    $write('plugins/A-b-Longer/longer.php', $header('Longer', '1', $longer));
    $plugin->installed()->changed();
    foreach (['a-b-longer-de_DE.l10n.php', 'a-b-Longer-x.mo', 'sub/A-B-LONGER-de_DE.json'] as $file) {
        $site->downloads['https://w.example/long.zip'] = $zip('long-de.zip', ['a-b-de_DE.mo' => '', $file => '<?php evil();']);
        $check("of a package whose name begins with the plugin's: $file", $code($install(new Language_Pack_Upgrader(), 'https://w.example/long.zip', $pack('a-b', 'https://w.example/long.zip'))) === 'wordpress.foreign_translation' && $left() === []);
    }
    $check('and still the plugin\'s own', $install(new Language_Pack_Upgrader(), 'https://w.example/a-b.zip', $pack('a-b', 'https://w.example/a-b.zip')) === 'plugins');
    (new Disk())->delete(WP_PLUGIN_DIR . '/A-b-Longer');
    $plugin->installed()->changed();
    $many = ['a-de_DE.l10n.php' => '<?php evil();'];
    for ($i = 0; $i <= 20000; $i++) {
        $many["$i.json"] = '';
    }
    $site->downloads['https://w.example/many.zip'] = $zip('many-de.zip', $many);
    $check('among too many to look at', $code($install(new Language_Pack_Upgrader(), 'https://w.example/many.zip', $pack('plain', 'https://w.example/many.zip'))) === 'wordpress.foreign_translation' && $left() === []);
    $folder = "$scratch/upgrade/pack";
    $write('upgrade/pack/a-de_DE.l10n.php', '<?php evil();');
    $check('one that cannot be looked at', is_wp_error($gates->source()->last_resort($folder, $folder, new Language_Pack_Upgrader(), $pack('plain', ''), new TypeError('a fault'))) && !is_dir($folder));
    $faulty = FedVerify\WordPress\Guard::filter(static function (): void {
        throw new TypeError('a fault');
    }, [$gates->source(), 'last_resort']);
    foreach ([[], [null], [null, ['type' => 'plugin']]] as $more) {
        $write('upgrade/few/a.php', $header('A', '1.0', $a));
        $answer = $faulty("$scratch/upgrade/few", "$scratch/upgrade/few", ...$more);
        $check('nor where another calls with ' . (2 + count($more)) . ' arguments', is_wp_error($answer) && !is_dir("$scratch/upgrade/few"));
    }
    $archives->released['https://r.example/a-de.zip'] = [$a, '1.0', $zip('a-de.zip', ['a-de_DE.l10n.php' => '<?php return [];'])];
    $check('of the release', $install(new Language_Pack_Upgrader(), 'https://r.example/a-de.zip', $pack('a', 'https://r.example/a-de.zip')) === 'plugins');
    $before = $site->removed;
    $gates->archive()->judge(false, 'https://w.example/plain.zip', new Plugin_Upgrader(), []);
    $check('the gate behind unpacking is hooked again', count($site->removed) === count($before) + 2);

    // A child theme, in whose installation its parent is installed.
    $child = 'did:plc:' . str_repeat('d', 24);
    $archives->released['https://r.example/child.zip'] = [$child, '1.0', $zip('child.zip', ['child/style.css' => $header('Child', '1.0', $child, 'Theme')])];
    $site->downloads['https://w.example/parent.zip'] = $zip('parent.zip', ['parent/style.css' => $header('Parent', '1.0', '', 'Theme')]);
    $plugin->gates()->downloads()->remember((object) ['_fair' => ['id' => $child], 'download_link' => 'https://r.example/child.zip'], 'theme_information', (object) []);
    $parent = static function () use ($install): void {
        $install(new Theme_Upgrader(), 'https://w.example/parent.zip', ['type' => 'theme', 'action' => 'install']);
    };
    $recorded = static function () use ($plugin, $child): ?array {
        $record = $plugin->identities()->get($child);
        return null === $record ? null : $record->package();
    };
    $is_installed = $install(new Theme_Upgrader(), 'https://r.example/child.zip', ['type' => 'theme', 'action' => 'install'], ['after' => $parent]);
    $check('a child theme and its parent', $is_installed === 'child' && ($recorded()['file'] ?? '') === 'child');
    $plugin->identities()->forget($child);
    // WordPress never says what became of the child, and another theme takes its folder.
    $site->downloads['https://w.example/child.zip'] = $zip('other.zip', ['child/style.css' => $header('Other', '1.0', '', 'Theme')]);
    $other = static function () use ($install, $check, $recorded, $scratch): void {
        (new Disk())->delete("$scratch/themes/child");
        $check('another theme in its folder', $install(new Theme_Upgrader(), 'https://w.example/child.zip', ['type' => 'theme', 'action' => 'install']) === 'child');
        $check('is not remembered as the child', $recorded() === null);
    };
    $install(new Theme_Upgrader(), 'https://r.example/child.zip', ['type' => 'theme', 'action' => 'install'], ['after' => $other]);
    (new Disk())->delete("$scratch/themes");

    // Reported only.
    $site->options['fedverify_settings'] = ['mode' => 'report'];
    $count = count($plugin->verdicts()->recent(500));
    $check('reported: installed all the same', $install(new Plugin_Upgrader(), 'https://w.example/x.zip', $new) === basename(basename($site->downloads['https://w.example/x.zip']), '.zip'));
    $check('and once', count($plugin->verdicts()->recent(500)) === $count + 1);
    $reply = $gates->archive()->judge(false, 'https://evil.example/a.zip', new Plugin_Upgrader(), $update('a/a.php'));
    $check('reported: the reply as it was', $reply === false);
    $fault = new TypeError('a fault');
    $write('upgrade/faulty/a.php', $header('A', '1.0', $a));
    $check('reported: even where a gate fails', $gates->archive()->last_resort('a reply', 'x', null, $update('a/a.php'), $fault) === 'a reply'
        && $gates->source()->last_resort("$scratch/upgrade/faulty", "$scratch/upgrade/faulty", null, [], $fault) === "$scratch/upgrade/faulty" && is_dir("$scratch/upgrade/faulty"));
    (new Disk())->delete("$scratch/upgrade/faulty");
    $check('the client verifies, too', apply_filters('fair.packages.updater.verify_signatures', true) === true);
    // What was verified of files that are gone is said of no others.
    $of_a = static function () use ($plugin, $a): ?array {
        return $plugin->identities()->get_anew($a)->package();
    };
    $plugin->identities()->record_package($a, $facts);
    $site->downloads['https://evil.example/same.zip'] = $zip('same.zip', ['a/a.php' => $header('A', '1.0', $a) . '// other bytes']);
    $check('reported: other bytes of the same version', $install(new Plugin_Upgrader(), 'https://evil.example/same.zip', $update('a/a.php')) === 'a'
        && $version('a/a.php') === '1.0' && $of_a() === null);
    foreach (['is' => true, 'is not' => false] as $what => $is_deleted) {
        $plugin->identities()->record_package($a, $facts);
        do_action('delete_plugin', 'a/a.php');
        do_action('deleted_plugin', 'a/a.php', $is_deleted);
        $check("a plugin that $what deleted: some of its files may be gone", $of_a() === null);
    }
    $plugin->identities()->record_package($a, ['kind' => 'theme', 'file' => 'a'] + $facts);
    do_action('delete_plugin', 'a/a.php');
    $check('a theme in a folder of that name', $of_a() !== null);
    do_action('delete_theme', 'a');
    $check('until it is deleted', $of_a() === null);
    $plugin->identities()->record_package($a, $facts);
    $site->downloads['https://evil.example/same.zip'] = $zip('same.zip', ['a/a.php' => $header('A', '1.0')]);
    $check('reported: files that name no identity', $install(new Plugin_Upgrader(), 'https://evil.example/same.zip', $update('a/a.php')) === 'a' && $of_a() === null);
    $write('plugins/a/a.php', $header('A', '1.0', $a));
    $plugin->installed()->changed();
    $plugin->identities()->record_package($a, ['file' => 'elsewhere/a.php'] + $facts);
    do_action('delete_plugin', 'a/a.php');
    do_action('deleted_plugin', 'a/a.php', true);
    $check('a copy of it', $of_a() !== null);

    $site->options['fedverify_settings'] = [];
    $check('but not beside this', apply_filters('fair.packages.updater.verify_signatures', true) === false);

    // Offers.
    $offers = static function (array $response, array $translations = []): stdClass {
        return (object) ['last_checked' => 1, 'response' => $response, 'translations' => $translations];
    };
    $offer = static function (string $version, string $url): stdClass {
        return (object) ['new_version' => $version, 'package' => $url];
    };
    $kept = static function ($offers): array {
        return array_keys(apply_filters('site_transient_update_plugins', $offers)->response);
    };
    $good = $offer('1.1', 'https://r.example/a-1.1.zip');
    $check('no offer before a release was verified', $kept($offers(['a/a.php' => $good, 'plain/plain.php' => $good])) === ['plain/plain.php']);
    $plugin->identities()->record_offer($a, ['version' => '1.1', 'urls' => ['https://r.example/a-1.1.zip', 'https://r.example/a-1.1-de.zip'], 'type' => 'wp-plugin', 'at' => 1]);
    $check('the release', $kept($offers(['a/a.php' => $good])) === ['a/a.php'] && $kept($offers(['a/a.php' => (array) $good])) === ['a/a.php']);
    $check('in another language', $kept($offers(['a/a.php' => $offer('1.1', 'https://r.example/a-1.1-de.zip')])) === ['a/a.php']);
    $elsewhere = $offer('1.2', 'https://r.example/a-1.2.zip');
    $GLOBALS['wpdb']->query("UPDATE wp_fedverify_identities SET offer = replace(offer, '1.1', '1.2')");
    $check('the release that another process has verified meanwhile', $kept($offers(['a/a.php' => $elsewhere])) === ['a/a.php']);
    $GLOBALS['wpdb']->query("UPDATE wp_fedverify_identities SET offer = replace(offer, '1.2', '1.1')");
    $check('and the one that it has now', $kept($offers(['a/a.php' => $offer('1.1', 'https://r.example/a-1.1-de.zip')])) === ['a/a.php']);
    $count = count($plugin->verdicts()->recent(500));
    foreach ([
        $offer('1.1', 'https://evil.example/a.zip'), $offer('9', 'https://r.example/a-1.1.zip'), $offer('1.1', ''), $offer('1.1<script>', 'https://r.example/a-1.1.zip'),
        (object) ['new_version' => ['1.1'], 'package' => 7], 'x', null,
    ] as $foreign) {
        $check('a foreign offer', $kept($offers(['a/a.php' => $foreign, 'x' => $good])) === ['x'] && $kept($offers(['a/a.php' => $foreign, 'x' => $good])) === ['x']);
    }
    $check('each is logged once', count($plugin->verdicts()->recent(500)) === $count + 5);
    $check('a version that is no plain word', $kept($offers(['a/a.php' => $offer("1.1\n", 'https://r.example/a-1.1.zip')])) === []
        && $plugin->verdicts()->recent(1)[0]->code() === 'wordpress.version_invalid');
    foreach ([false, null, 7, [], (object) ['response' => 'x', 'translations' => 7], new stdClass()] as $odd) {
        $check('no offers: ' . gettype($odd), apply_filters('site_transient_update_plugins', $odd) === $odd);
    }
    $stored = $offers(['a/a.php' => $offer('9', 'x')]);
    $kept($stored);
    $check('what is stored stays as it is', isset($stored->response['a/a.php']));
    $translations = [['type' => 'plugin', 'slug' => 'a', 'package' => 'https://w.example/de.zip'], ['type' => 'plugin', 'slug' => 'plain', 'package' => 'x'], 'x', ['type' => 'core', 'slug' => 'a']];
    foreach (['update_plugins', 'update_themes', 'update_core'] as $name) {
        $check("translations, $name", apply_filters("site_transient_$name", $offers([], $translations))->translations === array_slice($translations, 1));
    }
    $down = Refusal::undetermined('network.failed', 'the directory is down');
    $plugin->identities()->record_refused($a, $down);
    $check('no answer takes away none', $kept($offers(['a/a.php' => $good])) === ['a/a.php'] && $kept($offers(['a/a.php' => $offer('9', 'x')])) === []);
    $plugin->identities()->record_refused($a, Refusal::rejected('pin.fork', 'two histories'));
    $check('none of an identity that is refused', $kept($offers(['a/a.php' => $good])) === []);
    $plugin->identities()->record_refused($a, $down);
    $check('nor because there is no answer after that', $kept($offers(['a/a.php' => $good])) === []);
    $plugin->identities()->record_refused($a, $down);
    $check('however often', $kept($offers(['a/a.php' => $good])) === []);
    $GLOBALS['wpdb']->query("UPDATE wp_fedverify_identities SET refusal = '{\"torn'");
    $plugin->identities()->record_refused($a, $down);
    $check('nor where it cannot be read why', $kept($offers(['a/a.php' => $good])) === []);
    $resolver->resolve($a);
    $check('but once the identity was verified again', $kept($offers(['a/a.php' => $good])) === ['a/a.php']);
    $release = $plugin->identities()->get($a)->offer();
    $plugin->identities()->record_shape($a, ['json' => '{}', 'at' => time()]);
    $check('what a browser has verified', $plugin->identities()->get_anew($a)->shape()['json'] === '{}');
    $plugin->identities()->record_release_refused($a);
    $check('is not handed out once metadata is refused', $plugin->identities()->get_anew($a)->shape() === null);
    $check('none of metadata that is refused', $kept($offers(['a/a.php' => $good])) === []);
    $resolver->resolve($a);
    $plugin->identities()->record_refused($a, $down);
    $check('nor because the identity is verified, and the repository is silent', $kept($offers(['a/a.php' => $good])) === []);
    $plugin->identities()->record_offer($a, $release);
    $check('but once metadata was verified again', $kept($offers(['a/a.php' => $good])) === ['a/a.php']);
    $other_request = clone $plugin->identities();
    $resolver->resolve($a);
    $other_request->get($a);
    $plugin->identities()->record_refused($a, Refusal::rejected('pin.fork', 'a message with "against":false in it'));
    $other_request->record_refused($a, $down);
    $check('what another request refused meanwhile stays refused', $plugin->identities()->get_anew($a)->is_spoken_against());
    $resolver->resolve($a);
    $check('until it is verified', !$plugin->identities()->get_anew($a)->is_spoken_against());

    // Updates that wait.
    $item = (object) ['plugin' => 'a/a.php', 'new_version' => '1.1'];
    $archives->released['https://r.example/a-1.1.zip'][3] = 'fresh';
    $check('none waits', apply_filters('auto_update_plugin', true, $item) === true);
    $check('at an administrator\'s wish', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php')) === 'a');
    $write('plugins/a/a.php', $header('A', '1.0', $a));
    $site->cron = true;
    $check('it waits', $code($install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php'))) === 'wordpress.held.fresh_key' && $version('a/a.php') === '1.0');
    $held = $plugin->held()->get($a);
    $check('as an update that is held', [$held['file'], $held['version'], $held['reason'], $held['until']] === ['a/a.php', '1.1', 'wordpress.held.fresh_key', 2000000000]);
    $check('it is not tried again', apply_filters('auto_update_plugin', true, $item) === false && apply_filters('auto_update_plugin', false, $item) === false);
    $check('the interface says nothing of it', apply_filters('auto_update_plugin', null, $item) === null);
    $check('another version is', apply_filters('auto_update_plugin', true, (object) ['plugin' => 'a/a.php', 'new_version' => '1.2']) === true);
    $check('other packages are', apply_filters('auto_update_plugin', true, (object) ['plugin' => 'plain/plain.php']) === true && apply_filters('auto_update_theme', true, 7) === true);
    $results = [(object) ['item' => $item, 'result' => null]];
    $check('of which nobody has written but WordPress', apply_filters('auto_plugin_update_send_email', true, $results) === true);
    $results[] = (object) ['item' => (object) ['plugin' => 'plain/plain.php'], 'result' => null];
    $check('but of others', apply_filters('auto_plugin_update_send_email', true, $results) === true && apply_filters('auto_plugin_update_send_email', true, 'x') === true);
    $check('and of what was updated', apply_filters('auto_plugin_update_send_email', true, [(object) ['item' => $item, 'result' => true]]) === true);
    $check('no e-mail where others want none', apply_filters('auto_plugin_update_send_email', false, $results) === false);
    $mail = ['to' => 't', 'subject' => 'failed', 'body' => 'These plugins failed to update: A', 'headers' => ''];
    $explained = static function (array $failed, array $updated = ['plugin' => [7], 'theme' => []]) use ($mail): array {
        return apply_filters('auto_plugin_theme_update_email', $mail, 'mixed', $updated, $failed);
    };
    $waits = (object) ['item' => $item, 'result' => null, 'name' => 'I '];
    $installed = file_get_contents("$scratch/plugins/a/a.php");
    $write('plugins/a/a.php', $header('I <3 <b>A</b> & &lt;i>', '1.0', $a));
    $said = $explained(['plugin' => [$waits]]);
    // Nothing is a tag, on sites that send HTML. WordPress itself cuts what looks like one to it.
    $check('WordPress\'s e-mail says that it waits', strpos($said['body'], "fedverify holds them:\n- “I <3 < b>A< /b> & &lt;i>”\n") !== false && strpos($said['body'], 'page=fedverify') !== false
        && substr($said['body'], -strlen($mail['body'])) === $mail['body'] && strpos($said['subject'], 'others wait') !== false);
    unlink("$scratch/plugins/a/a.php");
    $waits->name = 'A &amp; <strong>B</strong>';
    $check('what is not there any more has WordPress\'s name', strpos($explained(['plugin' => [$waits]])['body'], "\n- “A & < strong>B< /strong>”\n") !== false);
    $write('plugins/a/a.php', $installed);
    $said = $explained(['plugin' => [$waits, $results[1]], 'theme' => [(object) ['item' => (object) ['theme' => 'x'], 'result' => null, 'name' => 'x']]]);
    $check('and that others failed', $said['subject'] === 'failed' && substr_count($said['body'], "\n- ") === 1);
    $site->options['blogname'] = 'A site';
    foreach ([['plugin' => [], 'theme' => []], [], ['plugin' => 'x']] as $none) {
        $check('nor that others were installed: ' . json_encode($none), $explained(['plugin' => [$waits]], $none)['subject'] === '[A site] Some updates wait');
    }
    $site->options['fedverify_settings'] = ['mail_refusals' => false];
    $check('WordPress writes where fedverify does not', apply_filters('auto_plugin_update_send_email', true, array_slice($results, 0, 1)) === true && strpos($explained(['plugin' => [$waits]])['body'], 'did not fail') !== false);
    $site->options['fedverify_settings'] = [];
    $check('nothing of what failed', $explained(['plugin' => [$results[1]]]) === $mail && $explained(['plugin' => 'x', 'theme' => [null, 7]]) === $mail);
    foreach ([null, 'x', [], ['body' => 7]] as $odd) {
        $check('no e-mail: ' . json_encode($odd), apply_filters('auto_plugin_theme_update_email', $odd, 'fail', [], ['plugin' => [$waits]]) === $odd);
    }
    $remembered = static function ($failures, $before = []) {
        return apply_filters('pre_update_option_auto_plugin_theme_update_emails', $failures, $before);
    };
    $check('WordPress does not remember that it failed, and writes once it has', $remembered(['a/a.php' => '1.1', 'plain/plain.php' => '2']) === ['plain/plain.php' => '2']
        && $remembered(['a/a.php' => '1.1'], ['a/a.php' => '1.0']) === ['a/a.php' => '1.0'] && $remembered(['a/a.php' => '1.1'], 'x') === []);
    foreach ([null, 'x', []] as $odd) {
        $check('it remembers nothing: ' . json_encode($odd), $remembered($odd) === $odd);
    }
    $listed = static function () use ($plugin): array {
        return [array_keys($plugin->fresh_keys()->listed()), array_keys($plugin->fresh_keys()->waiting())];
    };
    $check('it is listed', $listed() === [[$a], [$a]]);
    $site->options['fedverify_settings'] = ['mode' => 'report'];
    $check('and does not wait where refusals are only reported', $listed() === [[$a], []] && apply_filters('auto_update_plugin', true, $item) === true);
    $site->options['fedverify_settings'] = [];
    $plugin->held()->hold('did:web:gone.example', ['version' => '2'] + $held);
    $check('nor what is not installed any more', $listed() === [[$a], [$a]]);
    $plugin->held()->release('did:web:gone.example');
    $plugin->held()->hold($a, ['version' => $version('a/a.php')] + $held);
    $check('nor what was installed in another way', $listed() === [[], []]);
    foreach (['0.9', 'v1.0.0'] as $passed) {
        $plugin->held()->hold($a, ['version' => $passed] + $held);
        $check("nor what was passed by: $passed", $listed() === [[], []]);
    }
    foreach (['', 'trunk', null] as $unknown) {
        $plugin->held()->hold($a, ['version' => $unknown] + $held);
        $check('but what may be newer: ' . json_encode($unknown), $listed() === [[$a], [$a]]);
    }
    $plugin->held()->hold($a, ['until' => time() - 1] + $held);
    $check('until it is over', apply_filters('auto_update_plugin', true, $item) === true);
    $plugin->held()->hold($a, $held);
    $site->options['fedverify_settings'] = ['wait_recovery' => false];
    $check('where the site waits', apply_filters('auto_update_plugin', true, $item) === true);
    $check('or it is installed', $install(new Plugin_Upgrader(), 'https://r.example/a-1.1.zip', $update('a/a.php')) === 'a' && $plugin->held()->get($a) === null);
    $site->options['fedverify_settings'] = [];
    $site->cron = false;

    // Which identity a URL was given for.
    $check('DIDs in texts', array_map([Known_Dids::class, 'did_in'], [$a, "x-did--plc--6fub4jd3yfiuvzi5yhcmvrax", 'did:web:a.example', 'x', '', 7, null, "$a ", 'x-did--plc--short', 'did:plc:' . str_repeat('a', 3000)])
        === [$a, $a, 'did:web:a.example', null, null, null, null, null, null, null]);
    $asked = new Asked_Downloads();
    $asked->remember($api, 'query_plugins', null);
    $check('lists are not remembered', $asked->did_of('https://r.example/a-1.0.zip') === null);
    $asked->remember($api, 'plugin_information', (object) ['slug' => $b]);
    $check('what was asked for counts', $asked->did_of('https://r.example/a-1.0.zip') === $b);
    $asked->remember((object) ['download_link' => 'https://r.example/a-1.0.zip', '_fair' => ['id' => $a]], 'plugin_information', null);
    $check('the last one counts', $asked->did_of('https://r.example/a-1.0.zip') === $a);
    $asked->remember(['download_link' => 'https://r.example/a-1.0.zip'], 'theme_information', (object) ['slug' => 'x']);
    $check('also where it has none', $asked->did_of('https://r.example/a-1.0.zip') === null);
    foreach ([null, 7, 'x', [], $error, (object) ['download_link' => []], (object) ['download_link' => 'https://r.example/', '_fair' => 7]] as $odd) {
        $check('answers stay as they are', $asked->remember($odd, 'plugin_information', $odd) === $odd && $gates->known_dids()->ask_results($odd) === $odd && $gates->known_dids()->ask_api($odd, $odd, $odd) === $odd);
    }

    $finish('gates');
}
