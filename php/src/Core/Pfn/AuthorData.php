<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Memory;
use FedVerify\Core\Problem;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;

/**
 * What a source serves at `/author-data` for one author (pfn.md, "author-data"). Each plugin in it is signed
 * separately; that a plugin is missing from the list, and everything about the author, is only the source's word.
 */
final class AuthorData
{
    /**
     * What a plugin takes of PHP's memory at most until the report is written, besides its strings. The largest
     * document has room for 350,000 plugins of two bytes.
     */
    private const BYTES_OF_A_PLUGIN = 1536;

    /** @var string */
    private $username;

    /** @var list<string> of each plugin the slug, or `plugins[<index>]` if it has none */
    private $ids = [];

    /** @var list<PluginRecord|Fault> its record, or why that cannot be used */
    private $records = [];

    private function __construct(string $username)
    {
        $this->username = $username;
    }

    /**
     * Reads the document. Its number of plugins, and with it the number of signature checks, is bounded by recordBytes.
     *
     * A plugin whose record lacks a member, or has one of another type, does not affect the others: its outcome is that
     * error.
     *
     * @throws Fault io.memory; every input.* code of a document, input.wrong_type if it is not an object;
     *     pfn.author_data.malformed if `username` is not a string, `plugins` is not an array of objects, or a slug is
     *     in it twice, because two readers could take either; so is one that has the name of a plugin without a slug
     */
    public static function parse(string $json, Limits $limits): self
    {
        $value = Json::parse('author-data document', $json, 'recordBytes', $limits);
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            $message = 'the author-data document must be an object, found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        try {
            $username = $fields->takeString('username');
            $records = $fields->takeArray('plugins');
        } catch (Problem $what) {
            throw self::malformed($what->getMessage());
        }
        self::checkMemory(count($records));
        $author = new self($username);
        $author->readPlugins($records);
        return $author;
    }

    /** @throws Fault io.memory */
    private static function checkMemory(int $plugins): void
    {
        if ($plugins * self::BYTES_OF_A_PLUGIN > Memory::left()) {
            $message = "there is not enough memory for the $plugins plugins of the author-data document: see memory_limit";
            throw (new Fault(Code::IO_MEMORY, $message))->at(Check::PFN_AUTHOR_DATA);
        }
    }

    /** The author's name at this source. Not signed. */
    public function username(): string
    {
        return $this->username;
    }

    /**
     * The plugins in the order of the document: the slug, or `plugins[<index>]` if it has none, and the record or why
     * it cannot be used.
     *
     * @return iterable<array{string, PluginRecord|Fault}>
     */
    public function plugins(): iterable
    {
        foreach ($this->records as $index => $record) {
            yield [$this->ids[$index], $record];
        }
    }

    /**
     * Verifies every plugin: one outcome for each, in the order of the document, with the plugin's slug, or
     * `plugins[<index>]` if it has none. The code of a Fault is pfn.plugin.malformed, pfn.plugin.not_text,
     * pfn.signature.missing, pfn.signature.encoding or pfn.signature.invalid.
     *
     * @return iterable<array{string, VerifiedPlugin|Fault}>
     */
    public function verify(PublisherKey $key): iterable
    {
        foreach ($this->plugins() as [$id, $record]) {
            yield [$id, $record instanceof Fault ? $record : self::outcome($record, $key)];
        }
    }

    /** @return VerifiedPlugin|Fault */
    private static function outcome(PluginRecord $record, PublisherKey $key)
    {
        try {
            return $record->verify($key, null);
        } catch (Fault $fault) {
            return $fault;
        }
    }

    /**
     * A document has room for hundreds of thousands of plugins that cannot be used. They share the few faults that
     * there are: each holds a trace.
     *
     * @param list<mixed> $records
     */
    private function readPlugins(array $records): void
    {
        $places = new Index();
        $faults = [];
        foreach ($records as $index => $record) {
            $fields = Fields::fromValue($record);
            if ($fields === null) {
                throw self::malformed("plugins[$index] must be an object, found " . Json::kind($record));
            }
            [$slug, $read] = self::readPlugin($fields);
            $id = $slug ?? "plugins[$index]";
            if ($places->insert($id, $index) !== null) {
                throw self::malformed('it lists ' . Quote::quote($id) . ' twice');
            }
            if ($read instanceof Fault) {
                $read = $faults[$read->message()] ?? $read->at(Check::PFN_PLUGIN);
                $faults[$read->message()] = $read;
            }
            $this->ids[] = $id;
            $this->records[] = $read;
        }
    }

    /**
     * Reads one plugin. The slug is returned beside the outcome, so that an error can name its plugin.
     *
     * @return array{string|null, PluginRecord|Fault}
     */
    private static function readPlugin(Fields $fields): array
    {
        $slug = null;
        try {
            $found = self::required($fields, 'slug');
            if ($found === '') {
                throw Plugin::malformed('the member slug must be a non-empty string, found an empty one');
            }
            $slug = $found;
            return [$slug, self::readRecord($slug, $fields)];
        } catch (Fault $fault) {
            return [$slug, $fault];
        }
    }

    /**
     * Reads the members beside the slug. The network's page also requires `signature`, but its own example has none, so
     * that is for PluginRecord::verify() to say; and `tags`, but publishers serve a list or nothing. Nobody signs the
     * tags and nothing rests on them, so they are not looked at (pfn.md, "author-data").
     */
    private static function readRecord(string $slug, Fields $fields): PluginRecord
    {
        $name = Member::string(self::required($fields, 'name'));
        $version = Member::string(self::required($fields, 'version'));
        $description = Member::string(self::required($fields, 'short_description'));
        return new PluginRecord($slug, $name, $version, $description, Plugin::takeSignature($fields));
    }

    /** @throws Fault pfn.plugin.not_text, pfn.plugin.malformed */
    private static function required(Fields $fields, string $name): string
    {
        $member = Plugin::takeMember($fields, $name);
        if ($member->isUndefined()) {
            throw Plugin::malformed("the member $name is missing");
        }
        $string = $member->intoString();
        if ($string === null) {
            throw Plugin::malformed("the member $name must be a string, found null");
        }
        return $string;
    }

    private static function malformed(string $what): Fault
    {
        return new Fault(Code::PFN_AUTHOR_DATA_MALFORMED, "invalid author-data document: $what");
    }
}
