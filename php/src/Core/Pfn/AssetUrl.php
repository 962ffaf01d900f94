<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Host;
use FedVerify\Core\Quote;

/**
 * Where a source's archives are: a naming scheme, resolved so that it cannot lead anywhere else (pfn.md, "Asset URLs").
 *
 * Nothing is parsed as a URL here. The URL is put together from pieces in so small an alphabet that every URL parser
 * (RFC 3986, WHATWG) takes it apart again in the same way.
 */
final class AssetUrl
{
    /** The longest naming scheme, in bytes; bounds the URL. The published example has 28. */
    private const MAX_SCHEME_BYTES = 1024;

    /** The longest user name or plugin id, in bytes: the longest file name that file systems have. */
    private const MAX_NAME_BYTES = 255;

    /** The word of a scheme that the user name replaces. */
    private const AUTHOR = 'author';

    /** The word of a scheme that the plugin's id replaces. */
    private const SLUG = 'slug';

    private const NAME_BYTES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

    private const SEGMENT_BYTES = self::NAME_BYTES . '~+@';

    /** Segments that are removed when a URL is resolved (RFC 3986, section 5.2.4). */
    private const EMPTY_OR_DOTS = ['', '.', '..'];

    private function __construct()
    {
    }

    /**
     * Puts a URL together.
     *
     * @throws Fault pfn.asset_url.refused
     */
    public static function build(string $domain, string $scheme, string $username, string $pluginId): string
    {
        $authority = self::authorityOf($domain);
        if ($authority === null) {
            $found = Quote::quote($domain);
            throw self::refused(
                "expected an asset domain of https://, a host name and at most a port, found $found"
            );
        }
        self::checkNames($username, $pluginId);
        self::checkScheme($scheme);
        $url = "https://$authority";
        // One slash at the start resolves to the same URL as none.
        $path = strncmp($scheme, '/', 1) === 0 ? substr($scheme, 1) : $scheme;
        foreach (explode('/', $path) as $segment) {
            $url .= '/' . self::expand($segment, $username, $pluginId);
        }
        return $url;
    }

    /**
     * Checks the names alone. The node replaces `author` first and then every `slug`, so it would also replace a `slug`
     * that came in with the user name.
     */
    private static function checkNames(string $username, string $pluginId): void
    {
        foreach (['user name' => $username, 'plugin id' => $pluginId] as $what => $name) {
            if (!self::isName($name)) {
                $expected = '1 to ' . self::MAX_NAME_BYTES
                    . ' letters, digits, hyphens, underscores and dots, but not . or ..';
                throw self::refused("expected a $what of $expected, found " . Quote::quote($name));
            }
        }
        if (strpos($username, self::SLUG) !== false) {
            $name = Quote::quote($username);
            throw self::refused("the user name $name contains " . self::SLUG . ', which a node would replace too');
        }
    }

    /** Checks what concerns the scheme as a whole. The node replaces the first `author` only. */
    private static function checkScheme(string $scheme): void
    {
        $size = strlen($scheme);
        if ($size > self::MAX_SCHEME_BYTES) {
            $max = self::MAX_SCHEME_BYTES;
            throw self::refused("expected a naming scheme of at most $max bytes, found $size");
        }
        if (substr_count($scheme, self::AUTHOR) > 1) {
            $scheme = Quote::quote($scheme);
            throw self::refused(
                "the naming scheme $scheme contains " . self::AUTHOR
                    . ' more than once, and a node replaces only the first'
            );
        }
    }

    /** A segment of the scheme with the names in it. */
    private static function expand(string $segment, string $username, string $pluginId): string
    {
        if (!self::isMadeOf($segment, self::SEGMENT_BYTES)) {
            throw self::refused('the naming scheme has the unusable segment ' . Quote::quote($segment));
        }
        $stem = substr($segment, 0, strcspn($segment, '.'));
        $names = [self::AUTHOR => $username, self::SLUG => $pluginId];
        $name = $names[$stem] ?? '';
        $rest = isset($names[$stem]) ? substr($segment, strlen($stem)) : $segment;
        if (strpos($rest, self::AUTHOR) !== false || strpos($rest, self::SLUG) !== false) {
            throw self::refused(
                'the naming scheme has ' . self::AUTHOR . ' or ' . self::SLUG . ' within the segment '
                    . Quote::quote($segment) . ', where a node would replace it too'
            );
        }
        return $name . $rest;
    }

    /** The host and port of an https origin: `https` in lower case, and at most one slash after it. */
    private static function authorityOf(string $domain): ?string
    {
        if (strncmp($domain, 'https://', 8) !== 0) {
            return null;
        }
        $authority = substr($domain, 8);
        if (substr($authority, -1) === '/') {
            $authority = substr($authority, 0, -1);
        }
        $parts = explode(':', $authority, 2);
        $isOrigin = Host::isNameIgnoringCase($parts[0]) && (!isset($parts[1]) || Host::isPort($parts[1]));
        return $isOrigin ? $authority : null;
    }

    private static function isName(string $name): bool
    {
        return strlen($name) <= self::MAX_NAME_BYTES && self::isMadeOf($name, self::NAME_BYTES);
    }

    private static function isMadeOf(string $text, string $bytes): bool
    {
        return !in_array($text, self::EMPTY_OR_DOTS, true) && strspn($text, $bytes) === strlen($text);
    }

    private static function refused(string $what): Fault
    {
        return new Fault(Code::PFN_ASSET_URL_REFUSED, $what);
    }
}
