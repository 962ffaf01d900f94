<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fair\Artifact;
use FedVerify\Core\Fair\Release;
use FedVerify\Core\Fair\VerifiedPackage;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Pfn\Archive\ArchiveBinding;
use FedVerify\Core\Pfn\Archive\CheckedArchive;
use FedVerify\Core\Pfn\VerifiedPlugin;
use FedVerify\Core\Tables\SignatureForm;
use FedVerify\Core\Version;

/** What a report tells of releases and of bytes, and of who signed them: core/src/report/package_facts.rs. */
final class PackageFacts
{
    /** A release before its bytes are proven: where they are available, and which other versions there are. */
    public static function ofRelease(Release $release): JsonObject
    {
        return JsonObject::ofMembers([
            'version' => $release->version()->asStr(),
            'type' => $release->packageType(),
            'repository' => $release->repository(),
            'artifacts' => array_map([self::class, 'ofArtifact'], $release->artifacts()),
            'versions' => array_map(static function (Version $version): string {
                return $version->toString();
            }, $release->versions()),
        ]);
    }

    /** An installable file of a release, as the metadata document describes it. */
    private static function ofArtifact(Artifact $artifact): JsonObject
    {
        $given = ['contentType' => $artifact->contentType(), 'checksum' => $artifact->checksum()];
        return JsonObject::ofMembers(['url' => $artifact->url()] + Report::present($given) + [
            'releaseAsset' => $artifact->isReleaseAsset(),
            'requiresAuth' => $artifact->requiresAuth(),
        ]);
    }

    /** The release of a package, with the artifact that the bytes are. */
    public static function releaseOf(VerifiedPackage $package): JsonObject
    {
        return JsonObject::ofMembers([
            'version' => $package->version()->asStr(),
            'type' => $package->packageType(),
            'repository' => $package->repository(),
            'artifact' => $package->artifact()->url(),
        ]);
    }

    public static function ofPackage(VerifiedPackage $package): JsonObject
    {
        return JsonObject::ofMembers(self::digests($package->digests()) + [
            'keyId' => $package->keyId(),
            'key' => $package->key()->toDidKey(),
            'algorithm' => $package->signatureForm(),
        ]);
    }

    /** The key is named only where it signed the archive itself. */
    public static function ofArchive(VerifiedPlugin $plugin, CheckedArchive $archive): JsonObject
    {
        $isSigned = $archive->binding() === ArchiveBinding::SIGNED;
        $signer = ['key' => $plugin->key()->toDidKey(), 'algorithm' => SignatureForm::ED25519_SHA384];
        return JsonObject::ofMembers(self::digests($archive->digests()) + ($isSigned ? $signer : []));
    }

    /** @return array<string, mixed> */
    private static function digests(PackageDigests $digests): array
    {
        return [
            'size' => $digests->size(),
            'sha256' => $digests->sha256Hex(),
            'sha384' => $digests->sha384Hex(),
        ];
    }
}
