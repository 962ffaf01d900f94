<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\PinUpdate;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Fault;

/**
 * Pins wherever you keep them, such as in a table of a database.
 *
 *     new FedVerify\CallbackPinStore(
 *         // What is stored; null: nothing ever was.
 *         function (string $did): ?string { … },
 *         // Stores the pin where $expected still is stored.
 *         function (string $did, ?string $expected, string $pin): bool { … }
 *     );
 *
 * The second must compare and store in one step, such as `UPDATE … SET pin = ? WHERE did = ? AND pin = ?`, and say
 * whether it stored. Where another visit came first, it is asked again with what that one stored.
 */
final class CallbackPinStore implements PinStore
{
    /** @var callable(string): ?string */
    private $load;

    /** @var callable(string, ?string, string): bool */
    private $swap;

    /** @var array<string, int> */
    private $limits;

    /** @var int */
    private $attempts;

    /**
     * @param callable(string): ?string $load
     * @param callable(string, ?string, string): bool $swap
     * @param array<string, int> $limits limits that differ from the defaults, by name
     * @param int $attempts how often to try where other visits come first
     */
    public function __construct(callable $load, callable $swap, array $limits = [], int $attempts = 10)
    {
        $this->load = $load;
        $this->swap = $swap;
        $this->limits = $limits;
        $this->attempts = $attempts;
    }

    public function load(string $did): ?string
    {
        $stored = $this->stored(PinUpdate::checkedDid($did));
        return $stored === null ? null : PinUpdate::read($did, $stored, $this->limits);
    }

    public function update(string $did, ?string $pin): ?string
    {
        PinUpdate::checkedDid($did);
        if ($pin === null) {
            return $this->load($did);
        }
        for ($attempt = 0; $attempt < $this->attempts; $attempt++) {
            $stored = $this->stored($did);
            $merged = PinUpdate::merged($did, $stored, $pin, $this->limits);
            if ($merged === $stored || ($this->swap)($did, $stored, $merged) === true) {
                return $merged;
            }
        }
        $message = "the pin of $did could not be stored: other visits came first, {$this->attempts} times";
        throw Refusal::of(new Fault(Code::IO_FILE_UNWRITABLE, $message));
    }

    /** Nothing but null is a first visit: `false` may be an error of whatever was asked. */
    private function stored(string $did): ?string
    {
        $stored = ($this->load)($did);
        if ($stored !== null && !is_string($stored)) {
            $found = gettype($stored);
            throw new \UnexpectedValueException("expected of the callback a string or null as the pin, found $found");
        }
        return $stored;
    }
}
