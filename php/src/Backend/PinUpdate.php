<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Quote;

/** What stores of pins have in common. */
final class PinUpdate
{
    /** Refuses what is no did:plc: of others nothing is remembered. */
    public static function checkedDid(string $did): string
    {
        return Refusal::orElse(static function () use ($did): string {
            return PlcDid::parse($did)->asStr();
        });
    }

    /**
     * A pin that must be of this identity, as it is to be written.
     *
     * @param array<string, int> $limits
     */
    public static function read(string $did, string $json, array $limits): string
    {
        return Refusal::orElse(static function () use ($did, $json, $limits): string {
            return self::pin($did, $json, CheckedLimits::of($limits))->toJson();
        });
    }

    /**
     * What to store in the place of what is stored.
     *
     * @param array<string, int> $limits
     */
    public static function merged(string $did, ?string $stored, string $pin, array $limits): string
    {
        return Refusal::orElse(static function () use ($did, $stored, $pin, $limits): string {
            $checked = CheckedLimits::of($limits);
            $visit = self::pin($did, $pin, $checked);
            $kept = $stored === null ? $visit : self::both(self::pin($did, $stored, $checked), $visit, $checked);
            return $kept->toJson();
        });
    }

    /**
     * What both know. A stored visit that is later than now was by a wrong clock: then the new one counts, so that it heals.
     *
     * @throws Fault
     */
    private static function both(Pin $stored, Pin $visit, Limits $limits): Pin
    {
        $merged = $stored->merge($visit, $limits);
        $now = time();
        return $merged->lastVisit() > $now && $visit->lastVisit() <= $now
            ? $merged->visitedAgain($visit->lastVisit())
            : $merged;
    }

    /** @throws Fault */
    private static function pin(string $did, string $json, Limits $limits): Pin
    {
        $pin = Pin::parse($json, $limits);
        if ($pin->did() !== $did) {
            $message = "expected a pin of $did, found one of " . Quote::quote($pin->did());
            throw new Fault(Code::PIN_MALFORMED, $message);
        }
        return $pin;
    }
}
