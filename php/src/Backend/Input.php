<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Utf8;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\InputType;

/** The value of one input, as PHP gives it: php-ext/src/input.rs, in the same words. */
final class Input
{
    /** What an input must be, by its type. */
    private const EXPECTED = [
        InputType::BYTES => "a string or ['file' => \$path]",
        InputType::STRING => 'a string',
        InputType::NUMBER => 'an integer',
        InputType::FLAG => 'a boolean',
        InputType::STREAM => 'the path of a file',
    ];

    /** What PHP calls its types. */
    private const FOUND = [
        'string' => 'a string',
        'integer' => 'an integer',
        'boolean' => 'a boolean',
        'double' => 'a float',
        'array' => 'another array',
    ];

    /** @var string */
    private $name;

    /** @var mixed */
    private $value;

    /** @param mixed $value */
    public function __construct(string $name, $value)
    {
        $this->name = $name;
        $this->value = $value;
    }

    /** Whether there is an input of this name. */
    public function isKnown(): bool
    {
        return isset(InputName::TYPES[$this->name]);
    }

    private function type(): string
    {
        return InputName::TYPES[$this->name];
    }

    public function isStream(): bool
    {
        return $this->type() === InputType::STREAM;
    }

    /** The path of the file that holds the input, or is the stream; null where the input is the value itself. */
    public function path(): ?string
    {
        if (is_string($this->value)) {
            return $this->isStream() ? $this->value : null;
        }
        return $this->isFile() ? $this->value['file'] : null;
    }

    private function isFile(): bool
    {
        $value = $this->value;
        return is_array($value) && array_keys($value) === ['file'] && is_string($value['file']);
    }

    /**
     * A string that is an input, where there is no verification to give it to.
     *
     * @throws Fault `api.argument`: it is not UTF-8
     */
    public static function text(string $name, string $value): string
    {
        $fault = (new self($name, $value))->fault();
        if ($fault !== null) {
            throw new Fault(Code::API_ARGUMENT, $fault);
        }
        return $value;
    }

    /** Why the value is none that the input can have; null where it is one. */
    public function fault(): ?string
    {
        $value = $this->value;
        switch ($this->type()) {
            case InputType::STRING:
                return is_string($value) ? $this->faultOfString($value) : $this->mismatch();
            case InputType::NUMBER:
                return is_int($value) ? $this->faultOfNumber($value) : $this->mismatch();
            case InputType::FLAG:
                return is_bool($value) ? null : $this->mismatch();
        }
        return is_string($value) || $this->isFile() ? null : $this->mismatch();
    }

    private function faultOfString(string $value): ?string
    {
        $at = Utf8::firstInvalid($value);
        return $at === null
            ? null
            : "expected UTF-8 as the input {$this->name}, found another byte at offset $at";
    }

    private function faultOfNumber(int $value): ?string
    {
        return $value >= 0 ? null : "expected 0 or more as the input {$this->name}, found $value";
    }

    private function mismatch(): string
    {
        $expected = self::EXPECTED[$this->type()];
        $found = self::FOUND[gettype($this->value)] ?? 'an object or a resource';
        $found = $this->isFile() ? "['file' => \$path]" : $found;
        return "expected $expected as the input {$this->name}, found $found";
    }
}
