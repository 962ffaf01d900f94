<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Host;
use FedVerify\Core\Quote;

/**
 * Domain aliases: `fair://<domain>` in `alsoKnownAs`, confirmed by the domain's own DNS.
 *
 * The domain that an identity claims as its alias. A claim, until the domain's DNS says the same: anyone can write any
 * domain into their own identity.
 */
final class Alias
{
    /** What an alias starts with (fair.md, "Domain alias"). */
    private const SCHEME = 'fair://';

    /** The label below the domain that has the record. */
    private const RECORD_LABEL = '_fairpm';

    /** What the record starts with. */
    private const RECORD_PREFIX = 'did=';

    /** The longest domain, in bytes: the record's name has the label `_fairpm.` before it. */
    private const MAX_DOMAIN_BYTES = Host::MAX_HOST_BYTES - 8;

    private string $domain;

    private function __construct(string $domain)
    {
        $this->domain = $domain;
    }

    /**
     * The alias among other names; null where there is none.
     *
     * @param list<string> $alsoKnownAs
     * @throws Fault Code::FAIR_ALIAS_MISMATCH for more than one, and for one that is no domain name in lower case
     */
    public static function fromNames(array $alsoKnownAs): ?self
    {
        $claimed = null;
        foreach ($alsoKnownAs as $name) {
            if (strncmp($name, self::SCHEME, strlen(self::SCHEME)) !== 0) {
                continue;
            }
            if ($claimed !== null) {
                throw self::mismatch('the identity claims more than one fair:// alias');
            }
            $claimed = (string) substr($name, strlen(self::SCHEME));
        }
        return $claimed === null ? null : self::fromDomain($claimed);
    }

    private static function fromDomain(string $name): self
    {
        // One slash after the domain is allowed, as FAIR's client does.
        $domain = substr($name, -1) === '/' ? (string) substr($name, 0, -1) : $name;
        if (!self::isDomain($domain)) {
            throw self::mismatch('expected a domain name after fair://, found ' . Quote::url($name));
        }
        return new self($domain);
    }

    public function domain(): string
    {
        return $this->domain;
    }

    /** The name whose TXT records confirm the alias. */
    public function recordName(): string
    {
        return self::RECORD_LABEL . '.' . $this->domain;
    }

    /**
     * Compares the TXT records with the DID: one must be `did=` and the DID, and none `did=` and another. Quotes around
     * a record or its value are removed; other records are ignored.
     *
     * @param list<string> $records
     * @throws Fault Code::FAIR_ALIAS_MISMATCH
     */
    public function confirm(string $did, array $records): void
    {
        $isConfirmed = false;
        foreach ($records as $record) {
            $record = self::unquoted($record);
            if (strncmp($record, self::RECORD_PREFIX, strlen(self::RECORD_PREFIX)) !== 0) {
                continue;
            }
            $found = (string) substr($record, strlen(self::RECORD_PREFIX));
            if (self::unquoted($found) !== $did) {
                throw self::mismatch("expected $did in {$this->recordName()}, found " . Quote::quote($found));
            }
            $isConfirmed = true;
        }
        if (!$isConfirmed) {
            throw self::mismatch("expected a TXT record did=… in {$this->recordName()}, found none");
        }
    }

    private static function mismatch(string $what): Fault
    {
        return new Fault(Code::FAIR_ALIAS_MISMATCH, $what);
    }

    private static function unquoted(string $text): string
    {
        $isQuoted = strlen($text) >= 2 && $text[0] === '"' && $text[strlen($text) - 1] === '"';
        return $isQuoted ? (string) substr($text, 1, -1) : $text;
    }

    /** A host name of two labels or more; internationalised names in their ASCII form. */
    private static function isDomain(string $text): bool
    {
        return strlen($text) <= self::MAX_DOMAIN_BYTES && strpos($text, '.') !== false && Host::isName($text);
    }
}
