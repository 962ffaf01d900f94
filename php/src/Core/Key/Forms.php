<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Code;
use FedVerify\Core\Encoding\Base58;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\Utf8;
use FedVerify\Core\Limits;
use FedVerify\Core\Sniff;

/** Keys as people have them: in any of their forms (keys.md, "Forms of a key"). */
final class Forms
{
    /** What messages call the string. */
    private const WHAT = 'key';

    /** Multicodecs of private keys, from ed25519-priv to p521-priv (multicodec table). */
    private const FIRST_PRIVATE_CODEC = 0x1300;

    private const LAST_PRIVATE_CODEC = 0x1308;

    private function __construct()
    {
    }

    /**
     * See PublicKey::read().
     *
     * @throws Fault
     */
    public static function read(string $text, Limits $limits): PublicKey
    {
        Json::checkSize(self::WHAT, $text, 'recordBytes', $limits);
        $string = Utf8::firstInvalid($text) === null ? trim($text, Sniff::WHITE_SPACE) : '';
        if (strncmp($string, PublicKey::DID_KEY_PREFIX, strlen(PublicKey::DID_KEY_PREFIX)) === 0) {
            $key = PublicKey::parse($string);
        } elseif (strncmp($string, PublicKey::BASE58BTC, 1) === 0 && Base58::isBase58($string)) {
            $key = PublicKey::fromMultibase($string);
        } else {
            return Pem::readEd25519(self::WHAT, $text, $limits);
        }
        if ($key->keyType()->name() === null) {
            throw self::unsupported($key->keyType()->codec());
        }
        return $key;
    }

    private static function unsupported(int $codec): Fault
    {
        $isPrivate = $codec >= self::FIRST_PRIVATE_CODEC && $codec <= self::LAST_PRIVATE_CODEC;
        $message = $isPrivate
            ? Mistakes::PRIVATE_KEY
            : sprintf('expected an Ed25519, secp256k1 or P-256 key, found multicodec 0x%x', $codec);
        return new Fault(Code::KEY_UNSUPPORTED, $message);
    }
}
