<?php

declare(strict_types=1);

namespace Mutants;

use PhpToken;

/** A source file as PHP's tokens, without white space and comments. */
final class Source
{
    private const OPENERS = ['(', '[', '{', '${', '#['];

    private const CLOSERS = [')', ']', '}'];

    /** Between statements. */
    private const ENDS = [';', '{', '}'];

    /** @var string */
    private $path;

    /** @var string */
    private $text;

    /** @var list<PhpToken> */
    private $tokens;

    /** @var array<int, int> the bracket that belongs to a bracket */
    private $partners = [];

    /** @var list<array{name: string, first: int, last: int, lines: array{int, int}}> */
    private $functions = [];

    public function __construct(string $path, string $text)
    {
        $this->path = $path;
        $this->text = $text;
        $ignored = [T_WHITESPACE, T_COMMENT, T_DOC_COMMENT, T_OPEN_TAG];
        $this->tokens = array_values(array_filter(PhpToken::tokenize($text), static function ($token) use ($ignored): bool {
            return !$token->is($ignored);
        }));
        $this->pair();
        $this->findFunctions();
    }

    private function pair(): void
    {
        $open = [];
        foreach ($this->tokens as $index => $token) {
            if ($token->is(self::OPENERS)) {
                $open[] = $index;
            } elseif ($token->is(self::CLOSERS)) {
                $partner = array_pop($open);
                [$this->partners[$index], $this->partners[$partner]] = [$partner, $index];
            }
        }
    }

    private function findFunctions(): void
    {
        foreach ($this->tokens as $index => $token) {
            if (!$token->is(T_FUNCTION) || !$this->is($index + 1, T_STRING)) {
                continue;
            }
            for ($at = $index; !$this->is($at, ['{', ';']); $at = $this->after($at)) {
            }
            $last = $this->partners[$at] ?? $at;
            $this->functions[] = [
                'name' => $this->tokens[$index + 1]->text,
                'first' => $index,
                'last' => $last,
                'lines' => [$token->line, $this->tokens[$last]->line],
            ];
        }
    }

    public function path(): string
    {
        return $this->path;
    }

    public function text(): string
    {
        return $this->text;
    }

    public function count(): int
    {
        return count($this->tokens);
    }

    public function token(int $index): PhpToken
    {
        return $this->tokens[$index];
    }

    /** Whether a token is there and of a kind. @param int|string|array $kind */
    public function is(int $index, $kind): bool
    {
        return isset($this->tokens[$index]) && $this->tokens[$index]->is($kind);
    }

    public function partner(int $index): int
    {
        return $this->partners[$index];
    }

    public function isOpener(int $index): bool
    {
        return isset($this->partners[$index]) && $this->partners[$index] > $index;
    }

    public function isCloser(int $index): bool
    {
        return isset($this->partners[$index]) && $this->partners[$index] < $index;
    }

    /** The next token, behind a pair of brackets where one starts here. */
    public function after(int $index): int
    {
        return ($this->isOpener($index) ? $this->partners[$index] : $index) + 1;
    }

    /** The token before, or the start of the pair of brackets that ends before this one. */
    public function before(int $index): int
    {
        return $this->isCloser($index - 1) ? $this->partners[$index - 1] : $index - 1;
    }

    /** Where a token ends, in bytes. */
    public function end(int $index): int
    {
        return $this->tokens[$index]->pos + strlen($this->tokens[$index]->text);
    }

    /** The tokens from one to another, as they are written. */
    public function slice(int $first, int $last): string
    {
        $start = $this->tokens[$first]->pos;
        return substr($this->text, $start, $this->end($last) - $start);
    }

    /** The innermost bracket around a token; null for none. */
    public function around(int $index): ?int
    {
        for ($at = $index; $at > 0;) {
            $at = $this->before($at);
            if ($this->isOpener($at) && $this->partners[$at] > $index) {
                return $at;
            }
        }
        return null;
    }

    /** The function around a token. @return array{name: string, first: int, last: int, lines: array{int, int}}|null */
    public function functionAt(int $index): ?array
    {
        foreach ($this->functions as $function) {
            if ($function['first'] <= $index && $index <= $function['last']) {
                return $function;
            }
        }
        return null;
    }

    /** The first and the last line of the statement that a token is of; of an `if` without its body. */
    public function statement(int $index): array
    {
        for ($last = $index; $last + 1 < $this->count() && !$this->is($last, self::ENDS);) {
            $last = $this->is($last, ['(', '[']) ? $this->partners[$last] + 1 : $last + 1;
        }
        return [$this->tokens[$this->statementStart($index)]->line, $this->tokens[$last]->line];
    }

    /** The first token of the statement that a token is of. */
    public function statementStart(int $index): int
    {
        for ($first = $index; $first > 0 && !$this->is($first - 1, self::ENDS);) {
            $first = $this->is($first - 1, [')', ']']) ? $this->partners[$first - 1] : $first - 1;
        }
        return $first;
    }
}
