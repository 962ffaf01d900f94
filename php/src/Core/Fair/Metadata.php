<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Memory;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\PackageType;
use FedVerify\Core\Version;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/**
 * A FAIR metadata document, well-formed and nothing more: strict where security rests on it, tolerant elsewhere. It is
 * not signed: it only says where the signed bytes are and which signature is theirs.
 */
final class Metadata
{
    /** The JSON-LD context of the one version of the document that is known. */
    private const CONTEXT = 'https://fair.pm/ns/metadata/v1';

    private string $id;
    private string $typeName;

    /** @var list<ClaimedRelease> those that have a version: the others cannot be asked for */
    private array $releases = [];

    /** The latest release with security fixes, where the document names one that has an order. */
    private ?Version $latestSecurityRelease;

    /** @var list<Warning> */
    private array $warnings;

    private Limits $limits;

    private function __construct(string $id, string $typeName, Limits $limits)
    {
        $this->id = $id;
        $this->typeName = $typeName;
        $this->limits = $limits;
    }

    /**
     * Reads a metadata document. The limits also hold for verifying its releases.
     *
     * @throws Fault `input.*`, Code::FAIR_METADATA_MALFORMED
     */
    public static function parse(string $json, Limits $limits): self
    {
        try {
            return self::read($json, $limits);
        } catch (Problem $problem) {
            throw self::malformed($problem->getMessage())->at(Check::FAIR_METADATA);
        } catch (Fault $fault) {
            throw $fault->at(Check::FAIR_METADATA);
        }
    }

    /** @throws Problem|Fault */
    private static function read(string $json, Limits $limits): self
    {
        $value = Json::parse('metadata document', $json, 'metadataBytes', $limits);
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            $message = 'expected a metadata document, which is an object; found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        self::checkContext($fields);
        $id = $fields->takeString('id');
        $metadata = new self($id, $fields->takeString('type'), $limits);
        if (!$fields->has('releases')) {
            throw self::malformed('the member releases is missing');
        }
        $releases = $fields->take('releases');
        if (!is_array($releases)) {
            throw self::malformed('the member releases must be an array, found ' . Json::kind($releases));
        }
        $metadata->latestSecurityRelease = self::takeLatestSecurityRelease($fields, $limits);
        $metadata->warnings = MetadataWarnings::of($fields);
        // What is left of the document is in $releases alone now, and goes release by release.
        unset($value, $fields);
        $unusable = $metadata->readReleases($releases);
        if ($unusable !== null) {
            $metadata->warnings[] = new Warning(WarningCode::FAIR_RELEASE_UNUSABLE, $unusable);
        }
        return $metadata;
    }

    /**
     * @param list<mixed> $values
     * @return string|null what is to be known of those that are malformed
     * @throws Fault
     */
    private function readReleases(array &$values): ?string
    {
        $memory = Memory::forReading();
        $unusable = 0;
        $first = '';
        for ($place = 0; $place < count($values); $place++) {
            $release = ClaimedRelease::fromJson($values[$place], $this->limits, $memory);
            $values[$place] = null;
            if ($release->text() !== null) {
                $this->releases[] = $release;
            }
            if ($release->wellFormed() === null) {
                $first = $unusable === 0 ? $release->problem() : $first;
                $unusable++;
            }
        }
        $are = $unusable === 1 ? '1 release is' : "$unusable releases are";
        return $unusable === 0 ? null : "$are malformed and skipped; the first because $first";
    }

    /** The DID that the document says it is about. */
    public function id(): string
    {
        return $this->id;
    }

    /** The package type; null if it is not known: then the package must not be installed. */
    public function packageType(): ?string
    {
        return in_array($this->typeName, PackageType::ALL, true) ? $this->typeName : null;
    }

    /** The package type as it is written. */
    public function typeName(): string
    {
        return $this->typeName;
    }

    /** @return list<ClaimedRelease> those that have a version, malformed ones too */
    public function releases(): array
    {
        return $this->releases;
    }

    /**
     * The versions of the well-formed releases, in the order of the document.
     *
     * @return list<Version>
     */
    public function versions(): array
    {
        $versions = [];
        foreach ($this->releases as $release) {
            $content = $release->wellFormed();
            if ($content !== null) {
                $versions[] = $content->version();
            }
        }
        return $versions;
    }

    /** The latest release with security fixes, where it is above this version. */
    public function securityReleaseAbove(Version $version): ?Version
    {
        $latest = $this->latestSecurityRelease === null ? null : $this->latestSecurityRelease->precedence();
        $precedence = $version->precedence();
        $isAbove = $latest !== null && $precedence !== null && $latest->cmp($precedence) > 0;
        return $isAbove ? $this->latestSecurityRelease : null;
    }

    /**
     * Non-fatal findings.
     *
     * @return list<Warning>
     */
    public function warnings(): array
    {
        return $this->warnings;
    }

    public function limits(): Limits
    {
        return $this->limits;
    }

    private static function malformed(string $what): Fault
    {
        return new Fault(Code::FAIR_METADATA_MALFORMED, $what);
    }

    /** The context says which version of the document this is; nothing else of JSON-LD matters here. */
    private static function checkContext(Fields $fields): void
    {
        $expected = 'expected the @context ' . self::CONTEXT . ', found ';
        $hasContext = $fields->has('@context');
        $context = $fields->take('@context');
        if (is_array($context)) {
            $hasContext = $context !== [];
            $context = $context[0] ?? null;
        }
        if (!$hasContext) {
            throw self::malformed("{$expected}none");
        }
        if ($context !== self::CONTEXT) {
            $found = is_string($context) ? Quote::quote($context) : Json::kind($context);
            throw self::malformed($expected . $found);
        }
    }

    /** fair.md, "Advisories". What is no version with an order says nothing. */
    private static function takeLatestSecurityRelease(Fields $fields, Limits $limits): ?Version
    {
        $text = $fields->string('latest-security-release');
        $version = $text === null ? null : Version::parse($text, $limits);
        return $version !== null && $version->precedence() !== null ? $version : null;
    }
}
