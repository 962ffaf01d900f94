<?php

declare(strict_types=1);

use FedVerify\Core\Encoding\Base58;

/** Strings in the place of a did:key: of other types, malformed in each of their layers, or no keys at all. */
final class StrangeKey
{
    private const SECP256K1 = "\xe7\x01";
    private const P256 = "\x80\x24";
    private const ED25519 = "\xed\x01";

    /** The x of a point of secp256k1 and of P-256: 1 is one on the first curve, 5 on the second. */
    private const X = ["\xe7\x01" => 1, "\x80\x24" => 5];

    private function __construct()
    {
    }

    public static function random(): string
    {
        return Random::once(3) ? self::text() : 'did:key:z' . Base58::encode(self::bytes());
    }

    /** One that may be listed as a verification method: did:key:z and base58. */
    public static function listed(): string
    {
        return Random::once(3) ? Random::pick(['did:key:z1', 'did:key:zz', 'did:key:z' . str_repeat('2', 300)])
            : 'did:key:z' . Base58::encode(self::bytes());
    }

    private static function text(): string
    {
        $sound = KeyPair::of('secp256k1', 'rotation 0')->did;
        return Random::pick([
            '', 'x', 'did:key:', 'did:key:z', 'did:key:z1', "$sound#fragment", "$sound ", strtoupper($sound),
            substr($sound, 0, -1), substr($sound, 0, -1) . '0', str_replace('did:key:z', 'did:key:u', $sound),
            substr($sound, strlen('did:key:')), "did:web:a.example", "$sound\0", str_replace('key', 'kéy', $sound),
            'did:key:z' . str_repeat('1', Random::pick([1, 255, 256, 300])), 'did:key:z' . str_repeat('é', 4),
        ]);
    }

    /** A multicodec and what follows it, wrong in one thing. */
    private static function bytes(): string
    {
        $codec = Random::pick([self::SECP256K1, self::P256]);
        $point = pack('C', Random::pick([2, 3])) . str_pad(chr(self::X[$codec]), 32, "\0", STR_PAD_LEFT);
        return Random::pick([
            // A sound Ed25519 key, one of small order, one that is not canonical.
            self::ED25519 . hash('sha256', 'x', true), self::ED25519 . "\1" . str_repeat("\0", 31),
            self::ED25519 . str_repeat("\xff", 32),
            // Sound points, and the same with another first byte, another length, another x.
            $codec . $point, $codec . $point, $codec . "\4" . substr($point, 1), $codec . "\0" . substr($point, 1),
            "$codec$point\0", $codec . substr($point, 0, -1), $codec . "\4" . str_repeat("\1", 64), $codec,
            $codec . "\2" . str_repeat("\xff", 32), $codec . "\2" . Random::bytes(32),
            // Varints that are not minimal, too long, cut off; codecs of nothing known.
            "\xe7\x81\0" . $point, "\x80" . $point, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01$point", "\xff", '',
            "\x12\x20" . Random::bytes(32), "\x01", "\0", "\0$point", "\xec\x01" . Random::bytes(32),
        ]);
    }
}
