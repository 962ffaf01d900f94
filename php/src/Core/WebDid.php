<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * The identifier of an identity that a web server vouches for: `did:web:`, a host, optionally `%3A` and a port, and
 * optionally path segments separated by colons (fair.md, "did:web documents").
 *
 * A host is a name in lower case, not an address; segments are letters, digits, `-`, `_` and `.`. Other
 * percent-encoding is refused: what it decodes to could leave the path.
 */
final class WebDid extends Did
{
    /** @var string */
    private $text;

    /** @var string */
    private $documentUrl;

    private function __construct(string $text, string $documentUrl)
    {
        $this->text = $text;
        $this->documentUrl = $documentUrl;
    }

    /** @throws Fault `did.invalid`; `did.unsupported` for a well-formed DID of another method */
    public static function parse(string $text): self
    {
        $documentUrl = self::webUrl(self::identifierOf($text, 'web'));
        if ($documentUrl === null) {
            $expected = 'did:web:, a host name in lower case, %3A and a port if any, and plain path segments';
            throw self::invalid($expected, $text);
        }
        return new self($text, $documentUrl);
    }

    /** The URL of the document of a did:web's identifier. */
    private static function webUrl(string $identifier): ?string
    {
        $segments = explode(':', $identifier);
        $origin = explode('%3A', (string) array_shift($segments), 2);
        if (!Host::isName($origin[0]) || (isset($origin[1]) && !Host::isPort($origin[1]))) {
            return null;
        }
        foreach ($segments as $segment) {
            if (!self::isPlainSegment($segment)) {
                return null;
            }
        }
        $folder = $segments === [] ? '.well-known' : implode('/', $segments);
        return 'https://' . implode(':', $origin) . "/$folder/did.json";
    }

    private static function isPlainSegment(string $segment): bool
    {
        return preg_match('/\A[A-Za-z0-9_.-]++\z/', $segment) === 1 && $segment !== '.' && $segment !== '..';
    }

    public function asStr(): string
    {
        return $this->text;
    }

    /** The URL of the DID document. Fetch it over TLS: nothing else authenticates it. */
    public function documentUrl(): string
    {
        return $this->documentUrl;
    }
}
