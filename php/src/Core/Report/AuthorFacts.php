<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fault;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Pfn\AuthorData;
use FedVerify\Core\Pfn\PublisherKey;
use FedVerify\Core\Quote;

/** What a federation source lists for an author, and which of it the author signed: core/src/report/author_facts.rs. */
final class AuthorFacts
{
    private string $username;

    /** @var list<JsonObject> */
    private array $plugins = [];

    private int $signed = 0;

    /** The plugin whose record or signature is the first that does not hold. */
    private string $firstUnsigned = '';

    private ?Fault $firstFault = null;

    public function __construct(AuthorData $author, ?PublisherKey $key)
    {
        $this->username = $author->username();
        foreach ($key === null ? $author->plugins() : $author->verify($key) as [$id, $outcome]) {
            $code = $outcome instanceof Fault ? $outcome->errorCode() : null;
            // The code is null where the author signed the plugin; without a key there is nothing to say.
            $isUnchecked = $key === null && $code === null;
            $finding = $isUnchecked ? ['unchecked' => true] : ['code' => $code];
            $this->plugins[] = JsonObject::ofMembers(['id' => $id] + $finding);
            $this->signed += $code === null && !$isUnchecked ? 1 : 0;
            if ($outcome instanceof Fault && $this->firstFault === null) {
                [$this->firstUnsigned, $this->firstFault] = [$id, $outcome];
            }
        }
    }

    /** Whether the author signed a plugin of the list. */
    public function hasSignedPlugin(): bool
    {
        return $this->signed > 0;
    }

    /** How many plugins of the list the author signed, for people. */
    public function signedOfAll(): string
    {
        return $this->signed . ' of ' . StepDetails::counted(count($this->plugins), 'plugin');
    }

    /** Why the first plugin that does not hold does not, where one does not. */
    public function firstFault(): ?Fault
    {
        return $this->firstFault;
    }

    /** The first plugin whose record or signature does not hold, quoted. */
    public function firstUnsigned(): string
    {
        return Quote::quote($this->firstUnsigned);
    }

    public function toValue(): JsonObject
    {
        return JsonObject::ofMembers(['username' => $this->username, 'plugins' => $this->plugins]);
    }
}
