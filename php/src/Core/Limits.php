<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Core\Tables\LimitDefaults;

/** How much a caller lets untrusted input cost: core/src/tables/limits.rs. Every limit is inclusive. */
final class Limits
{
    /**
     * The defaults that are lower than those of the core in Rust, each with its reason. A caller may raise them.
     *
     * @var array<string, array{value: int, reason: string}>
     */
    public const LOWER_DEFAULTS = [
        'logSignatureChecks' => [
            'value' => 6000,
            'reason' => 'A signature check costs PHP 0.5 ms, and a key that it has not read yet 0.8 ms: so the worst '
                . 'log is refused within 10 s.',
        ],
    ];

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
        $this->values = $changed + self::lowerDefaults() + LimitDefaults::VALUES;
    }

    /** @return array<string, int> */
    private static function lowerDefaults(): array
    {
        return array_combine(array_keys(self::LOWER_DEFAULTS), array_column(self::LOWER_DEFAULTS, 'value'));
    }

    public static function defaults(): self
    {
        return new self([]);
    }

    /** @return array<string, int> all limits, in the order of the table */
    public function all(): array
    {
        return array_replace(LimitDefaults::VALUES, $this->values);
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
