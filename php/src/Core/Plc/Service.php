<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Json\JsonObject;

/** A service of an identity. */
final class Service
{
    /** @var string */
    private $serviceType;

    /** @var string */
    private $endpoint;

    public function __construct(string $serviceType, string $endpoint)
    {
        $this->serviceType = $serviceType;
        $this->endpoint = $endpoint;
    }

    /** The type, such as `FairPackageManagementRepo`. */
    public function serviceType(): string
    {
        return $this->serviceType;
    }

    /** The URL, as it was signed. Any string. */
    public function endpoint(): string
    {
        return $this->endpoint;
    }

    public function toValue(): JsonObject
    {
        return new JsonObject(['type', 'endpoint'], [$this->serviceType, $this->endpoint]);
    }
}
