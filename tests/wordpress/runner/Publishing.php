<?php

declare(strict_types=1);

/** What publishers, attackers and wordpress.org put on servers. A part of World. */
trait Publishing
{
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
}
