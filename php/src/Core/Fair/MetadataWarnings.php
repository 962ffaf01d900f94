<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Json\Fields;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** Required members that nothing rests on (fair.md, "Loose members"), and releases that cannot be used. */
final class MetadataWarnings
{
    /**
     * @param list<ClaimedRelease> $releases
     * @return list<Warning>
     */
    public static function of(Fields $fields, array $releases): array
    {
        $warnings = [];
        $license = $fields->take('license');
        $authors = $fields->take('authors');
        $security = $fields->take('security');
        $members = [
            'license' => is_string($license) && $license !== '',
            'authors' => is_array($authors) && $authors !== [],
            'security' => is_array($security) || $security === null,
        ];
        $loose = array_keys($members, false, true);
        if ($loose !== []) {
            $message = 'required members are missing, empty or of the wrong type: ' . implode(', ', $loose);
            $warnings[] = new Warning(WarningCode::FAIR_METADATA_LOOSE, $message);
        }
        if ($security === null || $security === []) {
            $message = 'the metadata document names no security contact; clients should refuse such packages';
            $warnings[] = new Warning(WarningCode::FAIR_SECURITY_MISSING, $message);
        }
        $unusable = self::unusable($releases);
        if ($unusable !== null) {
            $warnings[] = new Warning(WarningCode::FAIR_RELEASE_UNUSABLE, $unusable);
        }
        return $warnings;
    }

    /** @param list<ClaimedRelease> $releases */
    private static function unusable(array $releases): ?string
    {
        $count = 0;
        $first = '';
        foreach ($releases as $release) {
            if ($release->wellFormed() === null) {
                $first = $count === 0 ? $release->problem() : $first;
                $count++;
            }
        }
        if ($count === 0) {
            return null;
        }
        $are = $count === 1 ? '1 release is' : "$count releases are";
        return "$are malformed and skipped; the first because $first";
    }
}
