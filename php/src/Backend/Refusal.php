<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Core\Fault;
use FedVerify\Exception;
use FedVerify\InvalidInputException;
use FedVerify\RejectedException;

/** The exceptions of what the library has beside verification. They have no report. */
final class Refusal
{
    /** The exception of a fault: the extension's, where it is loaded. */
    public static function of(Fault $fault): Exception
    {
        $code = $fault->errorCode();
        $class = $fault->isUndetermined() ? InvalidInputException::class : RejectedException::class;
        $operation = $fault->operation();
        $place = $operation === null ? '' : "operation $operation: ";
        $exception = new $class("$place{$fault->message()} [$code]", Codes::NUMBERS[$code]);
        self::set($exception, 'errorCode', $code);
        self::set($exception, 'remedy', $fault->remedy());
        self::set($exception, 'operation', $operation);
        self::set($exception, 'cid', $fault->cid());
        self::set($exception, 'limit', $fault->limit());
        return $exception;
    }

    /**
     * What the work gives.
     *
     * @template T
     * @param callable(): T $work
     * @return T
     * @throws Exception
     */
    public static function orElse(callable $work)
    {
        try {
            return $work();
        } catch (Fault $fault) {
            throw self::of($fault);
        }
    }

    /** @param string|int|null $value */
    private static function set(Exception $exception, string $name, $value): void
    {
        $property = new \ReflectionProperty(Exception::class, $name);
        if (PHP_VERSION_ID < 80100) {
            $property->setAccessible(true);
        }
        $property->setValue($exception, $value);
    }
}
