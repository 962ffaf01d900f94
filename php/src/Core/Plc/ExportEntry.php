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

/**
 * One line of an export: an entry of the DID that it names. Faults of the entry itself come out when the log of its DID
 * is verified, and those of other DIDs never.
 */
final class ExportEntry
{
    /** @var string */
    private $did;

    /** @var JsonObject */
    private $value;

    private function __construct(string $did, JsonObject $value)
    {
        $this->did = $did;
        $this->value = $value;
    }

    /** @throws Fault */
    public static function read(string $line, Limits $limits): self
    {
        return self::fromValue(Json::parse('log', $line, 'logBytes', $limits));
    }

    /**
     * @param mixed $value a line as it was read
     *
     * @throws Fault
     */
    public static function fromValue($value): self
    {
        if (!$value instanceof JsonObject || !$value->has('operation')) {
            $message = 'expected a log, which is an array of operations; found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        try {
            return new self((new Fields($value))->takeString('did'), $value);
        } catch (Problem $what) {
            throw Entry::malformed($what->getMessage());
        }
    }

    /** The DID that the entry names: any string. */
    public function did(): string
    {
        return $this->did;
    }

    /** @throws Fault */
    public function entry(Limits $limits): Entry
    {
        return Entry::fromExport(new Fields($this->value), $limits);
    }
}
