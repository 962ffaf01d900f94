<?php

/*
 * As much of WP-CLI as plugins find when they look whether it is there, and as their commands call: see wp.php.
 */

namespace WP_CLI\Utils {
    function format_items(string $format, array $items, array $fields): void
    {
        $rows = array_map(static function (array $item) use ($fields): array {
            return array_replace(array_flip($fields), array_intersect_key($item, array_flip($fields)));
        }, $items);
        if ($format === 'json') {
            echo json_encode($rows), "\n";
            return;
        }
        if ($format === 'count') {
            echo count($rows), "\n";
            return;
        }
        foreach (array_merge([$fields], $rows) as $row) {
            echo implode("\t", $row), "\n";
        }
    }
}

namespace {
    define('WP_CLI', true);

    final class WP_CLI
    {
        /** @var array<string, callable|string|object> */
        public static $commands = [];

        public static function add_command($name, $command, $args = [])
        {
            self::$commands[$name] = $command;
            return true;
        }

        public static function add_hook($when, $callback)
        {
        }

        public static function halt($status)
        {
            exit($status);
        }

        public static function error($message, $exit = true)
        {
            file_put_contents('php://stderr', 'Error: ' . (is_scalar($message) ? $message : json_encode($message)) . "\n");
            if ($exit) {
                throw new RuntimeException((string) json_encode($message));
            }
        }

        public static function confirm($question, $options = [])
        {
            if (empty($options['yes'])) {
                echo "$question [y/n] ";
                if (strtolower(trim((string) fgets(STDIN))) !== 'y') {
                    exit(0);
                }
            }
        }

        public static function __callStatic($name, $arguments)
        {
            if (in_array($name, ['success', 'warning', 'log', 'line', 'debug'], true)) {
                echo "$name: ", is_scalar($arguments[0]) ? $arguments[0] : json_encode($arguments[0]), "\n";
            }
        }

        /**
         * Runs what was typed behind `wp`.
         *
         * @param list<string> $words
         */
        public static function run(array $words): void
        {
            $options = [];
            foreach ($words as $i => $word) {
                if (preg_match('/\A--([a-z-]+)(?:=(.*))?\z/s', $word, $match)) {
                    $options[$match[1]] = $match[2] ?? true;
                    unset($words[$i]);
                }
            }
            $words = array_values($words);
            for ($length = count($words) - 1; $length > 0; $length--) {
                $command = self::$commands[implode(' ', array_slice($words, 0, $length))] ?? null;
                $method = $command === null ? null : self::method($command, $words[$length]);
                if ($method !== null) {
                    foreach (array_keys($options) as $name) {
                        if (strpos((string) $method->getDocComment(), "[--$name") === false) {
                            self::error("unknown --$name parameter");
                        }
                    }
                    $method->invoke($command, array_slice($words, $length + 1), $options);
                    return;
                }
            }
            self::error('this is no command: ' . implode(' ', $words));
        }

        /** The method of a command: by its name, or by what its comment calls it. */
        private static function method(object $command, string $name): ?ReflectionMethod
        {
            foreach ((new ReflectionClass($command))->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
                $called = preg_match('/@subcommand (\S+)/', (string) $method->getDocComment(), $match) ? $match[1] : $method->name;
                if ($called === $name) {
                    return $method;
                }
            }
            return null;
        }
    }
}
