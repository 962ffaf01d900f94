<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Lossy;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits as CoreLimits;
use FedVerify\Core\Quote;
use FedVerify\Core\Version as CoreVersion;

/**
 * The order of versions by which fedverify calls a release the latest and refuses a downgrade: docs/rules/fair.md,
 * "Version order". It is not version_compare()'s.
 */
final class Version
{
    private function __construct()
    {
    }

    /**
     * Below 0, 0 or above 0, as the first is lower than, equal to or higher than the second.
     *
     * @throws RejectedException `fair.version.invalid`: one of them is no version, or has no order, as `trunk` has none
     */
    public static function compare(string $a, string $b): int
    {
        return Refusal::orElse(static function () use ($a, $b): int {
            [$a, $b] = [self::ordered(Lossy::text($a)), self::ordered(Lossy::text($b))];
            return $a->precedence()->cmp($b->precedence()) <=> 0;
        });
    }

    /**
     * A version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A
     * version without an order is its own name. Pins name versions so.
     *
     * @throws RejectedException `fair.version.invalid`: it is no version
     */
    public static function number(string $version): string
    {
        return Refusal::orElse(static function () use ($version): string {
            return self::read(Lossy::text($version))->number();
        });
    }

    /** @throws Fault */
    private static function read(string $text): CoreVersion
    {
        $version = CoreVersion::parse($text, CoreLimits::defaults());
        if ($version === null) {
            throw CoreVersion::refusal($text, CoreLimits::defaults());
        }
        return $version;
    }

    /** @throws Fault */
    private static function ordered(string $text): CoreVersion
    {
        $version = self::read($text);
        if ($version->precedence() === null) {
            $message = 'expected a version that can be ordered, found ' . Quote::quote($text);
            throw new Fault(Code::FAIR_VERSION_INVALID, $message);
        }
        return $version;
    }
}
