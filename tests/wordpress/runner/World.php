<?php

declare(strict_types=1);

/**
 * What a scenario acts in: publishers and attackers, the network, a site, and a clock. Its parts:
 *
 * - Publishing: what publishers, attackers and wordpress.org put on servers
 * - Managing: what owners do with packages
 * - Visiting: requests, commands and browsers, below all of that
 * - OnDisk: what is on the site's disk
 * - Judging: what a scenario demands, on its way and at the end
 */
final class World
{
    use Publishing;
    use Managing;
    use Visiting;
    use OnDisk;
    use Judging;

    public const DIRECTORY = 'https://plc.directory';

    /** Ways in which a plugin is updated. */
    public const WAYS = ['ajax', 'page', 'bulk', 'cron', 'cli'];

    /** What both clients keep is forgotten after this. */
    private const CACHED = '13 hours';

    /** @var Network */
    public $network;

    /** @var Site */
    public $site;

    /** @var Setup */
    public $setup;

    /** @var int by how many seconds the site's clock, and everybody's, is ahead */
    private $later = 0;

    public function __construct(Network $network, Site $site, Setup $setup)
    {
        $this->network = $network;
        $this->site = $site;
        $this->setup = $setup;
    }

    /** Whether it is a network of sites. */
    public function isNetwork(): bool
    {
        return $this->site->isMultisite();
    }

    public function now(): int
    {
        return time() + $this->later;
    }

    /** Time passes: '3 days'. */
    public function pass(string $duration): void
    {
        $this->later += strtotime($duration, 0);
    }

    /** A moment before now: '3 days'. */
    public function ago(string $duration): int
    {
        return $this->now() - strtotime($duration, 0);
    }

    /** The client forgets what it keeps of documents and metadata, and the update check is due again. */
    public function nextDay(): void
    {
        $this->pass(self::CACHED);
    }
}
