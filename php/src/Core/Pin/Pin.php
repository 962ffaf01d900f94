<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Limits;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Version;

/**
 * What a verifier saw of one identity: its operations with the times at which this verifier first saw them, when it
 * last visited, and the digests of the packages it verified (did-plc.md, "Pins").
 *
 * A log verifies in isolation even if its newest operations are left out, or its times are backdated: operations are
 * signed, their absence and their times are not. A pin closes this. A verification makes it, the caller keeps it, and
 * the next verification refuses what contradicts it.
 *
 * What compares with a pin is beside what it compares: Plc\Remember for logs, Fair\Remember for releases.
 */
final class Pin
{
    public const SCHEMA = 'fedverify/pin/v2';

    /**
     * The latest time that is reckoned with: hours can be added to it, and the sum is an integer. Core knows later
     * ones.
     */
    public const LATEST = PHP_INT_MAX >> 1;

    /** @var string */
    private $did;

    /** @var int */
    private $lastVisit;

    /** @var LogText */
    private $log;

    /** @var list<PinnedOperation> */
    private $operations;

    /** @var Releases */
    private $releases;

    /**
     * @internal for PinReader, of(), and Merge
     *
     * @param list<PinnedOperation> $operations
     */
    public function __construct(string $did, int $lastVisit, LogText $log, array $operations, Releases $releases)
    {
        $this->did = $did;
        $this->lastVisit = $lastVisit;
        $this->log = $log;
        $this->operations = $operations;
        $this->releases = $releases;
    }

    /**
     * The pin of a visit. What an earlier pin knows of releases stays.
     *
     * @param list<PinnedOperation> $operations
     */
    public static function of(string $did, int $now, LogText $log, array $operations, ?self $earlier): self
    {
        return new self($did, $now, $log, $operations, $earlier === null ? new Releases() : $earlier->releases);
    }

    /**
     * Reads a pin. White space and the order of members do not matter; everything else does.
     *
     * @throws Fault `pin.malformed`, whatever is wrong: torn, truncated, damaged, of another format or too large;
     *     `api.unsupported` for numbers that PHP cannot hold
     */
    public static function parse(string $json, Limits $limits): self
    {
        return PinReader::read($json, $limits);
    }

    /**
     * What both pins know: Merge::both().
     *
     * @throws Fault
     */
    public function merge(self $other, Limits $limits): self
    {
        return Merge::both($this, $other, $limits);
    }

    /** The DID that the pin is about. */
    public function did(): string
    {
        return $this->did;
    }

    /** The CID of the last operation that was seen and is not nullified. */
    public function head(): string
    {
        for ($place = count($this->operations) - 1; $place >= 0; $place--) {
            if (!$this->operations[$place]->nullified()) {
                return $this->operations[$place]->cid();
            }
        }
        return '';
    }

    /** When the log was last verified, in seconds since 1970 by the verifier's own clock. */
    public function lastVisit(): int
    {
        return $this->lastVisit;
    }

    public function log(): LogText
    {
        return $this->log;
    }

    /** The highest version of which a package was verified; null where none with an order was. */
    public function highestVersion(): ?Version
    {
        [$highest, $place] = [null, null];
        foreach ($this->releases->iter() as [$number]) {
            $version = Version::fromNumber($number);
            $precedence = $version === null ? null : $version->precedence();
            if ($precedence !== null && ($place === null || $precedence->cmp($place) >= 0)) {
                [$highest, $place] = [$version, $precedence];
            }
        }
        return $highest;
    }

    /** The same pin after a visit at which nothing was new. The clock is taken as it is, so that a wrong one heals. */
    public function visitedAgain(int $now): self
    {
        return new self($this->did, $now, $this->log, $this->operations, $this->releases);
    }

    /** Remembers a package that was verified under this version. */
    public function withPackage(Version $version, PackageDigests $digests): self
    {
        $releases = $this->releases->with($version->number(), PinnedPackage::of($digests));
        return new self($this->did, $this->lastVisit, $this->log, $this->operations, $releases);
    }

    /**
     * Refuses a pin that reading would refuse by the same limits.
     *
     * @throws Fault `pin.too_large`
     */
    public function within(Limits $limits): self
    {
        $bytes = strlen($this->toJson());
        $limit = $limits->get('pinBytes');
        if ($bytes > $limit) {
            throw Fault::aboveLimit(Code::PIN_TOO_LARGE, "the pin has {$bytes} bytes", 'pinBytes', $limit);
        }
        $values = $this->values();
        $limit = $limits->get('jsonValues');
        if ($values > $limit) {
            throw Fault::aboveLimit(Code::PIN_TOO_LARGE, "the pin has {$values} JSON values", 'jsonValues', $limit);
        }
        return $this;
    }

    /** How many JSON values the pin has. */
    private function values(): int
    {
        // Those of a pin without operations and releases: itself, its eight members, and the three of `log`.
        $values = 12;
        foreach ($this->operations as $operation) {
            $values += $operation->createdAt() === null ? 6 : 7;
        }
        foreach ($this->releases->iter() as [, $packages]) {
            $values += 1 + 3 * count($packages);
        }
        return $values;
    }

    /** Whether a log is the very text that was verified before. */
    private function isOfText(LogText $text): bool
    {
        return $this->log->isSameText($text);
    }

    /** Whether a first visit at this time makes such a pin, which knows nothing from before. */
    public function isOfFirstVisit(int $now): bool
    {
        foreach ($this->operations as $operation) {
            if ($operation->firstSeen() !== $now) {
                return false;
            }
        }
        return $this->lastVisit === $now && $this->releases->isEmpty();
    }

    /**
     * Whether a log is the very text that was verified before, and the pin knows no operation beside those in it. One that
     * was merged of two visits can know more, and then the text is to be compared again (did-plc.md, "What a pin
     * refuses").
     */
    public function isAllOfText(LogText $text): bool
    {
        return $this->isOfText($text) && $this->log->operations() === count($this->operations);
    }

    /**
     * The operations at the start of a log that are proven already, because the text is the same to the letter.
     *
     * @return list<PinnedOperation>
     */
    public function provenStart(LogText $text, string $json): array
    {
        $isProven = $this->isOfText($text) || $this->log->starts($json);
        return $isProven ? array_slice($this->operations, 0, $this->log->operations()) : [];
    }

    /**
     * The operations in the order in which the directory served them; after them nullified ones that it left out.
     *
     * @return list<PinnedOperation>
     */
    public function operations(): array
    {
        return $this->operations;
    }

    /** The places of the operations, by their CIDs. */
    public function index(): Index
    {
        $index = new Index();
        foreach ($this->operations as $place => $operation) {
            $index->insert($operation->cid(), $place);
        }
        return $index;
    }

    /** The packages seen of each version, by its number. */
    public function releases(): Releases
    {
        return $this->releases;
    }

    /** The pin as JSON on one line. */
    public function toJson(): string
    {
        return Json::write($this->toValue());
    }

    public function toValue(): JsonObject
    {
        $operations = array_map(static function (PinnedOperation $operation): JsonObject {
            return $operation->toValue();
        }, $this->operations);
        return new JsonObject(
            ['schema', 'did', 'head', 'lastVisit', 'log', 'operations', 'releases', 'sha256'],
            [
                self::SCHEMA,
                $this->did,
                $this->head(),
                $this->lastVisit,
                $this->log->toValue(),
                $operations,
                $this->releases->toValue(),
                $this->digest(),
            ]
        );
    }

    /**
     * A digest over every fact, so that a damaged pin is noticed. No string in a pin holds a line feed, and lists are
     * counted, so no two pins are written alike.
     */
    public function digest(): string
    {
        $hash = hash_init('sha256');
        $log = [$this->log->bytes(), $this->log->sha256(), $this->log->operations(), count($this->operations)];
        hash_update($hash, self::SCHEMA . "\n{$this->did}\n{$this->lastVisit}\n" . implode(' ', $log) . "\n");
        foreach ($this->operations as $operation) {
            $facts = [
                $operation->cid(),
                $operation->signer(),
                $operation->size(),
                $operation->firstSeen(),
                $operation->createdAt() ?? '-',
                $operation->nullified() ? 'true' : 'false',
            ];
            hash_update($hash, implode(' ', $facts) . "\n");
        }
        foreach ($this->releases->iter() as [$number, $packages]) {
            foreach ($packages as $package) {
                hash_update($hash, "{$number} {$package->sha256()} {$package->sha384()}\n");
            }
        }
        return hash_final($hash);
    }
}
