<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\LimitDefaults;

/** The limits of what verifies nothing. */
final class CheckedLimits
{
    /**
     * @param array<mixed> $limits limits that differ from the defaults, by name
     * @throws Fault `api.argument`
     */
    public static function of(array $limits): Limits
    {
        foreach ($limits as $name => $limit) {
            $quoted = Quote::quote(Lossy::text((string) $name));
            if (!Limits::exists((string) $name)) {
                $known = implode(', ', array_keys(LimitDefaults::VALUES));
                throw new Fault(Code::API_ARGUMENT, "expected limits of $known; found $quoted");
            }
            if (!is_int($limit) || $limit < 0) {
                throw new Fault(Code::API_ARGUMENT, "expected an integer of 0 or more as the limit $quoted");
            }
        }
        return new Limits($limits);
    }
}
