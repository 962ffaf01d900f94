<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;
use FedVerify\Core\Time;

/** Two pins of one identity, from visits that ran at once, as one. */
final class Merge
{
    private function __construct()
    {
    }

    /**
     * What both pins know. Merging never forgets: an operation was first seen when either pin saw it, is nullified if
     * either says so, and packages of both are known. The order of the two does not matter.
     *
     * @throws Fault `pin.malformed` for pins of two identities; `pin.fork` where each has an operation in force that the
     *     other never saw, or nothing is in force by both: then a directory showed two histories;
     *     `pin.nullification_late` where one has an operation as undone that the other one's visits, or its time, speak
     *     against: verifying may still accept that, because it sees when the recovery was, and merging does not;
     *     `pin.too_large` where reading would refuse the merged pin by the same limits
     */
    public static function both(Pin $a, Pin $b, Limits $limits): Pin
    {
        self::checkSameIdentity($a, $b);
        [[$newer, $ofNewer], [$older, $ofOlder]] = self::inOrder([$a, $a->index()], [$b, $b->index()]);
        $lastVisit = max($newer->lastVisit(), min($older->lastVisit(), self::provableUntil($newer, $ofOlder)));
        $operations = self::joined($newer, $older, $ofOlder);
        foreach ($older->operations() as $operation) {
            if (!$ofNewer->contains($operation->cid())) {
                $operations[] = $operation;
            }
        }
        $releases = $newer->releases()->joined($older->releases());
        $merged = new Pin($newer->did(), $lastVisit, $newer->log(), $operations, $releases);
        if ($merged->head() === '') {
            throw self::fork($a, $b);
        }
        return $merged->within($limits);
    }

    /**
     * Below 0, 0 or above 0, as the first is older than, the same as or newer than the second.
     *
     * @throws Fault `pin.malformed`, `pin.fork`, as both()
     */
    public static function order(Pin $a, Pin $b): int
    {
        self::checkSameIdentity($a, $b);
        [$aHoldsB, $bHoldsA] = self::holdings([$a, $a->index()], [$b, $b->index()]);
        return $aHoldsB && $bHoldsA ? self::compare($a, $b) <=> 0 : ($aHoldsB ? 1 : -1);
    }

    /** @throws Fault `pin.malformed` */
    private static function checkSameIdentity(Pin $a, Pin $b): void
    {
        if ($a->did() !== $b->did()) {
            $found = Quote::quote($a->did()) . ' and ' . Quote::quote($b->did());
            throw new Fault(Code::PIN_MALFORMED, "expected two pins of one identity, found {$found}");
        }
    }

    /**
     * Whether each pin knows what is in force by the other; one of them does.
     *
     * @param array{0: Pin, 1: Index} $a with the places of its operations, which are sought often
     * @param array{0: Pin, 1: Index} $b
     *
     * @return array{0: bool, 1: bool}
     *
     * @throws Fault `pin.fork`
     */
    private static function holdings(array $a, array $b): array
    {
        $holdings = [self::holds($a[1], $b[0]), self::holds($b[1], $a[0])];
        if (!$holdings[0] && !$holdings[1]) {
            throw self::fork($a[0], $b[0]);
        }
        return $holdings;
    }

    private static function fork(Pin $a, Pin $b): Fault
    {
        $heads = "{$a->head()} and {$b->head()}";
        return new Fault(Code::PIN_FORK, "the pins know histories that contradict each other, with the heads {$heads}");
    }

    /**
     * The newer pin, and the older one.
     *
     * @param array{0: Pin, 1: Index} $a
     * @param array{0: Pin, 1: Index} $b
     *
     * @return array{0: array{0: Pin, 1: Index}, 1: array{0: Pin, 1: Index}}
     *
     * @throws Fault
     */
    private static function inOrder(array $a, array $b): array
    {
        [$aHoldsB, $bHoldsA] = self::holdings($a, $b);
        // Where both hold the same operations, the later visit's text is the one to compare with next time.
        $isNewer = $aHoldsB && $bHoldsA ? self::compare($a[0], $b[0]) >= 0 : $aHoldsB;
        return $isNewer ? [$a, $b] : [$b, $a];
    }

    /** Whether a pin of these operations knows every one that is in force by the other. */
    private static function holds(Index $known, Pin $other): bool
    {
        foreach ($other->operations() as $operation) {
            if (!$operation->nullified() && !$known->contains($operation->cid())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The latest visit that proves nothing of the operations which a pin has in force and that visit did not see
     * (did-plc.md, "Late nullifications").
     */
    private static function provableUntil(Pin $pin, Index $seen): int
    {
        $until = PHP_INT_MAX;
        foreach ($pin->operations() as $operation) {
            if (!$operation->nullified() && !$seen->contains($operation->cid())) {
                $until = min($until, $operation->knownSince() + PinnedOperation::PROVABLE_SECONDS);
            }
        }
        return $until;
    }

    /** Which of two pins with the same operations in force counts as the newer. */
    private static function compare(Pin $a, Pin $b): int
    {
        return count($a->operations()) <=> count($b->operations())
            ?: $a->lastVisit() <=> $b->lastVisit()
            ?: strcmp($a->log()->sha256(), $b->log()->sha256());
    }

    /**
     * Refuses an operation that is undone by one pin where the visits of the other one, or its time, speak against that
     * (did-plc.md, "Late nullifications").
     *
     * @throws Fault `pin.nullification_late`
     */
    private static function checkUndone(PinnedOperation $undone, PinnedOperation $inForce, int $visit): void
    {
        $since = min($inForce->knownSince(), $undone->firstSeen());
        [$one, $other] = [$inForce->createdAt(), $undone->createdAt()];
        if ($visit > $since + PinnedOperation::PROVABLE_SECONDS) {
            $message = 'saw in force on ' . Time::utc($visit) . ', more than 96 hours after ' . Time::utc($since);
        } elseif ($one !== null && $other !== null && $other > $one) {
            // What undid it was in time of another time than the one that is known.
            $message = 'saw in force dated ' . Time::utc($one) . ', and not ' . Time::utc($other);
        } else {
            return;
        }
        $message = "the pins contradict each other: one has an operation as undone that the other {$message}";
        throw (new Fault(Code::PIN_NULLIFICATION_LATE, $message))->withCid($inForce->cid());
    }

    /**
     * The operations of the newer pin, with what the older one knows of them.
     *
     * @return list<PinnedOperation>
     *
     * @throws Fault `pin.nullification_late`
     */
    private static function joined(Pin $newer, Pin $older, Index $known): array
    {
        $operations = [];
        foreach ($newer->operations() as $operation) {
            $place = $known->get($operation->cid());
            $same = $place === null ? null : $older->operations()[$place];
            if ($same !== null && $operation->nullified() && !$same->nullified()) {
                self::checkUndone($operation, $same, $older->lastVisit());
            } elseif ($same !== null && $same->nullified() && !$operation->nullified()) {
                self::checkUndone($same, $operation, $newer->lastVisit());
            }
            $operations[] = $operation->joined($same);
        }
        return $operations;
    }
}
