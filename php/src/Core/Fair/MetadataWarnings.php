<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** Required members that nothing rests on (fair.md, "Loose members"). */
final class MetadataWarnings
{
    /** The white space of ASCII. */
    private const WHITE_SPACE = " \t\n\f\r";

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
        if (!self::namesContact($security)) {
            $message = 'the metadata document names no security contact; clients should refuse such packages';
            $warnings[] = new Warning(WarningCode::FAIR_SECURITY_MISSING, $message);
        }
        return $warnings;
    }

    /**
     * Whether the member security names a contact: in a list, as FAIR wants it, or alone.
     *
     * @param mixed $security
     */
    private static function namesContact($security): bool
    {
        foreach (is_array($security) ? $security : [$security] as $contact) {
            if (self::isContact($contact)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether this is an address, or an object with one. FAIR Beacon writes `uri` where FAIR says `url`.
     *
     * @param mixed $value
     */
    private static function isContact($value): bool
    {
        if (!$value instanceof JsonObject) {
            return self::isAddress($value);
        }
        foreach ($value->names() as $place => $name) {
            if (in_array($name, ['url', 'email', 'uri'], true) && self::isAddress($value->values()[$place])) {
                return true;
            }
        }
        return false;
    }

    /** @param mixed $value */
    private static function isAddress($value): bool
    {
        return is_string($value) && trim($value, self::WHITE_SPACE) !== '';
    }
}
