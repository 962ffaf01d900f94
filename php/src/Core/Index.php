<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * Strings, each with a number, which is a place in a list as a rule: core/src/index.rs.
 *
 * PHP's hash of strings has no secret: chosen strings can all have the same one, and then every look-up walks through all of
 * them. Here the keys are hashes that nobody can choose, so no input can make it slow.
 */
final class Index
{
    /** @var string|null a secret of this request */
    private static $secret;

    /** @var array<string, int> */
    private $numbers = [];

    /**
     * The strings of a list, each with its place. Of equal ones the last counts.
     *
     * @param iterable<string> $strings
     */
    public static function fromStrings(iterable $strings): self
    {
        $index = new self();
        $place = 0;
        foreach ($strings as $string) {
            $index->insert((string) $string, $place++);
        }
        return $index;
    }

    /** Adds a string, and gives the number that it had before. */
    public function insert(string $string, int $number): ?int
    {
        $key = self::key($string);
        $before = $this->numbers[$key] ?? null;
        $this->numbers[$key] = $number;
        return $before;
    }

    public function get(string $string): ?int
    {
        return $this->numbers[self::key($string)] ?? null;
    }

    public function contains(string $string): bool
    {
        return isset($this->numbers[self::key($string)]);
    }

    /** How many different strings there are. */
    public function len(): int
    {
        return count($this->numbers);
    }

    private static function key(string $string): string
    {
        self::$secret = self::$secret ?? random_bytes(32);
        // As long as a string of 32 bytes: PHP takes no such string for an integer.
        return hash('sha256', self::$secret . $string, true);
    }
}
