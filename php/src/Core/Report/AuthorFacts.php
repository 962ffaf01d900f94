<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fault;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Pfn\AuthorData;
use FedVerify\Core\Pfn\PublisherKey;

/** What a federation source lists for an author, and which of it the author signed: core/src/report/facts.rs. */
final class AuthorFacts
{
    private string $username;

    /** @var list<JsonObject> */
    private array $plugins = [];

    private bool $hasSignedPlugin = false;

    public function __construct(AuthorData $author, ?PublisherKey $key)
    {
        $this->username = $author->username();
        foreach ($key === null ? $author->plugins() : $author->verify($key) as [$id, $outcome]) {
            $code = $outcome instanceof Fault ? $outcome->errorCode() : null;
            // The code is null where the author signed the plugin; without a key there is nothing to say.
            $isUnchecked = $key === null && $code === null;
            $finding = $isUnchecked ? ['unchecked' => true] : ['code' => $code];
            $this->plugins[] = JsonObject::ofMembers(['id' => $id] + $finding);
            $this->hasSignedPlugin = $this->hasSignedPlugin || ($code === null && !$isUnchecked);
        }
    }

    /** Whether the author signed a plugin of the list. */
    public function hasSignedPlugin(): bool
    {
        return $this->hasSignedPlugin;
    }

    public function toValue(): JsonObject
    {
        return JsonObject::ofMembers(['username' => $this->username, 'plugins' => $this->plugins]);
    }
}
