<?php

declare(strict_types=1);

/** What owners do with packages: install, update, upload, delete. A part of World. */
trait Managing
{
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

    /** A step that must go well, or the scenario shows nothing. */
    public function installed(Product $product): Product
    {
        $this->install($product);
        $this->require($product, $product->releases[0]->version);
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

    public function updated(Product $product, string $way = 'ajax'): Product
    {
        $this->update($product, $way);
        $this->require($product, $product->releases[0]->version);
        return $product;
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

    /** Somebody activates fedverify. Without it this is nothing. */
    public function activate(): void
    {
        if ($this->setup->hasFedverify()) {
            $this->act('activate', ['fedverify/fedverify.php']);
        }
    }
}
