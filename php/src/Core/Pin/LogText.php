<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Core\Json\JsonObject;

/**
 * The served text up to the end of its last entry: where the next log starts with the same bytes, its entries are the
 * same, and nothing of them needs computing again.
 */
final class LogText
{
    private const SPACE = " \t\n\x0C\r";

    /** How much is hashed at a time: copying the whole text would take its memory a second time. */
    private const PIECE_BYTES = 65536;

    /** @var int */
    private $bytes;

    /** @var string */
    private $sha256;

    /** @var int */
    private $operations;

    public function __construct(int $bytes, string $sha256, int $operations)
    {
        $this->bytes = $bytes;
        $this->sha256 = $sha256;
        $this->operations = $operations;
    }

    /** Describes the text of a log: a JSON array, or JSON lines. */
    public static function fromJson(string $json): self
    {
        $bytes = self::withoutSpace($json, strlen($json));
        if ($bytes > 0 && $json[$bytes - 1] === ']') {
            $bytes = self::withoutSpace($json, $bytes - 1);
        }
        return new self($bytes, self::sha256OfStart($json, $bytes), 0);
    }

    /** How many of these first bytes are left without the white space at their end. */
    private static function withoutSpace(string $json, int $bytes): int
    {
        while ($bytes > 0 && strpos(self::SPACE, $json[$bytes - 1]) !== false) {
            $bytes--;
        }
        return $bytes;
    }

    private static function sha256OfStart(string $json, int $bytes): string
    {
        $hash = hash_init('sha256');
        for ($at = 0; $at < $bytes; $at += self::PIECE_BYTES) {
            hash_update($hash, substr($json, $at, min(self::PIECE_BYTES, $bytes - $at)));
        }
        return hash_final($hash);
    }

    /** Says how many operations are in the text. */
    public function ofOperations(int $operations): self
    {
        return new self($this->bytes, $this->sha256, $operations);
    }

    public function bytes(): int
    {
        return $this->bytes;
    }

    public function sha256(): string
    {
        return $this->sha256;
    }

    /** How many of the pin's operations, from the first on, are those of the text. */
    public function operations(): int
    {
        return $this->operations;
    }

    public function isSameText(self $other): bool
    {
        return $this->bytes === $other->bytes && $this->sha256 === $other->sha256;
    }

    /**
     * Whether a log starts with exactly this text.
     *
     * The text must end with the end of an entry, an object: then the same entries are at the start of any log that
     * starts with it, and a comma, a line feed or the end follows.
     */
    public function starts(string $json): bool
    {
        $isPossible = $this->bytes > 0 && $this->bytes <= strlen($json) && $json[$this->bytes - 1] === '}';
        return $isPossible && self::sha256OfStart($json, $this->bytes) === $this->sha256;
    }

    public function toValue(): JsonObject
    {
        return new JsonObject(['bytes', 'sha256', 'operations'], [$this->bytes, $this->sha256, $this->operations]);
    }
}
