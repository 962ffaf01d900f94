<?php

declare(strict_types=1);

/** Takes jobs from the queue, one after the other, on a site of its own, and writes what came of each as a line of JSON. */
final class Worker
{
    /** @var string */
    private $queue;

    /** @var resource */
    private $lock;

    /** @var Site */
    private $site;

    /** @var Network */
    private $network;

    /** @var Snapshots */
    private $snapshots;

    /** @var array<string, Scenario> */
    private $scenarios;

    public function __construct(int $number, string $queue, string $wordpress)
    {
        $this->queue = $queue;
        $this->scenarios = Table::scenarios();
        $scratch = dirname($queue) . "/worker-$number";
        mkdir($scratch);
        $this->network = new Network("$scratch/network", "$wordpress/authority");
        $this->site = new Site($this->folder($wordpress), $wordpress, $this->network);
        $this->snapshots = new Snapshots("$scratch/snapshots", $wordpress, $this->site);
    }

    /** A folder that no other run uses. It stays for the next one. */
    private function folder(string $wordpress): string
    {
        for ($number = 1; ; $number++) {
            $folder = "$wordpress/workers/$number";
            $this->lock = fopen("$folder.lock", 'c');
            if (flock($this->lock, LOCK_EX | LOCK_NB)) {
                if (!is_dir($folder)) {
                    mkdir($folder);
                }
                return $folder;
            }
        }
    }

    public function run(): void
    {
        while (($job = $this->next()) !== null) {
            $started = microtime(true);
            $outcome = $this->play($job) + $job + ['seconds' => microtime(true) - $started];
            echo json_encode($outcome, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES), "\n";
        }
    }

    /** @return array<string, mixed>|null */
    private function next(): ?array
    {
        $file = fopen($this->queue, 'r+');
        flock($file, LOCK_EX);
        $jobs = json_decode(stream_get_contents($file), true);
        $job = array_shift($jobs);
        rewind($file);
        ftruncate($file, 0);
        fwrite($file, json_encode($jobs));
        fclose($file);
        return $job;
    }

    /**
     * @param array<string, mixed> $job
     * @return array<string, mixed>
     */
    private function play(array $job): array
    {
        $scenario = $this->scenarios[$job['scenario']];
        $setup = new Setup($job['client'], $job['backend'], (string) getenv('FEDVERIFY_TEST_TARGET'), $job['php'] ?? '');
        $world = new World($this->network, $this->site, $setup);
        try {
            $this->network->clear();
            $this->snapshots->restore($setup, $scenario->place, $scenario->isMultisite);
            if ($setup->hasObjectCache()) {
                $world->onServer('one');
            }
            $scenario->play($world);
            $outcome = ['isBroken' => false, 'problems' => $world->problems()];
        } catch (Throwable $broken) {
            $where = basename($broken->getFile()) . ':' . $broken->getLine();
            $message = $broken instanceof Broken ? $broken->getMessage() : get_class($broken) . ": {$broken->getMessage()} ($where)";
            $outcome = ['isBroken' => true, 'problems' => ["the scenario did not come to its end: $message"]];
        }
        $story = array_merge($world->story, $outcome['problems'] === [] ? [] : $this->verdicts());
        return $outcome + ['site' => $setup->name(), 'isAttack' => $scenario->isAttack, 'story' => $story, 'processor' => $world->processor];
    }

    /** @return list<string> what fedverify wrote down, to find out why something went wrong */
    private function verdicts(): array
    {
        try {
            $database = new PDO("sqlite:{$this->site->folder}/database/site.sqlite");
            $rows = $database->query('SELECT verdict, code, entry FROM wp_fedverify_verdicts ORDER BY id');
            return array_map(static function (array $row): string {
                return 'verdict: ' . implode(' | ', $row);
            }, $rows->fetchAll(PDO::FETCH_NUM));
        } catch (PDOException $none) {
            return ['no verdicts: ' . $none->getMessage()];
        }
    }
}
