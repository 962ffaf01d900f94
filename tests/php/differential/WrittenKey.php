<?php

declare(strict_types=1);

use FedVerify\Core\Encoding\Base58;

/** Public keys as people give them: each form of each type, sound ones and others. */
final class WrittenKey
{
    /** What stands before the key in a SubjectPublicKeyInfo: of Ed25519, of X25519, of Ed25519 with parameters, and cut off. */
    private const HEADS = ['302a300506032b6570032100', '302a300506032b656e032100', '302c300706032b65700500032100', '302a'];

    private const MARKERS = ['PUBLIC KEY', 'PUBLIC KEY', 'PUBLIC KEY', 'PUBLIC KEY', 'EC PUBLIC KEY', 'PRIVATE KEY', 'public key'];

    private const SPACES = ['', ' ', "\n", "\r\n", "\t", "\x0b", "\x0c", "\u{a0}", "\u{2003}", "\u{feff}", "\0"];

    private function __construct()
    {
    }

    public static function random(): string
    {
        $text = Random::once(2) ? self::didKey() : self::base64();
        return Random::once(3) ? Random::pick(self::SPACES) . $text . Random::pick(self::SPACES) : $text;
    }

    private static function didKey(): string
    {
        $sound = KeyPair::of(Random::pick(['Ed25519', 'secp256k1', 'P-256']), 'written ' . Random::below(4))->did;
        $key = Random::once(2) ? $sound : StrangeKey::random();
        return Random::once(2) ? $key : str_replace('did:key:', '', $key);
    }

    /** PEM, its body, or 32 bytes. */
    private static function base64(): string
    {
        $key = self::ed25519();
        $head = hex2bin(Random::once(5) ? Random::pick(self::HEADS) : self::HEADS[0]);
        $isPlain = Random::once(3);
        $text = base64_encode(($isPlain ? '' : $head) . $key . (Random::once(12) ? "\0" : ''));
        $text = Random::once(4) ? strtr($text, '+/', '-_') : $text;
        $text = Random::once(4) ? rtrim($text, '=') : $text;
        if (Random::once(6)) {
            $text = substr_replace($text, Random::pick(self::SPACES), Random::below(strlen($text)), 0);
        }
        if ($isPlain ? !Random::once(9) : Random::once(3)) {
            return $text;
        }
        if (Random::once(9)) {
            // PEM that breaks off where all of it may be read as base64url of 32 bytes.
            return substr("-----BEGIN PUBLIC KEY-----$text", 0, 45);
        }
        $space = Random::once(4) ? Random::pick(self::SPACES) : "\n";
        $marker = Random::pick(self::MARKERS);
        return "-----BEGIN $marker-----$space$text$space-----END $marker-----";
    }

    private static function ed25519(): string
    {
        $sound = substr(Base58::decode(substr(KeyPair::of('Ed25519', 'written ' . Random::below(9))->multibase(), 1)), 2);
        return Random::once(3) ? Random::pick([
            "\1" . str_repeat("\0", 31), str_repeat("\xff", 32), str_repeat("\0", 32), Random::bytes(32),
            substr($sound, 1), "$sound\0", "\xec" . str_repeat("\xff", 30) . "\x7f", "\xee" . str_repeat("\xff", 30) . "\x7f",
        ]) : $sound;
    }
}
