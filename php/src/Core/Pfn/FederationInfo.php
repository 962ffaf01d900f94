<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Problem;

/**
 * What a source serves at `/federation-info` (pfn.md, "federation-info"). It is unsigned: it says where to look, and
 * proves nothing.
 */
final class FederationInfo
{
    /** @var string */
    private $version;

    /** @var list<string> */
    private $features;

    /** @var string */
    private $domain;

    /** @var string */
    private $namingScheme;

    /** @param list<string> $features */
    private function __construct(string $version, array $features, string $domain, string $namingScheme)
    {
        $this->version = $version;
        $this->features = $features;
        $this->domain = $domain;
        $this->namingScheme = $namingScheme;
    }

    /**
     * Reads the document. Members other than `version`, `features` and `assetInfo` are ignored.
     *
     * @throws Fault every input.* code of a document, input.wrong_type if it is not an object;
     *     pfn.federation_info.malformed
     */
    public static function parse(string $json, Limits $limits): self
    {
        $value = Json::parse('federation-info document', $json, 'recordBytes', $limits);
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            $message = 'the federation-info document must be an object, found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        try {
            return self::fromFields($fields);
        } catch (Problem $what) {
            $message = 'invalid federation-info document: ' . $what->getMessage();
            throw new Fault(Code::PFN_FEDERATION_INFO_MALFORMED, $message);
        }
    }

    /** @throws Problem */
    private static function fromFields(Fields $fields): self
    {
        $features = $fields->takeArray('features');
        $assets = new Fields($fields->takeObject('assetInfo'));
        $version = $fields->takeString('version');
        $features = array_map([self::class, 'feature'], $features);
        return new self($version, $features, self::asset($assets, 'domain'), self::asset($assets, 'namingScheme'));
    }

    /**
     * @param mixed $value
     * @throws Problem
     */
    private static function feature($value): string
    {
        if (!is_string($value)) {
            throw new Problem('a feature must be a string, found ' . Json::kind($value));
        }
        return $value;
    }

    /** @throws Problem */
    private static function asset(Fields $assets, string $name): string
    {
        try {
            return $assets->takeString($name);
        } catch (Problem $what) {
            throw new Problem('in assetInfo, ' . $what->getMessage());
        }
    }

    /** The version of the protocol that the source says it speaks. */
    public function version(): string
    {
        return $this->version;
    }

    /**
     * What the source says it can do.
     *
     * @return list<string>
     */
    public function features(): array
    {
        return $this->features;
    }

    /** The origin that serves archives, as the source writes it. */
    public function domain(): string
    {
        return $this->domain;
    }

    /** How the URL of an archive is put together, as the source writes it. */
    public function namingScheme(): string
    {
        return $this->namingScheme;
    }

    /**
     * The URL of a plugin's archive: the naming scheme with the author's and the plugin's name in it, at the source's
     * own asset domain (pfn.md, "Asset URLs").
     *
     * A segment of the scheme that is `author` or `slug`, or starts with one of them and a dot (`slug.zip`), has that
     * word replaced. The federation node replaces the first `author` and then every `slug`, wherever they are in the
     * scheme. Where that makes a difference the URL is refused, so that every node fetches the same one: schemes such
     * as `authors/slug.zip`, `slug-1.0.zip` and `author/author.zip`, and user names that contain `slug`.
     *
     * The domain is an `https` origin: a host name, not an address, and optionally a port. Segments and names are
     * letters, digits, `-`, `_` and `.`, segments also `~`, `+` and `@`: with nothing else, and without empty segments,
     * `.` and `..`, the URL cannot leave the domain.
     *
     * Whether the host should be asked at all (it may be a local or internal one) is for whoever fetches to decide.
     *
     * @throws Fault pfn.asset_url.refused
     */
    public function assetUrl(string $username, string $pluginId): string
    {
        return AssetUrl::build($this->domain, $this->namingScheme, $username, $pluginId);
    }
}
