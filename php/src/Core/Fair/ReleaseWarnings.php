<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Version;
use FedVerify\Core\VersionForm;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** What should be known of the release at hand. */
final class ReleaseWarnings
{
    /** @return list<Warning> */
    public static function of(Metadata $metadata, ReleaseContent $content): array
    {
        $version = $content->version();
        $text = $version->toString();
        $warnings = self::aboutForm($version);
        if ($content->hasAdvisory()) {
            $message = "the metadata document has a security advisory on version $text";
            $warnings[] = new Warning(WarningCode::FAIR_RELEASE_ADVISORY, $message);
        }
        $latest = $metadata->securityReleaseAbove($version);
        if ($latest !== null) {
            $message = "version $text is below {$latest->toString()}, the latest release with security fixes";
            $warnings[] = new Warning(WarningCode::FAIR_RELEASE_INSECURE, $message);
        }
        return $warnings;
    }

    /** @return list<Warning> */
    private static function aboutForm(Version $version): array
    {
        if ($version->form() === VersionForm::FAIR) {
            return [];
        }
        $message = "version {$version->toString()} does not follow FAIR's grammar";
        $message .= $version->form() === VersionForm::LOOSE
            ? '; it is ordered as if it did'
            : ' and cannot be ordered';
        return [new Warning(WarningCode::FAIR_VERSION_LOOSE, $message)];
    }
}
