<?php

declare(strict_types=1);

/** What came of a visit to a site. */
final class Visit
{
    /** @var int the HTTP status; 0 where the visit had to be ended */
    public $status;

    /** @var string */
    public $body;

    /** @var mixed what an action of site/actions says */
    public $answer;

    /** @var string|null */
    public $fatal;

    /** @var float */
    public $seconds;

    /** @var float of the processor's time, in seconds */
    public $processor;

    /** @var int peak, in bytes */
    public $memory;

    /** @var int of the database */
    public $queries;

    /** @var list<array<string, mixed>> what was asked of the network; of all visits that ran at once */
    public $requests = [];

    /** @param array<string, mixed> $result as site/visit.php writes it */
    public function __construct(array $result)
    {
        $this->status = $result['status'] ?? 0;
        $this->body = $result['body'] ?? '';
        $this->answer = $result['answer'] ?? null;
        $this->fatal = $result['fatal'] ?? null;
        $this->seconds = $result['seconds'] ?? 0.0;
        $this->processor = $result['processor'] ?? 0.0;
        $this->memory = $result['memory'] ?? 0;
        $this->queries = $result['queries'] ?? 0;
    }

    /** The answer of admin-ajax.php. */
    public function json(): array
    {
        $start = strpos($this->body, '{');
        return (array) json_decode($start === false ? '' : substr($this->body, $start), true);
    }

    /** In a line, for the story of a scenario. */
    public function summary(): string
    {
        $text = $this->fatal ?? ($this->answer === null ? $this->text() : json_encode($this->answer, JSON_UNESCAPED_SLASHES));
        $text = substr(preg_replace('/\s+/', ' ', trim($text)), 0, 400);
        return sprintf('status %d, %.2f s, %d MB: %s', $this->status, $this->seconds, $this->memory >> 20, $text);
    }

    /** What can be read of a page. */
    private function text(): string
    {
        $start = strpos($this->body, '<div class="wrap"');
        $page = $start === false ? $this->body : substr($this->body, $start);
        return strip_tags(preg_replace('#<(script|style)\b.*?</\1>#s', '', $page));
    }
}
