<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Core\Limits as CoreLimits;
use FedVerify\Core\Tables\LimitDefaults;

/**
 * How much untrusted input may cost: the limits that every method takes by name, as `['logBytes' => 1 << 20]`. Every
 * limit is inclusive.
 *
 *     foreach (FedVerify\Limits::defaults() as $name => $value) {
 *         echo "$name: $value. ", FedVerify\Limits::meaning($name), "\n";
 *     }
 */
final class Limits
{
    private function __construct()
    {
    }

    /** @return list<string> */
    public static function names(): array
    {
        return array_keys(LimitDefaults::VALUES);
    }

    /**
     * @return array<string, int> the limits that hold where none are given: those of the backend that verifies, since PHP
     *     alone has lower ones
     * @throws Backend\BackendMissingException
     */
    public static function defaults(): array
    {
        $isPhp = Backend::detect()->name() === 'php';
        return $isPhp ? CoreLimits::defaults()->all() : LimitDefaults::VALUES;
    }

    /**
     * What a limit counts, in one line.
     *
     * @throws \ValueError there is no such limit
     */
    public static function meaning(string $name): string
    {
        if (!isset(LimitDefaults::MEANINGS[$name])) {
            $known = implode(', ', self::names());
            throw Arguments::valueError(__METHOD__, 1, 'name', "must be one of $known");
        }
        return LimitDefaults::MEANINGS[$name];
    }
}
