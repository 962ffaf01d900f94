<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Tables\Check;

/** What a source says about one plugin. Untrusted until verify() (pfn.md, "Signed metadata"). */
final class PluginRecord
{
    /** @var string never empty */
    private $id;

    /** @var Member */
    private $name;

    /** @var Member */
    private $version;

    /** @var Member */
    private $description;

    /** @var string|null */
    private $signature;

    /** @internal Records come from parse() and from an author-data document. */
    public function __construct(string $id, Member $name, Member $version, Member $description, ?string $signature)
    {
        $this->id = $id;
        $this->name = $name;
        $this->version = $version;
        $this->description = $description;
        $this->signature = $signature;
    }

    /**
     * Reads one plugin's record, as it is in an author-data document or in a federation node's lists.
     *
     * The id is the member `slug`, or `id` where there is no `slug`; the description is `short_description`, or
     * `description` where there is no `short_description`. Members that are not signed are ignored: sources add tags,
     * icons, ratings and more.
     *
     * A signed member is a string, null or absent. A number, boolean, array or object is refused, although
     * `JSON.stringify` could sign one: it signs its own form of the value (`1.0` becomes `1`, `1e3` becomes `1000`,
     * members named by integers move to the front), so which bytes were signed would depend on how a JSON reader keeps
     * numbers and order.
     *
     * @throws Fault every input.* code of a document, input.wrong_type if it is not an object; pfn.plugin.not_text;
     *     pfn.plugin.malformed for an id that is missing, null or empty, and for a signature that is neither a string
     *     nor null
     */
    public static function parse(string $json, Limits $limits): self
    {
        try {
            return self::read($json, $limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_PLUGIN);
        }
    }

    private static function read(string $json, Limits $limits): self
    {
        $value = Json::parse('plugin record', $json, 'recordBytes', $limits);
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            $message = 'the plugin record must be an object, found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        $id = self::takeId($fields);
        $name = Plugin::takeMember($fields, 'name');
        $version = Plugin::takeMember($fields, 'version');
        $description = Plugin::takeMember($fields, 'short_description', 'description');
        return new self($id, $name, $version, $description, Plugin::takeSignature($fields));
    }

    /** The plugin's id: the member `slug`, or `id` where there is no `slug`. */
    private static function takeId(Fields $fields): string
    {
        $member = Plugin::takeMember($fields, 'slug', 'id');
        $id = $member->intoString();
        if ($id !== null && $id !== '') {
            return $id;
        }
        $absent = $member->isUndefined() ? 'neither' : 'null';
        $found = $id === '' ? 'an empty one' : $absent;
        throw Plugin::malformed("the member slug, or else id, must be a non-empty string, found $found");
    }

    /** The plugin's id, as claimed. */
    public function id(): string
    {
        return $this->id;
    }

    public function name(): Member
    {
        return $this->name;
    }

    public function version(): Member
    {
        return $this->version;
    }

    public function description(): Member
    {
        return $this->description;
    }

    /** The record's own signature. */
    public function signature(): ?string
    {
        return $this->signature;
    }

    /**
     * The string whose UTF-8 bytes the publisher signs: exactly what JavaScript's
     * `JSON.stringify({id, name, version, description})` writes. An absent member is left out, null is `null`.
     */
    public function signedString(): string
    {
        return SignedString::stringify([
            'id' => Member::string($this->id),
            'name' => $this->name,
            'version' => $this->version,
            'description' => $this->description,
        ]);
    }

    /**
     * Checks that the publisher signed this record. A signature given here replaces the record's own.
     *
     * @throws Fault pfn.signature.missing, pfn.signature.encoding, pfn.signature.invalid
     */
    public function verify(PublisherKey $key, ?string $signature): VerifiedPlugin
    {
        return VerifiedPlugin::verify($this, $key, $signature);
    }
}
