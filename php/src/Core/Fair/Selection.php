<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Quote;
use FedVerify\Core\Version;

/** Which release of a metadata document is asked for (fair.md, "Releases"). */
final class Selection
{
    /**
     * The release of this version, or the latest.
     *
     * @throws Fault Code::FAIR_RELEASE_MISSING, Code::FAIR_RELEASE_AMBIGUOUS, Code::FAIR_RELEASE_MALFORMED,
     *     Code::FAIR_VERSION_INVALID
     */
    public static function select(Metadata $metadata, ?string $version): ReleaseContent
    {
        $text = $version ?? self::latestVersion($metadata)->asStr();
        $named = null;
        foreach ($metadata->releases() as $release) {
            if ($release->text() !== $text) {
                continue;
            }
            if ($named !== null) {
                $message = 'expected version ' . Quote::quote($text) . ' once, found it more than once';
                throw new Fault(Code::FAIR_RELEASE_AMBIGUOUS, $message);
            }
            $named = $release;
        }
        if ($named === null) {
            throw self::missing($metadata, $text);
        }
        return $named->content();
    }

    private static function missing(Metadata $metadata, string $text): Fault
    {
        $listed = Quote::quoteList(array_map(static fn (Version $version) => $version->asStr(), $metadata->versions()));
        $listed = $listed === '' ? 'no well-formed release' : $listed;
        $message = 'expected a release of version ' . Quote::quote($text) . "; the document lists $listed";
        return new Fault(Code::FAIR_RELEASE_MISSING, $message);
    }

    /** fair.md, "Version order". A version without an order is never the latest; of equals the first listed counts. */
    private static function latestVersion(Metadata $metadata): Version
    {
        $latest = $highest = null;
        foreach ($metadata->versions() as $version) {
            $precedence = $version->precedence();
            if ($precedence !== null && ($highest === null || $precedence->cmp($highest) > 0)) {
                $latest = $version;
                $highest = $precedence;
            }
        }
        if ($latest === null) {
            $message = 'expected a release, found no well-formed one whose version can be ordered';
            throw new Fault(Code::FAIR_RELEASE_MISSING, $message);
        }
        return $latest;
    }
}
