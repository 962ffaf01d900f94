<?php

/* As much of WP-CLI as plugins find when they look whether it is there. */

define('WP_CLI', true);

final class WP_CLI
{
    /** @var array<string, callable|string|object> */
    public static $commands = [];

    /** @var list<string> */
    public static $output = [];

    public static function add_command($name, $command, $args = [])
    {
        self::$commands[$name] = $command;
        return true;
    }

    public static function add_hook($when, $callback)
    {
    }

    public static function __callStatic($name, $arguments)
    {
        if (in_array($name, ['success', 'warning', 'error', 'log', 'line', 'debug'], true)) {
            self::$output[] = "$name: " . (is_scalar($arguments[0]) ? $arguments[0] : json_encode($arguments[0]));
        }
        if ($name === 'error') {
            throw new RuntimeException((string) json_encode($arguments[0]));
        }
    }
}
