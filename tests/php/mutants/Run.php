<?php

declare(strict_types=1);

namespace Mutants;

/** A run: makes the mutants, has them tried, and prints what came of it. */
final class Run
{
    /** @var Options */
    private $options;

    public function __construct(Options $options)
    {
        $this->options = $options;
    }

    /** 0 where every mutant was caught or is explained, and each explanation is needed. */
    public function status(): int
    {
        $mutants = $this->mutants();
        if ($this->options->isList) {
            foreach ($mutants as $mutant) {
                echo $mutant->place(), "\n";
            }
            return 0;
        }
        if ($this->options->isExplained) {
            return self::checkExplained($mutants);
        }
        $scratch = $this->options->scratch;
        [$recording, $programs] = [$this->recording(), Programs::recorded($scratch)];
        $ends = new Ends("$scratch/ends-" . Recorder::version());
        $earlier = $this->options->isMore ? $ends->all() : [];
        $left = array_filter($mutants, static fn (Mutant $mutant): bool => !isset($earlier[$mutant->name()]));
        // Those that are explained come last: they take longest, and are expected to be missed.
        $explained = array_filter($left, [new Explained(), 'has']);
        (new Workers($recording, $programs, $ends, $scratch))->run(array_merge(array_diff_key($left, $explained), $explained));
        $all = $ends->all();
        return $this->report($mutants, array_map(static fn (Mutant $mutant): string => $all[$mutant->name()], $mutants));
    }

    /** 0 where each explanation is of a mutant that there is. @param list<Mutant> $mutants of all files */
    private static function checkExplained(array $mutants): int
    {
        $unknown = (new Explained())->unknown(array_map(static fn (Mutant $mutant): string => $mutant->name(), $mutants));
        foreach ($unknown as $name) {
            echo "explained, but no mutant: $name\n";
        }
        printf("%d mutants, %d explanations of none\n", count($mutants), count($unknown));
        return $unknown === [] ? 0 : 1;
    }

    /** In a process of its own: it loads every class, which no mutant could replace any more. */
    private function recording(): Recording
    {
        $scratch = $this->options->scratch;
        $child = pcntl_fork();
        if ($child === 0) {
            Recorder::record($scratch);
            exit(0);
        }
        pcntl_waitpid($child, $status);
        if ($status !== 0) {
            throw new \RuntimeException('the recording failed');
        }
        return Recorder::recorded($scratch);
    }

    /** @return list<Mutant> */
    private function mutants(): array
    {
        $mutants = [];
        foreach ($this->options->files() as $name) {
            array_push($mutants, ...Mutations::of(new Source($name, file_get_contents(Classes::path($name)))));
        }
        [$part, $parts] = $this->options->shard;
        $again = $this->options->isAgain ? file($this->missedPath(), FILE_IGNORE_NEW_LINES) : null;
        $taken = [];
        foreach ($mutants as $place => $mutant) {
            if ($place % $parts === $part - 1 && ($again === null || in_array($mutant->name(), $again, true))) {
                $taken[] = $mutant;
            }
        }
        return $taken;
    }

    private function missedPath(): string
    {
        return "{$this->options->scratch}/missed.txt";
    }

    /**
     * @param list<Mutant> $mutants
     * @param array<int, string> $ends
     */
    private function report(array $mutants, array $ends): int
    {
        $explained = new Explained();
        $counts = array_count_values($ends);
        $missed = $unexplained = [];
        foreach ($mutants as $place => $mutant) {
            if (in_array($ends[$place], [Trial::MISSED, Trial::UNREACHED], true)) {
                $missed[] = $mutant->name();
                if (!$explained->has($mutant)) {
                    $unexplained[] = $mutant;
                    echo "{$ends[$place]}: {$mutant->place()}\n";
                }
            }
        }
        file_put_contents($this->missedPath(), implode("\n", $missed) . "\n");
        $stale = $this->options->isWhole() ? $explained->stale($this->options->files(), $missed) : [];
        foreach ($stale as $name) {
            echo "explained, but not missed: $name\n";
        }
        $this->printFolders($mutants, $missed, $unexplained);
        $this->print($counts, count($mutants), count($missed), count($unexplained));
        return $unexplained === [] && $stale === [] && !isset($counts[Trial::NO_PHP]) ? 0 : 1;
    }

    /**
     * The table of docs/mutants.md.
     *
     * @param list<Mutant> $mutants
     * @param list<string> $missed their names, explained or not
     * @param list<Mutant> $unexplained
     */
    private function printFolders(array $mutants, array $missed, array $unexplained): void
    {
        $folder = static fn (string $name): string => strtok($name, '/ ');
        $ofFolder = static fn (Mutant $mutant): string => $folder($mutant->name());
        $made = array_count_values(array_map($ofFolder, $mutants));
        $all = array_count_values(array_map($folder, $missed));
        $left = array_count_values(array_map($ofFolder, $unexplained));
        foreach ($made as $name => $count) {
            $counts = [$count, $count - ($all[$name] ?? 0), ($all[$name] ?? 0) - ($left[$name] ?? 0), $left[$name] ?? 0];
            echo "| `$name` | ", implode(' | ', array_map('number_format', $counts)), " |\n";
        }
    }

    /** @param array<string, int> $counts */
    private function print(array $counts, int $all, int $missed, int $unexplained): void
    {
        ksort($counts);
        $by = [];
        foreach (array_diff_key($counts, [Trial::MISSED => 0, Trial::UNREACHED => 0]) as $end => $count) {
            $by[] = "$end $count";
        }
        printf("caught: %d (%s)\n", $all - $missed, implode(', ', $by));
        printf(
            "mutants: %d made, %d caught, %d of them timed out; %d missed, %d more reached by no case; "
                . "%d explained, %d unexplained\n",
            $all,
            $all - $missed,
            $counts[Trial::TIMED_OUT] ?? 0,
            $counts[Trial::MISSED] ?? 0,
            $counts[Trial::UNREACHED] ?? 0,
            $missed - $unexplained,
            $unexplained
        );
    }
}
