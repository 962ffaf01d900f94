<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Code;
use FedVerify\Core\Tables\Check;

/** A DID of a method that fedverify knows: a PlcDid or a WebDid. */
abstract class Did
{
    private const LOWER = 'abcdefghijklmnopqrstuvwxyz';

    private const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

    private const DIGITS = '0123456789';

    /** White space beyond ASCII, in UTF-8 (Unicode, White_Space). */
    private const OTHER_WHITE_SPACE = '(?:\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]'
        . '|\xe2\x81\x9f|\xe3\x80\x80)';

    /** @throws Fault `did.invalid`; `did.unsupported` for a well-formed DID of another method */
    public static function parse(string $text): Did
    {
        $method = self::methodOf($text);
        if ($method === 'plc') {
            return PlcDid::parse($text);
        }
        if ($method === 'web') {
            return WebDid::parse($text);
        }
        throw self::unsupported('a did:plc or did:web', $method);
    }

    /** The whole DID, as written. */
    abstract public function asStr(): string;

    public function toString(): string
    {
        return $this->asStr();
    }

    /**
     * What follows the method in a DID of this one.
     *
     * @throws Fault
     */
    protected static function identifierOf(string $text, string $expected): string
    {
        $method = self::methodOf($text);
        if ($method !== $expected) {
            throw self::unsupported("a did:$expected", $method);
        }
        return substr($text, strlen("did:$expected:"));
    }

    /**
     * The method of a DID: the lower-case letters and digits after `did:` (W3C DID Core, section 3.1).
     *
     * @throws Fault
     */
    private static function methodOf(string $text): string
    {
        $parts = explode(':', $text, 3);
        if (isset($parts[2]) && $parts[0] === 'did' && self::isMethod($parts[1]) && self::isIdentifier($parts[2])) {
            return $parts[1];
        }
        throw self::invalid('did:<method>:<identifier>', $text);
    }

    private static function isMethod(string $method): bool
    {
        return $method !== '' && strspn($method, self::LOWER . self::DIGITS) === strlen($method);
    }

    private static function isIdentifier(string $identifier): bool
    {
        $allowed = self::LOWER . self::UPPER . self::DIGITS . '.-_:%';
        return $identifier !== '' && strspn($identifier, $allowed) === strlen($identifier);
    }

    protected static function invalid(string $expected, string $found): Fault
    {
        $message = "expected $expected, found " . Quote::quote($found) . self::strayWhiteSpace($found);
        return (new Fault(Code::DID_INVALID, $message))->at(Check::DID);
    }

    /** Says where a DID has white space around it, the most common fault of one that was copied or read from a file. */
    private static function strayWhiteSpace(string $text): string
    {
        $space = '(?:[\t-\r ]|' . self::OTHER_WHITE_SPACE . ')';
        if (preg_match('/[\r\n]\z/', $text) === 1) {
            return '; it ends with a line break';
        }
        if (preg_match("/$space\\z/", $text) === 1) {
            return '; it ends with white space';
        }
        return preg_match("/\\A$space/", $text) === 1 ? '; it starts with white space' : '';
    }

    private static function unsupported(string $expected, string $method): Fault
    {
        $message = "expected $expected, found a DID of the method " . Quote::quote($method);
        return (new Fault(Code::DID_UNSUPPORTED, $message))->at(Check::DID);
    }
}
