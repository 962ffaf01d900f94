<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Exception;
use FedVerify\Identity;
use FedVerify\InvalidInputException;
use FedVerify\RejectedException;
use FedVerify\Report;

/** Makes the objects that only verifications make, out of what an engine reported. */
final class Maker
{
    /** The report of a verdict of verified; every other becomes an exception. */
    public static function verified(string $json): Report
    {
        $report = self::report($json);
        if ($report->verdict() !== 'verified') {
            throw self::exception($report);
        }
        return $report;
    }

    /** @param array<string, int> $limits */
    public static function identity(Report $report, string $log, int $now, array $limits): Identity
    {
        return self::made(Identity::class, compact('report', 'log', 'now', 'limits'));
    }

    private static function report(string $json): Report
    {
        // The command writes over several lines, the library on one.
        $json = json_encode(json_decode($json), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
        return self::made(Report::class, compact('json'));
    }

    private static function exception(Report $report): Exception
    {
        $error = $report->error();
        $operation = $error['operation'] ?? null;
        $message = sprintf(
            '%s%s [%s]',
            $operation === null ? '' : "operation $operation: ",
            $error['message'],
            $error['code']
        );
        [$number, $remedy] = Codes::TABLE[$error['code']];
        $class = $report->verdict() === 'rejected' ? RejectedException::class : InvalidInputException::class;
        if ($error['code'] === Code::API_PANICKED) {
            $class = Exception::class;
        }
        $exception = new $class($message, $number);
        self::set($exception, Exception::class, [
            'errorCode' => $error['code'],
            'remedy' => $remedy,
            'operation' => $operation,
            'cid' => $error['cid'] ?? null,
            'report' => $report,
        ]);
        return $exception;
    }

    /**
     * @template T of object
     * @param class-string<T> $class
     * @param array<string, mixed> $properties
     * @return T
     */
    private static function made(string $class, array $properties): object
    {
        $new = \Closure::bind(static function () use ($class): object {
            return new $class();
        }, null, $class);
        $object = $new();
        self::set($object, $class, $properties);
        return $object;
    }

    /** @param array<string, mixed> $properties */
    private static function set(object $object, string $class, array $properties): void
    {
        $set = \Closure::bind(static function () use ($object, $properties): void {
            foreach ($properties as $name => $value) {
                $object->$name = $value;
            }
        }, null, $class);
        $set();
    }
}
