<?php

declare(strict_types=1);

/** A did:plc and its operations: honest ones, and those that an attacker would like. */
final class Identity
{
    public const REPOSITORY = 'FairPackageManagementRepo';

    /** @var string */
    public $did;

    /** @var list<array{operation: SignedOperation, time: int, prev: int|null, nullified: bool, state: array<string, mixed>}> */
    private $operations = [];

    /** @var array<string, mixed> the members of the last valid operation, with its keys as KeyPair */
    private $state;

    /**
     * @param array<string, mixed> $state rotationKeys (list of KeyPair, highest first), signingKeys (fragment → KeyPair), repository (URL;
     *     {did} is put in later), aliases
     */
    private function __construct(array $state)
    {
        $this->state = $state;
    }

    /** Keys go by the label: the same label is the same identity if it was made at the same second. */
    public static function create(string $label, int $time, array $state = []): self
    {
        $identity = new self($state + [
            'rotationKeys' => [KeyPair::of('secp256k1', "$label high"), KeyPair::of('P-256', "$label low")],
            'signingKeys' => ['fair' => KeyPair::of('Ed25519', "$label signing")],
            'repository' => "https://repo.publisher.example/$label",
            'aliases' => [],
        ]);
        $identity->append($time, []);
        return $identity;
    }

    /** A copy that a liar may change. */
    public function __clone()
    {
        foreach ($this->operations as &$entry) {
            $entry['operation'] = clone $entry['operation'];
        }
    }

    public function signingKey(): KeyPair
    {
        return reset($this->state['signingKeys']);
    }

    public function rotationKey(int $number = 0): KeyPair
    {
        return $this->state['rotationKeys'][$number];
    }

    public function repository(): string
    {
        return $this->state['repository'];
    }

    public function count(): int
    {
        return count($this->operations);
    }

    /**
     * One more operation.
     *
     * @param array<string, mixed> $changes of the state
     * @param KeyPair|null $signer where none is given: the lowest rotation key, and the highest where something is undone
     * @param int|null $prev the number of the operation before: the last valid one, or an earlier one, which undoes what follows it
     */
    public function append(int $time, array $changes, ?KeyPair $signer = null, ?int $prev = null, bool $isLow = true): self
    {
        $isFirst = $this->operations === [];
        $prev = $isFirst ? null : $prev ?? $this->head();
        $isFork = $prev !== null && $prev !== $this->head();
        $keys = $prev === null ? $this->state['rotationKeys'] : $this->operations[$prev]['state']['rotationKeys'];
        $signer = $signer ?? ($isFork ? reset($keys) : end($keys));
        $this->state = $changes + ($prev === null ? $this->state : $this->operations[$prev]['state']);
        $cid = $prev === null ? null : $this->operations[$prev]['operation']->cid;
        $members = isset($this->state['tombstone'])
            ? ['type' => 'plc_tombstone', 'prev' => $cid]
            : $this->members() + ['prev' => $cid];
        $members += $changes['extra'] ?? [];
        unset($this->state['extra']);
        $operation = new SignedOperation($members, $signer, $isLow ? null : 'high-s');
        if ($isFirst) {
            $this->did = $operation->did;
        }
        for ($i = ($prev ?? -1) + 1; $i < count($this->operations); $i++) {
            $this->operations[$i]['nullified'] = true;
        }
        $this->operations[] = ['operation' => $operation, 'time' => $time, 'prev' => $prev, 'nullified' => false, 'state' => $this->state];
        return $this;
    }

    public function tombstone(int $time): self
    {
        return $this->append($time, ['tombstone' => true]);
    }

    /** The state as it was after an operation, to go on from there: a liar's way to leave operations out. */
    public function until(int $count): self
    {
        $earlier = clone $this;
        $earlier->operations = array_slice($this->operations, 0, $count);
        foreach ($earlier->operations as &$entry) {
            $entry['nullified'] = false;
        }
        unset($entry);
        $earlier->state = end($earlier->operations)['state'];
        return $earlier;
    }

    /** @return list<array<string, mixed>> the log as a directory serves it */
    public function log(): array
    {
        $log = [];
        foreach ($this->operations as $entry) {
            $log[] = [
                'did' => $this->did,
                'operation' => $entry['operation']->members,
                'cid' => $entry['operation']->cid,
                'nullified' => $entry['nullified'],
                'createdAt' => gmdate('Y-m-d\TH:i:s', $entry['time']) . '.000Z',
            ];
        }
        return $log;
    }

    /** @return array<string, mixed> the DID document as a directory serves it */
    public function document(): array
    {
        if (isset($this->state['tombstone'])) {
            return ['message' => "DID not available: {$this->did}"];
        }
        $methods = [];
        foreach ($this->state['signingKeys'] as $fragment => $key) {
            $methods[] = [
                'id' => "{$this->did}#$fragment",
                'type' => 'Multikey',
                'controller' => $this->did,
                'publicKeyMultibase' => $key->multibase(),
            ];
        }
        $contexts = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
        return [
            '@context' => $contexts,
            'id' => $this->did,
            'alsoKnownAs' => $this->state['aliases'],
            'verificationMethod' => $methods,
            'service' => [[
                'id' => '#fairpm_repo',
                'type' => self::REPOSITORY,
                'serviceEndpoint' => $this->state['repository'],
            ]],
        ];
    }

    private function head(): int
    {
        $head = 0;
        foreach ($this->operations as $number => $entry) {
            $head = $entry['nullified'] ? $head : $number;
        }
        return $head;
    }

    /** @return array<string, mixed> */
    private function members(): array
    {
        $did = static function (KeyPair $key): string {
            return $key->did;
        };
        $service = (object) ['type' => self::REPOSITORY, 'endpoint' => $this->state['repository']];
        return [
            'type' => 'plc_operation',
            'rotationKeys' => array_map($did, $this->state['rotationKeys']),
            'verificationMethods' => (object) array_map($did, $this->state['signingKeys']),
            'alsoKnownAs' => $this->state['aliases'],
            'services' => (object) ['fairpm_repo' => $service],
        ];
    }
}
