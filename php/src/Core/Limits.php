<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Core\Tables\LimitDefaults;

/** How much a caller lets untrusted input cost: core/src/tables/limits.rs. Every limit is inclusive. */
final class Limits
{
    /** @var array<string, int> */
    private $values;

    /** @param array<string, int> $changed the limits that are not the defaults, not negative */
    public function __construct(array $changed)
    {
        foreach ($changed as $name => $value) {
            if (!self::exists((string) $name) || $value < 0) {
                throw new \LogicException("no limit $name of $value");
            }
        }
        $this->values = $changed + LimitDefaults::VALUES;
    }

    public static function defaults(): self
    {
        return new self([]);
    }

    public static function exists(string $name): bool
    {
        return isset(LimitDefaults::VALUES[$name]);
    }

    public function get(string $name): int
    {
        if (!isset($this->values[$name])) {
            throw new \LogicException("no limit $name");
        }
        return $this->values[$name];
    }
}
