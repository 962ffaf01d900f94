<?php

/**
 * What the extension fedverify offers to PHP. For editors, PHPStan and Psalm; never loaded.
 *
 * tests/php/stubs.php holds this file to the extension itself.
 */

namespace FedVerify;

/**
 * A verification of any kind, with its inputs by name. AuditLog, Identity and Pfn are shorter ways to some of them.
 */
final class Verifier
{
    private function __construct()
    {
    }

    /**
     * Verifies.
     *
     *     Verifier::verify('fair-package', [
     *         'did' => 'did:web:publisher.example',
     *         'document' => $didDocument,
     *         'metadata' => ['file' => '/tmp/metadata.json'],
     *         'package' => '/tmp/plugin.zip',
     *         'now' => time(),
     *     ]);
     *
     * Nothing is looked up: `now` is the only clock, and there is a pin only where `pin` or `remember` asks for one.
     *
     * @param string $kind `plc-log`, `web-document`, `fair-metadata`, `fair-package`, `fair-alias`, `pfn-plugin`,
     *     `pfn-challenge`, `pfn-federation-info`, `pfn-author-data`, `pfn-asset-url` or `key`
     * @param array<string, string|int|bool|array{file: string}|null> $inputs by name; docs/php.md lists them. Bytes are a
     *     string, or `['file' => $path]` to be read from a file; `package` and `archive` are paths; `now` is an integer;
     *     `remember`, `noDowngrade`, `waitRecoveryWindow` and `history` are booleans. Null is an input that is not given
     * @param array<string, int> $limits limits that differ from the defaults, by name, such as ['logBytes' => 1 << 20]
     *
     * @throws RejectedException something was judged and refused
     * @throws InvalidInputException nothing was judged: a file cannot be read (`io.file.*`), or an input is unknown, missing or
     *     of the wrong type (`api.argument`)
     * @throws \ValueError there is no such kind
     */
    public static function verify(string $kind, array $inputs, array $limits = []): Report
    {
    }
}

/**
 * The audit log of a did:plc: every operation that its directory ever accepted.
 */
final class AuditLog
{
    private function __construct()
    {
    }

    /**
     * Verifies a log back to the genesis operation that the DID is the hash of, and remembers.
     *
     * @param string $json the audit log, the bare log or the export, exactly as the directory served it
     *     (`GET /<did>/log/audit`)
     * @param string $did the DID that was asked for
     * @param string|null $pin what was kept of the last visit (Identity::pin(), Report::pin()); null on a first visit.
     *     An empty string is a damaged pin, not a first visit: a torn file must not make fedverify forget
     * @param int|null $now seconds since 1970 by your own clock; null for this machine's
     * @param array<string, int> $limits limits that differ from the defaults, by name, such as ['logBytes' => 1 << 20]
     *
     * @throws RejectedException the log does not prove the identity: `input.*`, `did.*`, `plc.*`, `pin.*`. Its report holds the
     *     pin to keep, where the log was proven
     * @throws InvalidInputException nothing was judged, an argument cannot be used: `api.argument`
     */
    public static function verify(
        string $json,
        string $did,
        ?string $pin = null,
        ?int $now = null,
        array $limits = []
    ): Identity {
    }
}

/**
 * An identity whose whole log was verified. Holding one is the proof: only AuditLog::verify() makes them.
 *
 * `==` compares what was proven, and when.
 */
final class Identity
{
    private function __construct()
    {
    }

    /** The DID that was asked for, and that the genesis hashes to. */
    public function did(): string
    {
    }

    /** The CID of the last operation that is not nullified. */
    public function head(): string
    {
    }

    /** How many operations the log has, nullified ones too. */
    public function operations(): int
    {
    }

    /**
     * The CIDs of the nullified operations, in the order of the log.
     *
     * @return list<string>
     */
    public function nullified(): array
    {
    }

    /** Whether the identity was deactivated: then it speaks for no keys and no services. */
    public function isTombstoned(): bool
    {
    }

    /**
     * The keys that may sign operations, highest authority first; empty if the identity was deactivated.
     *
     * @return list<string> did:key strings
     */
    public function rotationKeys(): array
    {
    }

    /**
     * The keys that speak for the identity, by their ids. PHP makes an integer of an id such as "7": cast ids where you need
     * strings.
     *
     * @return array<array-key, string> did:key strings
     */
    public function verificationMethods(): array
    {
    }

    /**
     * Other names that the identity claims. Claims only.
     *
     * @return list<string>
     */
    public function alsoKnownAs(): array
    {
    }

    /**
     * The services of the identity, by their ids. PHP makes an integer of an id such as "7": cast ids where you need strings.
     *
     * @return array<array-key, array{type: string, endpoint: string}>
     */
    public function services(): array
    {
    }

    /** The URL of the metadata document of the identity's package; null if it names none that is usable. */
    public function repository(): ?string
    {
    }

    /**
     * The operations that their keys' owner can still undo, until when (UTC) and by which keys, and what rests on them.
     *
     * @return list<array{operation: int, cid: string, until: string, keys: list<string>,
     *     verificationMethods: list<string>, services: list<string>, alsoKnownAs: list<string>}>
     */
    public function contestable(): array
    {
    }

    /**
     * Every operation of the log in order, with what it changed and how serious that is. The log is walked again for this.
     *
     * @return list<array{cid: string, prev: string|null, type: string, createdAt?: string, firstSeen?: int,
     *     nullified: bool, nullifiedBy?: int, recovery: bool, signer: int, key: string, gravity: string,
     *     changes: list<array{change: string, part: string, id?: string, type?: string, value?: string}>,
     *     state: array<string, mixed>|null}>
     */
    public function history(): array
    {
    }

    /**
     * Non-fatal findings. The codes are constants of WarningCode.
     *
     * @return list<array{code: string, message: string}>
     */
    public function warnings(): array
    {
    }

    /**
     * The DID document that follows from the log, as an honest directory serves it; empty if the identity was
     * deactivated.
     *
     * @return array<string, mixed>
     */
    public function didDocument(): array
    {
    }

    /** What to keep, and to hand to AuditLog::verify() on the next visit: JSON. */
    public function pin(): string
    {
    }

    /** The account of the verification. */
    public function report(): Report
    {
    }

    /**
     * Verifies that a metadata document lists a release of this identity, before the package is there. The document is not
     * signed: what it says of the release are claims, until verifyPackage() proves the bytes.
     *
     * @param string $metadataJson the metadata document, as repository() serves it
     * @param string|null $version the version that is asked for; null for the latest that is listed
     * @param string|null $pin judges by this pin, and not by the one that AuditLog::verify() was given
     * @param bool $noDowngrade refuses a version below the highest that was verified before
     * @param array<string, int> $limits limits that differ from those that AuditLog::verify() was given
     *
     * @throws RejectedException `input.*`, `fair.*`, `key.*`, `plc.tombstoned`, `pin.*`
     * @throws InvalidInputException nothing was judged: `api.argument`
     */
    public function release(
        string $metadataJson,
        ?string $version = null,
        ?string $pin = null,
        bool $noDowngrade = false,
        array $limits = []
    ): Release {
    }

    /**
     * Verifies that the publisher released these bytes.
     *
     * The file is read once, in constant memory. It must be a regular file within open_basedir; streams are refused.
     *
     * @param string $metadataJson the metadata document, as repository() serves it
     * @param string $path the package
     * @param string|null $version the version that the package must be; null for the latest that is listed
     * @param string|null $pin judges by this pin, and not by the one that AuditLog::verify() was given
     * @param string|null $artifactUrl where the package was fetched from: then only that artifact counts
     * @param bool $noDowngrade refuses a version below the highest that was verified before
     * @param array<string, int> $limits limits that differ from those that AuditLog::verify() was given
     * @param bool $waitRecoveryWindow refuses a package whose signing key can still be undone (`fair.key.too_fresh`);
     *     without it such a package has the warning `fair.key.fresh`
     *
     * @return Report what was proven; its pin() holds this release too and replaces Identity::pin()
     *
     * @throws RejectedException the package is not proven: `input.*`, `fair.*`, `key.*`, `plc.tombstoned`, `pin.*`. Its report
     *     holds the pin to keep all the same
     * @throws InvalidInputException nothing was judged: `io.file.*`, `api.argument`
     */
    public function verifyPackage(
        string $metadataJson,
        string $path,
        ?string $version = null,
        ?string $pin = null,
        ?string $artifactUrl = null,
        bool $noDowngrade = false,
        array $limits = [],
        bool $waitRecoveryWindow = false
    ): Report {
    }

    /**
     * The name whose TXT records confirm the domain alias (`fair://…` in alsoKnownAs()); null where none is claimed. Looking
     * it up is your work.
     *
     * @throws RejectedException the claim itself is wrong: `fair.alias.mismatch`
     */
    public function aliasRecordName(): ?string
    {
    }

    /**
     * Compares the TXT records with the claimed alias. Where none is claimed there is nothing to confirm, and the report has
     * no alias().
     *
     * @param string $txtRecords the TXT records, one per line
     *
     * @throws RejectedException they do not confirm it: `fair.alias.mismatch`
     */
    public function confirmAlias(string $txtRecords): Report
    {
    }

    /**
     * Compares the DID document that a directory serves with the one that follows from the log: didDocument(). The served one
     * is not signed, so a difference says something about the directory and nothing about the identity.
     *
     * @param string $served the document, as the directory served it (`GET /<did>`)
     * @param string $url the directory, for the message
     *
     * @return array{code: string, message: string}|null the warning `plc.document.differs`; null where they say the same
     */
    public function compareDocument(string $served, string $url = 'https://plc.directory'): ?array
    {
    }
}

/**
 * The document of a did:web. Nothing signs it: whoever controls the domain or its TLS could say otherwise. Only verify()
 * makes them.
 */
final class WebDocument
{
    private function __construct()
    {
    }

    /**
     * The URL that serves the document of a did:web. Fetch it over TLS: nothing else authenticates it.
     *
     * @throws RejectedException `did.*`
     */
    public static function url(string $did): string
    {
    }

    /**
     * Verifies a document: that it is one of this DID, strictly read. Keys that are revoked or have expired are left out.
     *
     * @param string $json the document, exactly as the web server served it
     * @param string $did the DID that was asked for
     * @param int|null $now seconds since 1970 by your own clock; null for this machine's
     * @param array<string, int> $limits limits that differ from the defaults, by name
     *
     * @throws RejectedException it is no document of this DID: `input.*`, `did.*`
     * @throws InvalidInputException nothing was judged, an argument cannot be used: `api.argument`
     */
    public static function verify(string $json, string $did, ?int $now = null, array $limits = []): WebDocument
    {
    }

    /** The DID that was asked for. */
    public function did(): string
    {
    }

    /**
     * The keys that speak for the identity, by their ids. PHP makes an integer of an id such as "7": cast ids where you need
     * strings.
     *
     * @return array<array-key, string> did:key strings
     */
    public function verificationMethods(): array
    {
    }

    /** The URL that serves the document, over TLS. */
    public function documentUrl(): string
    {
    }

    /**
     * The ids of verification methods that are revoked or have expired: they are no keys any more.
     *
     * @return list<string>
     */
    public function withdrawn(): array
    {
    }

    /**
     * Other names that the document claims. Claims only.
     *
     * @return list<string>
     */
    public function alsoKnownAs(): array
    {
    }

    /**
     * The services of the identity, by their ids. PHP makes an integer of an id such as "7": cast ids where you need strings.
     *
     * @return array<array-key, array{type: string, endpoint: string}>
     */
    public function services(): array
    {
    }

    /** The URL of the metadata document of the identity's package; null if it names none that is usable. */
    public function repository(): ?string
    {
    }

    /**
     * Non-fatal findings. The codes are constants of WarningCode.
     *
     * @return list<array{code: string, message: string}>
     */
    public function warnings(): array
    {
    }

    /** The account of the verification. */
    public function report(): Report
    {
    }

    /**
     * Verifies that a metadata document lists a release of this identity: as Identity::release(), but for pins. Nothing is
     * remembered of a did:web.
     *
     * @param array<string, int> $limits limits that differ from those that verify() was given
     *
     * @throws RejectedException `input.*`, `fair.*`, `key.*`
     * @throws InvalidInputException nothing was judged: `api.argument`
     */
    public function release(string $metadataJson, ?string $version = null, array $limits = []): Release
    {
    }

    /**
     * Verifies that the publisher released these bytes: as Identity::verifyPackage(), but for pins.
     *
     * @param array<string, int> $limits limits that differ from those that verify() was given
     *
     * @throws RejectedException `input.*`, `fair.*`, `key.*`
     * @throws InvalidInputException nothing was judged: `io.file.*`, `api.argument`
     */
    public function verifyPackage(
        string $metadataJson,
        string $path,
        ?string $version = null,
        ?string $artifactUrl = null,
        array $limits = []
    ): Report {
    }

    /**
     * The name of the TXT records that confirm the domain alias, as Identity::aliasRecordName().
     *
     * @throws RejectedException the claim itself is wrong: `fair.alias.mismatch`
     */
    public function aliasRecordName(): ?string
    {
    }

    /**
     * Compares the TXT records with the claimed alias, as Identity::confirmAlias().
     *
     * @throws RejectedException they do not confirm it: `fair.alias.mismatch`
     */
    public function confirmAlias(string $txtRecords): Report
    {
    }
}

/**
 * A release that a metadata document lists for a proven publisher. Only release() of Identity and of WebDocument make them.
 *
 * That the publisher released it is not proven yet: verifyPackage() proves it, with the bytes.
 */
final class Release
{
    private function __construct()
    {
    }

    /** The DID of the publisher. */
    public function did(): string
    {
    }

    /** The version, as it is written in the document. */
    public function version(): string
    {
    }

    /** The type of the package, such as `wp-plugin`. */
    public function type(): string
    {
    }

    /** The URL from which the identity says its metadata document is served. */
    public function repository(): string
    {
    }

    /**
     * The versions of all well-formed releases that the document lists, in its order.
     *
     * @return list<string>
     */
    public function versions(): array
    {
    }

    /**
     * The well-formed package artifacts, in the order of the document: where they are, and how they are fetched. `releaseAsset`
     * says that the host must be asked for `application/octet-stream`.
     *
     * @return list<array{url: string, contentType?: string, checksum?: string, releaseAsset: bool, requiresAuth: bool}>
     */
    public function artifacts(): array
    {
    }

    /**
     * Non-fatal findings. The codes are constants of WarningCode.
     *
     * @return list<array{code: string, message: string}>
     */
    public function warnings(): array
    {
    }

    /** What to keep, as Report::pin(); null for a did:web, of which nothing is remembered. */
    public function pin(): ?string
    {
    }

    /** The account of the verification. */
    public function report(): Report
    {
    }

    /**
     * Verifies that the publisher released these bytes as this release, by the metadata document and the pin that the release
     * was made by.
     *
     * @param string $path the package: a regular file within open_basedir; streams are refused
     * @param string|null $pin judges by this pin instead
     * @param string|null $artifactUrl where the package was fetched from: then only that artifact counts
     * @param bool $noDowngrade refuses a version below the highest that was verified before
     * @param array<string, int> $limits limits that differ from those that the release was made by
     * @param bool $waitRecoveryWindow refuses a package whose signing key can still be undone (`fair.key.too_fresh`); not for
     *     a did:web, of which nothing can be undone
     *
     * @throws RejectedException the package is not proven: `fair.*`, `pin.*`. Its report holds the pin to keep all the same
     * @throws InvalidInputException nothing was judged: `io.file.*`, `api.argument`
     */
    public function verifyPackage(
        string $path,
        ?string $pin = null,
        ?string $artifactUrl = null,
        bool $noDowngrade = false,
        array $limits = [],
        bool $waitRecoveryWindow = false
    ): Report {
    }
}

/**
 * The Plugin Federation Network. Its publishers are keys: a verdict rests on a key that you already trust.
 */
final class Pfn
{
    private function __construct()
    {
    }

    /**
     * Verifies that the publisher signed a plugin's id, name, version and description.
     *
     * That signature does not cover the archive: unless $archiveSignature binds it, the report has the warning
     * `pfn.archive.unbound`.
     *
     * @param string $key the publisher's key: PEM, base64, did:key or multibase
     * @param string $pluginJson the plugin's record
     * @param string|null $signature a signature that counts in the place of the record's own
     * @param string|null $archivePath the plugin's ZIP, to be compared with the record
     * @param string|null $archiveSignature the publisher's signature over the ZIP itself, in base64
     * @param array<string, int> $limits limits that differ from the defaults, by name
     *
     * @throws RejectedException the record or the archive is not proven: `input.*`, `pfn.*`
     * @throws InvalidInputException nothing was judged: `io.file.*`, `api.argument`
     */
    public static function verifyPlugin(
        string $key,
        string $pluginJson,
        ?string $signature = null,
        ?string $archivePath = null,
        ?string $archiveSignature = null,
        array $limits = []
    ): Report {
    }

    /**
     * Verifies that the publisher answered a challenge. It proves something only if the challenge was made for this visit.
     *
     * @param string $key the publisher's key: PEM, base64, did:key or multibase
     * @param string $challenge the challenge exactly as it was sent
     * @param string $signature the answer, in base64
     * @param array<string, int> $limits limits that differ from the defaults, by name
     *
     * @throws RejectedException the answer is not the key's: `pfn.*`
     * @throws InvalidInputException nothing was judged: `api.argument`
     */
    public static function verifyChallenge(
        string $key,
        string $challenge,
        string $signature,
        array $limits = []
    ): Report {
    }

    /**
     * Checks a challenge before you send it: its answer must not be usable for anything else. Make a new random one for every
     * visit, such as a UUID.
     *
     * @param array<string, int> $limits limits that differ from the defaults, by name
     *
     * @throws RejectedException it must not be sent: `pfn.challenge.malformed`, `pfn.challenge.ambiguous`
     * @throws InvalidInputException it is not UTF-8: `api.argument`
     */
    public static function checkChallenge(string $challenge, array $limits = []): void
    {
    }
}

/**
 * The signature of an archive of the Plugin Federation Network, checked by the digest that a node lists: docs/rules/pfn.md,
 * "Archive signatures". It says nothing about bytes until they are found to have that digest; of bytes that are there,
 * Pfn::verifyPlugin() checks it.
 */
final class ArchiveSignature
{
    private function __construct()
    {
    }

    /**
     * Checks that a publisher's key signed a digest as that of an archive.
     *
     * @param string $key as Pfn::verifyPlugin() takes it
     * @param string $sha384 the SHA-384 digest, in hexadecimal
     *
     * @throws RejectedException `pfn.archive.signature_invalid`, `pfn.signature.encoding`, `pfn.key.invalid`
     * @throws InvalidInputException `api.argument`: it is no digest
     */
    public static function verify(string $key, string $sha384, string $signature): void
    {
    }
}

/**
 * What was remembered of one identity, as a value: docs/rules/did-plc.md, "Pins". Verification takes and gives pins as JSON; this
 * reads them, compares them, and makes one of two. `==` compares what two of them know.
 */
final class Pin
{
    private function __construct()
    {
    }

    /**
     * Reads a pin.
     *
     * @param array<string, int> $limits limits that differ from the defaults, by name
     *
     * @throws RejectedException `pin.malformed`: it is torn, damaged, empty or of another format
     * @throws InvalidInputException `api.unsupported`: it has numbers that PHP cannot hold; `api.argument`: no such limit
     */
    public static function parse(string $json, array $limits = []): Pin
    {
    }

    /** The DID that it is about. */
    public function did(): string
    {
    }

    /** The CID of the last operation that was seen and is not nullified. */
    public function head(): string
    {
    }

    /** When the log was last verified, in seconds since 1970 by the clock of whoever did. */
    public function lastVisit(): int
    {
    }

    /**
     * Every version of which a package was verified, by its number (Version::number()), with the digests of the packages.
     *
     * @return list<array{version: string, packages: list<array{sha256: string, sha384: string}>}>
     */
    public function releases(): array
    {
    }

    /** The number of the highest version of which a package was verified; null where none with an order was. */
    public function highestVersion(): ?string
    {
    }

    /**
     * Below 0, 0 or above 0, as this pin's log is older than, the same as or newer than the other's. The newer one has all
     * operations that are in force by the other, and more. Of two with the same operations in force, the newer one knows more
     * operations, nullified ones included; else it is of the later visit; else the SHA-256 of its log is the greater. The
     * packages do not count.
     *
     * @throws RejectedException `pin.fork`: they know histories that contradict each other; `pin.malformed`: they are of two
     *     identities
     */
    public function compare(Pin $other): int
    {
    }

    /**
     * What both know, from visits that ran at once. Nothing is forgotten, and the order of the two does not matter.
     *
     * @throws RejectedException `pin.fork`, `pin.malformed` as compare(); `pin.nullification_late`: one has an operation as undone
     *     that the other proves to have been undone too late; `pin.too_large` where no verification would read it
     */
    public function merge(Pin $other): Pin
    {
    }

    /** As verification takes it. */
    public function toJson(): string
    {
    }
}

/**
 * The order of versions by which fedverify calls a release the latest and refuses a downgrade: docs/rules/fair.md, "Version
 * order". It is not version_compare()'s.
 */
final class Version
{
    private function __construct()
    {
    }

    /**
     * Below 0, 0 or above 0, as the first is lower than, equal to or higher than the second.
     *
     * @throws RejectedException `fair.version.invalid`: one of them is no version, or has no order, as `trunk` has none
     */
    public static function compare(string $a, string $b): int
    {
    }

    /**
     * A version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A version without
     * an order is its own name. Pins name versions so.
     *
     * @throws RejectedException `fair.version.invalid`: it is no version
     */
    public static function number(string $version): string
    {
    }
}

/**
 * How much untrusted input may cost: the limits that every method takes by name, as `['logBytes' => 1 << 20]`. Every limit is
 * inclusive.
 *
 *     foreach (FedVerify\Limits::defaults() as $name => $value) {
 *         echo "$name: $value. ", FedVerify\Limits::meaning($name), "\n";
 *     }
 */
final class Limits
{
    private function __construct()
    {
    }

    /** @return list<string> */
    public static function names(): array
    {
    }

    /**
     * @return array<string, int> the limits that hold where none are given
     */
    public static function defaults(): array
    {
    }

    /**
     * What a limit counts, in one line.
     *
     * @throws \ValueError there is no such limit
     */
    public static function meaning(string $name): string
    {
    }
}

/**
 * Several directories' logs of one identity. A directory can withhold operations, and one alone cannot be caught at it; asked
 * beside others it can.
 *
 *     $newest = FedVerify\Directory::newest([
 *         'https://plc.directory' => FedVerify\AuditLog::verify($log, $did, $pin),
 *         'https://mirror.example' => FedVerify\AuditLog::verify($itsLog, $did, $pin),
 *     ]);
 *     $identity = $newest->identity();
 */
final class Directory
{
    private function __construct()
    {
    }

    /**
     * Chooses the newest log: the one that lawfully continues every other.
     *
     * @param array<string, Identity> $identities what each directory's log proves, by the directory's URL
     *
     * @throws RejectedException `plc.directory.disagree` where there is none such: the directories show different histories, or
     *     other times of the same operations; `plc.log.empty` where there are no logs
     */
    public static function newest(array $identities): Newest
    {
    }
}

/**
 * The newest of several directories' logs: Directory::newest().
 */
final class Newest
{
    private function __construct()
    {
    }

    /** The directory that served it. */
    public function url(): string
    {
    }

    /** What it proves: the object that was given. */
    public function identity(): Identity
    {
    }

    /**
     * The directories that lag behind it: `plc.directory.lag`.
     *
     * @return list<array{code: string, message: string}>
     */
    public function warnings(): array
    {
    }
}

/**
 * The account of one verification, the same in every language: schema/report.v1.json.
 */
final class Report implements \JsonSerializable
{
    private function __construct()
    {
    }

    /**
     * How the verification ended.
     *
     * @return 'verified'|'rejected'|'undetermined'
     */
    public function verdict(): string
    {
    }

    /** What was verified: a kind of Verifier::verify(). */
    public function kind(): string
    {
    }

    /**
     * What the verdict rests on; null where nothing was proven that it could rest on.
     *
     * @return 'self-certified'|'web'|'key'|null
     */
    public function trust(): ?string
    {
    }

    /**
     * Why it was not verified.
     *
     * @return array{code: string, message: string, remedy: string, operation?: int, cid?: string, limit?: string}|null
     */
    public function error(): ?array
    {
    }

    /**
     * Non-fatal findings. The codes are constants of WarningCode.
     *
     * @return list<array{code: string, message: string}>
     */
    public function warnings(): array
    {
    }

    /**
     * Every step, in order.
     *
     * @return list<array{check: string, outcome: 'pass'|'fail'|'skipped'|'not-reached', detail: string}>
     */
    public function checks(): array
    {
    }

    /**
     * The identity, if it was proven. What only a log tells is absent for a did:web.
     *
     * @return array{did: string, head?: string, operations?: int, nullified?: list<string>, tombstoned?: bool,
     *     rotationKeys?: list<string>, verificationMethods: array<string, string>, alsoKnownAs: list<string>,
     *     services: array<string, array{type: string, endpoint: string}>, repository?: string,
     *     contestable?: list<array<string, mixed>>, didDocument?: array<string, mixed>,
     *     history?: list<array<string, mixed>>}|null
     */
    public function identity(): ?array
    {
    }

    /**
     * The release, if it was proven to be the identity's; `artifact` if the package was proven.
     *
     * @return array{version: string, type: string, repository: string, artifact?: string,
     *     artifacts?: list<array<string, string|bool>>, versions?: list<string>}|null
     */
    public function release(): ?array
    {
    }

    /** The domain that the identity claims and that confirms it, if TXT records were given. */
    public function alias(): ?string
    {
    }

    /**
     * The bytes, and who signed them.
     *
     * @return array{size: int, sha256: string, sha384: string, keyId?: string, key?: string, algorithm?: string}|null
     */
    public function package(): ?array
    {
    }

    /**
     * The strings that the publisher of a plugin record signed.
     *
     * @return array{id: string, name?: string|null, version?: string|null, description?: string|null}|null
     */
    public function plugin(): ?array
    {
    }

    /** The challenge that was answered. */
    public function challenge(): ?string
    {
    }

    /**
     * What a federation source says of itself.
     *
     * @return array{version: string, features: list<string>, domain: string, namingScheme: string}|null
     */
    public function federation(): ?array
    {
    }

    /**
     * What a federation source lists for an author; `code` is null where the author signed the plugin.
     *
     * @return array{username: string, plugins: list<array{id: string, code?: string|null, unchecked?: true}>}|null
     */
    public function author(): ?array
    {
    }

    /** The URL of a plugin's archive at its federation source. */
    public function assetUrl(): ?string
    {
    }

    /**
     * The key that the verdict rests on, or that was read.
     *
     * @return array{type: string, didKey: string, multibase: string}|null
     */
    public function key(): ?array
    {
    }

    /**
     * What to keep, whatever the verdict, and to hand to AuditLog::verify() on the next visit: JSON. Null where no pin was
     * asked for, and where the log itself was not proven: then keep the one that you have.
     */
    public function pin(): ?string
    {
    }

    /** The report as JSON on one line. */
    public function toJson(): string
    {
    }

    /**
     * The whole report; its objects are arrays with keys.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
    }

    /** The whole report for json_encode(); its objects stay objects, also those without members. */
    public function jsonSerialize(): \stdClass
    {
    }
}

/**
 * Why there is no proof. Thrown itself only where fedverify failed: `api.panicked`.
 *
 * getMessage() is for people; getCode() is the number of the code.
 */
class Exception extends \Exception
{
    /** The stable code, one of the constants of Code. */
    public function errorCode(): string
    {
    }

    /** What to do about it, in one line. */
    public function remedy(): string
    {
    }

    /** The index in the log of the operation that it is about, counted from 0. */
    public function operation(): ?int
    {
    }

    /** The recomputed CID of that operation. */
    public function cid(): ?string
    {
    }

    /** The name of the limit that was exceeded, as the arguments `$limits` take it. */
    public function limit(): ?string
    {
    }

    /**
     * The steps that passed, the one that failed, what was proven before, and the pin to keep. Null only where no
     * verification threw it: made by hand, unserialised, or thrown by what the Composer library has beside verification.
     */
    public function report(): ?Report
    {
    }
}

/**
 * Something was judged and refused.
 */
final class RejectedException extends Exception
{
}

/**
 * Nothing could be judged: an argument cannot be used, or a file cannot be read. Never a verdict.
 */
final class InvalidInputException extends Exception
{
}

// generated: constants (by `make generated` from core/src/tables; do not edit)

/**
 * The stable codes of errors. docs/codes.md says what each means.
 */
final class Code
{
    public const INPUT_MALFORMED = 'input.malformed';
    public const INPUT_TOO_LARGE = 'input.too_large';
    public const INPUT_DUPLICATE_MEMBER = 'input.duplicate_member';
    public const INPUT_TOO_DEEP = 'input.too_deep';
    public const INPUT_TRAILING_BYTES = 'input.trailing_bytes';
    public const INPUT_BYTE_ORDER_MARK = 'input.byte_order_mark';
    public const INPUT_WRONG_TYPE = 'input.wrong_type';
    public const INPUT_NOT_UTF8 = 'input.not_utf8';
    public const INPUT_TOO_MANY_VALUES = 'input.too_many_values';
    public const DID_INVALID = 'did.invalid';
    public const DID_UNSUPPORTED = 'did.unsupported';
    public const DID_DOCUMENT_MALFORMED = 'did.document.malformed';
    public const DID_DOCUMENT_ID_MISMATCH = 'did.document.id_mismatch';
    public const KEY_INVALID = 'key.invalid';
    public const KEY_UNSUPPORTED = 'key.unsupported';
    public const PLC_LOG_EMPTY = 'plc.log.empty';
    public const PLC_LOG_TOO_LONG = 'plc.log.too_long';
    public const PLC_LOG_TOO_MUCH_WORK = 'plc.log.too_much_work';
    public const PLC_ENTRY_MALFORMED = 'plc.entry.malformed';
    public const PLC_DID_MISMATCH = 'plc.did_mismatch';
    public const PLC_OPERATION_MALFORMED = 'plc.operation.malformed';
    public const PLC_OPERATION_UNKNOWN_FIELD = 'plc.operation.unknown_field';
    public const PLC_OPERATION_TOO_MANY_ROTATION_KEYS = 'plc.operation.too_many_rotation_keys';
    public const PLC_GENESIS_INVALID = 'plc.genesis.invalid';
    public const PLC_GENESIS_REPEATED = 'plc.genesis.repeated';
    public const PLC_CID_MISMATCH = 'plc.cid.mismatch';
    public const PLC_PREV_MISMATCH = 'plc.prev.mismatch';
    public const PLC_PREV_NULLIFIED = 'plc.prev.nullified';
    public const PLC_TOMBSTONED = 'plc.tombstoned';
    public const PLC_SIGNATURE_ENCODING = 'plc.signature.encoding';
    public const PLC_SIGNATURE_HIGH_S = 'plc.signature.high_s';
    public const PLC_SIGNATURE_INVALID = 'plc.signature.invalid';
    public const PLC_NULLIFICATION_LATE = 'plc.nullification.late';
    public const PLC_NULLIFICATION_AUTHORITY = 'plc.nullification.authority';
    public const PLC_NULLIFIED_FLAG = 'plc.nullified_flag';
    public const PLC_TIMESTAMP_MALFORMED = 'plc.timestamp.malformed';
    public const PLC_TIMESTAMP_ORDER = 'plc.timestamp.order';
    public const PLC_DIRECTORY_DISAGREE = 'plc.directory.disagree';
    public const PLC_ROTATION_KEY_INVALID = 'plc.rotation_key.invalid';
    public const PLC_OPERATION_TOO_LARGE = 'plc.operation.too_large';
    public const PLC_OPERATION_TOO_MANY_MEMBERS = 'plc.operation.too_many_members';
    public const FAIR_METADATA_MALFORMED = 'fair.metadata.malformed';
    public const FAIR_METADATA_ID_MISMATCH = 'fair.metadata.id_mismatch';
    public const FAIR_METADATA_TYPE_UNKNOWN = 'fair.metadata.type_unknown';
    public const FAIR_SERVICE_MISSING = 'fair.service.missing';
    public const FAIR_KEY_MISSING = 'fair.key.missing';
    public const FAIR_RELEASE_MISSING = 'fair.release.missing';
    public const FAIR_RELEASE_MALFORMED = 'fair.release.malformed';
    public const FAIR_RELEASE_AMBIGUOUS = 'fair.release.ambiguous';
    public const FAIR_ARTIFACT_MISSING = 'fair.artifact.missing';
    public const FAIR_ARTIFACT_MALFORMED = 'fair.artifact.malformed';
    public const FAIR_ARTIFACT_TOO_MANY = 'fair.artifact.too_many';
    public const FAIR_SIGNATURE_MISSING = 'fair.signature.missing';
    public const FAIR_SIGNATURE_ENCODING = 'fair.signature.encoding';
    public const FAIR_SIGNATURE_INVALID = 'fair.signature.invalid';
    public const FAIR_CHECKSUM_MALFORMED = 'fair.checksum.malformed';
    public const FAIR_CHECKSUM_MISMATCH = 'fair.checksum.mismatch';
    public const FAIR_CHECKSUM_UNSUPPORTED = 'fair.checksum.unsupported';
    public const FAIR_TOO_MUCH_WORK = 'fair.too_much_work';
    public const FAIR_ALIAS_MISMATCH = 'fair.alias.mismatch';
    public const FAIR_SERVICE_INVALID = 'fair.service.invalid';
    public const FAIR_KEY_TOO_FRESH = 'fair.key.too_fresh';
    public const FAIR_VERSION_INVALID = 'fair.version.invalid';
    public const PFN_KEY_INVALID = 'pfn.key.invalid';
    public const PFN_PLUGIN_MALFORMED = 'pfn.plugin.malformed';
    public const PFN_PLUGIN_NOT_TEXT = 'pfn.plugin.not_text';
    public const PFN_SIGNATURE_MISSING = 'pfn.signature.missing';
    public const PFN_SIGNATURE_ENCODING = 'pfn.signature.encoding';
    public const PFN_SIGNATURE_INVALID = 'pfn.signature.invalid';
    public const PFN_FEDERATION_INFO_MALFORMED = 'pfn.federation_info.malformed';
    public const PFN_AUTHOR_DATA_MALFORMED = 'pfn.author_data.malformed';
    public const PFN_ASSET_URL_REFUSED = 'pfn.asset_url.refused';
    public const PFN_ARCHIVE_UNREADABLE = 'pfn.archive.unreadable';
    public const PFN_ARCHIVE_INCONSISTENT = 'pfn.archive.inconsistent';
    public const PFN_ARCHIVE_SIGNATURE_INVALID = 'pfn.archive.signature_invalid';
    public const PFN_CHALLENGE_MALFORMED = 'pfn.challenge.malformed';
    public const PFN_CHALLENGE_AMBIGUOUS = 'pfn.challenge.ambiguous';
    public const PIN_MALFORMED = 'pin.malformed';
    public const PIN_ROLLBACK = 'pin.rollback';
    public const PIN_FORK = 'pin.fork';
    public const PIN_NULLIFICATION_LATE = 'pin.nullification_late';
    public const PIN_RELEASE_CHANGED = 'pin.release_changed';
    public const PIN_DOWNGRADE = 'pin.downgrade';
    public const PIN_TOO_LARGE = 'pin.too_large';
    public const IO_FILE_MISSING = 'io.file.missing';
    public const IO_FILE_UNREADABLE = 'io.file.unreadable';
    public const IO_NETWORK_DNS = 'io.network.dns';
    public const IO_NETWORK_CONNECT = 'io.network.connect';
    public const IO_NETWORK_TLS = 'io.network.tls';
    public const IO_NETWORK_TIMEOUT = 'io.network.timeout';
    public const IO_NETWORK_STATUS = 'io.network.status';
    public const IO_NETWORK_REDIRECT = 'io.network.redirect';
    public const IO_NETWORK_INSECURE = 'io.network.insecure';
    public const IO_NETWORK_ANSWER = 'io.network.answer';
    public const IO_FILE_UNWRITABLE = 'io.file.unwritable';
    public const IO_MEMORY = 'io.memory';
    public const IO_DIRECTORY_UNKNOWN = 'io.directory.unknown';
    public const IO_DIRECTORY_DEACTIVATED = 'io.directory.deactivated';
    public const API_ARGUMENT = 'api.argument';
    public const API_USED_UP = 'api.used_up';
    public const API_PANICKED = 'api.panicked';
    public const API_UNSUPPORTED = 'api.unsupported';

    private function __construct()
    {
    }

    /**
     * What a code means, in one line.
     *
     * @throws \ValueError there is no such code
     */
    public static function meaning(string $code): string
    {
    }

    /**
     * What whoever meets a code can do about it, in one line.
     *
     * @throws \ValueError there is no such code
     */
    public static function remedy(string $code): string
    {
    }
}

/**
 * The stable codes of warnings. docs/codes.md says what each means.
 */
final class WarningCode
{
    public const PLC_LOG_BARE = 'plc.log.bare';
    public const PLC_DEACTIVATED = 'plc.deactivated';
    public const PLC_ENTRY_UNKNOWN_MEMBER = 'plc.entry.unknown_member';
    public const PLC_ROTATION_KEYS_EMPTY = 'plc.rotation_keys.empty';
    public const PLC_ROTATION_KEYS_DUPLICATE = 'plc.rotation_keys.duplicate';
    public const PLC_ROTATION_KEY_UNUSABLE = 'plc.rotation_key.unusable';
    public const PLC_VERIFICATION_METHODS_MANY = 'plc.verification_methods.many';
    public const PLC_OPERATION_OVERSIZED = 'plc.operation.oversized';
    public const PLC_DIRECTORY_LAG = 'plc.directory.lag';
    public const PLC_DIRECTORY_UNREACHABLE = 'plc.directory.unreachable';
    public const PLC_DOCUMENT_DIFFERS = 'plc.document.differs';
    public const PIN_NULLIFICATION_UNWITNESSED = 'pin.nullification.unwitnessed';
    public const FAIR_METADATA_LOOSE = 'fair.metadata.loose';
    public const FAIR_SECURITY_MISSING = 'fair.security.missing';
    public const FAIR_RELEASE_UNUSABLE = 'fair.release.unusable';
    public const FAIR_RELEASE_ADVISORY = 'fair.release.advisory';
    public const FAIR_RELEASE_INSECURE = 'fair.release.insecure';
    public const FAIR_VERSION_LOOSE = 'fair.version.loose';
    public const FAIR_KEY_UNUSABLE = 'fair.key.unusable';
    public const FAIR_KEY_FRESH = 'fair.key.fresh';
    public const FAIR_CHECKSUM_ABSENT = 'fair.checksum.absent';
    public const FAIR_SIGNATURE_LEGACY = 'fair.signature.legacy';
    public const FAIR_ALIAS_UNCONFIRMED = 'fair.alias.unconfirmed';
    public const IO_NETWORK_PRIVATE = 'io.network.private';
    public const PFN_ARCHIVE_UNBOUND = 'pfn.archive.unbound';
    public const PFN_AUTHOR_DATA_PARTIAL = 'pfn.author_data.partial';
    public const PFN_SIGNATURE_ORACLE = 'pfn.signature.oracle';

    private function __construct()
    {
    }
}

// end: constants
