<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;

/** Looks at the arguments of a call as the extension does; what cannot be used is refused with `api.argument`. */
final class Arguments
{
    /** @var Engine */
    private $engine;

    /** @var string */
    private $kind;

    public function __construct(Engine $engine, string $kind)
    {
        $this->engine = $engine;
        $this->kind = $kind;
    }

    public function text(string $name, ?string $text): void
    {
        if ($text !== null && preg_match('//u', $text) !== 1) {
            $this->refuse("\$$name must be UTF-8");
        }
    }

    public function count(string $name, ?int $count): void
    {
        if ($count !== null && $count < 0) {
            $this->refuse("\$$name must not be negative, it is $count");
        }
    }

    /** @param array<mixed> $limits */
    public function limits(array $limits): void
    {
        foreach ($limits as $name => $limit) {
            if (!in_array($name, Limits::NAMES, true)) {
                $this->refuse("\$limits names \"$name\"; the limits are " . implode(', ', Limits::NAMES));
            }
            if (!is_int($limit) || $limit < 0) {
                $this->refuse("\$limits must give an integer of 0 or more for \"$name\"");
            }
        }
    }

    /** Opens a file by PHP's own rules. What is wrong with it is told after the steps before it. */
    public function file(string $name, string $path): LocalFile
    {
        if (strpos($path, "\0") !== false) {
            throw self::valueError("\$$name must not contain any null bytes");
        }
        return LocalFile::open($path);
    }

    /** @return never-return */
    public function refuse(string $message): void
    {
        Maker::verified(Refusal::atFirstStep($this->engine, $this->kind, Code::API_ARGUMENT, $message));
        throw new \LogicException($message);
    }

    private static function valueError(string $message): \Throwable
    {
        return PHP_VERSION_ID < 80000 ? new \InvalidArgumentException($message) : new \ValueError($message);
    }
}
