<?php

declare(strict_types=1);

/** Which scenarios are run on which sites. */
final class Jobs
{
    /** @var array<string, Scenario> */
    private $scenarios;

    /** @var string */
    private $target;

    /** @var array<string, int> by the reason why they cannot be run here: how many runs */
    public $skipped = [];

    /** @param array<string, Scenario> $scenarios */
    public function __construct(array $scenarios, string $target)
    {
        $this->scenarios = $scenarios;
        $this->target = $target;
    }

    /**
     * @param list<string> $arguments
     * @return list<array{scenario: string, client: string, backend: string|null}>
     */
    public function chosen(array $arguments): array
    {
        $mode = array_shift($arguments) ?? '';
        if ($mode === 'versions') {
            return $this->onVersions($arguments);
        }
        $isWithout = $mode === 'without';
        $jobs = [];
        foreach ($this->scenarios as $name => $scenario) {
            if (($mode === 'only' || $isWithout) && !self::isNamed($name, $arguments)) {
                continue;
            }
            if ($isWithout && !$scenario->isAttack && $arguments === []) {
                continue;
            }
            foreach ($isWithout ? [null] : $this->backends($scenario, $mode) as $number => $backend) {
                // In the short run the other backends take turns with the clients.
                $one = $scenario->clients[(count($jobs) + $number) % count($scenario->clients)];
                $clients = $mode === '' && $number > 0 ? [$one] : $scenario->clients;
                $lacks = (new Setup('none', $backend, $this->target))->lacks() ?? $scenario->lacks;
                if ($lacks !== null) {
                    $this->skipped[$lacks] = ($this->skipped[$lacks] ?? 0) + count($clients);
                    continue;
                }
                foreach ($clients as $client) {
                    $jobs[] = ['scenario' => $name, 'client' => $client, 'backend' => $backend];
                }
            }
        }
        return $jobs;
    }

    /**
     * The sample on other versions of PHP, with the client that runs there: 1.4 wants PHP 8.0.
     *
     * @param list<string> $words
     * @return list<array{scenario: string, client: string, backend: string, php: string}>
     */
    private function onVersions(array $words): array
    {
        $jobs = [];
        foreach ($this->scenarios as $name => $scenario) {
            foreach ($scenario->isSample && self::isNamed($name, $words) ? ['7.4' => '1.3', '8.5' => '1.4'] : [] as $php => $client) {
                $jobs[] = ['scenario' => $name, 'client' => $client, 'backend' => 'php', 'php' => (string) $php];
            }
        }
        return $jobs;
    }

    /** @return list<string> */
    private function backends(Scenario $scenario, string $mode): array
    {
        if ($mode === 'only') {
            return ['php'];
        }
        return $scenario->isSample || $mode === 'deep' ? Setup::BACKENDS : ['php'];
    }

    /** @param list<string> $words */
    private static function isNamed(string $name, array $words): bool
    {
        foreach ($words as $word) {
            if (stripos($name, $word) !== false) {
                return true;
            }
        }
        return $words === [];
    }
}
