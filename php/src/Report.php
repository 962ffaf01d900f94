<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Fault;
use FedVerify\Core\Memory;

/**
 * The account of one verification. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
final class Report implements \JsonSerializable
{
    use MadeByVerification;

    /** @var string JSON on one line */
    private $json;

    private function __construct()
    {
    }

    public function verdict(): string
    {
        return $this->toArray()['verdict'];
    }

    public function kind(): string
    {
        return $this->toArray()['kind'];
    }

    public function trust(): ?string
    {
        return $this->toArray()['trust'] ?? null;
    }

    /** @return array{code: string, message: string, remedy: string, operation?: int, cid?: string, limit?: string}|null */
    public function error(): ?array
    {
        return $this->toArray()['error'];
    }

    /** @return list<array{code: string, message: string}> */
    public function warnings(): array
    {
        return $this->toArray()['warnings'];
    }

    /** @return list<array{check: string, outcome: string, detail: string}> */
    public function checks(): array
    {
        return $this->toArray()['checks'];
    }

    /** @return array<string, mixed>|null */
    public function identity(): ?array
    {
        return $this->toArray()['identity'] ?? null;
    }

    /** @return array<string, string>|null */
    public function release(): ?array
    {
        return $this->toArray()['release'] ?? null;
    }

    public function alias(): ?string
    {
        return $this->toArray()['alias'] ?? null;
    }

    /** @return array<string, mixed>|null */
    public function package(): ?array
    {
        return $this->toArray()['package'] ?? null;
    }

    /** @return array<string, string|null>|null */
    public function plugin(): ?array
    {
        return $this->toArray()['plugin'] ?? null;
    }

    public function challenge(): ?string
    {
        return $this->toArray()['challenge'] ?? null;
    }

    /** @return array<string, mixed>|null */
    public function federation(): ?array
    {
        return $this->toArray()['federation'] ?? null;
    }

    /** @return array<string, mixed>|null */
    public function author(): ?array
    {
        return $this->toArray()['author'] ?? null;
    }

    public function assetUrl(): ?string
    {
        return $this->toArray()['assetUrl'] ?? null;
    }

    /** @return array<string, string>|null */
    public function key(): ?array
    {
        return $this->toArray()['key'] ?? null;
    }

    public function pin(): ?string
    {
        $pin = $this->toArray()['pin'] ?? null;
        if ($pin === null) {
            return null;
        }
        // An array without members would be a list.
        $pin['releases'] = (object) $pin['releases'];
        return json_encode($pin, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }

    public function toJson(): string
    {
        return $this->json;
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        if (Memory::lacks(Memory::ofDecoded($this->json))) {
            $message = 'memory_limit has no room for a report of ' . strlen($this->json) . ' bytes';
            throw Refusal::of(new Fault(Code::IO_MEMORY, $message));
        }
        return json_decode($this->json, true);
    }

    public function jsonSerialize(): \stdClass
    {
        // PHP has no objects with members whose names start with NUL. Whoever has such a name gets arrays instead.
        return json_decode($this->json) ?? (object) $this->toArray();
    }
}
