<?php

declare(strict_types=1);

namespace Mutants;

/** What the command line says. */
final class Options
{
    /** @var string */
    public $scratch;

    /** @var array{int, int} the number of a part, from 1 on, and how many there are */
    public $shard = [1, 1];

    /** @var bool only those that the last run missed */
    public $isAgain = false;

    /** @var bool only those that no run has tried since the core or the cases changed */
    public $isMore = false;

    /** @var bool no run: their names */
    public $isList = false;

    /** @var bool no run: whether each that is explained is still one of them */
    public $isExplained = false;

    /** @var list<string> files and folders below the core; none for all */
    public $paths = [];

    /** @param list<string> $arguments */
    public static function of(array $arguments): self
    {
        $options = new self();
        $options->scratch = (string) array_shift($arguments);
        while ($arguments !== []) {
            $argument = array_shift($arguments);
            if ($argument === '--again') {
                $options->isAgain = true;
            } elseif ($argument === '--more') {
                $options->isMore = true;
            } elseif ($argument === '--list') {
                $options->isList = true;
            } elseif ($argument === '--explained') {
                $options->isExplained = true;
            } elseif ($argument === '--shard' && preg_match('/^([1-9]\d*)\/([1-9]\d*)$/', $arguments[0] ?? '', $shard) === 1) {
                array_shift($arguments);
                $options->shard = [(int) $shard[1], (int) $shard[2]];
            } elseif ($argument[0] === '-') {
                throw new \InvalidArgumentException("no such option: $argument");
            } else {
                $options->paths[] = trim(preg_replace('/^.*php\/src\/Core(\/|$)/', '', $argument), '/');
            }
        }
        return $options;
    }

    /** Whether all mutants of the files are tried. */
    public function isWhole(): bool
    {
        return !$this->isAgain && $this->shard[1] === 1;
    }

    /** @return list<string> the names of the files, without those that are generated */
    public function files(): array
    {
        $names = [];
        foreach (Classes::files(rtrim(Classes::path(''), '/')) as $path) {
            $name = Classes::name($path);
            if (strncmp($name, 'Tables/', 7) !== 0 && $this->takes($name)) {
                $names[] = $name;
            }
        }
        if ($names === []) {
            throw new \InvalidArgumentException('no such file in php/src/Core');
        }
        return $names;
    }

    private function takes(string $name): bool
    {
        foreach ($this->paths as $path) {
            if ($name === $path || strncmp($name, "$path/", strlen($path) + 1) === 0) {
                return true;
            }
        }
        return in_array($this->paths, [[], ['']], true);
    }
}
