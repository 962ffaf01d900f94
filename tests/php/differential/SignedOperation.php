<?php

declare(strict_types=1);

/** An operation of a did:plc, signed: encoded here anew, so that a mistake of the core in PHP cannot hide itself. */
final class SignedOperation
{
    /** @var array<string, mixed> */
    public $members;

    /** @var string */
    public $cid;

    /** @var string the DID, where this is the genesis */
    public $did;

    /** @param array<string, mixed> $members without the signature; objects are stdClass */
    public function __construct(array $members, KeyPair $signer, bool $isLow = true)
    {
        $signature = $signer->sign(self::cbor($members), $isLow);
        $this->members = $members + ['sig' => self::base64url($signature)];
        $digest = hash('sha256', self::cbor($this->members), true);
        $this->cid = 'b' . self::base32("\x01\x71\x12\x20$digest");
        $this->did = 'did:plc:' . substr(self::base32($digest), 0, 24);
    }

    public static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    private static function base32(string $bytes): string
    {
        $bits = '';
        foreach (str_split($bytes) as $byte) {
            $bits .= sprintf('%08b', ord($byte));
        }
        $letters = '';
        foreach (str_split($bits, 5) as $five) {
            $letters .= 'abcdefghijklmnopqrstuvwxyz234567'[bindec(str_pad($five, 5, '0'))];
        }
        return $letters;
    }

    /**
     * DAG-CBOR: the members of a map by the length of their names, then by their bytes.
     *
     * @param mixed $value
     */
    private static function cbor($value): string
    {
        if ($value === null) {
            return "\xf6";
        }
        if (is_string($value)) {
            return self::head(3, strlen($value)) . $value;
        }
        if (is_array($value) && $value === array_values($value)) {
            return self::head(4, count($value)) . implode('', array_map([self::class, 'cbor'], $value));
        }
        $members = [];
        foreach ((array) $value as $name => $member) {
            $name = self::cbor((string) $name);
            $members[] = [$name, self::cbor($member)];
        }
        usort($members, static function (array $a, array $b): int {
            return [strlen($a[0]), $a[0]] <=> [strlen($b[0]), $b[0]];
        });
        return self::head(5, count($members)) . implode('', array_map('implode', $members));
    }

    private static function head(int $major, int $count): string
    {
        if ($count < 24) {
            return chr($major << 5 | $count);
        }
        return $count < 256 ? chr($major << 5 | 24) . chr($count) : chr($major << 5 | 25) . pack('n', $count);
    }
}
