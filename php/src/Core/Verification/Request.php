<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Utf8;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;
use FedVerify\Core\Reach;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\InputType;
use FedVerify\Core\Tables\Kind;
use FedVerify\Core\Tables\LimitDefaults;
use FedVerify\Core\Time;

/** What to verify: the inputs, by name. core/src/verification/request.rs. */
final class Request
{
    /** @var string one of Tables\Kind */
    private $kind;

    /** @var array<string, int> those that the caller set */
    private $limits = [];

    /** @var array<string, string|Fault> bytes, or why they could not be read: told at the step that wants the input */
    private $bytes = [];

    /** @var array<string, string> */
    private $strings = [];

    /** @var array<string, bool> */
    private $flags = [];

    /** @var int|null */
    private $now;

    /** @var Fault|null */
    private $fault;

    public function __construct(string $kind)
    {
        $this->kind = $kind;
    }

    public function kind(): string
    {
        return $this->kind;
    }

    public function limits(): Limits
    {
        return new Limits($this->limits);
    }

    /** Says that the request cannot be used: it is refused before anything is judged. The first such fault counts. */
    public function refuse(Fault $fault): void
    {
        $this->fault = $this->fault ?? $fault;
    }

    /** @throws Fault */
    public function setLimit(string $name, int $value): void
    {
        if (!Limits::exists($name)) {
            throw self::notOneOf('limits', array_keys(LimitDefaults::VALUES), $name, 'the name of a limit');
        }
        $this->limits[$name] = $value;
    }

    /**
     * Gives an input of bytes that was read, or could not be read.
     *
     * @param string|Fault $input
     * @throws Fault
     */
    public function setBytes(string $name, $input): void
    {
        $this->check($name, InputType::BYTES);
        $this->bytes[$name] = $input;
    }

    /** @throws Fault */
    public function setString(string $name, string $text): void
    {
        $this->check($name, InputType::STRING);
        self::checkUtf8('the string of an input', $text);
        $this->strings[$name] = $text;
    }

    /**
     * Gives the verifier's clock, in seconds since 1970.
     *
     * @throws Fault
     */
    public function setNumber(string $name, int $number): void
    {
        $this->check($name, InputType::NUMBER);
        $this->now = $number;
    }

    /**
     * Sets a flag, or says that a stream follows.
     *
     * @throws Fault
     */
    public function setFlag(string $name, bool $isSet): void
    {
        $isStream = self::typeOf($name) === InputType::STREAM;
        $this->check($name, $isStream ? InputType::STREAM : InputType::FLAG);
        $this->flags[$name] = $isSet;
    }

    /**
     * What an input is, by the table.
     *
     * @throws Fault
     */
    public static function typeOf(string $name): string
    {
        if (!isset(InputName::TYPES[$name])) {
            throw self::notOneOf('inputs', array_keys(InputName::TYPES), $name, 'the name of an input');
        }
        return InputName::TYPES[$name];
    }

    /** @throws Fault */
    private function check(string $name, string $given): void
    {
        $expected = self::typeOf($name);
        if (!in_array($name, Kind::INPUTS[$this->kind], true)) {
            throw self::misuse("a verification of kind {$this->kind} takes no input $name");
        }
        if ($expected !== $given) {
            [$takes, $found] = [self::described($expected), self::described($given)];
            throw self::misuse("the input $name takes $takes, found $found");
        }
    }

    /** The type of an input in a sentence. */
    private static function described(string $type): string
    {
        return $type === InputType::BYTES ? $type : "a $type";
    }

    /**
     * @param list<string> $names
     * @throws Fault
     */
    private static function notOneOf(string $what, array $names, string $found, string $argument): Fault
    {
        self::checkUtf8($argument, $found);
        return self::misuse("expected one of the $what " . implode(', ', $names) . ', found ' . Quote::quote($found));
    }

    /** @throws Fault */
    private static function checkUtf8(string $what, string $string): void
    {
        $at = Utf8::firstInvalid($string);
        if ($at !== null) {
            throw self::misuse("expected $what in UTF-8, found another byte at offset $at");
        }
    }

    /**
     * That the request can be used.
     *
     * @throws Fault
     */
    public function checkUsable(): void
    {
        if ($this->fault !== null) {
            throw $this->fault;
        }
        if ($this->now !== null) {
            Time::checkClock($this->now);
        }
    }

    public function reach(): string
    {
        return Reach::PUBLIC;
    }

    public function now(): ?int
    {
        return $this->now;
    }

    public function isSet(string $name): bool
    {
        return $this->flags[$name] ?? false;
    }

    /**
     * Whether an input of bytes was given.
     */
    public function hasBytes(string $name): bool
    {
        return isset($this->bytes[$name]);
    }

    /**
     * An input of bytes; null where it was not given.
     *
     * @throws Fault it could not be read
     */
    public function bytes(string $name): ?string
    {
        $input = $this->bytes[$name] ?? null;
        if ($input instanceof Fault) {
            throw $input;
        }
        return $input;
    }

    /**
     * An input of bytes that must be there.
     *
     * @param string $check the step that wants it
     * @throws Fault
     */
    public function requiredBytes(string $name, string $check): string
    {
        try {
            $input = $this->bytes($name);
            if ($input === null) {
                throw self::misuse("expected the input $name, found none");
            }
            return $input;
        } catch (Fault $fault) {
            throw $fault->at($check);
        }
    }

    public function string(string $name): ?string
    {
        return $this->strings[$name] ?? null;
    }

    /**
     * A string that must be there.
     *
     * @throws Fault
     */
    public function requiredString(string $name): string
    {
        if (!isset($this->strings[$name])) {
            throw self::misuse("expected the input $name, found none");
        }
        return $this->strings[$name];
    }

    /** The fault of a call that is wrong. */
    public static function misuse(string $message): Fault
    {
        return new Fault(Code::API_ARGUMENT, $message);
    }
}
