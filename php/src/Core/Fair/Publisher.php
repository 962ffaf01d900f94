<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Host;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Plc\Identity;
use FedVerify\Core\Plc\Service;
use FedVerify\Core\Plc\State;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Trust;
use FedVerify\Core\WebDocument;

/**
 * Who publishes a package, and on what ground that is believed: a did:plc, verified through its whole log, or a did:web,
 * as its web server says.
 */
final class Publisher
{
    /** The type of the service whose endpoint serves the metadata document. */
    private const REPOSITORY_SERVICE = 'FairPackageManagementRepo';

    private ?Identity $identity;
    private ?WebDocument $document;

    private function __construct(?Identity $identity, ?WebDocument $document)
    {
        $this->identity = $identity;
        $this->document = $document;
    }

    public static function plc(Identity $identity): self
    {
        return new self($identity, null);
    }

    public static function web(WebDocument $document): self
    {
        return new self(null, $document);
    }

    /** The identity of a did:plc; null of a did:web. */
    public function identity(): ?Identity
    {
        return $this->identity;
    }

    /** The document of a did:web; null of a did:plc. */
    public function document(): ?WebDocument
    {
        return $this->document;
    }

    public function did(): string
    {
        return ($this->identity ?? $this->document)->did()->toString();
    }

    /** What a verdict about the publisher rests on. */
    public function trust(): string
    {
        return $this->identity !== null ? Trust::SELF_CERTIFIED : Trust::WEB;
    }

    /** What was remembered of the publisher; only a did:plc is. */
    public function pin(): ?Pin
    {
        return $this->identity !== null ? $this->identity->pin() : null;
    }

    /**
     * Other names that the publisher claims.
     *
     * @return list<string>
     */
    public function alsoKnownAs(): array
    {
        if ($this->identity === null) {
            return $this->document->alsoKnownAs();
        }
        $state = $this->identity->state();
        return $state === null ? [] : $state->alsoKnownAs();
    }

    /**
     * The URL of the publisher's package repository: the endpoint of its first service of the type
     * `FairPackageManagementRepo` (fair.md, "Repository endpoint"). Of a did:plc the first in canonical order, which the
     * publisher signed; of a did:web the first of the document.
     *
     * @param string $reach one of the constants of Reach
     * @throws Fault Code::PLC_TOMBSTONED, Code::FAIR_SERVICE_MISSING, Code::FAIR_SERVICE_INVALID
     */
    public function repository(string $reach): string
    {
        foreach ($this->services() as [, $service]) {
            if ($service->serviceType() === self::REPOSITORY_SERVICE) {
                return self::checkedEndpoint($service->endpoint(), $reach);
            }
        }
        $message = 'expected a service of type ' . self::REPOSITORY_SERVICE . ', found none';
        throw new Fault(Code::FAIR_SERVICE_MISSING, $message);
    }

    /**
     * The keys by their ids.
     *
     * @return iterable<array{0: string, 1: DidKey}>
     * @throws Fault Code::PLC_TOMBSTONED
     */
    public function verificationMethods(): iterable
    {
        return $this->identity !== null
            ? self::currentState($this->identity)->verificationMethods()->iter()
            : $this->document->verificationMethods();
    }

    /**
     * The ids of methods that are keys no more.
     *
     * @return list<string>
     */
    public function withdrawnMethods(): array
    {
        return $this->document !== null ? $this->document->withdrawn() : [];
    }

    /**
     * Refuses an identity that was deactivated.
     *
     * @throws Fault Code::PLC_TOMBSTONED
     */
    public function checkActive(): void
    {
        if ($this->identity !== null) {
            self::currentState($this->identity);
        }
    }

    /** @return iterable<array{0: string, 1: Service}> */
    private function services(): iterable
    {
        return $this->identity !== null
            ? self::currentState($this->identity)->services()->iter()
            : $this->document->services();
    }

    private static function checkedEndpoint(string $endpoint, string $reach): string
    {
        try {
            Host::checkHttps($endpoint, $reach);
        } catch (Problem $problem) {
            $found = Quote::quote($endpoint) . ': ' . $problem->getMessage();
            $message = "expected an absolute https URL of a repository, found $found";
            throw new Fault(Code::FAIR_SERVICE_INVALID, $message);
        }
        return $endpoint;
    }

    /** The state of an identity that was not deactivated. */
    private static function currentState(Identity $identity): State
    {
        $state = $identity->state();
        if ($state === null) {
            $message = 'the identity was deactivated by a tombstone: it has no keys and no services';
            throw (new Fault(Code::PLC_TOMBSTONED, $message))->withCid($identity->head());
        }
        return $state;
    }
}
