<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Quote;
use FedVerify\Pin;

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
     * A pin that must be of this identity.
     *
     * @param array<string, int> $limits
     */
    public static function read(string $did, string $json, array $limits): Pin
    {
        $pin = Pin::parse($json, $limits);
        if ($pin->did() !== $did) {
            $message = "expected a pin of $did, found one of " . Quote::quote($pin->did());
            throw Refusal::of(new Fault(Code::PIN_MALFORMED, $message));
        }
        return $pin;
    }

    /**
     * What to store in the place of what is stored.
     *
     * @param array<string, int> $limits
     */
    public static function merged(string $did, ?string $stored, string $pin, array $limits): string
    {
        $visit = self::read($did, $pin, $limits);
        if ($stored === null) {
            return $visit->toJson();
        }
        return self::read($did, $stored, $limits)->updatedBy($visit, time())->toJson();
    }
}
