<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** Host names and https URLs, by one rule for every place that names a server. */
final class Host
{
    /** The longest host name, in bytes (RFC 1035, section 2.3.4, written with dots). */
    public const MAX_HOST_BYTES = 253;

    /** The longest label of a host name, in bytes (RFC 1035, section 2.3.4). */
    private const MAX_LABEL_BYTES = 63;

    private const LOWER = 'abcdefghijklmnopqrstuvwxyz';

    private const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

    private const DIGITS = '0123456789';

    /** The characters that a URL may have: all visible ones of ASCII but "<>\^`{|} (RFC 3986, section 2). */
    private const URL_CHARACTERS = self::LOWER . self::UPPER . self::DIGITS . '!#$%&\'()*+,-./:;=?@[]_~';

    private const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

    private function __construct()
    {
    }

    /**
     * Whether this is a host name in lower case: labels of letters, digits and hyphens, the last of which does not
     * begin with a digit (pfn.md, "Host names").
     *
     * Every form of an IPv4 address that URL parsers accept (`127.0.0.1`, `127.1`, `0x7f.1`, `2130706433`) ends in a
     * label that begins with a digit (WHATWG URL, "ends in a number"), and no top-level domain does (RFC 3696, section
     * 2).
     */
    public static function isName(string $host): bool
    {
        if (strlen($host) > self::MAX_HOST_BYTES) {
            return false;
        }
        $labels = explode('.', $host);
        foreach ($labels as $label) {
            if (!self::isLabel($label)) {
                return false;
            }
        }
        return strspn(end($labels), self::DIGITS, 0, 1) === 0;
    }

    /** isName() for places where the host is only asked, never compared: capital letters are accepted. */
    public static function isNameIgnoringCase(string $host): bool
    {
        return self::isName(strtr($host, self::UPPER, self::LOWER));
    }

    private static function isLabel(string $label): bool
    {
        $length = strlen($label);
        return $length >= 1
            && $length <= self::MAX_LABEL_BYTES
            && strspn($label, self::LOWER . self::DIGITS . '-') === $length
            && $label[0] !== '-'
            && $label[$length - 1] !== '-';
    }

    /** Whether this is a port as URLs write it: 1 to 65535, without leading zeros (pfn.md, "Asset URLs"). */
    public static function isPort(string $port): bool
    {
        return preg_match('/\A[1-9][0-9]{0,4}\z/', $port) === 1 && (int) $port <= 65535;
    }

    /**
     * Checks that this is an absolute https URL with a host name, in the characters of a URL (RFC 3986, section 2).
     * With Reach::LOOPBACK, http to loopback passes too.
     *
     * @throws Problem says what is wrong with the URL, as the end of a sentence about it
     */
    public static function checkHttps(string $url, string $reach): void
    {
        $fault = self::faultOf($url, $reach);
        if ($fault !== null) {
            throw new Problem($fault);
        }
    }

    private static function faultOf(string $url, string $reach): ?string
    {
        if ($url === '') {
            return 'it is empty';
        }
        if (strspn($url, self::URL_CHARACTERS) !== strlen($url)) {
            return 'it has characters that a URL cannot contain';
        }
        $parts = explode('://', $url, 2);
        if (!isset($parts[1])) {
            return 'it is not an absolute URL';
        }
        [$scheme, $rest] = $parts;
        $authority = (string) substr($rest, 0, strcspn($rest, '/?#'));
        return self::faultOfOrigin(strtolower($scheme), $authority, $reach);
    }

    private static function faultOfOrigin(string $scheme, string $authority, string $reach): ?string
    {
        if (strpos($authority, '@') !== false) {
            return 'it has a user name';
        }
        [$host, $port] = self::splitPort($authority);
        $isLoopback = $reach === Reach::LOOPBACK && in_array($host, self::LOOPBACK_HOSTS, true);
        if ($port !== null && !self::isPort($port)) {
            return 'its port is not a number from 1 to 65535';
        }
        if ($scheme !== 'https' && !($isLoopback && $scheme === 'http')) {
            return 'its scheme is not https';
        }
        return $isLoopback || self::isNameIgnoringCase($host) ? null : 'it has no host name';
    }

    /**
     * The host and the port of an authority. The colons inside an IPv6 address do not begin a port.
     *
     * @return array{string, string|null}
     */
    private static function splitPort(string $authority): array
    {
        $colon = strrpos($authority, ':');
        if ($colon === false || strpos($authority, ']', $colon) !== false) {
            return [$authority, null];
        }
        return [(string) substr($authority, 0, $colon), (string) substr($authority, $colon + 1)];
    }
}
