<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Limits;
use FedVerify\Core\Memory;
use FedVerify\Core\Version;

/** What a well-formed release says. */
final class ReleaseContent
{
    /** The artifact type that is installed. */
    private const PACKAGE = 'package';

    private Version $version;

    /** @var list<ClaimedArtifact> */
    private array $packages;

    private bool $hasAdvisory;

    /** @param list<ClaimedArtifact> $packages */
    private function __construct(Version $version, array $packages, bool $hasAdvisory)
    {
        $this->version = $version;
        $this->packages = $packages;
        $this->hasAdvisory = $hasAdvisory;
    }

    /** @throws Fault Code::FAIR_RELEASE_MALFORMED, Code::FAIR_VERSION_INVALID, Code::IO_MEMORY */
    public static function read(string $text, Fields $fields, Limits $limits, Memory $memory): self
    {
        self::checkMemory($memory);
        $version = Version::parse($text, $limits);
        if ($version === null) {
            throw Version::refusal($text, $limits);
        }
        $packages = [];
        foreach (self::takePackages($text, $fields) as $package) {
            self::checkMemory($memory);
            $packages[] = ClaimedArtifact::fromJson($package);
        }
        return new self($version, $packages, self::hasContent($fields->take('advisory')));
    }

    /**
     * A release or an artifact takes more memory than what it was read from.
     *
     * @throws Fault Code::IO_MEMORY
     */
    private static function checkMemory(Memory $memory): void
    {
        if ($memory->isShort()) {
            $message = 'there is not enough memory to read the metadata document: see memory_limit';
            throw new Fault(Code::IO_MEMORY, $message);
        }
    }

    public function version(): Version
    {
        return $this->version;
    }

    /** @return list<ClaimedArtifact> */
    public function packages(): array
    {
        return $this->packages;
    }

    public function hasAdvisory(): bool
    {
        return $this->hasAdvisory;
    }

    /**
     * The checksums that its well-formed packages give.
     *
     * @return list<string>
     */
    public function checksums(): array
    {
        $checksums = [];
        foreach ($this->packages as $package) {
            $artifact = $package->artifact();
            if ($artifact !== null && $artifact->checksum() !== null) {
                $checksums[] = $artifact->checksum();
            }
        }
        return $checksums;
    }

    /**
     * @return list<mixed> as the strict reader gives them
     * @throws Fault
     */
    private static function takePackages(string $text, Fields $fields): array
    {
        if (!$fields->has('artifacts')) {
            throw new Fault(Code::FAIR_RELEASE_MALFORMED, "the member artifacts of $text is missing");
        }
        $artifacts = $fields->take('artifacts');
        // PHP writes an empty map as an empty array.
        if ($artifacts === []) {
            return [];
        }
        $members = Fields::fromValue($artifacts);
        if ($members === null) {
            $message = "artifacts of $text must be an object, found " . Json::kind($artifacts);
            throw new Fault(Code::FAIR_RELEASE_MALFORMED, $message);
        }
        if (!$members->has(self::PACKAGE)) {
            return [];
        }
        $package = $members->take(self::PACKAGE);
        return is_array($package) ? $package : [$package];
    }

    /**
     * Whether a member says anything: PHP writes an empty value as null, an empty string, array or object, or false.
     *
     * @param mixed $value
     */
    private static function hasContent($value): bool
    {
        $isEmptyObject = $value instanceof JsonObject && $value->count() === 0;
        return !in_array($value, [null, false, '', []], true) && !$isEmptyObject;
    }
}
