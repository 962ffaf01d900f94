<?php

declare(strict_types=1);

namespace Mutants;

/** What every case comes to in the core as it is, how long it takes, and which lines it reaches. */
final class Recording
{
    /** @var list<TestCase> */
    public $cases = [];

    /** @var list<string> the names of their sorts */
    public $sorts = [];

    /** @var list<string> the hash of what each comes to */
    public $expected = [];

    /** @var list<float> in seconds of the processor */
    public $times = [];

    /** @var array<string, array<int, string>> by file and line, a bit for each case that reaches it */
    private $reached = [];

    /** @var array<string, true> the files that the test of the host loads */
    public $early = [];

    public function add(string $sort, TestCase $case): void
    {
        $this->sorts[] = $sort;
        $this->cases[] = $case;
    }

    /** @param array<string, array<int, int>> $coverage by file and line: above 0 where it was reached */
    public function take(int $case, string $output, float $time, array $coverage): void
    {
        $this->expected[$case] = self::hash($output);
        $this->times[$case] = $time;
        [$at, $bit] = [$case >> 3, 1 << ($case & 7)];
        foreach ($coverage as $file => $lines) {
            // Every line that has code is there, even where nothing reaches it.
            $this->reached[$file] = $this->reached[$file] ?? array_fill_keys(array_keys($lines), $this->noCase());
            foreach ($lines as $line => $times) {
                if ($times > 0) {
                    $byte = ord($this->reached[$file][$line][$at]);
                    $this->reached[$file][$line][$at] = chr($byte | $bit);
                }
            }
        }
    }

    private function noCase(): string
    {
        return str_repeat("\0", count($this->cases) + 7 >> 3);
    }

    public static function hash(string $output): string
    {
        return hash('sha256', $output, true);
    }

    /** The cases that reach what a mutant changes, the fastest first, sort by sort. @return list<int> */
    public function casesOf(Mutant $mutant): array
    {
        $lines = $this->reached[$mutant->source()->path()] ?? [];
        if ($mutant->isOfPrivateConstant()) {
            return $this->casesOfFile($mutant);
        }
        if ($mutant->isOfConstant()) {
            // Others may read it, who reach no line of this file.
            return $this->inOrder(array_keys($this->cases));
        }
        $reached = $this->between($lines, $mutant->lines()) ?? $this->between($lines, $mutant->functionLines()) ?? '';
        return $this->casesIn($reached);
    }

    /**
     * The cases that reach anything of the file that a mutant is in. What a case leaves in a static variable hides from the recording
     * what the next would reach.
     *
     * @return list<int>
     */
    public function casesOfFile(Mutant $mutant): array
    {
        return $this->casesIn(array_reduce(
            $this->reached[$mutant->source()->path()] ?? [],
            static fn (string $reached, string $ofLine): string => $reached | $ofLine,
            $this->noCase()
        ));
    }

    /** @param string $reached a bit for each case @return list<int> */
    private function casesIn(string $reached): array
    {
        $cases = array_filter(array_keys($this->cases), static function (int $case) use ($reached): bool {
            return (ord($reached[$case >> 3] ?? "\0") >> ($case & 7) & 1) === 1;
        });
        return $this->inOrder(array_values($cases));
    }

    /** Null where there is no code. @param array<int, string> $lines */
    private function between(array $lines, array $bounds): ?string
    {
        $reached = null;
        for ($line = $bounds[0]; $line <= $bounds[1]; $line++) {
            $reached = isset($lines[$line]) ? ($reached ?? $lines[$line]) | $lines[$line] : $reached;
        }
        return $reached;
    }

    /** @param list<int> $cases @return list<int> */
    private function inOrder(array $cases): array
    {
        $orders = array_flip(Recorder::SORTS);
        usort($cases, function (int $a, int $b) use ($orders): int {
            return [$orders[$this->sorts[$a]], $this->times[$a]] <=> [$orders[$this->sorts[$b]], $this->times[$b]];
        });
        return $cases;
    }
}
