<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** What a log proves that was verified, as far as logs are compared, and the directory that served it. */
final class Answer
{
    private string $url;
    private string $head;

    /** @var list<string> */
    private array $cids;

    /** @param list<string> $cids of every operation, nullified ones too, in the order of the log */
    public function __construct(string $url, string $head, array $cids)
    {
        $this->url = $url;
        $this->head = $head;
        $this->cids = $cids;
    }

    /** The directory's URL. */
    public function url(): string
    {
        return $this->url;
    }

    /** The CID of the last operation that is not nullified. */
    public function head(): string
    {
        return $this->head;
    }

    /** @return list<string> */
    public function cids(): array
    {
        return $this->cids;
    }
}
