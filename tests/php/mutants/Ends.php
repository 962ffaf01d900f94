<?php

declare(strict_types=1);

namespace Mutants;

/** How mutants end, by their names: put down at once, so that a run that was stopped need not be repeated. */
final class Ends
{
    /** @var string */
    private $path;

    public function __construct(string $path)
    {
        $this->path = $path;
    }

    public function put(Mutant $mutant, string $end): void
    {
        file_put_contents($this->path, "$end\t{$mutant->name()}\n", FILE_APPEND | LOCK_EX);
    }

    /** The last of each mutant. @return array<string, string> */
    public function all(): array
    {
        $ends = [];
        foreach (is_file($this->path) ? file($this->path, FILE_IGNORE_NEW_LINES) : [] as $line) {
            [$end, $name] = explode("\t", $line, 2);
            $ends[$name] = $end;
        }
        return $ends;
    }
}
