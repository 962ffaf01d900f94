<?php

declare(strict_types=1);

/** A plugin of a source of the Plugin Federation Network: what its publisher signs, and what a node lists of it. */
final class FederatedPlugin
{
    public const NODE = 'https://node.publisher.example';

    public const OTHER_NODE = 'https://other.publisher.example';

    /** @var string */
    public $source;

    /** @var string */
    public $slug;

    /** @var KeyPair the publisher's */
    public $key;

    public function __construct(string $source = 'alice@plugins.publisher.example', string $slug = 'hello-pfn', string $key = 'alice')
    {
        $this->source = $source;
        $this->slug = $slug;
        $this->key = KeyPair::of('Ed25519', $key);
    }

    /** The file as WordPress names it. */
    public function file(): string
    {
        return "{$this->slug}/{$this->slug}.php";
    }

    /**
     * An archive.
     *
     * @param array<string, mixed> $options `evil`: with the attacker's code; `source`: in the header, null: none; `did`: in the header
     */
    public function archive(string $version, array $options = []): string
    {
        $source = array_key_exists('source', $options) ? $options['source'] : $this->source;
        $header = " * Plugin Name: Hello PFN\n * Version: $version\n" . ($source === null ? '' : " * Federation Source: $source\n")
            . (isset($options['did']) ? " * Plugin ID: {$options['did']}\n" : '');
        $code = empty($options['evil']) ? "// Version $version\n" : Product::payload();
        return Zip::of(["{$this->slug}/{$this->slug}.php" => "<?php\n/*\n$header*/\n$code"]);
    }

    /**
     * What a node lists of a version.
     *
     * @param array<string, mixed> $changes of the members
     * @return array<string, mixed>
     */
    public function listed(string $version, string $archive, array $changes = []): array
    {
        $signed = ['id' => $this->slug, 'name' => 'Hello PFN', 'version' => $version, 'description' => 'Says hello.'];
        return $changes + $signed + [
            'source_id' => $this->source,
            'tags' => [],
            'mirror_date' => 1764000000,
            'checked_at' => 1764000000,
            'withdrawn_at' => null,
            'sha256' => hash('sha256', $archive),
            'sha384' => hash('sha384', $archive),
            'size' => strlen($archive),
            'signature' => base64_encode($this->key->sign(json_encode($signed, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE))),
            'archive_signature' => base64_encode($this->key->sign(hash('sha384', $archive, true))),
            'public_key' => $this->key->pem(),
            'equivocations' => 0,
            'verification' => ['metadata' => 'verified', 'archive' => 'signed', 'consistency' => 'consistent'],
        ];
    }

    /** Where a node has a version. */
    public function url(string $version, string $node = self::NODE): string
    {
        return "$node/federation/download?source=" . rawurlencode($this->source) . "&plugin={$this->slug}&version=$version";
    }
}
