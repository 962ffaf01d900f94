<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** A program, started without a shell. */
final class Process
{
    /**
     * @param list<string> $command
     * @param resource|null $input what the program gets as its standard input
     * @return array{int, string, string} exit status, standard output, standard error
     */
    public static function run(array $command, $input = null): array
    {
        $errors = tmpfile();
        $pipes = [];
        $process = @proc_open(
            $command,
            [$input ?? ['file', '/dev/null', 'r'], ['pipe', 'w'], $errors === false ? ['file', '/dev/null', 'w'] : $errors],
            $pipes
        );
        if ($process === false) {
            return [-1, '', 'it could not be started'];
        }
        $out = (string) stream_get_contents($pipes[1]);
        fclose($pipes[1]);
        $status = proc_close($process);
        if ($errors === false) {
            return [$status, $out, ''];
        }
        rewind($errors);
        return [$status, $out, (string) stream_get_contents($errors)];
    }
}
