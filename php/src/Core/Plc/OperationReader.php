<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Encoding\Base64;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Limits;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\OperationType;

/** Reads an operation from JSON that was read strictly: the three types, with exactly their members. */
final class OperationReader
{
    /** @var Fields */
    private $fields;

    /** @var Limits */
    private $limits;

    private function __construct(Fields $fields, Limits $limits)
    {
        $this->fields = $fields;
        $this->limits = $limits;
    }

    /**
     * @param mixed $value
     *
     * @throws Fault `plc.operation.*`, `plc.signature.encoding`
     */
    public static function read($value, Limits $limits): Operation
    {
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            throw self::malformed('an operation must be an object, found ' . Json::kind($value));
        }
        try {
            return (new self($fields, $limits))->operation();
        } catch (Problem $problem) {
            throw self::malformed($problem->getMessage());
        }
    }

    /** @throws Fault|Problem */
    private function operation(): Operation
    {
        $type = $this->fields->takeString('type');
        switch ($type) {
            case OperationType::PLC_OPERATION:
                $state = (new StateReader($this->fields, $this->limits))->state();
                [$count, $members] = [6, Encode::regular($state, $this->prev($type))];
                break;
            case OperationType::PLC_TOMBSTONE:
                [$count, $members] = [2, Encode::tombstone($this->prev($type))];
                break;
            case OperationType::CREATE:
                $create = $this->create();
                [$count, $members] = [6, Encode::create($create, $this->prev($type))];
                break;
            default:
                $found = Quote::quote($type);
                throw new Problem("the type must be plc_operation, plc_tombstone or create, found {$found}");
        }
        $sig = $this->signature();
        $this->nothingLeft($type);
        return Operation::signed($type, $count, $members, $sig);
    }

    /**
     * The members of a legacy genesis (did:plc specification, "Legacy genesis").
     *
     * @throws Problem
     */
    private function create(): LegacyCreate
    {
        $signingKey = $this->fields->takeString('signingKey');
        $recoveryKey = $this->fields->takeString('recoveryKey');
        $handle = $this->fields->takeString('handle');
        $service = $this->fields->takeString('service');
        if (DidKey::fromText($signingKey) === null) {
            $found = Quote::quote($signingKey);
            throw new Problem("the signingKey must be did:key:z and base58btc, found {$found}");
        }
        return new LegacyCreate($signingKey, $recoveryKey, $handle, $service);
    }

    /**
     * `prev` is never absent: null in a genesis, a text elsewhere. A tombstone and a create have only one of them.
     *
     * @throws Problem
     */
    private function prev(string $type): ?string
    {
        if (!$this->fields->has('prev')) {
            throw new Problem('the member prev is missing');
        }
        $prev = $this->fields->take('prev');
        $isAllowed = $prev === null ? $type !== OperationType::PLC_TOMBSTONE
            : is_string($prev) && $type !== OperationType::CREATE;
        if ($isAllowed) {
            return $prev;
        }
        $found = Json::kind($prev);
        switch ($type) {
            case OperationType::PLC_OPERATION:
                throw new Problem("prev must be a CID string or null, found {$found}");
            case OperationType::PLC_TOMBSTONE:
                throw new Problem("prev of a plc_tombstone must be a CID string, found {$found}");
            default:
                throw new Problem("prev of a create must be null, found {$found}");
        }
    }

    /** @throws Fault|Problem */
    private function signature(): string
    {
        $sig = $this->fields->takeString('sig');
        if (Base64::decodeUrlSignature($sig) === null) {
            $expected = '86 characters of canonical base64url without padding, for 64 bytes';
            throw new Fault(Code::PLC_SIGNATURE_ENCODING, "expected {$expected}, found " . Quote::quote($sig));
        }
        return $sig;
    }

    /** @throws Fault */
    private function nothingLeft(string $type): void
    {
        $name = $this->fields->leftOver();
        if ($name !== null) {
            throw new Fault(Code::PLC_OPERATION_UNKNOWN_FIELD, "a {$type} must not have the member " . Quote::quote($name));
        }
    }

    private static function malformed(string $what): Fault
    {
        return new Fault(Code::PLC_OPERATION_MALFORMED, $what);
    }
}
