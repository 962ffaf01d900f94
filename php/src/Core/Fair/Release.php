<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\PackageType;
use FedVerify\Core\Version;
use FedVerify\Core\Warning;

/**
 * A release that a metadata document lists for an identity: the document is about the identity's DID, is of a known type,
 * and lists the version once; the identity names a repository, and has keys that sign packages.
 *
 * That the publisher released it is not proven yet: verify() proves it, with the bytes.
 */
final class Release
{
    private Publisher $publisher;
    private string $packageType;
    private string $repository;

    /** @var list<Version> */
    private array $versions;

    private ReleaseContent $content;

    /** @var list<PackageKey> */
    private array $keys;

    /** @var list<array{0: string, 1: Index}> */
    private array $listedChecksums;

    private Limits $limits;

    /** @var list<Warning> */
    private array $warnings;

    /**
     * The one door: the release of this version, or the latest where none is named.
     *
     * A version is named by its exact string. The latest is the highest by precedence; of several with equal precedence
     * the first listed counts.
     *
     * @param string $reach one of the constants of Reach
     * @throws Fault Code::PLC_TOMBSTONED, Code::FAIR_METADATA_ID_MISMATCH, Code::FAIR_METADATA_TYPE_UNKNOWN,
     *     Code::FAIR_SERVICE_MISSING, Code::FAIR_SERVICE_INVALID, Code::FAIR_KEY_MISSING, Code::KEY_UNSUPPORTED,
     *     Code::FAIR_RELEASE_MISSING, Code::FAIR_RELEASE_AMBIGUOUS, Code::FAIR_RELEASE_MALFORMED,
     *     Code::FAIR_VERSION_INVALID; where the identity was verified with a pin, Code::PIN_RELEASE_CHANGED for any
     *     version that was seen before
     */
    public function __construct(Publisher $publisher, Metadata $metadata, ?string $version, string $reach)
    {
        $this->publisher = $publisher;
        $this->limits = $metadata->limits();
        $this->tie($metadata, $reach);
        try {
            [$this->keys, $keyWarning] = Keys::packageKeys($publisher, $this->limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::FAIR_KEYS);
        }
        try {
            $this->content = Selection::select($metadata, $version);
        } catch (Fault $fault) {
            throw $fault->at(Check::FAIR_RELEASE);
        }
        $this->compareWithPin($metadata);
        $this->versions = $metadata->versions();
        $this->warnings = $metadata->warnings();
        if ($keyWarning !== null) {
            $this->warnings[] = $keyWarning;
        }
        array_push($this->warnings, ...ReleaseWarnings::of($metadata, $this->content));
    }

    /** Ties the document to the identity: what it must be about, and where the identity says it is. */
    private function tie(Metadata $metadata, string $reach): void
    {
        try {
            $this->publisher->checkActive();
            $this->checkId($metadata);
            $this->packageType = self::knownType($metadata);
            $this->repository = $this->publisher->repository($reach);
        } catch (Fault $fault) {
            throw $fault->at(Check::FAIR_IDENTITY);
        }
    }

    private function checkId(Metadata $metadata): void
    {
        $did = $this->publisher->did();
        if ($metadata->id() !== $did) {
            $message = "expected metadata of $did, found metadata of " . Quote::quote($metadata->id());
            throw new Fault(Code::FAIR_METADATA_ID_MISMATCH, $message);
        }
    }

    private static function knownType(Metadata $metadata): string
    {
        $type = $metadata->packageType();
        if ($type === null) {
            $known = implode(', ', PackageType::ALL);
            $message = "expected a package of type $known; found " . Quote::quote($metadata->typeName());
            throw new Fault(Code::FAIR_METADATA_TYPE_UNKNOWN, $message);
        }
        return $type;
    }

    private function compareWithPin(Metadata $metadata): void
    {
        $pin = $this->publisher->pin();
        $this->listedChecksums = $pin === null ? [] : Remember::listedChecksums($pin, $metadata);
        if ($pin !== null) {
            Remember::checkMetadata($pin, $this->listedChecksums);
        }
    }

    /** The identity that the release belongs to. */
    public function publisher(): Publisher
    {
        return $this->publisher;
    }

    /**
     * Refuses a version below the highest of which a package was verified before. Nothing is refused on a first visit.
     *
     * @throws Fault Code::PIN_DOWNGRADE
     */
    public function refuseDowngrade(): self
    {
        $pin = $this->publisher->pin();
        if ($pin !== null) {
            Remember::checkNotBelow($pin, $this->version());
        }
        return $this;
    }

    /** The type of the package. */
    public function packageType(): string
    {
        return $this->packageType;
    }

    public function version(): Version
    {
        return $this->content->version();
    }

    /** The URL that serves the metadata document. */
    public function repository(): string
    {
        return $this->repository;
    }

    /**
     * The versions of all well-formed releases that the document lists, in its order.
     *
     * @return list<Version>
     */
    public function versions(): array
    {
        return $this->versions;
    }

    /**
     * The well-formed package artifacts, in the order of the document: what can be fetched, and how. Claims, until
     * verifyFrom() proves the bytes to be one of them.
     *
     * @return list<Artifact>
     */
    public function artifacts(): array
    {
        $artifacts = [];
        foreach ($this->content->packages() as $package) {
            if ($package->artifact() !== null) {
                $artifacts[] = $package->artifact();
            }
        }
        return $artifacts;
    }

    /**
     * The keys that sign the identity's packages.
     *
     * @return list<PackageKey>
     */
    public function keys(): array
    {
        return $this->keys;
    }

    /** @return list<array{0: string, 1: Index}> as Remember::listedChecksums() gives them */
    public function listedChecksums(): array
    {
        return $this->listedChecksums;
    }

    public function limits(): Limits
    {
        return $this->limits;
    }

    /**
     * Non-fatal findings.
     *
     * @return list<Warning>
     */
    public function warnings(): array
    {
        return $this->warnings;
    }

    /**
     * Verifies a package as an artifact of this release. Of several artifacts it is the first that the bytes prove to be.
     *
     * @throws Fault Code::FAIR_ARTIFACT_MISSING, Code::FAIR_ARTIFACT_TOO_MANY, Code::FAIR_ARTIFACT_MALFORMED,
     *     Code::FAIR_SIGNATURE_MISSING, `fair.checksum.*`, Code::FAIR_SIGNATURE_ENCODING, Code::FAIR_SIGNATURE_INVALID,
     *     Code::FAIR_TOO_MUCH_WORK; where the identity was verified with a pin, Code::PIN_RELEASE_CHANGED. Where no
     *     artifact verifies, the error is that of the first artifact that is signed over these bytes, else whose checksum
     *     is theirs, else of the first
     */
    public function verify(PackageDigests $digests): VerifiedPackage
    {
        return $this->verifyAmong($this->content->packages(), $digests);
    }

    /**
     * Verifies a package as the artifact that was fetched from this URL: no other counts.
     *
     * @throws Fault as verify()
     */
    public function verifyFrom(string $url, PackageDigests $digests): VerifiedPackage
    {
        $artifacts = [];
        foreach ($this->content->packages() as $artifact) {
            if ($artifact->url() === $url) {
                $artifacts[] = $artifact;
            }
        }
        if ($artifacts === []) {
            $expected = "expected a package artifact of release {$this->version()->toString()}";
            $message = "$expected with the URL " . Quote::url($url) . ', found none';
            throw (new Fault(Code::FAIR_ARTIFACT_MISSING, $message))->at(Check::FAIR_ARTIFACT);
        }
        return $this->verifyAmong($artifacts, $digests);
    }

    /** @param list<ClaimedArtifact> $artifacts */
    private function verifyAmong(array $artifacts, PackageDigests $digests): VerifiedPackage
    {
        $limit = $this->limits->get('packageArtifacts');
        if (count($artifacts) > $limit) {
            $found = "release {$this->version()->toString()} has " . count($artifacts) . ' package artifacts';
            $fault = Fault::aboveLimit(Code::FAIR_ARTIFACT_TOO_MANY, $found, 'packageArtifacts', $limit);
            throw $fault->at(Check::FAIR_ARTIFACT);
        }
        $budget = new CheckBudget($this->limits->get('packageSignatureChecks'));
        $refusals = [];
        foreach ($artifacts as $artifact) {
            try {
                return VerifiedPackage::verify($this, $artifact, $digests, $budget);
            } catch (Refusal $refusal) {
                $refusals[] = $refusal;
            }
        }
        throw $this->chosen($refusals);
    }

    /**
     * The refusal that says most: of the artifact that the package is most surely, and of those the first.
     *
     * @param list<Refusal> $refusals
     */
    private function chosen(array $refusals): Fault
    {
        $chosen = $refusals[0] ?? null;
        foreach ($refusals as $refusal) {
            if ($refusal->likeness() > $chosen->likeness()) {
                $chosen = $refusal;
            }
        }
        if ($chosen !== null) {
            return $chosen->fault();
        }
        $message = "expected a package artifact of release {$this->version()->toString()}, found none";
        return (new Fault(Code::FAIR_ARTIFACT_MISSING, $message))->at(Check::FAIR_ARTIFACT);
    }
}
