<?php

declare(strict_types=1);

/** The plugin's ZIP: its files, and what WordPress.org demands of them. */
final class Package
{
    private const TOP = 'fedverify/';

    /** What must be there beside the plugin's own files and the library's classes. */
    private const NEEDED = [
        'license.txt',
        'readme.txt',
        'languages/fedverify.pot',
        'library/LICENSE-APACHE',
        'library/LICENSE-MIT',
        'library/fedverify-ffi.h',
        'assets/fedverify/LICENSE-APACHE',
        'assets/fedverify/LICENSE-MIT',
        'assets/fedverify/THIRD-PARTY.txt',
        'assets/fedverify/fedverify.wasm',
        'assets/fedverify/internal.js',
        'assets/fedverify/worker-thread.js',
        'assets/fedverify/worker.js',
        'assets/browser.js',
    ];

    /** A file that does more than define a class must not be called by its URL. */
    private const GUARD = "/^if \( ! defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \) \{\n\texit;\n\}\n/m";

    /** @var ZipArchive */
    private $zip;

    /** @var string the repository's root */
    private $root;

    /** @var array<string, string> content by name, without the top folder */
    private $files = [];

    /** @var list<string> */
    private $problems = [];

    public function __construct(string $path, string $root)
    {
        $this->root = $root;
        $this->zip = new ZipArchive();
        if ($this->zip->open($path, ZipArchive::CHECKCONS) !== true) {
            throw new RuntimeException("no ZIP: $path");
        }
        $this->read();
        $this->checkNames();
        $this->checkPhp();
        $this->checkLibrary();
    }

    /** @return list<string> */
    public function problems(): array
    {
        return $this->problems;
    }

    public function count(): int
    {
        return count($this->files);
    }

    public function file(string $name): string
    {
        return $this->files[$name] ?? '';
    }

    private function read(): void
    {
        $names = [];
        for ($i = 0; $i < $this->zip->numFiles; $i++) {
            $name = $names[] = (string) $this->zip->getNameIndex($i);
            $this->zip->getExternalAttributesIndex($i, $system, $attributes);
            $this->demand(strncmp($name, self::TOP, strlen(self::TOP)) === 0, "$name is not in the top folder");
            $this->demand($attributes >> 16 === 0100644, "$name has other rights than 644");
            $this->files[substr($name, strlen(self::TOP))] = (string) $this->zip->getFromIndex($i);
        }
        $sorted = $names;
        sort($sorted, SORT_STRING);
        $this->demand($names === $sorted, 'the entries are not sorted');
    }

    private function checkNames(): void
    {
        $expected = array_merge(self::NEEDED, $this->sources('php/src', 'library/src/', 'php'));
        foreach (['php', 'css', 'js', 'txt'] as $extension) {
            $expected = array_merge($expected, $this->sources('wordpress/fedverify', '', $extension));
        }
        foreach (array_diff($expected, array_keys($this->files)) as $name) {
            $this->problems[] = "$name is missing";
        }
        foreach (array_diff(array_keys($this->files), $expected) as $name) {
            $this->problems[] = "$name does not belong there";
        }
        foreach (array_keys($this->files) as $name) {
            $this->demand(preg_match('#^[A-Za-z0-9/-][A-Za-z0-9./-]*$#', $name) === 1, "$name is hidden, or cannot be written everywhere");
        }
        $lower = array_map('strtolower', array_keys($this->files));
        $this->demand(count(array_unique($lower)) === count($lower), 'two names are the same on some systems');
    }

    /** @return list<string> */
    private function sources(string $folder, string $prefix, string $extension): array
    {
        $names = [];
        $below = new RecursiveDirectoryIterator("{$this->root}/$folder", FilesystemIterator::SKIP_DOTS);
        foreach (new RecursiveIteratorIterator($below) as $file) {
            if ($file->getExtension() === $extension) {
                $names[] = $prefix . substr($file->getPathname(), strlen("{$this->root}/$folder/"));
            }
        }
        return $names;
    }

    private function checkPhp(): void
    {
        foreach ($this->files as $name => $content) {
            if (substr($name, -4) !== '.php') {
                continue;
            }
            $isClass = strncmp($name, 'library/', 8) === 0 && self::isClass($content);
            $this->demand($isClass || preg_match(self::GUARD, $content) === 1, "$name can be called by its URL");
        }
    }

    /** Whether a file only defines a class: calling it does nothing. */
    private static function isClass(string $content): bool
    {
        $depth = 0;
        $outside = '';
        foreach (token_get_all($content) as $token) {
            $string = is_array($token) ? $token[1] : $token;
            $depth -= $string === '}' ? 1 : 0;
            $isComment = is_array($token) && in_array($token[0], [T_COMMENT, T_DOC_COMMENT], true);
            $outside .= $depth === 0 && !$isComment ? $string : '';
            $depth += in_array($string, ['{', '${'], true) ? 1 : 0;
        }
        $outside = trim(preg_replace('/\s+/', ' ', $outside));
        return preg_match('/^<\?php declare\(strict_types=1\); namespace [\w\\\\]+;( use [^;]+;)*( (final|abstract))? (class|interface|trait) [^;{}]+\{?\}$/', $outside) === 1;
    }

    /** The library is the one that everybody has, to the byte. */
    private function checkLibrary(): void
    {
        foreach ($this->files as $name => $content) {
            if (strncmp($name, 'library/src/', 12) === 0) {
                $this->demand($content === file_get_contents("{$this->root}/php/" . substr($name, 8)), "$name is another");
            }
        }
    }

    private function demand(bool $is, string $problem): void
    {
        if (!$is) {
            $this->problems[] = $problem;
        }
    }
}
