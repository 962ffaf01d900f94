<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\Tables\Check;

/**
 * The entries of one identity, gathered from the lines of an export in their order. It holds no more than the limits
 * allow.
 */
final class ExportLog
{
    /** @var Limits */
    private $limits;

    /** @var list<Entry> */
    private $entries = [];

    /** @var Index */
    private $seen;

    /** @var int */
    private $bytes = 0;

    public function __construct(Limits $limits)
    {
        $this->limits = $limits;
        $this->seen = new Index();
    }

    /**
     * Adds the next line, which must be an entry of the log's DID. Once the log is refused, nothing may be added any
     * more.
     *
     * @throws Fault
     */
    public function push(string $line): void
    {
        $index = count($this->entries);
        if ($this->seen->insert($line, $index) !== null) {
            return;
        }
        $this->bytes += strlen($line);
        try {
            $this->checkLimits();
            $this->entries[] = $this->read($line, $index);
        } catch (Fault $fault) {
            throw $fault->at(Check::PLC_OPERATIONS);
        }
    }

    /** @throws Fault */
    private function checkLimits(): void
    {
        $limit = $this->limits->get('logBytes');
        if ($this->bytes > $limit) {
            throw Fault::beyondLimit(Code::INPUT_TOO_LARGE, 'the log has more bytes', 'logBytes', $limit);
        }
        Entry::checkLength(count($this->entries) + 1, $this->limits);
    }

    /** @throws Fault */
    private function read(string $line, int $index): Entry
    {
        try {
            return ExportEntry::read($line, $this->limits)->entry($this->limits);
        } catch (Fault $fault) {
            throw $fault->atOperation($index);
        }
    }

    /**
     * @return list<Entry>
     *
     * @throws Fault
     */
    public function intoEntries(): array
    {
        Entry::checkLength(count($this->entries), $this->limits);
        return $this->entries;
    }
}
