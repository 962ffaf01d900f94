<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Limits;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Version;

/** Reads a pin from JSON (did-plc.md, "Pins"). */
final class PinReader
{
    private const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

    private function __construct()
    {
    }

    /** @throws Fault */
    public static function read(string $json, Limits $limits): Pin
    {
        try {
            return self::pin(self::value($json, $limits));
        } catch (Problem $problem) {
            throw self::invalid($problem->getMessage())->at(Check::PIN_LOG);
        } catch (Fault $fault) {
            throw $fault->at(Check::PIN_LOG);
        }
    }

    private static function invalid(string $what): Fault
    {
        return new Fault(Code::PIN_MALFORMED, "invalid pin: $what");
    }

    /**
     * @return mixed
     *
     * @throws Fault
     */
    private static function value(string $json, Limits $limits)
    {
        try {
            return Json::parse('pin', $json, 'pinBytes', $limits);
        } catch (Fault $fault) {
            if ($fault->isUndetermined()) {
                throw $fault;
            }
            throw self::invalid($fault->message())->withLimit($fault->limit());
        }
    }

    /**
     * @param mixed $value
     *
     * @throws Fault|Problem
     */
    private static function pin($value): Pin
    {
        $fields = self::object('a pin', $value);
        $schema = $fields->takeString('schema');
        if ($schema !== Pin::SCHEMA) {
            throw new Problem('expected the schema ' . Pin::SCHEMA . ', found ' . Quote::quote($schema));
        }
        $operations = self::operations($fields->takeArray('operations'));
        $did = self::takeDid($fields);
        $lastVisit = self::takeNumber($fields, 'lastVisit');
        $log = self::logText(self::takeObject($fields, 'log'), count($operations));
        $releases = self::releases($fields->takeObject('releases'));
        $pin = new Pin($did, $lastVisit, $log, $operations, $releases);
        [$head, $sha256] = [$fields->takeString('head'), $fields->takeString('sha256')];
        self::nothingLeft('a pin', $fields);
        if ($sha256 !== $pin->digest() || $head !== $pin->head()) {
            throw new Problem('its digest does not match its content');
        }
        return $pin;
    }

    /**
     * @param mixed $value
     *
     * @throws Problem
     */
    private static function object(string $what, $value): Fields
    {
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            throw new Problem("{$what} must be an object, found " . Json::kind($value));
        }
        return $fields;
    }

    /** @throws Problem */
    private static function takeObject(Fields $fields, string $name): Fields
    {
        if (!$fields->has($name)) {
            throw new Problem("expected {$name}, found nothing");
        }
        return self::object($name, $fields->take($name));
    }

    /** @throws Problem */
    private static function nothingLeft(string $what, Fields $fields): void
    {
        $name = $fields->leftOver();
        if ($name !== null) {
            throw new Problem("{$what} must not have the member " . Quote::quote($name));
        }
    }

    /**
     * A DID is one line: the digest rests on that.
     *
     * @throws Problem
     */
    private static function takeDid(Fields $fields): string
    {
        $did = $fields->takeString('did');
        if (preg_match('/[^\x21-\x7e]/', $did) !== 0) {
            throw new Problem('did must be a DID, found ' . Quote::quote($did));
        }
        return $did;
    }

    /** @throws Fault|Problem */
    private static function logText(Fields $fields, int $count): LogText
    {
        $bytes = self::takeNumber($fields, 'bytes');
        $sha256 = self::takeWord($fields, 'sha256');
        $operations = $fields->takeNumber('operations');
        self::nothingLeft('log', $fields);
        if (!is_int($operations) || $operations === 0 || $operations > $count) {
            $found = is_int($operations) ? (string) $operations : $operations->toString();
            throw new Problem("expected 1 to {$count} operations of the log, found {$found}");
        }
        return new LogText($bytes, $sha256, $operations);
    }

    /**
     * @param list<mixed> $items
     *
     * @return list<PinnedOperation>
     *
     * @throws Fault|Problem
     */
    private static function operations(array $items): array
    {
        [$operations, $distinct, $hasHead] = [[], new Index(), false];
        foreach ($items as $place => $item) {
            $operation = self::operation($item);
            $operations[] = $operation;
            $distinct->insert($operation->cid(), $place);
            $hasHead = $hasHead || !$operation->nullified();
        }
        if ($distinct->len() !== count($operations)) {
            throw new Problem('duplicate operation');
        }
        if (!$hasHead) {
            throw new Problem('no operation is the head');
        }
        return $operations;
    }

    /**
     * @param mixed $value
     *
     * @throws Fault|Problem
     */
    private static function operation($value): PinnedOperation
    {
        $fields = self::object('an operation', $value);
        $nullified = $fields->takeBoolean('nullified');
        $createdAt = $fields->has('createdAt') ? self::takeNumber($fields, 'createdAt') : null;
        $cid = self::takeWord($fields, 'cid');
        $signer = self::takeNumber($fields, 'signer');
        $size = self::takeNumber($fields, 'size');
        $firstSeen = self::takeNumber($fields, 'firstSeen');
        self::nothingLeft('an operation', $fields);
        return new PinnedOperation($cid, $signer, $size, $firstSeen, $createdAt, $nullified);
    }

    /** @throws Problem */
    private static function releases(JsonObject $members): Releases
    {
        $packages = [];
        foreach ($members->values() as $place => $value) {
            $packages[] = self::release($members->names()[$place], $value);
        }
        return Releases::fromMembers($members->names(), $packages);
    }

    /**
     * @param mixed $items
     *
     * @return list<PinnedPackage>
     *
     * @throws Problem
     */
    private static function release(string $number, $items): array
    {
        if (Version::fromNumber($number) === null) {
            throw new Problem('expected the number of a version, found ' . Quote::quote($number));
        }
        if (!is_array($items)) {
            throw new Problem('a release must be an array, found ' . Json::kind($items));
        }
        $packages = Releases::inOrder(array_map([self::class, 'package'], $items));
        if ($packages === [] || count($packages) !== count($items)) {
            throw new Problem('release ' . Quote::quote($number) . ' has no package, or one twice');
        }
        return $packages;
    }

    /**
     * @param mixed $value
     *
     * @throws Problem
     */
    private static function package($value): PinnedPackage
    {
        $fields = self::object('a package', $value);
        $package = new PinnedPackage(self::takeWord($fields, 'sha256'), self::takeWord($fields, 'sha384'));
        self::nothingLeft('a package', $fields);
        return $package;
    }

    /**
     * A string of ASCII letters and digits: a CID or hexadecimal.
     *
     * @throws Problem
     */
    private static function takeWord(Fields $fields, string $name): string
    {
        $text = $fields->takeString($name);
        if ($text === '' || strspn($text, self::LETTERS_AND_DIGITS) !== strlen($text)) {
            throw new Problem("{$name} must be letters and digits, found " . Quote::quote($text));
        }
        return $text;
    }

    /** @throws Fault|Problem */
    private static function takeNumber(Fields $fields, string $name): int
    {
        $number = $fields->takeNumber($name);
        if (is_int($number) && $number <= Pin::LATEST) {
            return $number;
        }
        $message = "PHP cannot judge a pin with numbers as large as its {$name}";
        throw new Fault(Code::API_UNSUPPORTED, $message);
    }
}
