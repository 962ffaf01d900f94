<?php

declare(strict_types=1);

/** What is said in several places, and must be the same in all. */
final class Versions
{
    /** Field → the places where it is. */
    private const PLACES = [
        'version' => [
            ['Cargo.toml', '/^version = "(.+)"$/m'],
            ['wordpress/fedverify/fedverify.php', '/^ \* Version: +(.+)$/m'],
            ['wordpress/fedverify/fedverify.php', "/^define\( 'FEDVERIFY_VERSION', '(.+)' \);$/m"],
            ['wordpress/fedverify/readme.txt', '/^Stable tag: (.+)$/m'],
            ['wordpress/fedverify/languages/fedverify.pot', '/^"Project-Id-Version: fedverify (.+)\\\\n"$/m'],
        ],
        'WordPress' => [
            ['wordpress/fedverify/fedverify.php', '/^ \* Requires at least: +(.+)$/m'],
            ['wordpress/fedverify/fedverify.php', "/GLOBALS\['wp_version'\], '(.+?)'/"],
            ['wordpress/fedverify/readme.txt', '/^Requires at least: (.+)$/m'],
            ['wordpress/phpcs.xml.dist', '/minimum_wp_version" value="(.+)"/'],
        ],
        'PHP' => [
            ['wordpress/fedverify/fedverify.php', '/^ \* Requires PHP: +(.+)$/m'],
            ['wordpress/fedverify/readme.txt', '/^Requires PHP: (.+)$/m'],
            ['wordpress/phpcs.xml.dist', '/testVersion" value="(.+)-"/'],
            ['php/composer.json', '/"php": ">= (.+)"/'],
        ],
    ];

    /** @var string the repository's root */
    private $root;

    public function __construct(string $root)
    {
        $this->root = $root;
    }

    /** @return list<string> */
    public function problems(): array
    {
        $problems = [];
        foreach (self::PLACES as $field => $places) {
            $found = [];
            foreach ($places as [$file, $pattern]) {
                preg_match($pattern, (string) file_get_contents("{$this->root}/$file"), $match);
                $found[] = "$file: " . ($match[1] ?? 'none');
                $values[$field][$match[1] ?? 'none'] = true;
            }
            if (count($values[$field]) !== 1) {
                $problems[] = "not the same $field everywhere: " . implode(', ', $found);
            }
        }
        return $problems;
    }
}
