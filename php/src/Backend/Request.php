<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Backend;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\LimitDefaults;
use FedVerify\Report;

/**
 * What a method asks to verify. Only what PHP alone can see is checked here: the types of PHP's values, and files by
 * PHP's rules. What is wrong becomes a report like any other.
 */
final class Request
{
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

    /** @param mixed $value */
    private function give(string $name, $value): void
    {
        $input = new Input($name, $value);
        if (!$input->isKnown()) {
            // The engine does not know it either, and says so. Nothing is read for that.
            $this->inputs[$name] = '';
            return;
        }
        $path = $input->path();
        $fault = $input->fault() ?? ($path === null ? null : LocalFile::notLocal($path));
        if ($fault !== null) {
            $this->refuse($fault);
        } elseif ($path === null) {
            $this->inputs[$name] = $value;
        } else {
            $file = LocalFile::open($path);
            $this->inputs[$name] = $input->isStream() ? $file : $file->content($this->mostBytes($name));
        }
    }

    /** One byte more than the limit of an input allows, so that core sees that it is too large. */
    private function mostBytes(string $name): int
    {
        $limit = InputName::LIMITS[$name];
        $most = $this->limits[$limit] ?? LimitDefaults::VALUES[$limit];
        return $most === PHP_INT_MAX ? $most : $most + 1;
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
