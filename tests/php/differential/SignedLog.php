<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/** Logs of a did:plc, properly signed: forks, recoveries in time and late, tombstones, keys of every kind. */
final class SignedLog
{
    private const FIRST = 1600000000000;

    private const HOUR = 3600000;

    /** What is left of the 72 hours of a recovery, in milliseconds. */
    private const LEFT = [-86400000, -1, 0, 0, 1, 1000, 86400000];

    /** Each form that a log is served in, as often as it should be. */
    public const FORMS = ['bare', 'export', 'audit', 'audit', 'audit', 'audit', 'audit'];

    private const SERVICES = ['FairPackageManagementRepo', 'AtprotoPersonalDataServer'];

    private const ALIASES = ['at://a.example', 'fair://publisher.example', 'fair://x.example/', '', "\u{e9}\u{2028}"];

    private const SCHEMES = ['', 'fair://', 'fair://me@', '@'];

    private const TIMES = [
        '2020-09-13T12:26:40', '2020-02-30T00:00:00Z', '2020-09-13t12:26:40Z', '2020-09-13T12:26:40z',
        '2020-09-13T12:26:40.Z', '2020-09-13T12:26Z', '2020-09-13T12:26:60Z', '2020-09-13T24:00:00Z',
        '2020-09-13T12:26:40-00:00', '2020-09-13T12:26:40+24:00', '0009-09-13T12:26:40Z', '', '2020-09-13 12:26:40Z',
        "2020-09-13T12:26:40Z\n", '2020-09-13T12:26:40+0000',
    ];

    /** @var list<array<string, mixed>> the entries, as a directory serves them */
    public $entries = [];

    /** @var string */
    public $did = '';

    /** @var list<array{cid: string, otherCid: string, prev: int|null, keys: list<string>, signer: int, time: int}> */
    private $operations = [];

    /** @var string the key that signed last */
    private $signedBy = '';

    /** @var array<int, int> the last operation that follows on one */
    private $next = [];

    /** @var int in milliseconds */
    private $time = self::FIRST;

    /** @var array<string, KeyPair> */
    private $keys = [];

    /** @var bool whether names and keys are unusual ones, and now and then something is wrong */
    private $isStrange;

    /** @var bool whether nothing is wrong: every operation is one that a directory takes in */
    private $isSound;

    /** @var int */
    private $last;

    /** @var int|null the number of an operation that is forged: see ForgedLog */
    private $forged;

    /** @var SignedOperation|null that operation */
    public $forgery;

    /**
     * @param array<string, string> $methods verification methods that every operation has
     * @param int|null $forged the operation that is wrong in a sound log
     */
    public function __construct(int $count, array $methods = [], bool $isSound = false, ?int $forged = null)
    {
        $this->isSound = $isSound;
        $this->forged = $forged;
        $this->last = $count - 1;
        $this->isStrange = $forged !== null || Random::once(2);
        for ($i = 0; $i < 6; $i++) {
            $key = KeyPair::of($i % 2 ? 'P-256' : 'secp256k1', "rotation $i");
            $this->keys[$key->did] = $key;
        }
        for ($i = 0; $i < $count; $i++) {
            $this->append($methods);
        }
        if ($this->fails(20)) {
            $this->entries[Random::below(count($this->entries))]['nullified'] = Random::once(2);
        }
    }

    /** When the last operation was made, in seconds. */
    public function time(): int
    {
        return intdiv($this->time, 1000);
    }

    /** The log as one of the forms that are served. */
    public function text(int $count = PHP_INT_MAX): string
    {
        return $this->textOf(array_slice($this->entries, 0, $count), Random::pick(self::FORMS));
    }

    /** @param list<array<string, mixed>> $entries */
    public function textOf(array $entries, string $form): string
    {
        $entries = $this->isStrange ? StrangeText::shuffled($entries) : $entries;
        switch ($form) {
            case 'bare':
                return StrangeText::json(array_column($entries, 'operation'));
            case 'export':
                return implode("\n", array_map([StrangeText::class, 'json'], $entries)) . "\n";
            default:
                return StrangeText::json($entries);
        }
    }

    /** A log alone. */
    public static function alone(): Request
    {
        $log = new self(1 + Random::below(7));
        return new Request(Kind::PLC_LOG, ['did' => $log->did, 'log' => $log->text()]);
    }

    /**
     * A log, and what a second visit finds after a first that saw more or less of it.
     *
     * @param callable(Request): ?string $pinOf the pin that a visit leaves
     * @return iterable<Request>
     */
    public static function visits(callable $pinOf): iterable
    {
        $log = new self(1 + Random::below(9));
        $inputs = ['did' => $log->did, 'now' => $log->time() + Random::below(600000) - 300000];
        if (Random::once(2)) {
            $inputs += ['remember' => true];
        }
        if (Random::once(2)) {
            $inputs += ['history' => true];
        }
        yield new Request(Kind::PLC_LOG, $inputs + ['log' => $log->text()]);
        $counts = [1 + Random::below(count($log->entries)), count($log->entries)];
        foreach ([$counts, array_reverse($counts)] as [$before, $after]) {
            $first = ['did' => $log->did, 'log' => $log->text($before), 'remember' => true];
            $pin = $pinOf(new Request(Kind::PLC_LOG, $first + ['now' => $log->time() - Random::below(900000)]));
            if ($pin !== null) {
                $second = ['did' => $log->did, 'log' => $log->text($after), 'pin' => $pin];
                yield new Request(Kind::PLC_LOG, $second + ['now' => $log->time() + Random::below(900000)]);
            }
        }
    }

    /** Something that is wrong, now and then. */
    private function fails(int $once): bool
    {
        return !$this->isSound && Random::once($this->isStrange ? $once : 2 * $once);
    }

    /** @param array<string, string> $methods */
    private function append(array $methods): void
    {
        $count = count($this->operations);
        // Mostly the last operation, now and then an earlier one: a fork.
        $prev = $count === 0 ? null : (Random::once(3) ? Random::below($count) : $count - 1);
        $prev = $this->isSound && $prev !== null ? $this->lawfulPrev() : $prev;
        $keys = $this->rotationKeys($count === 0);
        $before = $prev === null ? $keys : $this->operations[$prev]['keys'];
        $operation = $this->operation($prev, $keys, $methods, $before);
        $this->forgery = $count === $this->forged ? $operation : $this->forgery;
        $this->did = $this->did === '' ? $operation->did : $this->did;
        $this->pass($this->next[$prev] ?? null);
        if (isset($operation->members['signingKey'])) {
            $keys = [$operation->members['recoveryKey'], $operation->members['signingKey']];
        } elseif (!isset($operation->members['rotationKeys'])) {
            $keys = [];
        }
        $this->operations[] = [
            'cid' => $operation->cid,
            'otherCid' => $operation->otherCid,
            'prev' => $prev,
            'keys' => $keys,
            'signer' => (int) array_search($this->signedBy, $before, true),
            'time' => $this->time,
        ];
        $this->undo($prev, $count);
        $entry = [
            'did' => $this->did,
            'operation' => $operation->members,
            'cid' => $this->fails(150) ? $operation->otherCid : $operation->cid,
            'nullified' => false,
            'createdAt' => $this->fails(150) ? Random::pick(self::TIMES) : $this->timestamp(),
        ];
        $this->entries[] = $this->fails(60) ? $entry + [StrangeText::name() => null, 'seq' => 1] : $entry;
    }

    /** The head, or an operation at which something can still be undone. */
    private function lawfulPrev(): int
    {
        $places = [];
        foreach ($this->next as $prev => $child) {
            $isOpen = $this->time < $this->operations[$child]['time'] + 72 * self::HOUR;
            if ($isOpen && !$this->entries[$child]['nullified'] && $this->operations[$child]['signer'] > 0) {
                $places[] = $prev;
            }
        }
        $head = max(array_keys(array_filter($this->entries, static function (array $entry): bool {
            return !$entry['nullified'];
        })));
        return $places !== [] && Random::once(2) ? Random::pick($places) : $head;
    }

    /** Time goes on: for a recovery, mostly to about the end of its 72 hours. */
    private function pass(?int $undone): void
    {
        $later = $this->time + ($this->fails(15) ? 0 : Random::pick([1, 100, 1000, self::HOUR, 24 * self::HOUR]));
        if ($undone !== null && Random::once(2)) {
            $end = $this->operations[$undone]['time'] + 72 * self::HOUR;
            $later = max($this->time + 1, $end - Random::pick(self::LEFT));
        }
        if ($undone !== null && $this->isSound) {
            $later = min($later, $this->operations[$undone]['time'] + 72 * self::HOUR);
        }
        $this->time = $later;
    }

    /** The flags that a directory sets: a fork undoes what was there before. */
    private function undo(?int $prev, int $by): void
    {
        if ($prev === null) {
            return;
        }
        for ($undone = $this->next[$prev] ?? null; $undone !== null; $undone = $this->next[$undone] ?? null) {
            $this->entries[$undone]['nullified'] = true;
        }
        $this->next[$prev] = $by;
    }

    /**
     * @param list<string> $keys
     * @param array<string, string> $methods
     * @param list<string> $before the keys that may sign
     */
    private function operation(?int $prev, array $keys, array $methods, array $before): SignedOperation
    {
        $cid = $prev === null ? null : $this->operations[$prev]['cid'];
        if ($prev !== null && $this->fails(60)) {
            $cid = Random::pick([null, 'bafyx', '', $this->operations[$prev]['otherCid']]);
        }
        if ($prev === null && $methods === [] && Random::once(5)) {
            $members = $this->legacy();
            return $this->signed($members, $this->signer([$members['recoveryKey'], $members['signingKey']]));
        }
        if (isset($this->next[$prev]) && $this->isSound) {
            $before = array_slice($before, 0, $this->operations[$this->next[$prev]]['signer']);
        }
        $signer = $this->signer($before, isset($this->next[$prev]));
        $mayEnd = !$this->isSound || count($this->operations) === $this->last && $this->forged === $this->last;
        if ($mayEnd && Random::once(12) && ($prev !== null || $this->fails(8))) {
            return $this->signed(['type' => 'plc_tombstone', 'prev' => $cid], $signer);
        }
        $members = ['type' => 'plc_operation', 'rotationKeys' => $keys] + $this->state($methods) + ['prev' => $cid];
        if ($this->fails(100)) {
            $members += [StrangeText::name() => StrangeText::text()];
        } elseif ($this->fails(100)) {
            unset($members[Random::pick(array_keys($members))]);
        }
        return $this->signed($members, $signer);
    }

    /** @param array<string, mixed> $members */
    private function signed(array $members, KeyPair $signer): SignedOperation
    {
        $flaw = $this->fails(60) ? Random::pick(SignedOperation::SIGNATURE_FLAWS) : null;
        if (count($this->operations) !== $this->forged && !$this->fails(80)) {
            return new SignedOperation($members, $signer, $flaw);
        }
        if (isset($members['services'])) {
            foreach (StrangeText::names() as $name) {
                $members['services']->$name = (object) ['type' => $name, 'endpoint' => $name];
            }
        }
        $isHostile = Random::once(4);
        $members = $isHostile ? HostileValue::into($members) : $members;
        $cbor = $isHostile && Random::once(2) ? null : Cbor::flawed($members, $isHostile);
        $operation = new SignedOperation($members, $signer, $flaw, $cbor);
        $operation->isWellFormed = !$isHostile;
        return $operation;
    }

    /**
     * @param array<string, string> $methods
     * @return array<string, mixed>
     */
    private function state(array $methods): array
    {
        for ($left = Random::pick([0, 1, 2, 2, $this->fails(20) ? 11 : 3]); $left > 0; $left--) {
            $id = $this->isStrange ? StrangeText::name() . (Random::once(2) ? '' : $left) : Random::pick(['atproto', 'a', 'b']);
            $methods += [$id => Random::pick($this->keys())->did];
            if ($this->fails(6)) {
                $methods[$id] = $this->fails(8) ? StrangeKey::random() : StrangeKey::listed();
            }
        }
        $services = [];
        foreach (Random::some(['r', 'pds', 'fairpm_repo'], Random::below(3)) as $id) {
            $endpoint = Random::pick(['https://a.example', 'http://b', '', 'https://a.example/x?y']);
            $service = (object) ['type' => Random::pick(self::SERVICES), 'endpoint' => $endpoint];
            if ($this->fails(150)) {
                $service->{'x' . StrangeText::name()} = null;
            }
            $services[$this->isStrange && Random::once(3) ? StrangeText::name() : $id] = $service;
        }
        $aliases = Random::some(self::ALIASES, Random::below(3));
        return [
            'verificationMethods' => (object) $methods,
            'alsoKnownAs' => $this->isStrange && Random::once(4) ? [Random::pick(self::SCHEMES) . StrangeText::text()] : $aliases,
            'services' => (object) $services,
        ];
    }

    /** @return array<string, mixed> a genesis of the old form */
    private function legacy(): array
    {
        $key = function (): string {
            return $this->fails(12) ? StrangeKey::random() : Random::pick($this->keys())->did;
        };
        return [
            'type' => 'create',
            'signingKey' => $key(),
            'recoveryKey' => $key(),
            'handle' => Random::pick(['a.example', 'at://a.example', 'http://a.example', 'https://http://a', StrangeText::text()]),
            'service' => Random::pick(['a.example', 'https://a.example', 'http://a.example', StrangeText::text()]),
            'prev' => null,
        ];
    }

    /** @return list<KeyPair> */
    private function keys(): array
    {
        return array_values($this->keys);
    }

    /** @return list<string> */
    private function rotationKeys(bool $isGenesis): array
    {
        $keys = [];
        $most = $this->fails(20) ? 11 : 5;
        $isNeeded = $isGenesis || $this->isSound;
        for ($left = Random::below($most) + ($isNeeded ? 1 : Random::below(2)); $left > 0; $left--) {
            $keys[] = $this->fails(12) ? StrangeKey::random() : Random::pick($this->keys())->did;
        }
        return $keys;
    }

    /** @param list<string> $keys those that may sign */
    private function signer(array $keys, bool $isFork = false): KeyPair
    {
        $usable = array_values(array_intersect($keys, array_keys($this->keys)));
        if ($usable === [] || $this->fails(20)) {
            $usable = array_keys($this->keys);
        }
        // The highest, most often: it may undo what lower ones did. Lower ones leave it something to undo.
        $isFirst = $isFork ? !Random::once(5) : Random::once(3);
        $this->signedBy = $isFirst ? $usable[0] : Random::pick($usable);
        return $this->keys[$this->signedBy];
    }

    /** More digits of a fraction, which a millisecond too late can hide in. */
    private function more(): string
    {
        return $this->isSound ? '' : Random::pick(['', '', '000', '0001']);
    }

    private function timestamp(): string
    {
        $offset = Random::once(5) ? Random::pick([0, 3600, -5400, 86340]) : null;
        $seconds = intdiv($this->time, 1000);
        $fraction = $this->time % 1000;
        $digits = $fraction !== 0 || Random::once(3) ? sprintf('.%03d', $fraction) . $this->more() : '';
        $zone = $offset === null ? 'Z' : ($offset < 0 ? '-' : '+') . gmdate('H:i', abs($offset));
        return gmdate('Y-m-d\TH:i:s', $seconds + ($offset ?? 0)) . $digits . $zone;
    }
}
