<?php

/*
 * A process from which visits are forked, so that PHP is started once and WordPress is compiled once: the opcode cache is
 * shared, as on a host. Nothing else is: each visit has a process of its own.
 *
 * A line of JSON in, `visit` and `result` (see visit.php), `log` and `environment`; a line out, the number of the process.
 */

pcntl_signal(SIGCHLD, SIG_IGN);
while (($line = fgets(STDIN)) !== false) {
    $order = json_decode($line, true);
    $process = pcntl_fork();
    if ($process === 0) {
        pcntl_signal(SIGCHLD, SIG_DFL);
        // The new files get the numbers of the old ones: what is printed goes to the log.
        fclose(STDIN);
        fclose(STDOUT);
        fclose(STDERR);
        $files = [fopen('/dev/null', 'r'), fopen($order['log'], 'a'), fopen($order['log'], 'a')];
        foreach ($order['environment'] as $name => $value) {
            putenv("$name=$value");
            $_SERVER[$name] = $value;
        }
        $argv = [__DIR__ . '/visit.php', $order['visit'], $order['result']];
        unset($line, $order, $process, $name, $value);
        require __DIR__ . '/visit.php';
        exit;
    }
    // Not by echo: to the visits that follow, headers would be sent already.
    fwrite(STDOUT, "$process\n");
}
