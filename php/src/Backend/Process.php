<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Memory;

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
        // A file, because two pipes could wait for one another.
        $errors = @tmpfile();
        $pipes = [];
        $process = $errors === false
            ? false
            : @proc_open($command, [$input ?? ['pipe', 'r'], ['pipe', 'w'], $errors], $pipes);
        if ($process === false) {
            return [-1, '', 'it could not be started'];
        }
        if ($input === null) {
            fclose($pipes[0]);
        }
        $out = self::read($pipes[1]);
        fclose($pipes[1]);
        $status = proc_close($process);
        rewind($errors);
        return [$status, $out, (string) stream_get_contents($errors)];
    }

    /**
     * What a program prints, as far as there is memory for it.
     *
     * @param resource $pipe
     */
    private static function read($pipe): string
    {
        $out = '';
        while (!feof($pipe)) {
            $out .= (string) fread($pipe, 1 << 16);
            // A string that grows is held twice now and then.
            if (Memory::lacks(strlen($out) + (1 << 17))) {
                throw Refusal::of(new Fault(Code::IO_MEMORY, 'memory_limit has no room for what the program prints'));
            }
        }
        return $out;
    }
}
