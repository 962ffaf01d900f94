<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Pfn\Archive\ArchiveBinding;
use FedVerify\Core\Pfn\Archive\CheckedArchive;
use FedVerify\Core\Pfn\Archive\PluginArchive;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/**
 * A plugin whose id, name, version and description its publisher signed.
 *
 * Made only by verify(): an object of this class is the proof. It proves the four strings, and an archive only if
 * archive() says that it is ArchiveBinding::SIGNED.
 */
final class VerifiedPlugin
{
    /** @var PluginRecord */
    private $record;

    /** @var PublisherKey */
    private $key;

    /** @var CheckedArchive|null */
    private $archive;

    private function __construct(PluginRecord $record, PublisherKey $key)
    {
        $this->record = $record;
        $this->key = $key;
    }

    /**
     * Checks that the publisher signed the record. A signature given here replaces the record's own.
     *
     * @throws Fault pfn.signature.missing, pfn.signature.encoding, pfn.signature.invalid
     */
    public static function verify(PluginRecord $record, PublisherKey $key, ?string $signature): self
    {
        try {
            self::checkSignature($record, $key, $signature ?? $record->signature());
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_SIGNATURE);
        }
        return new self($record, $key);
    }

    private static function checkSignature(PluginRecord $record, PublisherKey $key, ?string $signature): void
    {
        if ($signature === null) {
            $message = 'the plugin record has no signature, and none was given separately';
            throw new Fault(Code::PFN_SIGNATURE_MISSING, $message);
        }
        if (!Signature::parse($signature)->isBy($key, $record->signedString())) {
            $message = 'the key ' . $key->publicKey()->toString() . ' did not sign this plugin record';
            throw new Fault(Code::PFN_SIGNATURE_INVALID, $message);
        }
    }

    /** The plugin's id: its slug. */
    public function id(): string
    {
        return $this->record->id();
    }

    /** The plugin's name; null if none was signed. */
    public function name(): ?string
    {
        return $this->record->name()->intoString();
    }

    /** The plugin's version; null if none was signed. */
    public function version(): ?string
    {
        return $this->record->version()->intoString();
    }

    /** The plugin's short description; null if none was signed. */
    public function description(): ?string
    {
        return $this->record->description()->intoString();
    }

    /** The key that signed. */
    public function key(): PublicKey
    {
        return $this->key->publicKey();
    }

    /** The archive that was checked, if one was. */
    public function archive(): ?CheckedArchive
    {
        return $this->archive;
    }

    /**
     * Checks an archive against this plugin: its folder and plugin headers, and its signature if one is given, which is
     * Ed25519 over the raw 48 bytes of the SHA-384 digest, as FAIR signs packages (pfn.md, "Archive signatures").
     *
     * Only the signature binds the archive's bytes. A signed archive is compared too: an archive that the publisher
     * once signed may be another plugin or an older version. Id, name and version are compared exactly, as far as they
     * are signed; a header without a version does not match a signed version (pfn.md, "Archive consistency").
     *
     * @throws Fault pfn.archive.inconsistent, pfn.signature.encoding, pfn.archive.signature_invalid
     */
    public function withArchive(PluginArchive $archive, ?string $signature): self
    {
        $plugin = clone $this;
        $plugin->archive = CheckedArchive::check($archive, $this, $this->key, $signature);
        return $plugin;
    }

    /**
     * Non-fatal findings: pfn.archive.unbound unless a signature over the archive was verified, and always
     * pfn.signature.oracle (pfn.md, "What a PFN signature is worth").
     *
     * @return list<Warning>
     */
    public function warnings(): array
    {
        $warnings = [];
        $binding = $this->archive === null ? null : $this->archive->binding();
        if ($binding === null) {
            $message = "the signature covers the plugin's id, name, version and description, not its archive";
            $warnings[] = new Warning(WarningCode::PFN_ARCHIVE_UNBOUND, $message);
        } elseif ($binding !== ArchiveBinding::SIGNED) {
            $message = "the archive's folder and header match what was signed, but the archive's bytes are not signed";
            $warnings[] = new Warning(WarningCode::PFN_ARCHIVE_UNBOUND, $message);
        }
        $warnings[] = self::oracleWarning();
        return $warnings;
    }

    /** The warning of a report in which a plugin's signature verified (pfn.md, "What a PFN signature is worth"). */
    public static function oracleWarning(): Warning
    {
        $message = 'the key also signs ownership challenges, so anyone may be able to obtain a signed plugin record by '
            . 'sending it as a challenge';
        return new Warning(WarningCode::PFN_SIGNATURE_ORACLE, $message);
    }
}
