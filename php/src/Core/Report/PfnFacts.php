<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Pfn\FederationInfo;
use FedVerify\Core\Pfn\VerifiedPlugin;

/** What a report tells of the Plugin Federation Network, and of keys: core/src/report/pfn_facts.rs. */
final class PfnFacts
{
    public static function ofKey(PublicKey $key): JsonObject
    {
        return JsonObject::ofMembers([
            'type' => $key->keyType()->toString(),
            'didKey' => $key->toDidKey(),
            'multibase' => $key->toMultibase(),
        ]);
    }

    /** The strings that a publisher signed; what was not signed is absent. */
    public static function ofPlugin(VerifiedPlugin $plugin): JsonObject
    {
        return JsonObject::ofMembers(Report::present([
            'id' => $plugin->id(),
            'name' => $plugin->name(),
            'version' => $plugin->version(),
            'description' => $plugin->description(),
        ]));
    }

    /** What a federation source says of itself. */
    public static function ofFederation(FederationInfo $info): JsonObject
    {
        return JsonObject::ofMembers([
            'version' => $info->version(),
            'features' => $info->features(),
            'domain' => $info->domain(),
            'namingScheme' => $info->namingScheme(),
        ]);
    }
}
