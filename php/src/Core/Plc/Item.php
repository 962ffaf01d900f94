<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Tables\StatePart;

/** A single part of a state, as an operation can introduce or remove it. */
final class Item
{
    /** @var string one of StatePart */
    private $part;

    /** @var string|null the id of a verification method or a service */
    private $id;

    /** @var string|null the type of a service */
    private $type;

    /** @var string the key, the alias or the endpoint */
    private $value;

    private function __construct(string $part, ?string $id, ?string $type, string $value)
    {
        $this->part = $part;
        $this->id = $id;
        $this->type = $type;
        $this->value = $value;
    }

    /**
     * The parts of the state that an operation set, in their order; none for a tombstone.
     *
     * @return iterable<self>
     */
    public static function allOf(HistoryEntry $entry): iterable
    {
        $state = $entry->operation()->state();
        if ($state === null) {
            return;
        }
        foreach ($state->rotationKeys() as $key) {
            yield new self(StatePart::ROTATION_KEYS, null, null, $key);
        }
        foreach ($state->verificationMethods()->iter() as [$id, $key]) {
            yield new self(StatePart::VERIFICATION_METHODS, $id, null, $key->asStr());
        }
        foreach ($state->services()->iter() as [$id, $service]) {
            yield new self(StatePart::SERVICES, $id, $service->serviceType(), $service->endpoint());
        }
        foreach ($state->alsoKnownAs() as $alias) {
            yield new self(StatePart::ALSO_KNOWN_AS, null, null, $alias);
        }
    }

    /** A string that no other part has: the lengths tell where each piece ends. */
    public function key(): string
    {
        $lengths = strlen((string) $this->id) . ':' . strlen((string) $this->type);
        return "{$this->part}:{$lengths}:{$this->id}{$this->type}{$this->value}";
    }

    public function part(): string
    {
        return $this->part;
    }

    public function id(): ?string
    {
        return $this->id;
    }

    public function type(): ?string
    {
        return $this->type;
    }

    public function value(): string
    {
        return $this->value;
    }
}
