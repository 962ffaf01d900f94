<?php

declare(strict_types=1);

namespace Mutants;

/** The test programs, and which lines of the core each reaches: one that does not come to what a mutant changes need not meet it. */
final class Programs
{
    /** Each with what it is told: the backend, or the shape of a document that memory does not suffice for. */
    private const ALL = [
        ['work.php', 'php'],
        ['pins.php', 'php'],
        ['requests.php', 'php'],
        ['edges.php', 'php'],
        ['beside.php', 'php'],
        ['values.php', 'php'],
        ['curve.php', 'php'],
        ['memory_bounds.php', 'php'],
        ['memory.php', 'plugins'],
        ['memory.php', 'a big object'],
        ['memory.php', 'a long list'],
        ['memory.php', 'values that are not read'],
        ['memory.php', 'packages of a release'],
        ['memory.php', 'releases'],
    ];

    /** Those that watch how memory is asked for. They run alone: one takes long, and one must come before any call of PHP's functions. */
    private const OF_MEMORY = ['memory_bounds.php', 'memory.php'];

    /** Where memory is asked for and taken. What else these programs reach, others meet before. */
    private const WATCHED = '/^(Memory\.php|Json\/|Fair\/|Pfn\/[^\/]+$)/';

    /** What all of them rest on. */
    private const PARTS = ['php/src', 'examples/fair', 'tests/php/backend.php', 'tests/php/check.php'];

    /** @var string */
    private $scratch;

    /** @var array<int, array<string, array<int, int>>> by the place of a program: the lines that it reaches, by file */
    private $reached = [];

    private function __construct(string $scratch)
    {
        $this->scratch = $scratch;
    }

    /** Records those that changed, or that rest on what did. */
    public static function recorded(string $scratch): self
    {
        $programs = new self($scratch);
        $parts = hash_init('sha256');
        Classes::hash($parts, self::PARTS);
        foreach (self::ALL as $place => [$name, $argument]) {
            $hash = hash_copy($parts);
            Classes::hash($hash, ["tests/php/$name"]);
            $path = "$scratch/program-$place-" . substr(hash_final($hash), 0, 16);
            if (!is_file($path)) {
                array_map('unlink', glob("$scratch/program-$place-*"));
                self::record($name, $argument, $path);
            }
            $programs->reached[$place] = unserialize(file_get_contents($path));
        }
        return $programs;
    }

    /** In a process of its own, which the program ends. */
    private static function record(string $name, string $argument, string $path): void
    {
        $child = pcntl_fork();
        if ($child === 0) {
            ob_start(static fn (): string => '');
            register_shutdown_function(static function () use ($path): void {
                \pcov\stop();
                $reached = static fn (array $lines): array => array_filter($lines, static fn (int $times): bool => $times > 0);
                file_put_contents("$path.part", serialize(array_map($reached, Recorder::coverage())));
            });
            \pcov\start();
            self::run($name, $argument);
        }
        pcntl_waitpid($child, $status);
        if ($status !== 0) {
            throw new \RuntimeException("$name fails with the core as it is");
        }
        rename("$path.part", $path);
    }

    /** It ends the process: with 1 where it fails. */
    public static function run(string $name, string $argument): void
    {
        $path = ROOT . "/tests/php/$name";
        $GLOBALS['argv'] = $argv = [$path, $argument];
        require $path;
    }

    /**
     * Those that reach the function that a mutant changes, or of a private constant the file. All of them, if it changes another
     * constant: others may read it.
     *
     * @return list<array{string, string}>
     */
    public function of(Mutant $mutant): array
    {
        $reaching = [];
        foreach (self::ALL as $place => $program) {
            $isLeftOut = self::isOfMemory($program[0]) && preg_match(self::WATCHED, $mutant->source()->path()) !== 1;
            if (!$isLeftOut && $this->reaches($mutant, $this->reached[$place][$mutant->source()->path()] ?? [])) {
                $reaching[] = $program;
            }
        }
        return $reaching;
    }

    public static function isOfMemory(string $name): bool
    {
        return in_array($name, self::OF_MEMORY, true);
    }

    /** @param array<int, int> $lines those of its file that a program reaches */
    private function reaches(Mutant $mutant, array $lines): bool
    {
        if ($mutant->isOfConstant()) {
            return $lines !== [] || !$mutant->isOfPrivateConstant();
        }
        return array_intersect_key($lines, array_fill_keys(range(...$mutant->functionLines()), true)) !== [];
    }
}
