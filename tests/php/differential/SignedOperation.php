<?php

declare(strict_types=1);

/**
 * An operation of a did:plc, signed: encoded here anew, so that a mistake of the core in PHP cannot hide itself. A flaw makes
 * one wrong in its CBOR or in the string of its signature.
 */
final class SignedOperation
{
    /** What is signed, and at times hashed, in another encoding. */
    public const CBOR_FLAWS = ['bytewise order', 'utf-16 order', 'long lengths', 'sig is null', 'prev is a link'];

    /** The signature in another string. */
    public const SIGNATURE_FLAWS = [
        'high-s', 'der', 'padding', 'standard alphabet', 'white space', 'unused bits', 'cut', 'a byte more', 'r is zero',
        's is zero', 's is the order', 'r is the order', 'empty', 'multibase',
    ];

    private const ORDER = [
        'secp256k1' => 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
        'P-256' => 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    ];

    /** @var array<string, mixed> */
    public $members;

    /** @var string */
    public $cid;

    /** @var string the DID, where this is the genesis */
    public $did;

    /** @var string the CID in other letters */
    public $otherCid;

    /** @param array<string, mixed> $members without the signature; objects are stdClass */
    public function __construct(array $members, KeyPair $signer, ?string $flaw = null)
    {
        $cborFlaw = in_array($flaw, self::CBOR_FLAWS, true) ? $flaw : null;
        $unsigned = $cborFlaw === 'sig is null' ? $members + ['sig' => null] : $members;
        $signature = $signer->sign(self::cbor($unsigned, $cborFlaw), $flaw !== 'high-s');
        $this->members = $members + ['sig' => self::signatureText($signature, $signer, $flaw)];
        $hashed = $cborFlaw === 'sig is null' || Random::once(2) ? null : $cborFlaw;
        $digest = hash('sha256', self::cbor($this->members, $hashed), true);
        $this->cid = 'b' . self::base32("\x01\x71\x12\x20$digest");
        $this->otherCid = Random::once(2)
            ? 'B' . strtoupper(substr($this->cid, 1))
            : 'z' . FedVerify\Core\Encoding\Base58::encode("\x01\x71\x12\x20$digest");
        $this->did = 'did:plc:' . substr(self::base32($digest), 0, 24);
    }

    /** As DER: 0 well, 1 with zeros that it does not need, 2 with a long length, 3 with a byte after it. */
    public static function der(string $signature, int $form): string
    {
        $integers = '';
        foreach (str_split($signature, 32) as $integer) {
            $integer = ltrim($integer, "\0");
            $integer = $integer === '' || ord($integer[0]) > 127 || $form === 1 ? "\0$integer" : $integer;
            $integers .= "\x02" . chr(strlen($integer)) . $integer;
        }
        return "\x30" . ($form === 2 ? "\x81" : '') . chr(strlen($integers)) . $integers . ($form === 3 ? "\0" : '');
    }

    public static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    private static function signatureText(string $signature, KeyPair $signer, ?string $flaw): string
    {
        $order = hex2bin(self::ORDER[$signer->type] ?? self::ORDER['P-256']);
        [$r, $s] = str_split($signature, 32);
        $text = self::base64url($signature);
        $letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        switch ($flaw) {
            case 'der':
                return self::base64url(self::der($signature, 0));
            case 'padding':
                return $text . Random::pick(['=', '==']);
            case 'standard alphabet':
                return strtr($text, '-_', '+/');
            case 'white space':
                return substr_replace($text, Random::pick([' ', "\n", "\t"]), Random::below(87), 0);
            case 'unused bits':
                return substr($text, 0, -1) . $letters[strpos($letters, $text[85]) + 1 + Random::below(15)];
            case 'cut':
                return self::base64url(substr($signature, 1));
            case 'a byte more':
                return self::base64url($signature . "\0");
            case 'r is zero':
                return self::base64url(str_repeat("\0", 32) . $s);
            case 's is zero':
                return self::base64url($r . str_repeat("\0", 32));
            case 's is the order':
                return self::base64url($r . $order);
            case 'r is the order':
                return self::base64url($order . $s);
            case 'empty':
                return '';
            case 'multibase':
                return "u$text";
            default:
                return $text;
        }
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
    private static function cbor($value, ?string $flaw): string
    {
        if ($value === null) {
            return "\xf6";
        }
        if (is_string($value)) {
            return self::head(3, strlen($value), $flaw) . $value;
        }
        if (is_array($value) && $value === array_values($value)) {
            $elements = '';
            foreach ($value as $element) {
                $elements .= self::cbor($element, $flaw);
            }
            return self::head(4, count($value), $flaw) . $elements;
        }
        $members = (array) $value;
        uksort($members, static function ($a, $b) use ($flaw): int {
            return self::place((string) $a, $flaw) <=> self::place((string) $b, $flaw);
        });
        $map = self::head(5, count($members), $flaw);
        foreach ($members as $name => $member) {
            $isLink = $flaw === 'prev is a link' && $name === 'prev' && is_string($member);
            $map .= self::cbor((string) $name, $flaw) . ($isLink ? "\xd8\x2a" : '') . self::cbor($member, $flaw);
        }
        return $map;
    }

    /** @return array{int, string} what members are ordered by */
    private static function place(string $name, ?string $flaw): array
    {
        if ($flaw === 'bytewise order') {
            return [0, ".$name"];
        }
        if ($flaw === 'utf-16 order') {
            // As JavaScript counts and compares: a character beyond U+FFFF is two surrogates, which are below U+E000.
            $pairs = preg_replace('/[\x{10000}-\x{10ffff}]/u', "\xed\xa0\x80\$0", $name, -1, $count);
            return [preg_match_all('/./su', $name) + $count, ".$pairs"];
        }
        return [strlen($name), ".$name"];
    }

    private static function head(int $major, int $count, ?string $flaw): string
    {
        if ($count < 24 && $flaw !== 'long lengths') {
            return chr($major << 5 | $count);
        }
        if ($count < 256) {
            return chr($major << 5 | 24) . chr($count);
        }
        return $count < 65536 ? chr($major << 5 | 25) . pack('n', $count) : chr($major << 5 | 26) . pack('N', $count);
    }
}
