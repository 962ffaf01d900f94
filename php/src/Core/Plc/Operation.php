<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Encoding\Base64;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Tables\OperationType;

/**
 * One signed operation of a log: well-formed, and nothing more. It is a claim until an Identity holds it.
 *
 * It is held as its DAG-CBOR, and taken apart when it is asked. A log of 8 MiB takes hardly more so; as objects and
 * lists it would take many times as much.
 */
final class Operation
{
    /** The CBOR of the name `sig`, and the head of a text of 86 bytes (RFC 8949, section 3). */
    private const SIG_ENTRY = "\x63sig\x78\x56";

    /** Where the members after `sig` start: behind the map's head and the signature. */
    private const MEMBERS = 1 + 6 + Base64::SIGNATURE_CHARS;

    /** @var string one of the constants of OperationType */
    private $type;

    /** @var string with `sig` */
    private $dagCbor;

    private function __construct(string $type, string $dagCbor)
    {
        $this->type = $type;
        $this->dagCbor = $dagCbor;
    }

    /**
     * The operation of a type, of so many members in canonical order, and a signature. No other member name of an
     * operation has three bytes or less, so `sig` is always the first member.
     *
     * @param string $sig 86 characters
     */
    public static function signed(string $type, int $count, string $members, string $sig): self
    {
        return new self($type, DagCbor::map($count + 1) . self::SIG_ENTRY . $sig . $members);
    }

    /** The type: one of the constants of OperationType. */
    public function operationType(): string
    {
        return $this->type;
    }

    /** The CID of the operation that this one follows on, as text; null in a genesis. */
    public function prev(): ?string
    {
        return $this->members()->textOrNull();
    }

    /** The state that the operation sets; null for a tombstone. */
    public function state(): ?State
    {
        switch ($this->type) {
            case OperationType::PLC_OPERATION:
                return $this->regularState();
            case OperationType::CREATE:
                return $this->create()->state();
            default:
                return null;
        }
    }

    /**
     * The rotation keys of the state, without the rest of it; none for a tombstone.
     *
     * @return list<string>
     */
    public function rotationKeys(): array
    {
        switch ($this->type) {
            case OperationType::PLC_OPERATION:
                $members = $this->stateMembers();
                self::skipServices($members);
                self::skipTexts($members);
                $members->skipText();
                return $members->texts();
            case OperationType::CREATE:
                return $this->create()->rotationKeys();
            default:
                return [];
        }
    }

    /** The signature as r and s, of 64 bytes. */
    public function signature(): string
    {
        $sig = substr($this->dagCbor, self::MEMBERS - Base64::SIGNATURE_CHARS, Base64::SIGNATURE_CHARS);
        return (string) Base64::decodeUrlSignature($sig);
    }

    /** The bytes that a CID is over. */
    public function signedBytes(): string
    {
        return $this->dagCbor;
    }

    /** The bytes that the signature is over: the same map without `sig`. */
    public function unsignedBytes(): string
    {
        return chr(ord($this->dagCbor[0]) - 1) . substr($this->dagCbor, self::MEMBERS);
    }

    /** At the value of the first member after `sig`, which is `prev` in every type. */
    private function members(): DagCborReader
    {
        $members = new DagCborReader($this->dagCbor, self::MEMBERS);
        $members->skipText();
        return $members;
    }

    /** At the value of `services` or `handle`, behind `prev` and `type`. */
    private function stateMembers(): DagCborReader
    {
        $members = $this->members();
        $members->textOrNull();
        $members->skipText();
        $members->skipText();
        $members->skipText();
        return $members;
    }

    private function create(): LegacyCreate
    {
        $members = $this->stateMembers();
        $handle = $members->text();
        $members->skipText();
        $service = $members->text();
        $members->skipText();
        $signingKey = $members->text();
        $members->skipText();
        return new LegacyCreate($signingKey, $members->text(), $handle, $service);
    }

    private function regularState(): State
    {
        $members = $this->stateMembers();
        $services = self::services($members);
        $members->skipText();
        $alsoKnownAs = $members->texts();
        $members->skipText();
        $rotationKeys = $members->texts();
        $members->skipText();
        $names = [];
        $keys = [];
        for ($left = $members->count(); $left > 0; $left--) {
            $names[] = $members->text();
            $keys[] = DidKey::fromText($members->text());
        }
        return new State($rotationKeys, CanonicalMap::fromSorted($names, $keys), $alsoKnownAs, $services);
    }

    /** @return CanonicalMap<Service> */
    private static function services(DagCborReader $members): CanonicalMap
    {
        $names = [];
        $services = [];
        for ($left = $members->count(); $left > 0; $left--) {
            $names[] = $members->text();
            $members->count();
            $members->skipText();
            $type = $members->text();
            $members->skipText();
            $services[] = new Service($type, $members->text());
        }
        return CanonicalMap::fromSorted($names, $services);
    }

    private static function skipServices(DagCborReader $members): void
    {
        for ($left = $members->count(); $left > 0; $left--) {
            $members->skipText();
            $members->count();
            $members->skipText();
            $members->skipText();
            $members->skipText();
            $members->skipText();
        }
        $members->skipText();
    }

    private static function skipTexts(DagCborReader $members): void
    {
        for ($left = $members->count(); $left > 0; $left--) {
            $members->skipText();
        }
    }
}
