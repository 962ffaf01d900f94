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
        [self::OF_MEMORY, 'plugins'],
        [self::OF_MEMORY, 'a big object'],
        [self::OF_MEMORY, 'a long list'],
        [self::OF_MEMORY, 'values that are not read'],
        [self::OF_MEMORY, 'packages of a release'],
        [self::OF_MEMORY, 'releases'],
    ];

    /** The program that watches how memory is asked for. It takes long, and runs alone. */
    public const OF_MEMORY = 'memory.php';

    /** Where memory is asked for and taken. What else that program reaches, others meet before. */
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
            $isLeftOut = $program[0] === self::OF_MEMORY && preg_match(self::WATCHED, $mutant->source()->path()) !== 1;
            if (!$isLeftOut && $this->reaches($mutant, $this->reached[$place][$mutant->source()->path()] ?? [])) {
                $reaching[] = $program;
            }
        }
        return $reaching;
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
