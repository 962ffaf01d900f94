<?php

declare(strict_types=1);

namespace FedVerify\Core\Json;

use FedVerify\Core\Problem;

/** The members of an object that were not taken yet: core/src/json/fields.rs. */
final class Fields
{
    /** The largest whole number of 64 bits. */
    private const LARGEST = '18446744073709551615';

    /** @var list<string> */
    private $names;

    /** @var list<mixed> */
    private $values;

    public function __construct(JsonObject $object)
    {
        $this->names = $object->names();
        $this->values = $object->values();
    }

    /**
     * The members of an object; null where the value is none.
     *
     * @param mixed $value
     */
    public static function fromValue($value): ?self
    {
        return $value instanceof JsonObject ? new self($value) : null;
    }

    /** Whether the member is there and was not taken yet. */
    public function has(string $name): bool
    {
        return in_array($name, $this->names, true);
    }

    /**
     * Takes the member of this name out.
     *
     * @return mixed null where it is null, and where there is none
     */
    public function take(string $name)
    {
        $place = array_search($name, $this->names, true);
        if ($place === false) {
            return null;
        }
        $value = $this->values[$place];
        // The last member takes its place, as in core: what is left over is told in the same order.
        $lastName = array_pop($this->names);
        $lastValue = array_pop($this->values);
        if ($place < count($this->names)) {
            $this->names[$place] = $lastName;
            $this->values[$place] = $lastValue;
        }
        return $value;
    }

    /** The member of this name where it is a string; it is not taken. */
    public function string(string $name): ?string
    {
        $place = array_search($name, $this->names, true);
        return $place !== false && is_string($this->values[$place]) ? $this->values[$place] : null;
    }

    /**
     * Takes the member of this name, which must be there and be a string.
     *
     * @throws Problem
     */
    public function takeString(string $name): string
    {
        $value = $this->takeRequired($name);
        if (!is_string($value)) {
            throw self::wrong($name, 'a string', $value);
        }
        return $value;
    }

    /**
     * Takes the member of this name, which must be there and be an array.
     *
     * @return list<mixed>
     * @throws Problem
     */
    public function takeArray(string $name): array
    {
        $value = $this->takeRequired($name);
        if (!is_array($value)) {
            throw self::wrong($name, 'an array', $value);
        }
        return $value;
    }

    /**
     * Takes the member of this name, which must be there and be an object.
     *
     * @throws Problem
     */
    public function takeObject(string $name): JsonObject
    {
        $value = $this->takeRequired($name);
        if (!$value instanceof JsonObject) {
            throw self::wrong($name, 'an object', $value);
        }
        return $value;
    }

    /**
     * Takes the member of this name, which must be there and be a boolean.
     *
     * @throws Problem
     */
    public function takeBoolean(string $name): bool
    {
        $value = $this->takeRequired($name);
        if (!is_bool($value)) {
            throw self::wrong($name, 'a boolean', $value);
        }
        return $value;
    }

    /**
     * Takes the member of this name, which must be there and be a whole number of 64 bits.
     *
     * @return int|OtherNumber the latter for those that PHP cannot hold
     * @throws Problem
     */
    public function takeNumber(string $name)
    {
        $value = $this->takeRequired($name);
        if (is_int($value) || ($value instanceof OtherNumber && $value->isWhole())) {
            return $value;
        }
        if ($value instanceof OtherNumber) {
            $most = self::LARGEST;
            throw new Problem("the member $name must be a whole number from 0 to $most, found another");
        }
        throw self::wrong($name, 'a whole number', $value);
    }

    /**
     * @return mixed
     * @throws Problem
     */
    private function takeRequired(string $name)
    {
        if (!$this->has($name)) {
            throw new Problem("the member $name is missing");
        }
        return $this->take($name);
    }

    /** @param mixed $found */
    private static function wrong(string $name, string $expected, $found): Problem
    {
        return new Problem("the member $name must be $expected, found " . Json::kind($found));
    }

    /**
     * Takes the member of this name, which may be absent or null, and is otherwise a string.
     *
     * @throws Problem
     */
    public function takeOptionalString(string $name): ?string
    {
        $value = $this->take($name);
        if ($value !== null && !is_string($value)) {
            throw new Problem("the member $name must be a string or null, found " . Json::kind($value));
        }
        return $value;
    }

    /** The name of a member that was not taken. */
    public function leftOver(): ?string
    {
        return $this->names[0] ?? null;
    }
}
