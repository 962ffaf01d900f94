<?php

declare(strict_types=1);

/** Which site is tested: the client that it runs, whether fedverify is there, and by which backend fedverify verifies. */
final class Setup
{
    public const CLIENTS = ['1.3', '1.4', 'none'];

    public const BACKENDS = ['php', 'extension', 'command', 'ffi'];

    /**
     * By backend: what of Cargo's target folder it is, the first that is there. `make test` builds the command without --release, so
     * that a release may be an old one.
     */
    private const BUILT = [
        'extension' => ['release/libfedverify_php.so'],
        'command' => ['debug/fedverify', 'release/fedverify'],
        'ffi' => ['release/libfedverify_ffi.so'],
    ];

    /** Whom the real FAIR Connect asks on every page, about other things than packages. */
    private const CLIENTS_OWN = ['api.fair.pm'];

    /** Whom it asks in the place of wordpress.org. */
    private const CLIENTS_MIRROR = ['api.aspirecloud.net'];

    /** No backend at all: an administrator's browser verifies. */
    public const BROWSER = 'browser';

    /** Without these PHP verifies nothing. */
    private const CURVES = 'openssl_pkey_get_public,openssl_verify';

    /** What hosts switch off that share a machine among many. */
    private const SHARED_HOST = 'proc_open,exec,shell_exec,system,passthru,popen';

    /** What site/prepend.php has in the place of PHP's own. */
    private const NAMES = 'gethostbyname,gethostbynamel,dns_get_record,checkdnsrr,dns_check_record';

    /** @var string one of CLIENTS */
    public $client;

    /** @var string|null one of BACKENDS; null: without fedverify */
    public $backend;

    /** @var string Cargo's target folder */
    private $target;

    /** @var string the version of PHP, as WebAssembly; empty: the system's own */
    public $php;

    public function __construct(string $client, ?string $backend, string $target, string $php = '')
    {
        $this->client = $client;
        $this->backend = $backend;
        $this->target = $target;
        $this->php = $php;
    }

    public function name(): string
    {
        $version = $this->php === '' ? '' : " on PHP {$this->php}";
        return ($this->backend ?? 'without fedverify') . ($this->hasObjectCache() ? ', object cache' : '') . "$version, client {$this->client}";
    }

    public function hasFedverify(): bool
    {
        return $this->backend !== null;
    }

    /** Whether the site has a persistent object cache, which is no question of the backend: so these runs are its test, too. */
    public function hasObjectCache(): bool
    {
        return $this->backend === 'extension';
    }

    /** Whether the client is FAIR Connect itself, not what plays it. */
    public function isRealClient(): bool
    {
        return $this->client === '1.3' && getenv('FAIR_PLUGIN');
    }

    /** @return list<string> whom the client asks on every page, whatever is done there */
    public function hostsOnEveryPage(): array
    {
        return $this->isRealClient() ? self::CLIENTS_OWN : [];
    }

    /** @return list<string> whom the client asks in the place of wordpress.org */
    public function hostsForWordPressOrg(): array
    {
        return $this->isRealClient() ? self::CLIENTS_MIRROR : [];
    }

    /** What the backend verifies with, as it was built; null: nothing was, or nothing has to be. */
    private function built(): ?string
    {
        foreach (self::BUILT[$this->backend] ?? [] as $file) {
            if (is_file("{$this->target}/$file")) {
                return "{$this->target}/$file";
            }
        }
        return null;
    }

    /** Why this backend cannot be tried here; null: it can. */
    public function lacks(): ?string
    {
        $files = self::BUILT[$this->backend] ?? [];
        return $files === [] || $this->built() !== null ? null : "without the backend {$this->backend}: {$this->target} has no " . implode(' and no ', $files);
    }

    /** @return list<string> what starts a PHP */
    public function command(): array
    {
        return [$this->php === '' ? 'php' : dirname(__DIR__, 2) . '/php-versions/php'];
    }

    /** @return list<string> options of `php` */
    public function options(): array
    {
        if ($this->php !== '') {
            // Before PHP 8.0 a function that is disabled cannot be defined: names are told by mu-plugins/network.php.
            return ['disable_functions=' . self::SHARED_HOST, 'memory_limit=128M'];
        }
        $isBrowser = $this->backend === self::BROWSER;
        $isShared = $isBrowser || $this->backend === 'php' || $this->backend === null;
        $options = [
            'disable_functions=' . self::NAMES . ($isShared ? ',' . self::SHARED_HOST : '') . ($isBrowser ? ',' . self::CURVES : ''),
            // 128 MB, of which WordPress's own code takes 24 where it is compiled for each request.
            'memory_limit=104M',
            'ffi.enable=' . ($this->backend === 'ffi' ? '1' : '0'),
        ];
        if ($this->backend === 'extension') {
            $options[] = "extension={$this->built()}";
        }
        return $options;
    }

    /** @return array<string, string> */
    public function environment(): array
    {
        switch ($this->backend) {
            case 'command':
                return ['FEDVERIFY_BINARY' => (string) $this->built()];
            case 'ffi':
                return ['FEDVERIFY_LIBRARY' => (string) $this->built()];
            default:
                return $this->php === '' ? [] : ['PHP' => $this->php];
        }
    }
}
