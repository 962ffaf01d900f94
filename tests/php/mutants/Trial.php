<?php

declare(strict_types=1);

namespace Mutants;

use FedVerify\Backend;
use FedVerify\Backend\Php;

/** Tries the mutants of one file, each in a process of its own. */
final class Trial
{
    public const MISSED = 'missed';

    public const UNREACHED = 'unreached';

    public const TIMED_OUT = 'timed out';

    /** A change that PHP cannot read: a mistake of ours. */
    public const NO_PHP = 'no PHP';

    /** How a process ends, by its status. */
    private const ENDS = [
        0 => self::MISSED,
        1 => 'programs',
        2 => self::TIMED_OUT,
        3 => self::NO_PHP,
        10 => 'corpus',
        11 => 'random',
    ];

    /** @var Source */
    private $source;

    /** @var Recording */
    private $recording;

    /** @var Programs */
    private $programs;

    /** @var string */
    private $scratch;

    /** @var string the path of a file: the number of the case that a process is at */
    private $current;

    /** @var list<int> the cases that caught a mutant of this file, the last one first: they often catch the next, too */
    private $catchers = [];

    /** @var array{string, string}|null the program that caught the last mutant, if no case did: the corpus takes a minute */
    private $catchingProgram;

    /** Loads what the mutants have in common. */
    public function __construct(Source $source, Recording $recording, Programs $programs, string $scratch)
    {
        $this->source = $source;
        $this->recording = $recording;
        $this->programs = $programs;
        $this->scratch = $scratch;
        $this->current = sys_get_temp_dir() . "/case-" . getmypid();
        Classes::load($source);
        Backend::configure(['only' => 'php']);
        if (!($recording->early[$source->path()] ?? false)) {
            Backend::detect();
        }
    }

    /** How it ends: what caught it, or a constant of this class. */
    public function of(Mutant $mutant): string
    {
        $cases = $this->recording->casesOf($mutant);
        $programs = $this->programs->of($mutant);
        $isFirst = fn (array $program): bool => $program === $this->catchingProgram;
        $end = $this->programs($mutant, array_filter($programs, $isFirst));
        if ($end === self::MISSED) {
            $end = $this->cases($mutant, $cases);
        }
        if ($end === self::MISSED) {
            $end = $this->programs($mutant, $programs);
        }
        if ($end === self::MISSED) {
            $end = $this->cases($mutant, array_values(array_diff($this->recording->casesOfFile($mutant), $cases)));
        }
        return $end === self::MISSED && $cases === [] ? self::UNREACHED : $end;
    }

    /** How it ends with these programs. @param list<array{string, string}> $programs */
    private function programs(Mutant $mutant, array $programs): string
    {
        foreach ($programs as $program) {
            $end = Programs::isOfMemory($program[0]) ? $this->alone($mutant, ...$program) : $this->apart(
                $mutant,
                static function () use ($program): void {
                    self::program(...$program);
                }
            );
            if ($end !== self::MISSED) {
                $this->catchingProgram = $program;
                return $end;
            }
        }
        return self::MISSED;
    }

    /** How it ends with these cases. @param list<int> $cases */
    private function cases(Mutant $mutant, array $cases): string
    {
        $cases = array_merge(array_intersect($this->catchers, $cases), array_diff($cases, $this->catchers));
        $end = $this->apart($mutant, function () use ($cases): void {
            array_map([$this, 'try'], $cases);
        });
        if ($end !== self::MISSED && $end !== self::NO_PHP && $cases !== []) {
            $catcher = (int) file_get_contents($this->current);
            $this->catchers = array_merge([$catcher], array_diff($this->catchers, [$catcher]));
            $this->catchingProgram = null;
        }
        return $end;
    }

    /** How a process ends that has the mutant and does this. @param callable(): void $call */
    private function apart(Mutant $mutant, callable $call): string
    {
        $child = pcntl_fork();
        if ($child === 0) {
            self::prepare();
            try {
                Classes::take($mutant, $this->scratch);
            } catch (\ParseError $error) {
                exit(3);
            }
            $call();
            exit(0);
        }
        return self::endOf($child);
    }

    private static function endOf(int $child): string
    {
        pcntl_waitpid($child, $status);
        if (pcntl_wifsignaled($status)) {
            return pcntl_wtermsig($status) === SIGALRM ? self::TIMED_OUT : 'fatal error';
        }
        return self::ENDS[pcntl_wexitstatus($status)] ?? 'fatal error';
    }

    /** How a program ends in a PHP that has nothing but the mutant and this. */
    private function alone(Mutant $mutant, string $name, string $argument): string
    {
        $path = "$this->scratch/alone-" . getmypid() . '.php';
        file_put_contents($path, $mutant->text());
        $child = pcntl_fork();
        if ($child === 0) {
            pcntl_alarm(300);
            $program = [__DIR__ . '/alone.php', $path, ROOT . "/tests/php/$name", $argument];
            pcntl_exec(PHP_BINARY, array_merge(['-n', '-d', 'display_errors=0', '-d', 'max_execution_time=20'], $program));
            exit(1);
        }
        $end = self::endOf($child);
        unlink($path);
        return $end;
    }

    private static function prepare(): void
    {
        ini_set('display_errors', '0');
        ini_set('memory_limit', '512M');
        register_shutdown_function(static function (): void {
            if (strpos(error_get_last()['message'] ?? '', 'Maximum execution time') === 0) {
                exit(2);
            }
        });
        // What test programs print.
        ob_start(static fn (): string => '');
    }

    private function try(int $case): void
    {
        $seconds = (int) ceil(10 * $this->recording->times[$case] + 0.1);
        file_put_contents($this->current, $case);
        // Seconds of the processor; and where PHP cannot stop itself, those of the clock.
        set_time_limit($seconds);
        pcntl_alarm(20 * $seconds);
        try {
            $output = $this->recording->cases[$case]->run();
        } catch (\Throwable $failure) {
            $output = null;
        }
        if ($output === null || Recording::hash($output) !== $this->recording->expected[$case]) {
            exit(10 + array_search($this->recording->sorts[$case], Recorder::SORTS, true));
        }
    }

    /** It ends the process: with 1 where it fails. */
    private static function program(string $name, string $argument): void
    {
        set_time_limit(20);
        pcntl_alarm(120);
        restore_error_handler();
        Programs::run($name, $argument);
    }
}
