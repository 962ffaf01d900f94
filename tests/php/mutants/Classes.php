<?php

declare(strict_types=1);

namespace Mutants;

/** The classes of the core, and that of a mutant in the place of one. */
final class Classes
{
    private const CORE = ROOT . '/php/src/Core/';

    /** Loads all classes of the library but one and those that extend it. */
    public static function load(?Source $left): void
    {
        $class = $left === null ? '' : basename($left->path(), '.php');
        foreach (self::files(ROOT . '/php/src') as $path) {
            $isLeft = $left !== null && $path === self::path($left->path());
            if (!$isLeft && ($class === '' || strpos(file_get_contents($path), "extends $class\n") === false)) {
                require_once $path;
            }
        }
    }

    /** @return list<string> the paths of all files below a folder, in their order */
    public static function files(string $folder): array
    {
        $folders = new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS);
        $paths = array_map('strval', iterator_to_array(new \RecursiveIteratorIterator($folders), false));
        sort($paths);
        return $paths;
    }

    /** Adds files, and those in folders, to a hash. @param list<string> $parts from the root on */
    public static function hash(\HashContext $hash, array $parts): void
    {
        foreach ($parts as $part) {
            foreach (is_dir(ROOT . "/$part") ? self::files(ROOT . "/$part") : [ROOT . "/$part"] as $path) {
                hash_update($hash, $path);
                hash_update_file($hash, $path);
            }
        }
    }

    public static function path(string $name): string
    {
        return self::CORE . $name;
    }

    /** The name of a file below the core. */
    public static function name(string $path): string
    {
        return strncmp($path, self::CORE, strlen(self::CORE)) === 0 ? substr($path, strlen(self::CORE)) : $path;
    }

    /** Takes the class of a mutant, before anything asks for it. */
    public static function take(Mutant $mutant, string $scratch): void
    {
        $path = "$scratch/mutant-" . getmypid() . '.php';
        file_put_contents($path, $mutant->text());
        try {
            require $path;
        } finally {
            unlink($path);
        }
    }
}
