<?php

declare(strict_types=1);

namespace Mutants;

/** Processes that share the mutants; each starts one for every file, which starts one for every mutant. */
final class Workers
{
    /** @var int how many */
    private $count;

    /** @var Recording */
    private $recording;

    /** @var Programs */
    private $programs;

    /** @var Ends */
    private $ends;

    /** @var string */
    private $scratch;

    public function __construct(Recording $recording, Programs $programs, Ends $ends, string $scratch)
    {
        $this->recording = $recording;
        $this->programs = $programs;
        $this->ends = $ends;
        $this->scratch = $scratch;
        $this->count = max(1, (int) (getenv('JOBS') ?: 2));
    }

    /** Puts down how each ends. @param list<Mutant> $mutants */
    public function run(array $mutants): void
    {
        $workers = [];
        for ($worker = 0; $worker < $this->count; $worker++) {
            $workers[$worker] = self::start(function () use ($mutants, $worker): void {
                $this->work($mutants, $worker);
            });
        }
        array_map([self::class, 'finish'], $workers);
    }

    /** @param callable(): void $call */
    private static function start(callable $call): int
    {
        $child = pcntl_fork();
        if ($child === 0) {
            $call();
            exit(0);
        }
        return $child;
    }

    private static function finish(int $child): void
    {
        pcntl_waitpid($child, $status);
        if ($status !== 0) {
            throw new \RuntimeException('a worker failed');
        }
    }

    /** @param list<Mutant> $mutants */
    private function work(array $mutants, int $worker): void
    {
        $byFile = [];
        foreach ($mutants as $place => $mutant) {
            if ($place % $this->count === $worker) {
                $byFile[$mutant->source()->path()][] = $mutant;
            }
        }
        foreach ($byFile as $ofFile) {
            self::finish(self::start(function () use ($ofFile): void {
                $trial = new Trial($ofFile[0]->source(), $this->recording, $this->programs, $this->scratch);
                foreach ($ofFile as $mutant) {
                    $this->ends->put($mutant, $trial->of($mutant));
                }
            }));
        }
    }
}
