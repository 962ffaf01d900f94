<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Pin\PinnedOperation;
use FedVerify\Core\Time;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** A verified log against a pin: what contradicts it (did-plc.md, "What a pin refuses"). */
final class Remember
{
    private function __construct()
    {
    }

    /** The places of the operations of a verified log, by their CIDs. */
    public static function served(Identity $identity): Index
    {
        $served = new Index();
        foreach ($identity->history() as $index => $entry) {
            $served->insert($entry->cid(), $index);
        }
        return $served;
    }

    /**
     * Refuses a verified log that takes back what was seen. The warning says that a recovery came unseen.
     *
     * @throws Fault
     */
    public static function check(Pin $pin, Identity $identity, int $now): ?Warning
    {
        $served = self::served($identity);
        $unwitnessed = null;
        foreach ($pin->operations() as $operation) {
            $index = $served->get($operation->cid());
            if ($index === null) {
                // A bare log leaves nullified operations out.
                if ($operation->nullified() && $identity->form() === LogForm::BARE) {
                    continue;
                }
                throw self::missing($pin, $identity, $operation->cid());
            }
            $recovery = $identity->history()[$index]->nullifiedBy();
            if ($recovery === null || $operation->nullified()) {
                continue;
            }
            self::checkTime($operation, $index, $identity->history()[$recovery]);
            $knownSince = $operation->knownSince();
            $provableUntil = $knownSince + PinnedOperation::PROVABLE_SECONDS;
            if ($pin->lastVisit() > $provableUntil) {
                throw self::late($operation->cid(), $index, $pin->lastVisit(), $knownSince);
            }
            if ($now > $provableUntil) {
                $unwitnessed = $unwitnessed ?? $index;
            }
        }
        return $unwitnessed === null ? null : self::unwitnessedWarning($unwitnessed);
    }

    /**
     * Refuses a recovery that comes too late by its own time and by that of the operation as first served: a directory that
     * moves the one moves the other out of the window. The pin has whole seconds, rounded down, so that of the recovery is
     * rounded, too.
     *
     * @throws Fault
     */
    private static function checkTime(PinnedOperation $undone, int $index, HistoryEntry $recovery): void
    {
        $createdAt = $undone->createdAt();
        if ($createdAt === null || $recovery->createdAt() === null) {
            return;
        }
        $time = $recovery->createdAt()->secondsFloor();
        if ($time <= $createdAt + Walk::RECOVERY_WINDOW_SECONDS) {
            return;
        }
        $message = 'expected a recovery within 72 hours of ' . Time::utc($createdAt) . ", which was the operation's createdAt "
            . 'when it was first served, found one of ' . Time::utc($time);
        throw (new Fault(Code::PIN_NULLIFICATION_LATE, $message))->atOperation($index)->withCid($undone->cid());
    }

    private static function late(string $cid, int $index, int $lastVisit, int $knownSince): Fault
    {
        [$since, $visit] = [Time::utc($knownSince), Time::utc($lastVisit)];
        $message = "expected a recovery within 96 hours of {$since}, but the operation was still in force at the last "
            . "visit on {$visit}";
        return (new Fault(Code::PIN_NULLIFICATION_LATE, $message))->atOperation($index)->withCid($cid);
    }

    private static function unwitnessedWarning(int $index): Warning
    {
        $message = "operation {$index} was undone since the last visit; only the directory's timestamps say it was in time, "
            . 'because this verifier did not visit within 96 hours';
        return new Warning(WarningCode::PIN_NULLIFICATION_UNWITNESSED, $message);
    }

    /** A remembered operation is gone: either the rest is all that is left, or something else came in its place. */
    private static function missing(Pin $pin, Identity $identity, string $cid): Fault
    {
        $known = $pin->index();
        [$code, $how] = [Code::PIN_ROLLBACK, 'ends before'];
        foreach ($identity->history() as $entry) {
            if (!$known->contains($entry->cid())) {
                [$code, $how] = [Code::PIN_FORK, 'lacks'];
                break;
            }
        }
        return (new Fault($code, "the log {$how} operation {$cid}, which was seen before"))->withCid($cid);
    }
}
