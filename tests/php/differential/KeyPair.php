<?php

declare(strict_types=1);

use FedVerify\Core\Curve\Parameters;
use FedVerify\Core\Curve\PrimeField;
use FedVerify\Core\Encoding\Base58;

/** A key that signs, by a label: the same signatures each time, as PHP's own openssl_sign() does not give. */
final class KeyPair
{
    private const CODECS = ['secp256k1' => "\xe7\x01", 'P-256' => "\x80\x24", 'Ed25519' => "\xed\x01"];

    /** @var string secp256k1, P-256 or Ed25519 */
    public $type;

    /** @var string as a did:key */
    public $did;

    /** @var string */
    private $secret;

    private function __construct(string $type, string $label)
    {
        $this->type = $type;
        $seed = hash('sha256', "fedverify differential $type $label", true);
        if ($type === 'Ed25519') {
            $pair = sodium_crypto_sign_seed_keypair($seed);
            $this->secret = sodium_crypto_sign_secretkey($pair);
            $public = sodium_crypto_sign_publickey($pair);
        } else {
            // Below the order of either curve.
            $this->secret = "\x07" . substr($seed, 1);
            $public = $this->point($this->secret);
        }
        $this->did = 'did:key:z' . Base58::encode(self::CODECS[$type] . $public);
    }

    public static function of(string $type, string $label): self
    {
        static $keys = [];
        return $keys["$type $label"] = $keys["$type $label"] ?? new self($type, $label);
    }

    /** The key without `did:key:`. */
    public function multibase(): string
    {
        return substr($this->did, strlen('did:key:'));
    }

    /** An Ed25519 key as a publisher of the Plugin Federation Network gives it. */
    public function pem(): string
    {
        $spki = hex2bin('302a300506032b6570032100') . sodium_crypto_sign_publickey_from_secretkey($this->secret);
        return "-----BEGIN PUBLIC KEY-----\n" . base64_encode($spki) . "\n-----END PUBLIC KEY-----\n";
    }

    /** Signs a message: by ECDSA over its SHA-256. */
    public function sign(string $message, bool $isLow = true): string
    {
        return $this->type === 'Ed25519'
            ? sodium_crypto_sign_detached($message, $this->secret)
            : $this->signDigest(hash('sha256', $message, true), $isLow);
    }

    /** ECDSA over 32 bytes (FIPS 186-5, section 6.4.1). */
    public function signDigest(string $digest, bool $isLow = true): string
    {
        $order = new PrimeField($this->curve()->order);
        $nonce = "\x05" . substr(hash('sha256', $this->secret . $digest, true), 1);
        $r = substr($this->point($nonce), 1);
        $product = $order->multiply($order->fromBytes($r), $order->fromBytes($this->secret));
        $sum = $order->add($order->fromBytes($digest), $product);
        $s = $order->multiply($order->inverse($order->fromBytes($nonce)), $sum);
        $bytes = $order->toBytes($s);
        if ((strcmp($bytes, $this->curve()->halfOrder) <= 0) !== $isLow) {
            $bytes = $order->toBytes($order->subtract($order->fromInt(0), $s));
        }
        return $r . $bytes;
    }

    private function curve(): Parameters
    {
        return $this->type === 'P-256' ? Parameters::p256() : Parameters::secp256k1();
    }

    /** The base point times a scalar, compressed. openssl computes it for a private key without a public one. */
    private function point(string $scalar): string
    {
        $curve = $this->type === 'P-256' ? '06082a8648ce3d030107' : '06052b8104000a';
        $parameters = "\xa0" . chr(strlen($curve) >> 1) . hex2bin($curve);
        $body = "\x02\x01\x01\x04\x20$scalar$parameters";
        $der = base64_encode("\x30" . chr(strlen($body)) . $body);
        $key = openssl_pkey_get_private("-----BEGIN EC PRIVATE KEY-----\n$der\n-----END EC PRIVATE KEY-----\n");
        $point = openssl_pkey_get_details($key)['ec'];
        $y = str_pad($point['y'], 32, "\0", STR_PAD_LEFT);
        return chr(2 + (ord($y[31]) & 1)) . str_pad($point['x'], 32, "\0", STR_PAD_LEFT);
    }
}
