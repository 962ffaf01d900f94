<?php

declare(strict_types=1);

/** What a server answers that is no plain body: see network/server.mjs. */
final class Answer
{
    /** @var array<mixed> one answer, or a list of them */
    public $value;

    /** @param array<mixed> $value */
    private function __construct(array $value)
    {
        $this->value = $value;
    }

    public static function status(int $status, string $body = ''): self
    {
        return new self(['status' => $status, 'body' => $body]);
    }

    public static function redirect(string $url, int $status = 302): self
    {
        return new self(['status' => $status, 'headers' => ['location' => $url], 'body' => '']);
    }

    /** The connection stays open and nothing comes. */
    public static function hang(): self
    {
        return new self(['hang' => true]);
    }

    public static function drip(string $body, int $milliseconds): self
    {
        return new self(['drip' => $milliseconds, 'body' => $body]);
    }

    public static function cut(string $body, int $bytes): self
    {
        return new self(['cut' => $bytes, 'body' => $body, 'headers' => ['content-length' => (string) strlen($body)]]);
    }

    /** So many bytes of filler between a head and a tail. */
    public static function giant(int $bytes, string $head = '', string $tail = '', string $filler = ' '): self
    {
        return new self(['giant' => $bytes, 'head' => $head, 'tail' => $tail, 'filler' => $filler]);
    }

    /** @param array<string, string> $headers */
    public static function headers(array $headers, string $body): self
    {
        return new self(['headers' => $headers, 'body' => $body]);
    }

    /**
     * The first request gets the first, and so on; the last is repeated.
     *
     * @param string|self ...$answers
     */
    public static function each(...$answers): self
    {
        return new self(array_map(static function ($answer) {
            return $answer instanceof self ? $answer->value : $answer;
        }, $answers));
    }
}
