<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Code;
use FedVerify\Core\Fair\Metadata;
use FedVerify\Core\Fair\Publisher;
use FedVerify\Core\Fair\Release;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Plc\Service;
use FedVerify\Core\Tables\Check;

/**
 * The DID document of a did:web, well-formed and about the DID that was asked for (fair.md, "did:web documents").
 *
 * Nothing in it is signed: whoever controls the domain, or its TLS, says what it says. Reports call this trust `web`.
 */
final class WebDocument
{
    /** The only type of verification method that is read. */
    private const MULTIKEY = 'Multikey';

    private WebDid $did;

    /** @var list<array{0: string, 1: DidKey}> in the order of the document */
    private array $verificationMethods = [];

    /** @var list<string> the ids of methods that are revoked or have expired */
    private array $withdrawn = [];

    /** @var list<array{0: string, 1: Service}> */
    private array $services = [];

    /** Types of services, each with whether the endpoint of the first such service is no string, which FAIR does not read. */
    private Index $isOpaque;

    /** @var list<string> */
    private array $alsoKnownAs = [];

    private function __construct(WebDid $did)
    {
        $this->did = $did;
        $this->isOpaque = new Index();
    }

    /**
     * Reads the DID document that was fetched from WebDid::documentUrl(). $now is the caller's clock, in seconds since 1970,
     * by which keys expire.
     *
     * Verification methods of the type `Multikey` and services with a string as endpoint count, if their ids are fragments
     * of this DID; everything else in the document is ignored, as DID Core requires. A method that is revoked or has
     * expired is not a key any more (fair.md, "Revoked and expired keys").
     *
     * @throws Fault `input.*`, within the limit recordBytes; Code::DID_DOCUMENT_MALFORMED, Code::DID_DOCUMENT_ID_MISMATCH;
     *     Code::API_ARGUMENT for a clock later than the year 9999
     */
    public static function parse(string $json, WebDid $did, int $now, Limits $limits): self
    {
        Time::checkClock($now);
        try {
            return self::read($json, $did, $now, $limits);
        } catch (Problem $problem) {
            $fault = new Fault(Code::DID_DOCUMENT_MALFORMED, 'not a DID document: ' . $problem->getMessage());
            throw $fault->at(Check::WEB_DOCUMENT);
        } catch (Fault $fault) {
            throw $fault->at(Check::WEB_DOCUMENT);
        }
    }

    /** @throws Fault|Problem */
    private static function read(string $json, WebDid $did, int $now, Limits $limits): self
    {
        $value = Json::parse('DID document', $json, 'recordBytes', $limits);
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            $message = 'expected a DID document, which is an object; found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        $id = $fields->takeString('id');
        if ($id !== $did->asStr()) {
            $message = "expected the document of {$did->asStr()}, found that of " . Quote::quote($id);
            throw new Fault(Code::DID_DOCUMENT_ID_MISMATCH, $message);
        }
        $document = new self($did);
        foreach ($document->takeMembers($fields, 'verificationMethod') as [$fragment, $item]) {
            $document->addVerificationMethod($fragment, $item, $now);
        }
        foreach ($document->takeMembers($fields, 'service') as [$fragment, $item]) {
            $document->addService($fragment, $item);
        }
        $document->alsoKnownAs = self::takeAlsoKnownAs($fields);
        return $document;
    }

    /** The DID that was asked for, and that the document is about. */
    public function did(): WebDid
    {
        return $this->did;
    }

    /**
     * The keys of the type `Multikey` by their ids (fragments, without `#`), in the order of the document.
     *
     * @return list<array{0: string, 1: DidKey}>
     */
    public function verificationMethods(): array
    {
        return $this->verificationMethods;
    }

    /**
     * The ids of methods that are no keys any more, because they are revoked or have expired.
     *
     * @return list<string>
     */
    public function withdrawn(): array
    {
        return $this->withdrawn;
    }

    /**
     * The services by their ids (fragments, without `#`), in the order of the document.
     *
     * @return list<array{0: string, 1: Service}>
     */
    public function services(): array
    {
        return $this->services;
    }

    /** Whether the endpoint of the first service of a type is no string, such as a map. */
    public function isFirstServiceOpaque(string $type): bool
    {
        return $this->isOpaque->get($type) === 1;
    }

    /**
     * Other names that the document claims.
     *
     * @return list<string>
     */
    public function alsoKnownAs(): array
    {
        return $this->alsoKnownAs;
    }

    /**
     * The URL of the identity's package repository, as Publisher::repository() gives it.
     *
     * @throws Fault Code::FAIR_SERVICE_MISSING, Code::FAIR_SERVICE_INVALID
     */
    public function repository(): string
    {
        return Publisher::web($this)->repository(Reach::PUBLIC);
    }

    /**
     * The release of this version, or the latest.
     *
     * @throws Fault as Release has it, but for the codes of logs and pins
     */
    public function release(Metadata $metadata, ?string $version = null): Release
    {
        return new Release(Publisher::web($this), $metadata, $version, Reach::PUBLIC);
    }

    /**
     * The members of an array that are fragments of this DID. An id that is there twice is refused: two readers could
     * take either.
     *
     * @return iterable<array{0: string, 1: Fields}>
     * @throws Problem
     */
    private function takeMembers(Fields $fields, string $name): iterable
    {
        $items = $fields->has($name) ? $fields->take($name) : [];
        if (!is_array($items)) {
            throw new Problem("the member $name must be an array, found " . Json::kind($items));
        }
        $seen = new Index();
        foreach ($items as $value) {
            $item = Fields::fromValue($value);
            if ($item === null) {
                throw new Problem("each of $name must be an object, found " . Json::kind($value));
            }
            $id = self::takeId($item, $name);
            $fragment = $this->fragmentOf($id);
            if ($fragment === null) {
                continue;
            }
            if ($seen->insert($fragment, 0) !== null) {
                throw new Problem("$name has the id " . Quote::quote($id) . ' twice');
            }
            yield [$fragment, $item];
        }
    }

    private static function takeId(Fields $item, string $name): string
    {
        try {
            return $item->takeString('id');
        } catch (Problem $problem) {
            throw new Problem("in $name, " . $problem->getMessage());
        }
    }

    /** The fragment of an id, written whole or as `#fragment` alone. */
    private function fragmentOf(string $id): ?string
    {
        $did = $this->did->asStr();
        $rest = strncmp($id, $did, strlen($did)) === 0 ? (string) substr($id, strlen($did)) : $id;
        return strlen($rest) > 1 && $rest[0] === '#' ? substr($rest, 1) : null;
    }

    private function addVerificationMethod(string $fragment, Fields $item, int $now): void
    {
        $multibase = $item->string('publicKeyMultibase');
        if ($item->string('type') !== self::MULTIKEY || $multibase === null) {
            return;
        }
        $key = DidKey::fromText("did:key:$multibase");
        if ($key === null) {
            return;
        }
        if (self::isWithdrawn($item, $now)) {
            $this->withdrawn[] = $fragment;
        } else {
            $this->verificationMethods[] = [$fragment, $key];
        }
    }

    /**
     * W3C Controlled Identifiers 1.0, section 2.2: a method with `revoked` must not be used, nor one after `expires`. A
     * date that cannot be read counts as past.
     */
    private static function isWithdrawn(Fields $item, int $now): bool
    {
        if ($item->take('revoked') !== null) {
            return true;
        }
        $expires = $item->take('expires');
        if ($expires === null) {
            return false;
        }
        $time = is_string($expires) ? Timestamp::parse($expires) : null;
        return $time === null || $time->secondsCeil() <= $now;
    }

    private function addService(string $fragment, Fields $item): void
    {
        $type = $item->string('type');
        $endpoint = $item->string('serviceEndpoint');
        if ($type !== null && !$this->isOpaque->contains($type)) {
            $this->isOpaque->insert($type, $endpoint === null ? 1 : 0);
        }
        if ($type !== null && $endpoint !== null) {
            $this->services[] = [$fragment, new Service($type, $endpoint)];
        }
    }

    /**
     * @return list<string>
     * @throws Problem
     */
    private static function takeAlsoKnownAs(Fields $fields): array
    {
        if (!$fields->has('alsoKnownAs')) {
            return [];
        }
        $names = $fields->takeArray('alsoKnownAs');
        foreach ($names as $name) {
            if (!is_string($name)) {
                throw new Problem('each of alsoKnownAs must be a string, found ' . Json::kind($name));
            }
        }
        return $names;
    }
}
