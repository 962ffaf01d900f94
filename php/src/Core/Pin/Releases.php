<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Core\Json\JsonObject;

/** Every package seen of a version, by the version's number; both in bytewise order. */
final class Releases
{
    /** @var list<string> */
    private $numbers = [];

    /** @var list<list<PinnedPackage>> of the numbers, in their order */
    private $packages = [];

    /**
     * Sorts the members, whose numbers must differ, and each of which must have its packages in order.
     *
     * @param list<string>              $numbers
     * @param list<list<PinnedPackage>> $packages of the numbers, in their order
     */
    public static function fromMembers(array $numbers, array $packages): self
    {
        asort($numbers, SORT_STRING);
        $releases = new self();
        foreach ($numbers as $place => $number) {
            $releases->numbers[] = $number;
            $releases->packages[] = $packages[$place];
        }
        return $releases;
    }

    /** The packages of both. Sorted once: adding them one by one would move the list each time. */
    public function joined(self $other): self
    {
        $numbers = array_merge($this->numbers, $other->numbers);
        $packages = array_merge($this->packages, $other->packages);
        $all = self::fromMembers($numbers, $packages);
        $joined = new self();
        foreach ($all->numbers as $place => $number) {
            $last = count($joined->numbers) - 1;
            if ($last >= 0 && $joined->numbers[$last] === $number) {
                $both = array_merge($joined->packages[$last], $all->packages[$place]);
                $joined->packages[$last] = self::inOrder($both);
            } else {
                $joined->numbers[] = $number;
                $joined->packages[] = $all->packages[$place];
            }
        }
        return $joined;
    }

    /** The same, with this package. */
    public function with(string $number, PinnedPackage $package): self
    {
        $added = self::fromMembers([$number], [[$package]]);
        return $this->joined($added);
    }

    /**
     * Packages in their order, each once.
     *
     * @param list<PinnedPackage> $packages
     *
     * @return list<PinnedPackage>
     */
    public static function inOrder(array $packages): array
    {
        usort($packages, static function (PinnedPackage $a, PinnedPackage $b): int {
            return $a->compare($b);
        });
        $distinct = [];
        $last = null;
        foreach ($packages as $package) {
            if ($last === null || $package->compare($last) !== 0) {
                $distinct[] = $package;
            }
            $last = $package;
        }
        return $distinct;
    }

    /**
     * The packages of a version; null where none was seen.
     *
     * @return list<PinnedPackage>|null
     */
    public function get(string $number): ?array
    {
        [$low, $high] = [0, count($this->numbers)];
        while ($low < $high) {
            $middle = intdiv($low + $high, 2);
            $order = strcmp($this->numbers[$middle], $number);
            if ($order === 0) {
                return $this->packages[$middle];
            }
            [$low, $high] = $order < 0 ? [$middle + 1, $high] : [$low, $middle];
        }
        return null;
    }

    public function isEmpty(): bool
    {
        return $this->numbers === [];
    }

    /**
     * The numbers of all versions, each with its packages.
     *
     * @return iterable<array{0: string, 1: list<PinnedPackage>}>
     */
    public function iter(): iterable
    {
        foreach ($this->numbers as $place => $number) {
            yield [$number, $this->packages[$place]];
        }
    }

    public function toValue(): JsonObject
    {
        $values = [];
        foreach ($this->packages as $packages) {
            $values[] = array_map(static function (PinnedPackage $package): JsonObject {
                return $package->toValue();
            }, $packages);
        }
        return new JsonObject($this->numbers, $values);
    }
}
