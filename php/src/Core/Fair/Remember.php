<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Pin\PinnedPackage;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Version;

/** Releases against a pin (fair.md, "What a pin remembers of releases"). */
final class Remember
{
    /**
     * Gathers the checksums that a metadata document gives for each version that the pin knows, in the order of the
     * document. One that cannot be read says nothing about the bytes, and is left out. They are looked up and not gone
     * through: a document can list tens of thousands, and a pin have as many packages (json.md, "Bounds").
     *
     * @return list<array{0: string, 1: Index}> numbers of versions, each with its checksums
     */
    public static function listedChecksums(Pin $pin, Metadata $metadata): array
    {
        $listed = [];
        $places = new Index();
        foreach ($metadata->releases() as $release) {
            $content = $release->wellFormed();
            $number = $content === null ? null : $content->version()->number();
            if ($number === null || $pin->releases()->get($number) === null) {
                continue;
            }
            $place = $places->get($number) ?? count($listed);
            if ($place === count($listed)) {
                $places->insert($number, $place);
                $listed[] = [$number, new Index()];
            }
            foreach ($content->checksums() as $checksum) {
                if (self::isReadable($checksum)) {
                    $listed[$place][1]->insert(self::lowered($checksum), 0);
                }
            }
        }
        return $listed;
    }

    /**
     * Refuses a metadata document in which a version that was seen has other packages now: it gives checksums for it,
     * and none is of a package that was seen.
     *
     * @param list<array{0: string, 1: Index}> $listed
     * @throws Fault Code::PIN_RELEASE_CHANGED
     */
    public static function checkMetadata(Pin $pin, array $listed): void
    {
        foreach ($listed as [$number, $checksums]) {
            $packages = $checksums->len() === 0 ? [] : $pin->releases()->get($number) ?? [];
            $isKnown = $packages === [];
            foreach ($packages as $package) {
                $isKnown = $isKnown || self::isListed($package, $checksums);
            }
            if (!$isKnown) {
                throw self::changed($number, $packages, 'now lists other checksums')->at(Check::PIN_METADATA);
            }
        }
    }

    /**
     * Refuses a version below the highest of which a package was verified.
     *
     * @throws Fault Code::PIN_DOWNGRADE
     */
    public static function checkNotBelow(Pin $pin, Version $version): void
    {
        $highest = $pin->highestVersion();
        $least = $highest === null ? null : $highest->precedence();
        if ($least === null) {
            return;
        }
        $precedence = $version->precedence();
        if ($precedence === null || $precedence->cmp($least) < 0) {
            $message = "expected a version of at least {$highest->toString()}, which was seen before; "
                . "found {$version->toString()}";
            throw (new Fault(Code::PIN_DOWNGRADE, $message))->at(Check::PIN_METADATA);
        }
    }

    /**
     * Refuses bytes that contradict what was seen: known bytes under another version, and unknown bytes under a known
     * version, unless every package that was seen is still listed, so that this is one more of the release.
     *
     * @param list<array{0: string, 1: Index}> $listed
     * @throws Fault Code::PIN_RELEASE_CHANGED
     */
    public static function checkPackage(Pin $pin, Version $version, array $listed, PackageDigests $digests): void
    {
        $number = $version->number();
        $known = $pin->releases()->get($number);
        if ($known !== null && self::contains($known, $digests)) {
            return;
        }
        foreach ($pin->releases()->iter() as [$other, $packages]) {
            if (self::contains($packages, $digests)) {
                $message = "expected a package of version $number, found the bytes that were seen as version $other";
                throw new Fault(Code::PIN_RELEASE_CHANGED, $message);
            }
        }
        if ($known === null || self::areAllListed($known, $number, $listed)) {
            return;
        }
        throw self::changed($number, $known, "now has bytes with sha256:{$digests->sha256Hex()}");
    }

    /** @param list<PinnedPackage> $packages */
    private static function contains(array $packages, PackageDigests $digests): bool
    {
        foreach ($packages as $package) {
            if ($package->sha256() === $digests->sha256Hex() && $package->sha384() === $digests->sha384Hex()) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param list<PinnedPackage> $packages
     * @param list<array{0: string, 1: Index}> $listed
     */
    private static function areAllListed(array $packages, string $number, array $listed): bool
    {
        $nowListed = new Index();
        foreach ($listed as [$other, $checksums]) {
            if ($other === $number) {
                $nowListed = $checksums;
                break;
            }
        }
        foreach ($packages as $package) {
            if (!self::isListed($package, $nowListed)) {
                return false;
            }
        }
        return true;
    }

    private static function isListed(PinnedPackage $package, Index $checksums): bool
    {
        return $checksums->contains('sha256:' . $package->sha256()) || $checksums->contains('sha384:' . $package->sha384());
    }

    /** @param list<PinnedPackage> $packages */
    private static function changed(string $number, array $packages, string $found): Fault
    {
        $seen = isset($packages[0]) ? $packages[0]->sha256() : '';
        $message = 'version ' . Quote::quote($number) . " was seen with sha256:$seen, but $found";
        return new Fault(Code::PIN_RELEASE_CHANGED, $message);
    }

    private static function isReadable(string $checksum): bool
    {
        try {
            Checksum::parse($checksum);
            return true;
        } catch (Fault $fault) {
            return false;
        }
    }

    /** ASCII letters only: strtolower() went by the locale until PHP 8.2. */
    private static function lowered(string $text): string
    {
        return strtr($text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
    }
}
