<?php

declare(strict_types=1);

namespace FedVerify\PublisherExample;

/**
 * The publisher's Ed25519 key, in a PEM file as openssl and Node.js write it (PKCS #8, RFC 8410).
 */
final class Key
{
    /** What is before the 32 bytes of the key in its DER form. */
    private const PRIVATE_HEAD = '302e020100300506032b657004220420';
    private const PUBLIC_HEAD = '302a300506032b6570032100';

    /** The digits of did:key. */
    private const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

    /** @var string */
    private $secret;

    /** @var string */
    private $public;

    private function __construct(string $seed)
    {
        $pair = sodium_crypto_sign_seed_keypair($seed);
        $this->secret = sodium_crypto_sign_secretkey($pair);
        $this->public = sodium_crypto_sign_publickey($pair);
    }

    /** The key in this file, which is made where it is missing, and readable by its owner only. */
    public static function open(string $file): self
    {
        if (!file_exists($file)) {
            self::create($file);
        }
        $base64 = preg_replace('/-----[A-Z ]+-----|\s+/', '', (string) file_get_contents($file));
        $der = base64_decode((string) $base64, true);
        $head = (string) hex2bin(self::PRIVATE_HEAD);
        $length = strlen($head) + SODIUM_CRYPTO_SIGN_SEEDBYTES;
        if ($der === false || strlen($der) !== $length || strncmp($der, $head, strlen($head)) !== 0) {
            throw new \RuntimeException("expected a private Ed25519 key as PEM in $file");
        }
        return new self(substr($der, strlen($head)));
    }

    /**
     * Whether a web server that serves the files of this folder gives the key to whoever asks for it. PHP's own server gives
     * everything to the script.
     */
    public static function isServed(string $file, string $root): bool
    {
        $folder = realpath(dirname($file));
        $root = $root === '' ? false : realpath($root);
        if ($folder === false || $root === false) {
            return false;
        }
        return strncmp("$folder/", rtrim($root, '/') . '/', strlen(rtrim($root, '/')) + 1) === 0;
    }

    private static function create(string $file): void
    {
        $der = hex2bin(self::PRIVATE_HEAD) . random_bytes(SODIUM_CRYPTO_SIGN_SEEDBYTES);
        $mask = umask(0077);
        $handle = fopen($file, 'x');
        umask($mask);
        if ($handle === false || fwrite($handle, self::pem('PRIVATE KEY', $der)) === false || !fclose($handle)) {
            throw new \RuntimeException("the key cannot be written to $file");
        }
    }

    /** The signature over these bytes, in base64. */
    public function sign(string $bytes): string
    {
        return base64_encode(sodium_crypto_sign_detached($bytes, $this->secret));
    }

    public function publicPem(): string
    {
        return self::pem('PUBLIC KEY', hex2bin(self::PUBLIC_HEAD) . $this->public);
    }

    /** How nodes write this key. */
    public function didKey(): string
    {
        // The number that the bytes are, in digits from the lowest. 0xed 0x01 is Ed25519.
        $digits = [];
        foreach (str_split("\xed\x01" . $this->public) as $byte) {
            $carry = ord($byte);
            foreach ($digits as $place => $digit) {
                $carry += $digit << 8;
                $digits[$place] = $carry % 58;
                $carry = intdiv($carry, 58);
            }
            for (; $carry > 0; $carry = intdiv($carry, 58)) {
                $digits[] = $carry % 58;
            }
        }
        $letters = array_map(static function (int $digit): string {
            return self::BASE58[$digit];
        }, array_reverse($digits));
        return 'did:key:z' . implode('', $letters);
    }

    private static function pem(string $label, string $der): string
    {
        return "-----BEGIN $label-----\n" . base64_encode($der) . "\n-----END $label-----\n";
    }
}
