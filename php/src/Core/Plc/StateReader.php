<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Limits;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;

/** Reads the state in a `plc_operation`. */
final class StateReader
{
    /** @var Fields */
    private $fields;

    /** @var Limits */
    private $limits;

    public function __construct(Fields $fields, Limits $limits)
    {
        $this->fields = $fields;
        $this->limits = $limits;
    }

    /** @throws Fault|Problem */
    public function state(): State
    {
        $many = Code::PLC_OPERATION_TOO_MANY_MEMBERS;
        $rotationKeys = $this->takeStrings('rotationKeys');
        $this->checkCount(count($rotationKeys), 'rotationKeys', Code::PLC_OPERATION_TOO_MANY_ROTATION_KEYS);
        [$methodIds, $methods] = $this->takeMap('verificationMethods', [self::class, 'verificationMethod']);
        $this->checkCount(count($methods), 'verificationMethods', $many);
        $alsoKnownAs = $this->takeStrings('alsoKnownAs');
        $this->checkCount(count($alsoKnownAs), 'alsoKnownAs', $many);
        [$serviceIds, $services] = $this->takeMap('services', [self::class, 'service']);
        $this->checkCount(count($services), 'services', $many);
        return new State(
            $rotationKeys,
            CanonicalMap::fromMembers($methodIds, $methods),
            $alsoKnownAs,
            CanonicalMap::fromMembers($serviceIds, $services)
        );
    }

    /** Each limit on what a state may hold has the name of the member. */
    private function checkCount(int $count, string $name, string $code): void
    {
        $limit = $this->limits->get($name);
        if ($count > $limit) {
            throw Fault::aboveLimit($code, "the operation has {$count} {$name}", $name, $limit);
        }
    }

    /**
     * @return list<string>
     *
     * @throws Problem
     */
    private function takeStrings(string $name): array
    {
        $items = $this->fields->takeArray($name);
        foreach ($items as $item) {
            self::string($item, $name);
        }
        return $items;
    }

    /**
     * @return array{0: list<string>, 1: list<mixed>} the names and what was read of their values
     *
     * @throws Fault|Problem
     */
    private function takeMap(string $name, callable $read): array
    {
        $members = $this->fields->takeObject($name);
        return [$members->names(), array_map($read, $members->values())];
    }

    /**
     * @param mixed $value
     *
     * @throws Problem
     */
    private static function verificationMethod($value): DidKey
    {
        $text = self::string($value, 'verificationMethods');
        $key = DidKey::fromText($text);
        if ($key === null) {
            $found = Quote::quote($text);
            throw new Problem("a verification method must be did:key:z and base58btc, found {$found}");
        }
        return $key;
    }

    /**
     * @param mixed $value
     *
     * @throws Fault|Problem
     */
    private static function service($value): Service
    {
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            throw new Problem('a service must be an object, found ' . Json::kind($value));
        }
        try {
            $service = new Service($fields->takeString('type'), $fields->takeString('endpoint'));
        } catch (Problem $problem) {
            throw new Problem("in a service, {$problem->getMessage()}");
        }
        $name = $fields->leftOver();
        if ($name !== null) {
            throw new Fault(Code::PLC_OPERATION_UNKNOWN_FIELD, 'a service must not have the member ' . Quote::quote($name));
        }
        return $service;
    }

    /**
     * @param mixed $value
     *
     * @throws Problem
     */
    private static function string($value, string $what): string
    {
        if (!is_string($value)) {
            throw new Problem("each of {$what} must be a string, found " . Json::kind($value));
        }
        return $value;
    }
}
