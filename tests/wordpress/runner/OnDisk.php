<?php

declare(strict_types=1);

/** What is on the site's disk: which versions of what, plugins without a DID, constants, names of hosts. A part of World. */
trait OnDisk
{
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

    /** A plugin of wordpress.org, without a DID, is installed; its file. */
    public function plainPlugin(string $slug = 'plain'): string
    {
        Shell::write($this->site->content("plugins/$slug/$slug.php"), "<?php\n/*\nPlugin Name: Plain\nVersion: 1.0.0\n*/\n");
        return "$slug/$slug.php";
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
}
