<?php

declare(strict_types=1);

/** The process that visits are forked from: see site/parent.php. */
final class Forks
{
    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private $pipes;

    /**
     * @param list<string> $options of PHP
     * @param array<string, string> $environment
     */
    public function __construct(array $options, array $environment, string $folder)
    {
        $command = array_merge(['php'], $options, [__DIR__ . '/../site/parent.php']);
        $log = "$folder/parent.log";
        $this->process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], ['file', $log, 'a']], $this->pipes, $folder, $environment);
    }

    public function __destruct()
    {
        fclose($this->pipes[0]);
        proc_close($this->process);
    }

    /**
     * Has a visit made.
     *
     * @param array<string, mixed> $order
     * @return int the number of its process
     */
    public function fork(array $order): int
    {
        fwrite($this->pipes[0], json_encode($order, JSON_THROW_ON_ERROR) . "\n");
        $process = (int) fgets($this->pipes[1]);
        if ($process <= 0) {
            throw new RuntimeException('no visit was made');
        }
        return $process;
    }

    /** Waits for a visit, and ends it where it takes too long. */
    public static function wait(int $process, int $seconds): void
    {
        $until = microtime(true) + $seconds;
        while (posix_kill($process, 0)) {
            if (microtime(true) > $until) {
                posix_kill($process, SIGKILL);
            }
            usleep(2000);
        }
    }

    /**
     * The environment of a process whose clock is ahead by what is in a file, whenever it looks.
     *
     * @return array<string, string>
     */
    public static function clock(string $file): array
    {
        return [
            'LD_PRELOAD' => glob('/usr/lib/*/faketime/libfaketime.so.1')[0],
            'FAKETIME_TIMESTAMP_FILE' => $file,
            'FAKETIME_NO_CACHE' => '1',
            'FAKETIME_DONT_FAKE_MONOTONIC' => '1',
        ];
    }
}
