<?php

declare(strict_types=1);

/** What is left on a site's disk when a scenario is over. */
final class Disk
{
    /** @var Site */
    private $site;

    public function __construct(Site $site)
    {
        $this->site = $site;
    }

    /** @return list<string> */
    public function problems(): array
    {
        return array_merge($this->ran(), $this->marked(), $this->leftOver(), $this->complaints());
    }

    /** @return list<string> */
    private function ran(): array
    {
        $ran = @file("{$this->site->folder}/ran", FILE_IGNORE_NEW_LINES) ?: [];
        return array_map(static function (string $path): string {
            return "the attacker's code ran: $path";
        }, array_unique($ran));
    }

    /** @return list<string> files of an attacker, below the web root and in temporary folders */
    private function marked(): array
    {
        $problems = [];
        foreach (['core/wp-content', 'tmp'] as $folder) {
            foreach (Shell::files("{$this->site->folder}/$folder") as $path) {
                if (is_file($path) && strpos((string) file_get_contents($path), Product::MARK) !== false) {
                    $problems[] = "the attacker's file: " . $this->short($path);
                }
            }
        }
        return $problems;
    }

    /** @return list<string> */
    private function leftOver(): array
    {
        $left = array_merge(
            Shell::files($this->site->content('upgrade')),
            Shell::files($this->site->content('upgrade-temp-backup')),
            Shell::files("{$this->site->folder}/tmp"),
            glob("{$this->site->folder}/core/.maintenance") ?: []
        );
        // WordPress leaves translations in its folder, until the next update, and the file that keeps the folder from being listed.
        $left = array_filter($left, static function (string $path): bool {
            return !preg_match('#\.(mo|po|l10n\.php)$|/upgrade/index\.php$#', $path);
        });
        return array_map(function (string $path): string {
            return 'left over: ' . $this->short($path);
        }, $left);
    }

    /** @return list<string> what PHP complained of, where it is fedverify's fault */
    private function complaints(): array
    {
        $lines = @file("{$this->site->folder}/errors.log", FILE_IGNORE_NEW_LINES) ?: [];
        $problems = [];
        foreach ($lines as $line) {
            if (preg_match('#PHP .*(/wordpress/fedverify/|/php/src/|/plugins/fedverify[^/]*/)#', $line)) {
                $problems[] = 'PHP: ' . preg_replace('/^\[[^]]*\] /', '', $line);
            }
        }
        return array_slice(array_unique($problems), 0, 5);
    }

    private function short(string $path): string
    {
        return substr($path, strlen($this->site->folder) + 1);
    }
}
