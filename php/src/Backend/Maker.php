<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Exception;
use FedVerify\Identity;
use FedVerify\InvalidInputException;
use FedVerify\Newest;
use FedVerify\RejectedException;
use FedVerify\Release;
use FedVerify\Report;
use FedVerify\WebDocument;

/** Makes the objects that only verifications make, from the report of an engine, and the newest of them. */
final class Maker
{
    /** The report of a verdict of verified; every other becomes an exception. */
    public static function verified(string $json): Report
    {
        $report = self::made(Report::class, compact('json'));
        if ($report->verdict() !== 'verified') {
            throw self::exception($report);
        }
        return $report;
    }

    public static function identity(Report $report, Evidence $evidence): Identity
    {
        return self::made(Identity::class, compact('report', 'evidence'));
    }

    public static function webDocument(Report $report, Evidence $evidence): WebDocument
    {
        return self::made(WebDocument::class, compact('report', 'evidence'));
    }

    /** @param array<string, string|bool|null> $asked */
    public static function release(Report $report, Evidence $evidence, array $asked): Release
    {
        return self::made(Release::class, compact('report', 'evidence', 'asked'));
    }

    /** @param list<array{code: string, message: string}> $warnings */
    public static function newest(string $url, Identity $identity, array $warnings): Newest
    {
        return self::made(Newest::class, compact('url', 'identity', 'warnings'));
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
        $class = $report->verdict() === 'rejected' ? RejectedException::class : InvalidInputException::class;
        if ($error['code'] === Code::API_PANICKED) {
            $class = Exception::class;
        }
        $exception = new $class($message, Codes::NUMBERS[$error['code']] ?? 0);
        self::set($exception, Exception::class, [
            'errorCode' => $error['code'],
            'remedy' => $error['remedy'],
            'operation' => $operation,
            'cid' => $error['cid'] ?? null,
            'limit' => $error['limit'] ?? null,
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
