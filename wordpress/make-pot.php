<?php

/**
 * Writes wordpress/fedverify/languages/fedverify.pot: every string of the plugin that can be translated.
 *
 *     php wordpress/make-pot.php            writes it
 *     php wordpress/make-pot.php --check    says whether it is up to date
 *
 * It refuses what translators could not work with: strings that are not literal, another text domain, and placeholders
 * without a comment. Nothing in the file depends on when or where it is made; places are without lines, so that it changes
 * only when a string does.
 */

declare(strict_types=1);

const DOMAIN = 'fedverify';

/** Which arguments are: s a string, p its plural, c a context, n a number, d the text domain. */
const FUNCTIONS = [
    '__' => 'sd', '_e' => 'sd', 'esc_html__' => 'sd', 'esc_html_e' => 'sd', 'esc_attr__' => 'sd', 'esc_attr_e' => 'sd',
    '_x' => 'scd', '_ex' => 'scd', 'esc_html_x' => 'scd', 'esc_attr_x' => 'scd',
    '_n' => 'spnd', '_n_noop' => 'spd', '_nx' => 'spncd', '_nx_noop' => 'spcd',
];

/** Fields of the plugin's header that WordPress translates. */
const HEADERS = ['Plugin Name', 'Plugin URI', 'Description', 'Author', 'Author URI'];

final class Catalogue
{
    /** @var string */
    private $folder;

    /** @var array<string, array{string: string, plural: ?string, context: ?string, comments: list<string>, places: list<string>}> */
    private $entries = [];

    /** @var list<string> */
    private $problems = [];

    public function __construct(string $folder)
    {
        $this->folder = $folder;
    }

    public function read(): void
    {
        $this->readHeader("{$this->folder}/fedverify.php");
        foreach ($this->files() as $file) {
            $this->readFile($file);
        }
    }

    /** @return list<string> */
    public function problems(): array
    {
        return $this->problems;
    }

    public function count(): int
    {
        return count($this->entries);
    }

    public function toPot(): string
    {
        $header = ['Project-Id-Version: ' . $this->header('Plugin Name') . ' ' . $this->header('Version'),
            'MIME-Version: 1.0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: 8bit', 'X-Domain: ' . DOMAIN];
        $pot = "# This file is distributed under the GPL-2.0-or-later.\nmsgid \"\"\nmsgstr \"\"\n";
        foreach ($header as $line) {
            $pot .= self::quote("$line\n") . "\n";
        }
        foreach ($this->entries as $entry) {
            $pot .= "\n";
            foreach (array_unique($entry['comments']) as $comment) {
                $pot .= "#. $comment\n";
            }
            foreach (array_unique($entry['places']) as $place) {
                $pot .= "#: $place\n";
            }
            $texts = $entry['string'] . $entry['plural'];
            $pot .= preg_match('/%(\d+\$)?[sd]/', $texts) === 1 ? "#, php-format\n" : '';
            $pot .= $entry['context'] === null ? '' : 'msgctxt ' . self::quote($entry['context']) . "\n";
            $pot .= 'msgid ' . self::quote($entry['string']) . "\n";
            $pot .= $entry['plural'] === null
                ? "msgstr \"\"\n"
                : 'msgid_plural ' . self::quote($entry['plural']) . "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n";
        }
        return $pot;
    }

    /** @return list<string> */
    private function files(): array
    {
        $files = [];
        $folder = new RecursiveDirectoryIterator($this->folder, FilesystemIterator::SKIP_DOTS);
        $own = new RecursiveCallbackFilterIterator($folder, static function (SplFileInfo $file): bool {
            // The library, where it was put into the plugin, has no strings of WordPress.
            return $file->getFilename() !== 'library';
        });
        foreach (new RecursiveIteratorIterator($own) as $file) {
            if ($file->getExtension() === 'php') {
                $files[] = $file->getPathname();
            }
        }
        sort($files);
        return $files;
    }

    private function header(string $name): string
    {
        preg_match('/^ \* ' . preg_quote($name, '/') . ':\s*(.+?)\s*$/m', (string) file_get_contents("{$this->folder}/fedverify.php"), $match);
        return $match[1] ?? '';
    }

    private function readHeader(string $file): void
    {
        foreach (HEADERS as $name) {
            $text = $this->header($name);
            if ($text !== '') {
                $this->add($text, null, null, "$name of the plugin", basename($file));
            }
        }
    }

    private function readFile(string $file): void
    {
        $place = substr($file, strlen($this->folder) + 1);
        $tokens = token_get_all((string) file_get_contents($file));
        $comment = ['', 0];
        foreach ($tokens as $i => $token) {
            if (is_array($token) && $token[0] === T_COMMENT && preg_match('#^/\*\s*(translators:.*?)\s*\*/$#si', $token[1], $match) === 1) {
                $comment = [(string) preg_replace('/\s+/', ' ', $match[1]), $token[2] + substr_count($token[1], "\n")];
            }
            if (is_array($token) && $token[0] === T_STRING && isset(FUNCTIONS[$token[1]]) && $this->isCall($tokens, $i)) {
                // A comment belongs to what follows it within two lines, as in other tools.
                $isNear = $comment[1] > 0 && $token[2] - $comment[1] <= 2;
                $this->readCall($token[1], $this->arguments($tokens, $i), $isNear ? $comment[0] : '', "$place:{$token[2]}", $place);
            }
        }
    }

    private function isCall(array $tokens, int $i): bool
    {
        for ($before = $i - 1; is_array($tokens[$before]) && $tokens[$before][0] === T_WHITESPACE; $before--);
        $isMember = is_array($tokens[$before]) && in_array($tokens[$before][0], [T_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION], true);
        return !$isMember && ($tokens[$i + 1] ?? null) === '(';
    }

    /** @return list<?string> the arguments that are literal strings; null for the others */
    private function arguments(array $tokens, int $i): array
    {
        $arguments = [];
        $parts = [];
        $depth = 0;
        for ($i++; $i < count($tokens); $i++) {
            $token = $tokens[$i];
            $text = is_array($token) ? $token[1] : $token;
            $depth += in_array($text, ['(', '['], true) ? 1 : (in_array($text, [')', ']'], true) ? -1 : 0);
            if ($depth === 0 || ($depth === 1 && $text === ',')) {
                if ($parts !== []) {
                    $arguments[] = count($parts) === 1 ? self::literal($parts[0]) : null;
                }
                $parts = [];
                if ($depth === 0) {
                    return $arguments;
                }
            } elseif (!($depth === 1 && $text === '(') && !(is_array($token) && in_array($token[0], [T_WHITESPACE, T_COMMENT], true))) {
                $parts[] = $token;
            }
        }
        return $arguments;
    }

    private static function literal($token): ?string
    {
        if (!is_array($token) || $token[0] !== T_CONSTANT_ENCAPSED_STRING) {
            return null;
        }
        $inside = substr($token[1], 1, -1);
        return $token[1][0] === "'" ? strtr($inside, ['\\\\' => '\\', "\\'" => "'"]) : stripcslashes($inside);
    }

    private function readCall(string $function, array $arguments, string $comment, string $where, string $place): void
    {
        $found = ['s' => null, 'p' => null, 'c' => null, 'd' => null];
        foreach (str_split(FUNCTIONS[$function]) as $i => $kind) {
            if ($kind !== 'n' && ($arguments[$i] ?? null) === null) {
                $this->problems[] = "$where: argument " . ($i + 1) . " of $function() is no literal string";
                return;
            }
            $found[$kind] = $arguments[$i] ?? null;
        }
        if ($found['d'] !== DOMAIN) {
            $this->problems[] = "$where: the text domain is {$found['d']}, not " . DOMAIN;
        }
        if ($comment === '' && preg_match('/%(\d+\$)?[sd]/', $found['s'] . $found['p']) === 1) {
            $this->problems[] = "$where: a placeholder without a translators' comment: {$found['s']}";
        }
        $this->add($found['s'], $found['p'], $found['c'], $comment, $place);
    }

    private function add(string $string, ?string $plural, ?string $context, string $comment, string $place): void
    {
        $key = $context . "\4" . $string;
        $entry = $this->entries[$key] ?? ['string' => $string, 'plural' => $plural, 'context' => $context, 'comments' => [], 'places' => []];
        $entry['plural'] = $entry['plural'] ?? $plural;
        if ($comment !== '') {
            $entry['comments'][] = $comment;
        }
        $entry['places'][] = $place;
        $this->entries[$key] = $entry;
    }

    private static function quote(string $text): string
    {
        return '"' . strtr($text, ['\\' => '\\\\', '"' => '\\"', "\n" => '\\n', "\t" => '\\t']) . '"';
    }
}

$folder = __DIR__ . '/fedverify';
$file = "$folder/languages/fedverify.pot";
$catalogue = new Catalogue($folder);
$catalogue->read();
if ($catalogue->problems() !== []) {
    fwrite(STDERR, implode("\n", $catalogue->problems()) . "\n");
    exit(1);
}
$pot = $catalogue->toPot();
if (in_array('--check', $argv, true)) {
    if (@file_get_contents($file) !== $pot) {
        fwrite(STDERR, "wordpress/fedverify/languages/fedverify.pot is not up to date: php wordpress/make-pot.php\n");
        exit(1);
    }
    echo "fedverify.pot: {$catalogue->count()} strings, up to date\n";
    exit(0);
}
if (!is_dir(dirname($file))) {
    mkdir(dirname($file));
}
file_put_contents($file, $pot);
echo "fedverify.pot: {$catalogue->count()} strings\n";
