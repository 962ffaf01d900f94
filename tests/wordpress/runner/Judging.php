<?php

declare(strict_types=1);

/** What a scenario demands, on its way and at the end. A part of World. */
trait Judging
{
    /** @var array<string, array{Product, list<string|null>}> by DID: what must be installed at the end */
    private $expected = [];

    /** @var array<string, string> by file: versions of plugins without a DID */
    private $expectedPlain = [];

    /** @var list<string> what went wrong for the site's owner */
    private $problems = [];

    public function require(Product $product, ?string $version): void
    {
        $found = $this->version($product);
        if ($found !== $version) {
            throw new Broken("$product->slug must be " . self::named($version) . ', is ' . self::named($found));
        }
    }

    /** What must be installed when all is over: one of these; null: nothing. */
    public function expect(Product $product, ?string ...$versions): void
    {
        $this->expected[$product->did()] = [$product, $versions];
    }

    /** The version of a plugin without a DID, when all is over. */
    public function expectPlain(string $file, string $version): void
    {
        $this->expectedPlain[$file] = $version;
    }

    public function demand(bool $is, string $problem): void
    {
        if (!$is) {
            $this->problem($problem);
        }
    }

    /** Only these hosts may have been asked. */
    public function demandHosts(string ...$hosts): void
    {
        $hosts = array_merge($hosts, $this->setup->hostsOnEveryPage(), $this->setup->hostsForWordPressOrg());
        $others = array_diff(array_unique(array_column($this->asked, 'host')), $hosts);
        $this->demand($others === [], 'asked as well: ' . implode(', ', $others));
    }

    /** Nobody may have asked this host for anything. */
    public function demandSilence(string $host): void
    {
        $this->demand(!in_array($host, array_column($this->asked, 'host'), true), "$host was asked");
    }

    public function problem(string $problem): void
    {
        $this->problems[] = $problem;
    }

    /** @return list<string> the problems of the site's owner, once all is over */
    public function problems(): array
    {
        $this->browser = null;
        $this->look();
        foreach ($this->expected as [$product, $versions]) {
            $found = $this->version($product);
            $wanted = implode(' or ', array_map([self::class, 'named'], $versions));
            $this->demand(in_array($found, $versions, true), "$product->slug is " . self::named($found) . ", not $wanted");
        }
        foreach ($this->expectedPlain as $file => $version) {
            $head = (string) @file_get_contents($this->site->content("plugins/$file"));
            $this->demand(strpos($head, "Version: $version\n") !== false, "$file is not $version");
        }
        return array_values(array_unique(array_merge($this->problems, (new Disk($this->site))->problems())));
    }

    /** The site answers a visitor. */
    private function look(): void
    {
        $front = $this->read();
        $this->demand(strpos($front->body, 'end of page') !== false, 'the front page is not whole');
        if (!$this->setup->hasFedverify()) {
            $this->demand($front->seconds < 4, sprintf('the front page takes %.1f s', $front->seconds));
        } else {
            // How long it takes depends on what else the machine does. It waits for nobody, and works a fraction of this.
            $most = $this->setup->php === '' ? 2 : 20;
            $this->demand($front->processor < $most, sprintf('the front page takes %.1f s of the processor', $front->processor));
            $asked = array_diff(array_column($front->requests, 'host'), $this->setup->hostsOnEveryPage());
            $this->demand($asked === [], 'the front page asks ' . implode(', ', array_unique($asked)));
        }
    }

    private static function named(?string $version): string
    {
        return $version ?? 'absent';
    }
}
