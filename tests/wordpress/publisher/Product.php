<?php

declare(strict_types=1);

/** A plugin or theme with a DID, and the repository that serves it. */
final class Product
{
    /** Every file of an attacker holds it, and none of an honest publisher. */
    public const MARK = 'the-attacker-was-here';

    /** @var Identity|WebIdentity */
    public $identity;

    /** @var string plugin or theme */
    public $kind;

    /** @var string */
    public $slug;

    /** @var list<Release> newest first */
    public $releases = [];

    /** @param Identity|WebIdentity $identity */
    public function __construct($identity, string $kind, string $slug)
    {
        $this->identity = $identity;
        $this->kind = $kind;
        $this->slug = $slug;
    }

    public function did(): string
    {
        return $this->identity->did;
    }

    public function name(): string
    {
        return ucfirst($this->slug) . ' of a publisher';
    }

    /** As FAIR Connect shortens the DID. */
    public function hash(): string
    {
        return substr(hash('sha256', $this->did()), 0, 6);
    }

    /** The folder that FAIR Connect installs it into. */
    public function folder(): string
    {
        return "{$this->slug}-{$this->hash()}";
    }

    /** The file as WordPress names it, where FAIR Connect has installed it; of a theme its stylesheet. */
    public function file(): string
    {
        return $this->kind === 'theme' ? $this->folder() : "{$this->folder()}/{$this->slug}.php";
    }

    /** @param array<string, mixed> $options see archive() and release() */
    public function release(string $version, array $options = []): Release
    {
        $release = $this->made($version, $options);
        array_unshift($this->releases, $release);
        return $release;
    }

    /**
     * A release that is not listed yet.
     *
     * @param array<string, mixed> $options see archive(); `key` signs instead of the identity's, null: nothing does; `url`; `bytes`
     */
    public function made(string $version, array $options = []): Release
    {
        $bytes = $options['bytes'] ?? $this->archive($version, $options);
        $url = $options['url'] ?? $this->identity->repository() . "/$version.zip";
        $key = array_key_exists('key', $options) ? $options['key'] : $this->identity->signingKey();
        return new Release($version, $bytes, $url, $key);
    }

    /**
     * @param array<string, mixed> $options `evil`: with the attacker's code; `id`: the DID in the header, null: none; `header`: the version in
     *     the header; `template`: the folder of the parent of a child theme; `folder`, `files`
     */
    public function archive(string $version, array $options = []): string
    {
        $folder = $options['folder'] ?? $this->slug;
        $id = array_key_exists('id', $options) ? $options['id'] : $this->did();
        $headers = [
            ($this->kind === 'theme' ? 'Theme' : 'Plugin') . ' Name' => $this->name(),
            'Version' => $options['header'] ?? $version,
            'Text Domain' => $this->slug,
        ];
        if (isset($options['template'])) {
            $headers['Template'] = $options['template'];
        }
        if ($id !== null) {
            $headers[$this->kind === 'theme' ? 'Theme ID' : 'Plugin ID'] = $id;
        }
        $header = '';
        foreach ($headers as $name => $value) {
            $header .= " * $name: $value\n";
        }
        $code = empty($options['evil']) ? "// Version $version\n" : self::payload();
        $note = empty($options['evil']) ? 'An honest plugin.' : self::MARK;
        $files = $this->kind === 'theme'
            ? ['style.css' => "/*\n$header*/\n/* $note */\n", 'index.php' => "<?php\n{$code}?>A page.\n", 'functions.php' => "<?php\n$code"]
            : ["{$this->slug}.php" => "<?php\n/*\n$header*/\n$code", 'readme.txt' => "=== {$this->name()} ===\n\n$note\n"];
        $entries = [];
        foreach ($files + ($options['files'] ?? []) as $name => $content) {
            $entries["$folder/$name"] = $content;
        }
        return Zip::of($entries);
    }

    /** What an attacker has run: it tells that it ran. */
    public static function payload(): string
    {
        return "file_put_contents( getenv( 'FEDVERIFY_TEST_SITE' ) . '/ran', __FILE__ . \"\\n\", FILE_APPEND ); // " . self::MARK . "\n";
    }

    /** @return array<string, mixed> */
    public function metadata(): array
    {
        return [
            '@context' => 'https://fair.pm/ns/metadata/v1',
            'id' => $this->did(),
            'type' => "wp-{$this->kind}",
            'name' => $this->name(),
            'slug' => $this->slug,
            'filename' => "{$this->slug}/" . ($this->kind === 'theme' ? 'style.css' : "{$this->slug}.php"),
            'description' => 'A package for tests.',
            'authors' => [['name' => 'A publisher', 'url' => 'https://publisher.example/']],
            'license' => 'GPL-2.0-or-later',
            'security' => [['email' => 'security@publisher.example']],
            'keywords' => ['test'],
            'sections' => ['description' => '<p>A package for tests.</p>', 'changelog' => '<p>Changes.</p>'],
            'last_updated' => '2026-01-01T00:00:00Z',
            'releases' => array_map(static function (Release $release): array {
                return $release->metadata();
            }, $this->releases),
        ];
    }
}
