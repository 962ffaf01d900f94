<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Backend;
use FedVerify\Report;

/**
 * What a method asks to verify. Only what PHP alone can see is checked here: the types of PHP's values, and files by PHP's
 * rules. What is wrong becomes a report like any other.
 */
final class Request
{
    /** The inputs that are read as streams. PHP names them by their paths. */
    private const STREAMS = ['package', 'archive'];

    /** Room for the largest input of bytes by the default limits. */
    private const INPUT_BYTES = 8 << 20;

    /** @var string */
    private $kind;

    /** @var array<string|int, string|int|bool|LocalFile> */
    private $inputs = [];

    /** @var array<string|int, int> */
    private $limits = [];

    /** @var string|null */
    private $fault;

    /** @param array<mixed> $limits */
    public function __construct(string $kind, array $limits)
    {
        $this->kind = $kind;
        foreach ($limits as $name => $limit) {
            if (is_int($limit) && $limit >= 0) {
                $this->limits[$name] = $limit;
            } else {
                $this->refuse('expected an integer of 0 or more as the limit ' . self::quoted((string) $name));
            }
        }
    }

    /**
     * Gives inputs by the names of core's table. Null is an input that is not given.
     *
     * @param array<mixed> $inputs
     */
    public function with(array $inputs): self
    {
        foreach ($inputs as $name => $input) {
            if ($input !== null) {
                $this->give((string) $name, $input);
            }
        }
        return $this;
    }

    /**
     * Verifies. What is not verified is thrown.
     *
     * @throws \FedVerify\Exception
     */
    public function verify(): Report
    {
        return Maker::verified(Backend::engine()->verify($this->kind, $this->inputs, $this->limits, $this->fault));
    }

    /** @param mixed $input */
    private function give(string $name, $input): void
    {
        $isStream = in_array($name, self::STREAMS, true);
        $isFile = is_array($input) && array_keys($input) === ['file'] && is_string($input['file']);
        if ($isFile || ($isStream && is_string($input))) {
            $this->giveFile($name, $isFile ? $input['file'] : $input, $isStream);
        } elseif (!$isStream && (is_string($input) || is_bool($input) || (is_int($input) && $input >= 0))) {
            $this->inputs[$name] = $input;
        } else {
            $expected = $isStream ? 'the path of a file' : 'a string, an integer of 0 or more, or a boolean';
            $found = is_int($input) ? $input : gettype($input);
            $this->refuse("expected $expected as the input " . self::quoted($name) . ", found $found");
        }
    }

    private function giveFile(string $name, string $path, bool $isStream): void
    {
        $fault = LocalFile::notLocal($path);
        if ($fault !== null) {
            $this->refuse($fault);
            return;
        }
        $file = LocalFile::open($path);
        // One byte more than may be, so that core sees that it is too large.
        $most = max(array_merge([self::INPUT_BYTES], array_values($this->limits)));
        $this->inputs[$name] = $isStream ? $file : $file->content($most === PHP_INT_MAX ? $most : $most + 1);
    }

    /** The first fault counts. */
    private function refuse(string $fault): void
    {
        $this->fault = $this->fault ?? $fault;
    }

    private static function quoted(string $string): string
    {
        return (string) json_encode($string, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
    }
}
