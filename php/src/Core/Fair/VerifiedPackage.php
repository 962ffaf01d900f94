<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Version;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/**
 * A package whose bytes carry a valid signature by a current signing key of the identity, and match the checksum of the
 * release where it gives one.
 *
 * There is no other way to get one than Release::verify(): holding it is the proof.
 */
final class VerifiedPackage
{
    private Release $release;
    private Artifact $artifact;
    private PackageDigests $digests;
    private PackageKey $key;
    private string $form;
    private ?Pin $pin;

    /** @var list<Warning> */
    private array $warnings;

    private function __construct(Release $release, Artifact $artifact, PackageDigests $digests)
    {
        $this->release = $release;
        $this->artifact = $artifact;
        $this->digests = $digests;
    }

    /**
     * The checks of one artifact, in order.
     *
     * @throws Refusal
     */
    public static function verify(
        Release $release,
        ClaimedArtifact $claimed,
        PackageDigests $digests,
        CheckBudget $budget
    ): self {
        $artifact = self::signedArtifact($release, $claimed);
        $checksumWarning = self::checkChecksum($artifact, $digests);
        $likeness = $checksumWarning === null ? Refusal::CHECKSUM : Refusal::NOTHING;
        $package = new self($release, $artifact, $digests);
        $signature = (string) $artifact->signature();
        try {
            [$package->key, $package->form] = Signature::findSigner($signature, $digests, $release->keys(), $budget);
        } catch (Fault $fault) {
            throw new Refusal($fault->at(Check::FAIR_SIGNATURE), $likeness);
        }
        try {
            $package->pin = $package->compareWithPin();
        } catch (Fault $fault) {
            throw new Refusal($fault->at(Check::PIN_PACKAGE), Refusal::SIGNATURE);
        }
        $package->warnings = $release->warnings();
        if ($checksumWarning !== null) {
            $package->warnings[] = $checksumWarning;
        }
        if (Signature::isLegacy($package->form)) {
            $message = "the signature has the legacy form {$package->form}; WordPress checks only Ed25519";
            $package->warnings[] = new Warning(WarningCode::FAIR_SIGNATURE_LEGACY, $message);
        }
        return $package;
    }

    /** @throws Refusal */
    private static function signedArtifact(Release $release, ClaimedArtifact $claimed): Artifact
    {
        try {
            $artifact = $claimed->content();
        } catch (Fault $fault) {
            throw new Refusal($fault->at(Check::FAIR_ARTIFACT));
        }
        if ($artifact->signature() === null) {
            $of = $release->version()->toString();
            $message = "expected a signature of the package of release $of, found none";
            throw new Refusal((new Fault(Code::FAIR_SIGNATURE_MISSING, $message))->at(Check::FAIR_ARTIFACT));
        }
        return $artifact;
    }

    /**
     * Compares the checksum; warns where there is none, since then the signature alone binds the bytes.
     *
     * @throws Refusal
     */
    private static function checkChecksum(Artifact $artifact, PackageDigests $digests): ?Warning
    {
        $text = $artifact->checksum();
        if ($text === null) {
            $message = 'the release has no checksum for its package; the signature alone binds the bytes';
            return new Warning(WarningCode::FAIR_CHECKSUM_ABSENT, $message);
        }
        try {
            if (!Checksum::parse($text)->matches($digests)) {
                $isSha384 = strncmp($text, 'sha384:', 7) === 0;
                $found = $isSha384 ? "sha384:{$digests->sha384Hex()}" : "sha256:{$digests->sha256Hex()}";
                // Both are a name and hexadecimal digits. Quoted, the longer of them would be cut.
                $message = "expected a package with the checksum \"$text\", found \"$found\"";
                throw new Fault(Code::FAIR_CHECKSUM_MISMATCH, $message);
            }
        } catch (Fault $fault) {
            throw new Refusal($fault->at(Check::FAIR_CHECKSUM));
        }
        return null;
    }

    private function compareWithPin(): ?Pin
    {
        $pin = $this->publisher()->pin();
        if ($pin === null) {
            return null;
        }
        Remember::checkPackage($pin, $this->version(), $this->release->listedChecksums(), $this->digests);
        return $pin->withPackage($this->version(), $this->digests)->within($this->release->limits());
    }

    /** The identity whose key signed. */
    public function publisher(): Publisher
    {
        return $this->release->publisher();
    }

    /** What to keep for the next visit, this package included; null unless the log was verified with a memory. */
    public function pin(): ?Pin
    {
        return $this->pin;
    }

    /** The type of the package. */
    public function packageType(): string
    {
        return $this->release->packageType();
    }

    /**
     * The version under which the metadata document lists the package. That is the document's word: the signature covers
     * only the bytes.
     */
    public function version(): Version
    {
        return $this->release->version();
    }

    /** The URL that serves the metadata document. */
    public function repository(): string
    {
        return $this->release->repository();
    }

    /** The artifact that the package is. */
    public function artifact(): Artifact
    {
        return $this->artifact;
    }

    /** Size and digests of the bytes. */
    public function digests(): PackageDigests
    {
        return $this->digests;
    }

    /**
     * Until when the key that signed can still be undone, in seconds since 1970; null if it cannot at $now (fair.md,
     * "Fresh keys"). A key that the identity has under several ids is as settled as the oldest of them.
     */
    public function keyFreshUntil(int $now): ?int
    {
        $identity = $this->publisher()->identity();
        if ($identity === null) {
            return null;
        }
        $contestable = $identity->contestable($now);
        $earliest = PHP_INT_MAX;
        foreach ($this->release->keys() as $key) {
            if (!$key->key()->equals($this->key())) {
                continue;
            }
            $until = $contestable->methodUntil($key->id());
            if ($until === null) {
                return null;
            }
            $earliest = min($earliest, $until);
        }
        return $earliest;
    }

    /** The id of the verification method that signed, without `#`. */
    public function keyId(): string
    {
        return $this->key->id();
    }

    /** The key that signed. */
    public function key(): PublicKey
    {
        return $this->key->key();
    }

    /** In which form it signed. */
    public function signatureForm(): string
    {
        return $this->form;
    }

    /**
     * Non-fatal findings, those of the release included.
     *
     * @return list<Warning>
     */
    public function warnings(): array
    {
        return $this->warnings;
    }
}
