<?php

declare(strict_types=1);

/** readme.txt, as WordPress.org reads it. */
final class Readme
{
    private const HEADERS = [
        'Contributors' => '/^[a-z0-9_-]+(, [a-z0-9_-]+)*$/',
        'Tags' => '/^[^,]+(, [^,]+){0,4}$/',
        'Requires at least' => '/^\d+\.\d+$/',
        'Tested up to' => '/^\d+\.\d+$/',
        'Requires PHP' => '/^\d+\.\d+$/',
        'Stable tag' => '/^\d+\.\d+\.\d+$/',
        'License' => '/^GPL-2\.0-or-later$/',
        'License URI' => '#^https://www\.gnu\.org/licenses/gpl-2\.0\.html$#',
    ];

    /** Characters of a section that are shown. */
    private const MOST = ['Description' => 2500, 'Installation' => 2500, 'Frequently Asked Questions' => 5000, 'Changelog' => 5000];

    private const SHORT_DESCRIPTION = 150;

    private const UPGRADE_NOTICE = 300;

    /** @var string */
    private $text;

    /** @var list<string> */
    private $problems = [];

    public function __construct(string $text)
    {
        $this->text = $text;
    }

    /** @return list<string> */
    public function problems(): array
    {
        $parts = preg_split('/^== (.+) ==$/m', $this->text, -1, PREG_SPLIT_DELIM_CAPTURE);
        $this->checkHead((string) array_shift($parts));
        $sections = [];
        foreach (array_chunk($parts, 2) as [$name, $content]) {
            $sections[$name] = trim($content);
        }
        foreach (self::MOST as $name => $most) {
            $length = mb_strlen($sections[$name] ?? '');
            $this->demand($length > 0, "readme.txt has no section $name");
            $this->demand($length <= $most, "the section $name of readme.txt has $length characters, $most are shown");
        }
        // WordPress.org takes them from a folder of its own, which this plugin has none of: it is not hosted there.
        $this->demand(!isset($sections['Screenshots']), 'readme.txt has captions of pictures that are nowhere');
        $notice = mb_strlen($sections['Upgrade Notice'] ?? '');
        $this->demand($notice <= self::UPGRADE_NOTICE, "the upgrade notice of readme.txt has $notice characters");
        return $this->problems;
    }

    /** The name, the headers and the short description. */
    private function checkHead(string $head): void
    {
        [$headers, $short] = explode("\n\n", $head, 2) + ['', ''];
        $this->demand(strncmp($headers, "=== fedverify ===\n", 18) === 0, 'readme.txt has another name');
        foreach (self::HEADERS as $name => $form) {
            preg_match("/^$name: (.*)$/m", $headers, $match);
            $this->demand(preg_match($form, $match[1] ?? '') === 1, "readme.txt: $name is " . ($match[1] ?? 'missing'));
        }
        $length = mb_strlen(trim($short));
        $this->demand($length > 0 && $length <= self::SHORT_DESCRIPTION, "the short description of readme.txt has $length characters");
        $this->demand(strpos(trim($short), "\n") === false, 'the short description of readme.txt has several lines');
    }

    private function demand(bool $is, string $problem): void
    {
        if (!$is) {
            $this->problems[] = $problem;
        }
    }
}
