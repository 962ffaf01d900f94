<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/** Logs of a did:plc, properly signed: forks, recoveries in time and late, tombstones, keys of every kind. */
final class SignedLog
{
    private const FIRST = 1600000000;

    private const STRANGE_KEYS = ['did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', '', 'did:key:z1', 'x'];

    private const SERVICES = ['FairPackageManagementRepo', 'AtprotoPersonalDataServer'];

    private const ALIASES = ['at://a.example', 'fair://publisher.example', 'fair://x.example/', '', "\u{e9}\u{2028}"];

    /** @var list<array<string, mixed>> the entries, as a directory serves them */
    public $entries = [];

    /** @var string */
    public $did = '';

    /** @var list<array{cid: string, prev: int|null, keys: list<string>, time: int}> */
    private $operations = [];

    /** @var int */
    private $time = self::FIRST;

    /** @var array<string, KeyPair> */
    private $keys = [];

    /** @param array<string, string> $methods verification methods that every operation has */
    public function __construct(int $count, array $methods = [])
    {
        for ($i = 0; $i < 6; $i++) {
            $key = KeyPair::of($i % 2 ? 'P-256' : 'secp256k1', "rotation $i");
            $this->keys[$key->did] = $key;
        }
        for ($i = 0; $i < $count; $i++) {
            $this->append($methods);
        }
        $this->flag();
    }

    /** When the last operation was made. */
    public function time(): int
    {
        return $this->time;
    }

    /** The log as one of the forms that are served. */
    public function text(int $count = PHP_INT_MAX): string
    {
        $entries = array_slice($this->entries, 0, $count);
        $json = static function ($value): string {
            return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
        };
        switch (Random::below(7)) {
            case 0:
                return $json(array_column($entries, 'operation'));
            case 1:
                return implode("\n", array_map($json, $entries)) . "\n";
            default:
                return $json($entries);
        }
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
        $inputs = ['did' => $log->did, 'now' => $log->time + Random::below(600000) - 300000];
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
            $pin = $pinOf(new Request(Kind::PLC_LOG, $first + ['now' => $log->time - Random::below(900000)]));
            if ($pin !== null) {
                $second = ['did' => $log->did, 'log' => $log->text($after), 'pin' => $pin];
                yield new Request(Kind::PLC_LOG, $second + ['now' => $log->time + Random::below(900000)]);
            }
        }
    }

    /** @param array<string, string> $methods */
    private function append(array $methods): void
    {
        $count = count($this->operations);
        // Mostly the last operation, now and then an earlier one: a fork.
        $prev = $count === 0 ? null : (Random::once(4) ? Random::below($count) : $count - 1);
        $keys = $this->rotationKeys($count === 0);
        $before = $prev === null ? $keys : $this->operations[$prev]['keys'];
        $signer = $this->signer($before, $prev !== null && $prev !== $count - 1);
        $operation = $this->operation($prev, $keys, $methods, $signer);
        $this->did = $this->did === '' ? $operation->did : $this->did;
        $this->time += Random::once(25) ? 0 : Random::pick([100, 3600, 86400, 259200]);
        $keys = isset($operation->members['rotationKeys']) ? $keys : [];
        $this->operations[] = ['cid' => $operation->cid, 'prev' => $prev, 'keys' => $keys];
        $this->entries[] = [
            'did' => $this->did,
            'operation' => $operation->members,
            'cid' => $operation->cid,
            'nullified' => false,
            'createdAt' => $this->timestamp(),
        ];
    }

    /** @param list<string> $keys */
    private function operation(?int $prev, array $keys, array $methods, KeyPair $signer): SignedOperation
    {
        $cid = $prev === null ? null : (Random::once(40) ? 'bafyx' : $this->operations[$prev]['cid']);
        if ($prev !== null && Random::once(60)) {
            $cid = null;
        }
        $isLow = !Random::once(60);
        if ($prev !== null && Random::once(12)) {
            return new SignedOperation(['type' => 'plc_tombstone', 'prev' => $cid], $signer, $isLow);
        }
        foreach (Random::some(['atproto', 'fair_a', 'fairpm', 'a', "\u{e9}"], Random::below(3)) as $id) {
            $methods += [$id => Random::pick($this->keys())->did];
        }
        $services = [];
        foreach (Random::some(['r', 'pds', 'fairpm_repo'], Random::below(3)) as $id) {
            $endpoint = Random::pick(['https://a.example', 'http://b', '', 'https://a.example/x?y']);
            $services[$id] = (object) ['type' => Random::pick(self::SERVICES), 'endpoint' => $endpoint];
        }
        return new SignedOperation([
            'type' => 'plc_operation',
            'rotationKeys' => $keys,
            'verificationMethods' => (object) $methods,
            'alsoKnownAs' => Random::some(self::ALIASES, Random::below(3)),
            'services' => (object) $services,
            'prev' => $cid,
        ], $signer, $isLow);
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
        for ($left = Random::below(5) + ($isGenesis ? 1 : Random::below(2)); $left > 0; $left--) {
            $keys[] = Random::once(12) ? Random::pick(self::STRANGE_KEYS) : Random::pick($this->keys())->did;
        }
        return $keys;
    }

    /** @param list<string> $keys those that may sign */
    private function signer(array $keys, bool $isFork): KeyPair
    {
        $usable = array_values(array_intersect($keys, array_keys($this->keys)));
        if ($usable === [] || Random::once(15)) {
            return Random::pick($this->keys());
        }
        // The highest, most often: it may undo what lower ones did.
        $isFirst = $isFork ? !Random::once(5) : !Random::once(3);
        return $this->keys[$isFirst ? $usable[0] : Random::pick($usable)];
    }

    private function timestamp(): string
    {
        $fraction = Random::once(3) ? '.' . Random::below(999) : '';
        return gmdate('Y-m-d\TH:i:s', $this->time) . $fraction . (Random::once(5) ? '+00:00' : 'Z');
    }

    /** Sets the flags that a directory sets: a fork undoes what was there before. */
    private function flag(): void
    {
        $next = [];
        foreach ($this->operations as $i => $operation) {
            $prev = $operation['prev'];
            if ($prev === null) {
                continue;
            }
            for ($undone = $next[$prev] ?? null; $undone !== null; $undone = $next[$undone] ?? null) {
                $this->entries[$undone]['nullified'] = true;
            }
            $next[$prev] = $i;
        }
        if (Random::once(20)) {
            $this->entries[Random::below(count($this->entries))]['nullified'] = Random::once(2);
        }
    }
}
