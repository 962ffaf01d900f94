<?php

declare(strict_types=1);

/**
 * An operation of a did:plc, signed: encoded here anew, so that a mistake of the core in PHP cannot hide itself. A flaw makes
 * the string of its signature wrong; its CBOR can have others.
 */
final class SignedOperation
{
    /** The signature in another string. */
    public const SIGNATURE_FLAWS = [
        'high-s', 'der', 'padding', 'standard alphabet', 'white space', 'unused bits', 'cut', 'a byte more', 'r is zero',
        's is zero', 's is the order', 'r is the order', 'empty', 'multibase',
    ];

    public const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

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

    /** @var bool whether its members are those that an operation can have */
    public $isWellFormed = true;

    /** @var bool whether what was signed is its DAG-CBOR */
    public $isSignedWell;

    /** @var bool whether what was hashed is */
    public $isHashedWell;

    /**
     * @param array<string, mixed> $members without the signature; objects are stdClass
     * @param Cbor|null $cbor what encodes it for the signature, for the hash, or for both
     */
    public function __construct(array $members, KeyPair $signer, ?string $flaw = null, ?Cbor $cbor = null)
    {
        $canonical = Cbor::canonical();
        $used = Random::pick([[$cbor, $cbor], [$cbor, null], [null, $cbor]]);
        $signed = ($used[0] ?? $canonical)->signed($members);
        $this->members = $members + ['sig' => self::signatureText($signer->sign($signed, $flaw !== 'high-s'), $signer, $flaw)];
        $hashed = ($used[1] ?? $canonical)->hashed($this->members);
        $this->isSignedWell = $signed === $canonical->signed($members);
        $this->isHashedWell = $hashed === $canonical->hashed($this->members);
        $digest = hash('sha256', $hashed, true);
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
            $letters .= self::BASE32[bindec(str_pad($five, 5, '0'))];
        }
        return $letters;
    }
}
