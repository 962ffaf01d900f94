<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\CheckedLimits;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Pin\Merge;
use FedVerify\Core\Pin\Pin as CorePin;
use FedVerify\Core\Pin\PinnedPackage;

/**
 * What was remembered of one identity, as a value: docs/rules/did-plc.md, "Pins". Verification takes and gives pins as
 * JSON; this reads them, compares them, and makes one of two.
 */
final class Pin
{
    use MadeByVerification;

    /** @var CorePin */
    private $pin;

    /** @var Core\Limits */
    private $limits;

    private function __construct()
    {
    }

    /**
     * Reads a pin.
     *
     * @param array<string, int> $limits limits that differ from the defaults, by name
     * @throws RejectedException `pin.malformed`: it is torn, damaged, empty or of another format
     * @throws InvalidInputException `api.unsupported`: it has numbers that PHP cannot hold; `api.argument`: no such
     *     limit
     */
    public static function parse(string $json, array $limits = []): Pin
    {
        return Refusal::orElse(static function () use ($json, $limits): self {
            $checked = CheckedLimits::of($limits);
            return self::of(CorePin::parse($json, $checked), $checked);
        });
    }

    /** The DID that it is about. */
    public function did(): string
    {
        return $this->pin->did();
    }

    /** The CID of the last operation that was seen and is not nullified. */
    public function head(): string
    {
        return $this->pin->head();
    }

    /** When the log was last verified, in seconds since 1970 by the clock of whoever did. */
    public function lastVisit(): int
    {
        return $this->pin->lastVisit();
    }

    /**
     * Every version of which a package was verified, by its number (Version::number()), with the digests of the
     * packages.
     *
     * @return list<array{version: string, packages: list<array{sha256: string, sha384: string}>}>
     */
    public function releases(): array
    {
        $releases = [];
        foreach ($this->pin->releases()->iter() as [$version, $packages]) {
            $packages = array_map(static function (PinnedPackage $package): array {
                return ['sha256' => $package->sha256(), 'sha384' => $package->sha384()];
            }, $packages);
            $releases[] = compact('version', 'packages');
        }
        return $releases;
    }

    /** The number of the highest version of which a package was verified; null where none with an order was. */
    public function highestVersion(): ?string
    {
        $highest = $this->pin->highestVersion();
        return $highest === null ? null : $highest->toString();
    }

    /**
     * Below 0, 0 or above 0, as this pin's log is older than, the same as or newer than the other's. The newer one has all
     * operations that are in force by the other, and more. Of two with the same operations in force, the newer one knows more
     * operations, nullified ones included; else it is of the later visit; else the SHA-256 of its log is the greater. The
     * packages do not count.
     *
     * @throws RejectedException `pin.fork`: they know histories that contradict each other; `pin.malformed`: they are
     *     of two identities
     */
    public function compare(Pin $other): int
    {
        return Refusal::orElse(function () use ($other): int {
            return Merge::order($this->pin, $other->pin);
        });
    }

    /**
     * What both know, from visits that ran at once. Nothing is forgotten, and the order of the two does not matter.
     *
     * @throws RejectedException `pin.fork`, `pin.malformed` as compare(); `pin.nullification_late`: one has an operation as
     *     undone that the other proves to have been undone too late; `pin.too_large` where no verification would read it
     */
    public function merge(Pin $other): Pin
    {
        return Refusal::orElse(function () use ($other): self {
            return self::of($this->pin->merge($other->pin, $this->limits), $this->limits);
        });
    }

    /** As verification takes it. */
    public function toJson(): string
    {
        return $this->pin->toJson();
    }

    private static function of(CorePin $pin, Core\Limits $limits): self
    {
        $new = new self();
        $new->pin = $pin;
        $new->limits = $limits;
        return $new;
    }
}
