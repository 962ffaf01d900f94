<?php

declare(strict_types=1);

namespace Mutants;

/** The mutants that change nothing that counts: explained.txt has their names below the reasons. */
final class Explained
{
    private const PATH = __DIR__ . '/explained.txt';

    /** @var array<string, string> the reasons, by the names of mutants */
    private $reasons = [];

    public function __construct()
    {
        $reason = null;
        foreach (file(self::PATH, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES) as $line) {
            if (strncmp($line, '# ', 2) === 0) {
                $reason = substr($line, 2);
            } elseif ($reason === null || isset($this->reasons[$line])) {
                throw new \RuntimeException("without a reason, or twice in explained.txt: $line");
            } else {
                $this->reasons[$line] = $reason;
            }
        }
    }

    public function has(Mutant $mutant): bool
    {
        return isset($this->reasons[$mutant->name()]);
    }

    /** Entries that are no mutant, because their lines were changed. @param list<string> $names of all mutants @return list<string> */
    public function unknown(array $names): array
    {
        return array_values(array_diff(array_keys($this->reasons), $names));
    }

    /** Entries of these files that are explained, but were not missed. */
    public function stale(array $files, array $missed): array
    {
        $stale = [];
        foreach (array_keys($this->reasons) as $name) {
            if (in_array(explode(' ', $name, 2)[0], $files, true) && !in_array($name, $missed, true)) {
                $stale[] = $name;
            }
        }
        return $stale;
    }
}
