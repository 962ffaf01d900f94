<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Key\DidKey;

/**
 * Members by name, in the order of DAG-CBOR: shorter names first, then bytewise (RFC 8949, section 4.2.3).
 *
 * JSON objects have no order, so a directory may serve theirs in any. Wherever "the first" member counts, it is the
 * first in this order: the publisher signed it, and no server can change it.
 *
 * @template V
 */
final class CanonicalMap
{
    /** @var list<string> */
    private $names;

    /** @var list<V> */
    private $values;

    /**
     * @param list<string> $names
     * @param list<V>      $values
     */
    private function __construct(array $names, array $values)
    {
        $this->names = $names;
        $this->values = $values;
    }

    /**
     * Sorts the members, whose names must differ: strict JSON has seen to that.
     *
     * @param list<string> $names
     * @param list<V>      $values of the names, in their order
     *
     * @return self<V>
     */
    public static function fromMembers(array $names, array $values): self
    {
        $keys = [];
        foreach ($names as $place => $name) {
            // Lengths of eight bytes compare as numbers do, so that one bytewise order is both.
            $keys[$place] = pack('J', strlen($name)) . $name;
        }
        asort($keys, SORT_STRING);
        $sorted = new self([], []);
        foreach ($keys as $place => $_) {
            $sorted->names[] = $names[$place];
            $sorted->values[] = $values[$place];
        }
        return $sorted;
    }

    /**
     * Members that are in canonical order already.
     *
     * @param list<string> $names
     * @param list<V>      $values of the names, in their order
     *
     * @return self<V>
     */
    public static function fromSorted(array $names, array $values): self
    {
        return new self($names, $values);
    }

    /**
     * @return list<string> in canonical order
     */
    public function names(): array
    {
        return $this->names;
    }

    /**
     * @return list<V> in the order of the names
     */
    public function values(): array
    {
        return $this->values;
    }

    /**
     * The members in canonical order, each as its name and its value.
     *
     * @return iterable<array{0: string, 1: V}>
     */
    public function iter(): iterable
    {
        foreach ($this->names as $place => $name) {
            yield [$name, $this->values[$place]];
        }
    }

    public function len(): int
    {
        return count($this->names);
    }

    /** The members as JSON. */
    public function toValue(): JsonObject
    {
        $values = [];
        foreach ($this->values as $value) {
            $values[] = $value instanceof DidKey ? $value->asStr() : $value->toValue();
        }
        return new JsonObject($this->names, $values);
    }
}
