<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * What a log proves that was verified, as far as logs are compared (did-plc.md, "Two logs"), and the directory that served it:
 * core/src/directory/relation.rs.
 */
final class Answer
{
    private string $url;

    /** @var list<string> of every operation, nullified ones too, in the order of the log */
    private array $cids = [];

    /** @var list<string|null> */
    private array $times = [];

    /** @var list<int|null> the recoveries that undid the operations */
    private array $nullifiedBy = [];

    /** @param list<array<string, mixed>> $history that of a report: not empty */
    public function __construct(string $url, array $history)
    {
        $this->url = $url;
        foreach ($history as $entry) {
            $this->cids[] = $entry['cid'];
            $this->times[] = $entry['createdAt'] ?? null;
            $this->nullifiedBy[] = $entry['nullifiedBy'] ?? null;
        }
    }

    /** The directory's URL. */
    public function url(): string
    {
        return $this->url;
    }

    /** The CID of the last operation that is not nullified. */
    public function head(): string
    {
        $inForce = $this->inForce();
        return $this->cids[(int) end($inForce)];
    }

    /** How many operations there are, nullified ones too. */
    public function length(): int
    {
        return count($this->cids);
    }

    /** Whether the log is a bare one, which has no times, and of which nullified operations are left out. */
    public function isBare(): bool
    {
        return $this->times[0] === null;
    }

    /** Whether this log lawfully continues an earlier one. What cannot be told counts as not lawful. */
    public function continues(Answer $earlier): bool
    {
        if (!$this->becomes($earlier)) {
            return false;
        }
        // Where both have times, the earlier one is the start: operations are at the same places.
        foreach ($earlier->times as $place => $time) {
            if (self::isRewritten($this->times[$place] ?? null, $time)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where two logs part that do not continue each other, and what each has there: an operation, or its time. Of a bare log
     * and another, only what is in force can be laid side by side: then their operations have no common index.
     *
     * @return array{0: int|null, 1: string, 2: string}
     */
    public function parting(Answer $other): array
    {
        $isBare = $this->isBare() || $other->isBare();
        $ours = $isBare ? $this->inForce() : array_keys($this->cids);
        $theirs = $isBare ? $other->inForce() : array_keys($other->cids);
        $place = 0;
        while (isset($ours[$place], $theirs[$place]) && $this->agrees($ours[$place], $other, $theirs[$place])) {
            $place++;
        }
        [$one, $two] = [$ours[$place] ?? null, $theirs[$place] ?? null];
        $isSame = $one !== null && $two !== null && $this->cids[$one] === $other->cids[$two];
        $has = static function (Answer $answer, ?int $place) use ($isSame): string {
            if ($place === null) {
                return 'nothing';
            }
            return $answer->cids[$place] . ($isSame ? ' of ' . Quote::quote((string) $answer->times[$place]) : '');
        };
        return [$isBare ? null : $place, $has($this, $one), $has($other, $two)];
    }

    /** Whether an operation of this log and one of another are the same, with the same time. */
    private function agrees(int $one, Answer $other, int $two): bool
    {
        return $this->cids[$one] === $other->cids[$two] && !self::isRewritten($this->times[$one], $other->times[$two]);
    }

    /** Whether this log is, but for its times, what an earlier one can have become. */
    private function becomes(Answer $earlier): bool
    {
        if (!$this->isBare()) {
            return $earlier->isBare() ? $this->wasInForce($earlier) : self::startsWith($this->cids, $earlier->cids);
        }
        $inForce = array_map(static function (int $place) use ($earlier): string {
            return $earlier->cids[$place];
        }, $earlier->inForce());
        return self::startsWith($this->cids, $inForce);
    }

    /** Whether the operations of a bare log are those that were in force when its head was the head of this log. */
    private function wasInForce(Answer $bare): bool
    {
        $head = Index::fromStrings($this->cids)->get($bare->head());
        $then = [];
        for ($place = 0; $head !== null && $place <= $head; $place++) {
            if ($this->nullifiedBy[$place] === null || $this->nullifiedBy[$place] > $head) {
                $then[] = $this->cids[$place];
            }
        }
        return $then === $bare->cids;
    }

    /** @return list<int> the places of the operations that are in force, from the genesis to the head */
    private function inForce(): array
    {
        return array_keys($this->nullifiedBy, null, true);
    }

    /**
     * @param list<string> $whole
     * @param list<string> $start
     */
    private static function startsWith(array $whole, array $start): bool
    {
        return array_slice($whole, 0, count($start)) === $start;
    }

    /** Whether two times of one operation differ. Instants are compared, not strings. */
    private static function isRewritten(?string $one, ?string $other): bool
    {
        if ($one === null || $other === null || $one === $other) {
            return false;
        }
        [$one, $other] = [Timestamp::parse($one), Timestamp::parse($other)];
        return $one === null || $other === null || !$one->equals($other);
    }
}
