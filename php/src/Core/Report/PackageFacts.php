<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fair\Release;
use FedVerify\Core\Fair\VerifiedPackage;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Pfn\Archive\ArchiveBinding;
use FedVerify\Core\Pfn\Archive\CheckedArchive;
use FedVerify\Core\Pfn\VerifiedPlugin;
use FedVerify\Core\Tables\SignatureForm;

/** What a report tells of releases and of bytes, and of who signed them: core/src/report/facts.rs. */
final class PackageFacts
{
    public static function ofRelease(Release $release): JsonObject
    {
        return JsonObject::ofMembers([
            'version' => $release->version()->asStr(),
            'type' => $release->packageType(),
            'repository' => $release->repository(),
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
