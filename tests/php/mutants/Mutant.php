<?php

declare(strict_types=1);

namespace Mutants;

/** One change of one source file. */
final class Mutant
{
    /** @var Source */
    private $source;

    /** @var int where the change is, in bytes */
    private $start;

    /** @var int so many bytes are replaced */
    private $length;

    /** @var string */
    private $replacement;

    /** @var int the first token of what is replaced */
    private $token;

    /** @var int counts those that read alike in a function */
    private $repetition = 1;

    public function __construct(Source $source, int $first, int $last, string $replacement)
    {
        $this->source = $source;
        $this->start = $source->token($first)->pos;
        $this->length = $source->end($last) - $this->start;
        $this->replacement = $replacement;
        $this->token = $first;
    }

    public function source(): Source
    {
        return $this->source;
    }

    /** The whole file with the change. */
    public function text(): string
    {
        return substr_replace($this->source->text(), $this->replacement, $this->start, $this->length);
    }

    /** The first token of what is replaced. */
    public function token(): int
    {
        return $this->token;
    }

    public function line(): int
    {
        return $this->source->token($this->token)->line;
    }

    /** The first and the last line of the statement that is changed. */
    public function lines(): array
    {
        return $this->source->statement($this->token);
    }

    /** Of a constant: it has no code of its own. */
    public function isOfConstant(): bool
    {
        return $this->source->functionAt($this->token) === null;
    }

    /** Of a constant that only its file can read. */
    public function isOfPrivateConstant(): bool
    {
        return $this->isOfConstant() && $this->source->is($this->source->statementStart($this->token), T_PRIVATE);
    }

    /** The first and the last line of its function. */
    public function functionLines(): array
    {
        return $this->source->functionAt($this->token)['lines'];
    }

    /** The lines that are changed, before and after, without white space that says nothing. */
    private function change(): string
    {
        $text = $this->source->text();
        $from = strrpos(substr($text, 0, $this->start), "\n") + 1;
        $to = strpos($text, "\n", $this->start + $this->length);
        $before = substr($text, $from, $to - $from);
        $after = substr_replace($before, $this->replacement, $this->start - $from, $this->length);
        $tidy = static function (string $lines): string {
            return trim((string) preg_replace('/\s+/', ' ', $lines));
        };
        return "`{$tidy($before)}` -> `{$tidy($after)}`";
    }

    /** Counts up, where mutants read alike. @param array<string, int> $seen */
    public function number(array &$seen): void
    {
        $name = $this->name();
        $seen[$name] = ($seen[$name] ?? 0) + 1;
        $this->repetition = $seen[$name];
    }

    /** What it is, whatever moves above it: its file, its function, and its lines before and after. */
    public function name(): string
    {
        $function = $this->source->functionAt($this->token)['name'] ?? 'const';
        $repetition = $this->repetition > 1 ? " #{$this->repetition}" : '';
        return "{$this->source->path()} {$function}: {$this->change()}$repetition";
    }

    /** As Mutant::name(), with the line. */
    public function place(): string
    {
        return preg_replace('/ /', ":{$this->line()} ", $this->name(), 1);
    }
}
