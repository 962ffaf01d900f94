<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Limits;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Timestamp;

/** An operation of a log, as it was served. */
final class Entry
{
    /** The `type` of an entry in an export of numbered entries. */
    private const SEQUENCED = 'sequenced_op';

    /** @var Operation */
    private $operation;

    /** @var Served|null */
    private $served;

    /** @var bool */
    private $hasUnknownMember;

    private function __construct(Operation $operation, ?Served $served, bool $hasUnknownMember)
    {
        $this->operation = $operation;
        $this->served = $served;
        $this->hasUnknownMember = $hasUnknownMember;
    }

    /**
     * Reads an entry of an audit log: `did`, `operation`, `cid`, `nullified` and `createdAt`.
     *
     * @param mixed $value
     *
     * @throws Fault
     */
    public static function fromAuditLog($value, Limits $limits): self
    {
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            throw self::malformed('an entry must be an object, found ' . Json::kind($value));
        }
        return self::fromFields($fields, self::takeFlag($fields), $limits);
    }

    /**
     * Reads an entry of an export: the same, or in the numbered form with `type` and `seq` instead of the flag.
     *
     * @throws Fault
     */
    public static function fromExport(Fields $fields, Limits $limits): self
    {
        if (!$fields->has('type')) {
            return self::fromFields($fields, self::takeFlag($fields), $limits);
        }
        $type = $fields->take('type');
        if ($type !== self::SEQUENCED) {
            $found = is_string($type) ? Quote::quote($type) : Json::kind($type);
            throw self::malformed('expected an entry without a type, or of type ' . self::SEQUENCED . ", found $found");
        }
        try {
            $fields->takeNumber('seq');
        } catch (Problem $what) {
            throw self::malformed($what->getMessage());
        }
        return self::fromFields($fields, null, $limits);
    }

    /**
     * Reads an element of a bare log.
     *
     * @param mixed $value
     *
     * @throws Fault
     */
    public static function fromBareLog($value, Limits $limits): self
    {
        if (!$value instanceof JsonObject || !$value->has('type')) {
            throw self::malformed(
                'expected an entry with a member operation, or a bare operation with a member type'
            );
        }
        return new self(OperationReader::read($value, $limits), null, false);
    }

    /** @throws Fault */
    private static function fromFields(Fields $fields, ?bool $nullified, Limits $limits): self
    {
        try {
            $did = $fields->takeString('did');
            $hasOperation = $fields->has('operation');
            $operation = $fields->take('operation');
            if (!$hasOperation) {
                throw new Problem('the member operation is missing');
            }
            if (!$operation instanceof JsonObject) {
                throw new Problem('the member operation must be an object, found ' . Json::kind($operation));
            }
            $cid = $fields->takeString('cid');
            $createdAt = $fields->takeString('createdAt');
        } catch (Problem $problem) {
            throw self::malformed($problem->getMessage());
        }
        $served = new Served($did, $cid, $nullified, self::timestamp($createdAt));
        return new self(OperationReader::read($operation, $limits), $served, $fields->leftOver() !== null);
    }

    public function operation(): Operation
    {
        return $this->operation;
    }

    /** What the directory says of it; null in a bare log. */
    public function served(): ?Served
    {
        return $this->served;
    }

    /** Whether the entry had members that are not known. They are ignored (did-plc.md, "Entries"). */
    public function hasUnknownMember(): bool
    {
        return $this->hasUnknownMember;
    }

    public static function malformed(string $what): Fault
    {
        return new Fault(Code::PLC_ENTRY_MALFORMED, $what);
    }

    /**
     * Refuses a log without operations, and one with more than the limit.
     *
     * @throws Fault
     */
    public static function checkLength(int $count, Limits $limits): void
    {
        if ($count === 0) {
            $fault = new Fault(Code::PLC_LOG_EMPTY, 'the log has no operations');
            throw $fault->at(Check::PLC_OPERATIONS);
        }
        $limit = $limits->get('logOperations');
        if ($count > $limit) {
            $found = "the log has {$count} operations";
            $fault = Fault::aboveLimit(Code::PLC_LOG_TOO_LONG, $found, 'logOperations', $limit);
            throw $fault->at(Check::PLC_OPERATIONS);
        }
    }

    /** @throws Fault */
    private static function takeFlag(Fields $fields): bool
    {
        try {
            return $fields->takeBoolean('nullified');
        } catch (Problem $what) {
            throw self::malformed($what->getMessage());
        }
    }

    /** @throws Fault */
    private static function timestamp(string $text): Timestamp
    {
        $timestamp = Timestamp::parse($text);
        if ($timestamp === null) {
            $message = 'expected a date-time such as 2023-04-12T04:53:57.057Z, found ' . Quote::quote($text);
            throw new Fault(Code::PLC_TIMESTAMP_MALFORMED, $message);
        }
        return $timestamp;
    }
}
