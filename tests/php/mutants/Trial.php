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

    /** Test programs, and what each is told: the backend, or the shape of a document that memory does not suffice for. */
    private const PROGRAMS = [
        ['work.php', 'php'],
        ['pins.php', 'php'],
        ['beside.php', 'php'],
        ['requests.php', 'php'],
        ['edges.php', 'php'],
        ['memory.php', 'releases'],
        ['memory.php', 'packages of a release'],
        ['memory.php', 'values that are not read'],
        ['memory.php', 'a long list'],
        ['memory.php', 'a big object'],
        ['memory.php', 'plugins'],
    ];

    /** @var Source */
    private $source;

    /** @var Recording */
    private $recording;

    /** @var string */
    private $scratch;

    /** Loads what the mutants have in common. */
    public function __construct(Source $source, Recording $recording, string $scratch)
    {
        $this->source = $source;
        $this->recording = $recording;
        $this->scratch = $scratch;
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
        $end = $this->cases($mutant, $cases);
        foreach (self::PROGRAMS as [$name, $argument]) {
            if ($end === self::MISSED) {
                $end = $this->apart($mutant, static function () use ($name, $argument): void {
                    self::program(ROOT . "/tests/php/$name", $argument);
                });
            }
        }
        if ($end === self::MISSED) {
            $end = $this->cases($mutant, array_values(array_diff($this->recording->casesOfFile($mutant), $cases)));
        }
        return $end === self::MISSED && $cases === [] ? self::UNREACHED : $end;
    }

    /** How it ends with these cases. @param list<int> $cases */
    private function cases(Mutant $mutant, array $cases): string
    {
        return $this->apart($mutant, function () use ($cases): void {
            array_map([$this, 'try'], $cases);
        });
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
        pcntl_waitpid($child, $status);
        if (pcntl_wifsignaled($status)) {
            return pcntl_wtermsig($status) === SIGALRM ? self::TIMED_OUT : 'fatal error';
        }
        return self::ENDS[pcntl_wexitstatus($status)] ?? 'fatal error';
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
    private static function program(string $path, string $argument): void
    {
        set_time_limit(20);
        pcntl_alarm(120);
        restore_error_handler();
        $GLOBALS['argv'] = $argv = [$path, $argument];
        require $path;
    }
}
