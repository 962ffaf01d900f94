<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Json\Fields;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** Required members that nothing rests on (fair.md, "Loose members"). */
final class MetadataWarnings
{
    /** @return list<Warning> */
    public static function of(Fields $fields): array
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
        return $warnings;
    }
}
