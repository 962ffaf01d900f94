<?php

declare(strict_types=1);

/** Files and folders. */
final class Shell
{
    private function __construct()
    {
    }

    public static function copy(string $from, string $to): void
    {
        self::run(['cp', '-a', $from, $to]);
    }

    public static function remove(string ...$paths): void
    {
        self::run(array_merge(['rm', '-rf'], $paths));
    }

    /** @param list<string> $command */
    public static function run(array $command): void
    {
        $process = proc_open($command, [1 => ['file', '/dev/null', 'w']], $pipes);
        if (proc_close($process) !== 0) {
            throw new RuntimeException('failed: ' . implode(' ', $command));
        }
    }

    public static function write(string $path, string $content): void
    {
        if (!is_dir(dirname($path))) {
            mkdir(dirname($path), 0777, true);
        }
        if (file_put_contents($path, $content) !== strlen($content)) {
            throw new RuntimeException("cannot write $path");
        }
    }

    /** @return list<string> all files below a folder; links are followed nowhere */
    public static function files(string $folder): array
    {
        if (!is_dir($folder)) {
            return [];
        }
        $files = [];
        $below = new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS);
        foreach (new RecursiveIteratorIterator($below) as $file) {
            $files[] = $file->getPathname();
        }
        sort($files);
        return $files;
    }
}
