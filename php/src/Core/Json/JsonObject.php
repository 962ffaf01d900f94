<?php

declare(strict_types=1);

namespace FedVerify\Core\Json;

/**
 * A JSON object: its members in the order of the document, without duplicates. Not a PHP array, whose keys turn `"1"` into an
 * integer and whose empty form is a list.
 */
final class JsonObject
{
    /** @var list<string> */
    private $names;

    /** @var list<mixed> */
    private $values;

    /**
     * @param list<string> $names
     * @param list<mixed> $values
     */
    public function __construct(array $names, array $values)
    {
        $this->names = $names;
        $this->values = $values;
    }

    /**
     * An object whose names the program itself chose, none of them a number.
     *
     * @param array<string, mixed> $members
     */
    public static function ofMembers(array $members): self
    {
        return new self(array_keys($members), array_values($members));
    }

    /** @return list<string> */
    public function names(): array
    {
        return $this->names;
    }

    /** @return list<mixed> */
    public function values(): array
    {
        return $this->values;
    }

    public function has(string $name): bool
    {
        return in_array($name, $this->names, true);
    }

    public function count(): int
    {
        return count($this->names);
    }
}
