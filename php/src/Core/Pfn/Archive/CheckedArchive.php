<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Pfn\PublisherKey;
use FedVerify\Core\Pfn\Signature;
use FedVerify\Core\Pfn\VerifiedPlugin;
use FedVerify\Core\Tables\Check;

/** The archive that was checked against a VerifiedPlugin. Made only by check(). */
final class CheckedArchive
{
    /** @var PackageDigests */
    private $digests;

    /** @var string one of ArchiveBinding */
    private $binding;

    private function __construct(PackageDigests $digests, string $binding)
    {
        $this->digests = $digests;
        $this->binding = $binding;
    }

    /**
     * Compares an archive with what was signed of a plugin, and checks its signature if one is given.
     *
     * @throws Fault pfn.archive.inconsistent, pfn.signature.encoding, pfn.archive.signature_invalid
     */
    public static function check(
        PluginArchive $archive,
        VerifiedPlugin $plugin,
        PublisherKey $key,
        ?string $signature
    ): self {
        try {
            $archive->compare($plugin->id(), $plugin->name(), $plugin->version());
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_ARCHIVE);
        }
        if ($signature === null) {
            return new self($archive->digests(), ArchiveBinding::CONSISTENT);
        }
        try {
            self::checkSignature($archive->digests()->sha384(), $key, $signature);
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_ARCHIVE_SIGNATURE);
        }
        return new self($archive->digests(), ArchiveBinding::SIGNED);
    }

    /**
     * Checks the signature of an archive by the archive's SHA-384 digest, all that it is over.
     *
     * @throws Fault pfn.signature.encoding, pfn.archive.signature_invalid
     */
    public static function checkSignature(string $sha384, PublisherKey $key, string $signature): void
    {
        if (self::mayBeAChallenge($sha384)) {
            $message = "the archive's SHA-384 digest is valid UTF-8, so its signature could answer a challenge; rebuild the archive";
            throw new Fault(Code::PFN_ARCHIVE_SIGNATURE_INVALID, $message);
        }
        if (!Signature::parse($signature)->isBy($key, $sha384)) {
            $message = 'the key ' . $key->publicKey()->toString() . ' did not sign this archive';
            throw new Fault(Code::PFN_ARCHIVE_SIGNATURE_INVALID, $message);
        }
    }

    /**
     * Whether a publisher who signs any challenge could have signed these bytes as one: it signs the UTF-8 of a text (pfn.md,
     * "Archive signatures").
     */
    private static function mayBeAChallenge(string $digest): bool
    {
        return preg_match('//u', $digest) === 1;
    }

    /** Size and digests of the archive. */
    public function digests(): PackageDigests
    {
        return $this->digests;
    }

    /** How the archive is tied to the record: one of ArchiveBinding. */
    public function binding(): string
    {
        return $this->binding;
    }
}
