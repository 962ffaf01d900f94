<?php

declare(strict_types=1);

/** Sites as they are when a scenario begins, made once. */
final class Snapshots
{
    /** @var string those of this run */
    private $folder;

    /** @var string */
    private $wordpress;

    /** @var Site */
    private $site;

    public function __construct(string $folder, string $wordpress, Site $site)
    {
        $this->folder = $folder;
        $this->wordpress = $wordpress;
        $this->site = $site;
    }

    /** @param string $place where fedverify is: plugin, inactive, must-use or absent */
    public function restore(Setup $setup, string $place, bool $isMultisite): void
    {
        $place = $setup->hasFedverify() ? $place : 'none';
        $name = implode('-', [$setup->php, $setup->client, $setup->backend ?? 'none', $place, $isMultisite ? 'network' : 'single']);
        $snapshot = "{$this->folder}/$name";
        if (!is_dir($snapshot)) {
            $this->make($snapshot, $setup, $place, $isMultisite);
        }
        $this->site->restore($snapshot, $setup, $isMultisite);
    }

    private function make(string $snapshot, Setup $setup, string $place, bool $isMultisite): void
    {
        $this->site->restore($this->installed($setup, $isMultisite), $setup, $isMultisite);
        // symlink() goes by where an earlier link led.
        clearstatcache(true);
        symlink(realpath(__DIR__ . '/../mu-plugins/network.php'), $this->site->content('mu-plugins/network.php'));
        $plugins = [];
        if ($setup->client !== 'none') {
            $source = $setup->isRealClient() ? getenv('FAIR_PLUGIN') : __DIR__ . "/../clients/fair-{$setup->client}";
            symlink(realpath($source), $this->site->content('plugins/fair-plugin'));
            $plugins[] = 'fair-plugin/plugin.php';
        }
        $fedverify = realpath(__DIR__ . '/../../../wordpress/fedverify');
        if ($place === 'must-use') {
            Shell::write($this->site->content('mu-plugins/fedverify.php'), "<?php\nrequire '$fedverify/fedverify.php';\n");
        } elseif (!in_array($place, ['none', 'absent'], true)) {
            symlink($fedverify, $this->site->content('plugins/fedverify'));
        }
        if ($place === 'plugin') {
            $plugins[] = 'fedverify/fedverify.php';
        }
        $visit = $this->site->visit(['script' => 'actions/activate.php', 'user' => 1, 'with' => $plugins]);
        if ($visit->answer !== 'activated') {
            throw new RuntimeException("$snapshot: " . $visit->summary());
        }
        Shell::remove("{$this->site->folder}/errors.log");
        $this->site->capture($snapshot);
    }

    /** WordPress alone, kept between runs. */
    private function installed(Setup $setup, bool $isMultisite): string
    {
        $snapshot = $this->wordpress . '/snapshots/' . ($isMultisite ? 'network' : 'single');
        // One worker makes it, the others wait.
        $lock = fopen("$snapshot.lock", 'c');
        flock($lock, LOCK_EX);
        if (!is_dir($snapshot)) {
            $this->site->restore(null, $setup, $isMultisite);
            mkdir("{$this->site->folder}/database");
            foreach (['plugins', 'mu-plugins', 'languages', 'uploads', 'upgrade'] as $folder) {
                mkdir($this->site->content($folder), 0777, true);
            }
            Shell::copy(__DIR__ . '/../site/db.php', $this->site->content());
            Shell::copy(__DIR__ . '/../site/themes', $this->site->content());
            foreach ($isMultisite ? [[], ['network']] : [[]] as $arguments) {
                $this->site->php(array_merge([__DIR__ . '/../site/install.php'], $arguments));
            }
            $this->site->capture($snapshot);
        }
        return $snapshot;
    }
}
