<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** Why inflating ended before the data did. */
final class InflateEnd extends \Exception
{
    /** @var string */
    private $why;

    private function __construct(string $why)
    {
        parent::__construct($why);
        $this->why = $why;
    }

    /** There is no room for what comes next. */
    public static function full(): self
    {
        return new self('full');
    }

    /** There is no data left. */
    public static function starved(): self
    {
        return new self('starved');
    }

    public static function damaged(): self
    {
        return new self('damaged');
    }

    public function isFull(): bool
    {
        return $this->why === 'full';
    }

    public function isStarved(): bool
    {
        return $this->why === 'starved';
    }
}
