<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Fault;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Limits;
use FedVerify\Core\Tables\Check;

/**
 * The entries of a log that is a JSON array, taken one by one while the array is read: as JSON values, all of them at
 * once would take many times the memory of the text.
 *
 * A fault of an entry counts only if the whole array is JSON and within the limits, so it waits for the end.
 */
final class EntryList
{
    /** @var Limits */
    private $limits;

    /** @var string|null the form, which the first element tells */
    private $form;

    /** @var int */
    private $count = 0;

    /** @var list<Entry> */
    private $entries = [];

    /** @var Fault|null the first fault of an entry */
    private $fault;

    public function __construct(Limits $limits)
    {
        $this->limits = $limits;
    }

    /**
     * Takes the next element of the array.
     *
     * @param mixed $value
     */
    public function take($value): void
    {
        $index = $this->count++;
        if ($this->form === null) {
            $isAudit = $value instanceof JsonObject && $value->has('operation');
            $this->form = $isAudit ? LogForm::AUDIT : LogForm::BARE;
        }
        if ($this->fault !== null || $this->count > $this->limits->get('logOperations')) {
            return;
        }
        try {
            $this->entries[] = $this->form === LogForm::AUDIT
                ? Entry::fromAuditLog($value, $this->limits)
                : Entry::fromBareLog($value, $this->limits);
        } catch (Fault $fault) {
            $this->fault = $fault->atOperation($index)->at(Check::PLC_OPERATIONS);
            $this->entries = [];
        }
    }

    /**
     * The form and the entries, once the array was read to its end.
     *
     * @return array{0: string, 1: list<Entry>}
     *
     * @throws Fault
     */
    public function finish(): array
    {
        Entry::checkLength($this->count, $this->limits);
        if ($this->fault !== null) {
            throw $this->fault;
        }
        return [$this->form, $this->entries];
    }
}
