<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/**
 * A way to fedverify outside of the extension. Every verification answers with the JSON text of its report, also when it
 * refuses. Arguments were looked at before: texts are UTF-8, limits are counts.
 */
interface Engine
{
    /**
     * Verifies a log against a pin; null is a first visit. The report holds the next pin.
     *
     * @param array<string, int> $limits
     */
    public function verifyLog(string $log, string $did, ?string $pin, int $now, array $limits): string;

    /**
     * Verifies a package, from its bytes back to the genesis of the DID.
     *
     * @param array<string, int> $limits
     */
    public function verifyPackage(
        string $log,
        string $did,
        string $pin,
        int $now,
        string $metadata,
        LocalFile $package,
        ?string $version,
        ?string $artifactUrl,
        bool $noDowngrade,
        array $limits
    ): string;

    /**
     * Verifies a plugin's record, and its archive where there is one.
     *
     * @param array<string, int> $limits
     */
    public function verifyPlugin(
        string $key,
        string $record,
        ?string $signature,
        ?LocalFile $archive,
        ?string $archiveSignature,
        array $limits
    ): string;

    /**
     * Verifies the answer to a challenge.
     *
     * @param array<string, int> $limits
     */
    public function verifyChallenge(string $key, string $challenge, string $signature, array $limits): string;

    /** The type of a did:key; null where it can verify nothing. */
    public function keyType(string $didKey): ?string;

    /** What this is, in a few words for people. */
    public function describe(): string;
}
