<?php

declare(strict_types=1);

namespace Mutants;

use Cases;
use FedVerify\Backend\Php;
use Request;

/** Runs every case once, a few in a process: what one leaves in a cache hides what the next would reach. */
final class Recorder
{
    /** In the order in which a mutant meets them. */
    public const SORTS = ['corpus', 'random'];

    private const SEED = 1;

    private const RANDOM_CASES = 400;

    private const IN_A_PROCESS = 20;

    /** What the recording rests on. */
    private const PARTS = ['php/src', 'tests/corpus', 'tests/php/differential', 'tests/php/inputs.php'];

    /** @var Recording */
    private $recording;

    /** @var string */
    private $scratch;

    private function __construct(string $scratch)
    {
        $this->scratch = $scratch;
        $this->recording = new Recording();
    }

    /** Records the core as it is now, where that was not done. */
    public static function record(string $scratch): void
    {
        // Of the core as it is when the run starts: what changes meanwhile is recorded by the next run.
        $path = self::path($scratch);
        if (is_file($path)) {
            return;
        }
        if (!extension_loaded('pcov')) {
            throw new \RuntimeException('to record what reaches which line, PHP needs the extension pcov');
        }
        $recorder = new self($scratch);
        $recorder->all();
        array_map('unlink', array_merge(glob("$scratch/recording-*"), glob("$scratch/ends-*")));
        file_put_contents($path, serialize($recorder->recording));
    }

    public static function recorded(string $scratch): Recording
    {
        return unserialize(file_get_contents(self::path($scratch)));
    }

    private static function path(string $scratch): string
    {
        return "$scratch/recording-" . self::version();
    }

    /** A hash of all that the recording rests on. */
    public static function version(): string
    {
        $hash = hash_init('sha256');
        Classes::hash($hash, self::PARTS);
        return substr(hash_final($hash), 0, 16);
    }

    private function all(): void
    {
        $manifest = json_decode(file_get_contents(CORPUS . '/manifest.json'), true, 512, JSON_THROW_ON_ERROR);
        foreach ($manifest['cases'] as $case) {
            $this->recording->add('corpus', new CorpusCase($case));
        }
        $list = json_decode(file_get_contents(CORPUS . '/directories.json'), true, 512, JSON_THROW_ON_ERROR);
        foreach ($list['cases'] as $case) {
            $this->recording->add('corpus', new DirectoriesCase($case));
        }
        $this->recording->early = unserialize($this->apart(static function (): string {
            Php::tested();
            return serialize(array_fill_keys(array_map([Classes::class, 'name'], get_included_files()), true));
        }));
        foreach ($this->requests() as $request) {
            $this->recording->add('random', new RandomCase($request));
        }
        Classes::load(null);
        foreach (array_chunk(array_keys($this->recording->cases), self::IN_A_PROCESS) as $cases) {
            foreach (unserialize($this->apart(fn (): string => $this->run($cases))) as $case => $taken) {
                $this->recording->take($case, ...$taken);
            }
        }
    }

    /** @return list<Request> those of the first cases of differential.php: made apart, since making them fills caches, too */
    private function requests(): array
    {
        return unserialize($this->apart(static function (): string {
            $cases = new Cases(self::SEED, Php::tested());
            $requests = [];
            for ($case = 0; $case < self::RANDOM_CASES; $case++) {
                array_push($requests, ...iterator_to_array($cases->requests($case), false));
            }
            return serialize($requests);
        }));
    }

    /** What a function gives, in a process of its own. @param callable(): string $call */
    private function apart(callable $call): string
    {
        $path = "$this->scratch/apart";
        $child = pcntl_fork();
        if ($child === 0) {
            file_put_contents($path, $call());
            exit(0);
        }
        pcntl_waitpid($child, $status);
        if (pcntl_wexitstatus($status) !== 0) {
            throw new \RuntimeException('a case ended its process');
        }
        return file_get_contents($path);
    }

    /** What the cases come to, and reach. @param list<int> $cases */
    private function run(array $cases): string
    {
        $taken = [];
        foreach ($cases as $case) {
            $start = self::seconds();
            \pcov\start();
            $output = $this->recording->cases[$case]->run();
            \pcov\stop();
            $taken[$case] = [$output, self::seconds() - $start, self::coverage()];
            \pcov\clear();
        }
        return serialize($taken);
    }

    /** Of the processor. */
    private static function seconds(): float
    {
        $usage = getrusage();
        return $usage['ru_utime.tv_sec'] + $usage['ru_utime.tv_usec'] / 1e6;
    }

    /** @return array<string, array<int, int>> by files below the core and lines: above 0 where one was reached */
    public static function coverage(): array
    {
        $coverage = [];
        foreach (\pcov\collect(\pcov\all) as $path => $lines) {
            $coverage[Classes::name($path)] = $lines;
        }
        return $coverage;
    }
}
