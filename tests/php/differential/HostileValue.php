<?php

declare(strict_types=1);

/** What CBOR or some reader of JSON can hold and an operation cannot: it is never verified, whoever signed it. */
final class HostileValue
{
    /** Keys are left to StrangeKey: what cannot be read there makes no log that goes on. */
    private const KEYS = ['rotationKeys', 'recoveryKey', 'signingKey'];

    private const NUMBERS = [0, 23, 24, -1, 65536, 1.5, -0.25, 4294967296, true, false];

    private function __construct()
    {
    }

    /**
     * One of them somewhere in an operation.
     *
     * @param array<string, mixed> $members without the signature
     * @return array<string, mixed>
     */
    public static function into(array $members): array
    {
        if (array_key_exists('prev', $members) && Random::once(8)) {
            unset($members['prev']);
            return $members;
        }
        $names = array_diff(array_keys($members), self::KEYS);
        $name = Random::pick(array_values($names));
        $place = &$members[$name];
        if (Random::once(4)) {
            $members[$name . StrangeText::AGAIN] = Random::once(2) ? $place : 'x';
        } elseif (is_array($place)) {
            $place[] = self::one();
        } elseif ($place instanceof stdClass) {
            $place = clone $place;
            $place->{StrangeText::name()} = self::one();
        } elseif ($name === 'prev' && is_string($place) && Random::once(2)) {
            // As DAG-JSON and the AT Protocol write a link.
            $place = (object) [Random::pick(['/', '$link']) => $place];
        } else {
            $place = self::one();
        }
        return $members;
    }

    /** @return mixed */
    private static function one()
    {
        return Random::pick([Random::pick(self::NUMBERS), 'x' . StrangeText::SURROGATE, 'x' . StrangeText::BYTE]);
    }
}
