<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;

/** What a DID document says, whatever the order and the form of its members. */
final class Meaning
{
    /** @var array<string, list<string>> by names of members: what each says, sorted, each once */
    private array $members;

    /** @param array<string, list<string>> $members */
    private function __construct(array $members)
    {
        $this->members = $members;
    }

    /** What is left of an identity after its tombstone (did-plc.md, "Documents"). */
    public static function deactivated(string $did): self
    {
        return new self(['id' => [$did], 'verificationMethod' => [], 'service' => [], 'alsoKnownAs' => []]);
    }

    /**
     * Reads a document of this DID; null where it has not the form of one.
     *
     * @param mixed $document as the strict reader gives it
     */
    public static function read($document, string $did): ?self
    {
        $fields = Fields::fromValue($document);
        if ($fields === null) {
            return null;
        }
        try {
            return new self([
                'id' => [$fields->takeString('id')],
                'verificationMethod' => self::items($fields, 'verificationMethod', $did, ['publicKeyMultibase']),
                'service' => self::items($fields, 'service', $did, ['type', 'serviceEndpoint']),
                'alsoKnownAs' => self::aliases($fields),
            ]);
        } catch (Problem $problem) {
            return null;
        }
    }

    /** @return list<string> the names of the members that say something else */
    public function differingMembers(self $other): array
    {
        $differing = [];
        foreach ($this->members as $name => $says) {
            if ($says !== $other->members[$name]) {
                $differing[] = $name;
            }
        }
        return $differing;
    }

    /**
     * The objects of an array, which may be absent: of each its whole id and these members.
     *
     * @param list<string> $members
     * @return list<string>
     * @throws Problem
     */
    private static function items(Fields $fields, string $name, string $did, array $members): array
    {
        $items = [];
        foreach (self::elements($fields, $name) as $value) {
            $item = Fields::fromValue($value);
            if ($item === null) {
                throw new Problem("each of $name must be an object, found " . Json::kind($value));
            }
            $parts = [self::wholeId($item->takeString('id'), $did)];
            foreach ($members as $member) {
                $parts[] = $item->takeString($member);
            }
            // As JSON, so that no two lists of parts are one string.
            $items[] = Json::write($parts);
        }
        return self::asSet($items);
    }

    /**
     * @return list<string>
     * @throws Problem
     */
    private static function aliases(Fields $fields): array
    {
        $aliases = self::elements($fields, 'alsoKnownAs');
        if (array_filter($aliases, 'is_string') !== $aliases) {
            throw new Problem('the member alsoKnownAs must be an array of strings');
        }
        return self::asSet($aliases);
    }

    /**
     * @return list<mixed>
     * @throws Problem
     */
    private static function elements(Fields $fields, string $name): array
    {
        $elements = $fields->has($name) ? $fields->take($name) : [];
        if (!is_array($elements)) {
            throw new Problem("the member $name must be an array, found " . Json::kind($elements));
        }
        return $elements;
    }

    /**
     * @param list<string> $strings
     * @return list<string> sorted, each once
     */
    private static function asSet(array $strings): array
    {
        sort($strings, SORT_STRING);
        $set = [];
        $last = null;
        foreach ($strings as $string) {
            if ($string !== $last) {
                $set[] = $string;
            }
            $last = $string;
        }
        return $set;
    }

    /** An id is written whole, or as `#fragment` alone. */
    private static function wholeId(string $id, string $did): string
    {
        return strncmp($id, '#', 1) === 0 ? $did . $id : $id;
    }
}
