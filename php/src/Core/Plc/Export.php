<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Limits;

/**
 * The lines of an export (did-plc.md, "Exports"), in which the entries of many identities may be interleaved.
 *
 * All lines are read once, and only where they are and whose is kept. Those of the identity that is asked for are read
 * a second time: as entries or as faults, all lines would take many times the memory of the text.
 */
final class Export
{
    /** What may be around a line and before the first one. */
    private const SPACE = " \t\n\x0C\r";

    /** @var string */
    private $text;

    /** @var Limits */
    private $limits;

    /** @var list<string> the DID of each line */
    private $dids = [];

    /** @var list<int> the offset of each line */
    private $offsets = [];

    private function __construct(string $text, Limits $limits)
    {
        $this->text = $text;
        $this->limits = $limits;
    }

    /** Whether the input is JSON lines rather than an array: it starts with an object. */
    public static function isLines(string $json): bool
    {
        return substr($json, strspn($json, self::SPACE), 1) === '{';
    }

    /**
     * Each line has a DID; faults of an entry come out when the log of its DID is verified.
     *
     * @throws Fault
     */
    public static function readLines(string $json, Limits $limits): self
    {
        Json::checkSize('log', $json, 'logBytes', $limits);
        $export = new self($json, $limits);
        // The lines are one document, whose values are counted together.
        $values = 0;
        $most = $limits->get('jsonValues');
        for ($at = 0; $at < strlen($json); $at = $export->lineEnd($at) + 1) {
            $at += strspn($json, "\n", $at);
            $line = $export->line($at);
            if (strspn($line, self::SPACE) === strlen($line)) {
                continue;
            }
            try {
                [$value, $count] = Json::parseCounted('log', $line, 'logBytes', $limits);
            } catch (Fault $fault) {
                throw $values === 0 ? self::wholeDocument($json, $limits) ?? $fault : $fault;
            }
            $values += $count;
            if ($values > $most) {
                throw Fault::beyondLimit(Code::INPUT_TOO_MANY_VALUES, 'the log has more values', 'jsonValues', $most);
            }
            $did = ExportEntry::fromValue($value)->did();
            // Equal strings in a row are kept once.
            $export->dids[] = $did === end($export->dids) ? end($export->dids) : $did;
            $export->offsets[] = $at;
        }
        return $export;
    }

    /** What is wrong with JSON whose first line is none by itself, where all of it is another document over lines. */
    private static function wholeDocument(string $json, Limits $limits): ?Fault
    {
        try {
            $value = Json::parse('log', $json, 'logBytes', $limits);
        } catch (Fault $fault) {
            return null;
        }
        if ($value instanceof JsonObject && $value->has('operation')) {
            return null;
        }
        $message = 'expected a log, which is an array of operations; found ' . Json::kind($value);
        return new Fault(Code::INPUT_WRONG_TYPE, $message);
    }

    /**
     * The entries of an identity, gathered in their order. Flags are derived, since each was true only when its entry
     * was exported; an entry that is repeated byte for byte, as where two pages meet, counts once (did-plc.md,
     * "Exports").
     *
     * @return list<Entry>
     *
     * @throws Fault
     */
    public function entriesOf(string $did): array
    {
        $log = new ExportLog($this->limits);
        foreach ($this->dids as $place => $named) {
            if ($named === $did) {
                $log->push($this->line($this->offsets[$place]));
            }
        }
        return $log->intoEntries();
    }

    private function line(int $at): string
    {
        return substr($this->text, $at, $this->lineEnd($at) - $at);
    }

    private function lineEnd(int $at): int
    {
        $end = $at < strlen($this->text) ? strpos($this->text, "\n", $at) : false;
        return $end === false ? strlen($this->text) : $end;
    }
}
