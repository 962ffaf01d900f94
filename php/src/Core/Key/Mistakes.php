<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Core\Encoding\Base58;
use FedVerify\Core\Sniff;

/** Things that people give in place of a public key. Each is named, and none of it is repeated: it may be secret. */
final class Mistakes
{
    /** What to say about a private key, in whatever form. */
    public const PRIVATE_KEY = 'this is a private key; keep it secret, and give the public key';

    private const OPENSSH_KEY = 'this is an OpenSSH key; give it as PEM or base64';

    private const MINISIGN_KEY = 'this is a minisign key; give its last 32 bytes in base64';

    private const CERTIFICATE = 'this is a certificate; give the public key alone';

    /** Characters of a key's 32 bytes in hexadecimal. */
    private const HEX_CHARS = 64;

    /** Bytes of a minisign key: `Ed`, a key id of 8 bytes, and the key. */
    private const MINISIGN_BYTES = 42;

    /** Object identifiers of keys that are met in place of ours, as DER writes them, with what to call the key. */
    private const OTHER_KEYS = [
        "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01" => 'this is an RSA key',
        "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a" => 'this is an RSA key',
        "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01" => 'this is an EC key',
        "\x06\x03\x2b\x65\x6e" => 'this is an X25519 key, which encrypts and cannot sign',
        "\x06\x03\x2b\x65\x6f" => 'this is an X448 key, which encrypts and cannot sign',
        "\x06\x03\x2b\x65\x71" => 'this is an Ed448 key',
        "\x06\x03\x2b\x65\x70" => 'this is an Ed25519 key, but not the 44 bytes of a SubjectPublicKeyInfo',
        // Password-based encryption (RFC 8018), which only private keys have.
        "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05" => self::PRIVATE_KEY,
    ];

    /** How much of a key is searched for an object identifier: it is within the first bytes. */
    private const OID_SEARCH_BYTES = 40;

    /** What a string is, from its start. */
    private const STARTS = [
        "\u{feff}" => 'it starts with a byte order mark; save it without one',
        'did:key:' => 'this is a did:key in place of PEM or base64',
        'ssh-' => self::OPENSSH_KEY,
        'ecdsa-sha2-' => self::OPENSSH_KEY,
        'sk-ssh-' => self::OPENSSH_KEY,
        'sk-ecdsa-' => self::OPENSSH_KEY,
        '---- begin ssh2' => self::OPENSSH_KEY,
        'untrusted comment:' => self::MINISIGN_KEY,
        '{' => 'this is JSON',
        '[' => 'this is JSON',
    ];

    private function __construct()
    {
    }

    /** Whether these bytes look like DER, which people give in place of PEM: one sequence, from start to end. */
    public static function isDer(string $bytes): bool
    {
        $sequence = self::sequence($bytes);
        return $sequence !== null && $sequence[0] === strlen($sequence[1]);
    }

    /** Whether the string contains a private key in one of the forms that say so. */
    public static function isPrivate(string $text): bool
    {
        $isMinisign = self::startsWith($text, 'untrusted comment:') && strpos($text, 'secret key') !== false;
        return strpos($text, 'PRIVATE KEY') !== false || self::startsWith($text, 'PuTTY-User-Key-File') || $isMinisign;
    }

    /** What the block is that begins with this line of PEM, where its label is not that of a public key. */
    public static function inPem(string $text): string
    {
        $marker = '-----BEGIN';
        while (self::startsWith($text, $marker)) {
            $text = (string) substr($text, strlen($marker));
        }
        $end = strpos($text, '-----');
        $label = $end === false ? '' : substr($text, 0, $end);
        if (self::endsWith($label, 'CERTIFICATE REQUEST')) {
            return 'this is a certificate request; give the public key alone';
        }
        if (self::endsWith($label, 'CERTIFICATE')) {
            return self::CERTIFICATE;
        }
        if (self::startsWith($label, ' PGP')) {
            return 'this is OpenPGP data';
        }
        return $label === ' RSA PUBLIC KEY' ? 'this is an RSA key' : 'this is PEM, but not labelled PUBLIC KEY';
    }

    /** What a string is that is neither PEM nor a key in base64. */
    public static function inString(string $text): ?string
    {
        $known = Sniff::byStart($text, self::STARTS) ?? Sniff::known($text);
        if ($known !== null) {
            return $known;
        }
        if (strpos($text, '-----BEGIN') !== false) {
            return 'there is something before the BEGIN line';
        }
        if (strlen($text) === self::HEX_CHARS && strspn($text, '0123456789abcdefABCDEF') === self::HEX_CHARS) {
            return 'this is hexadecimal; give the 32 bytes in base64';
        }
        if (self::startsWith($text, PublicKey::BASE58BTC) && Base58::isBase58($text)) {
            return 'this looks like a multibase string in place of PEM or base64';
        }
        return null;
    }

    /** What bytes are that came out of base64 or PEM, and are not a key of ours. */
    public static function inBytes(string $bytes): ?string
    {
        // Every private key in DER is a sequence that starts with a version, a one-byte integer; no public key does.
        $content = self::sequence($bytes)[1] ?? '';
        if (self::startsWith($content, "\x02\x01") || self::startsWith($bytes, 'openssh-key-v1')) {
            return self::PRIVATE_KEY;
        }
        // X.509 version 2 or 3 (RFC 5280, section 4.1.2.1).
        if (self::startsWith(self::sequence($content)[1] ?? '', "\xa0\x03\x02\x01")) {
            return self::CERTIFICATE;
        }
        $start = substr($bytes, 0, self::OID_SEARCH_BYTES);
        foreach (self::OTHER_KEYS as $oid => $what) {
            if (strpos($start, $oid) !== false) {
                return $what;
            }
        }
        // The length of the type's name, and the name (RFC 4253, section 6.6).
        if (preg_match('/\A\0\0\0.(?:ss|sk|ec)/s', $bytes) === 1) {
            return self::OPENSSH_KEY;
        }
        if (self::startsWith($bytes, 'Ed') && strlen($bytes) === self::MINISIGN_BYTES) {
            return self::MINISIGN_KEY;
        }
        return strlen($bytes) === 64 ? 'this has 64 bytes, like a signature or a private key' : null;
    }

    /**
     * The length that a DER sequence says it has, and what follows.
     *
     * @return array{int, string}|null
     */
    private static function sequence(string $bytes): ?array
    {
        if (strlen($bytes) < 2 || $bytes[0] !== "\x30") {
            return null;
        }
        $first = ord($bytes[1]);
        if ($first < 0x80) {
            return [$first, (string) substr($bytes, 2)];
        }
        // The number of bytes of the length.
        $count = $first - 0x80;
        if ($count < 1 || $count > 2 || strlen($bytes) < 2 + $count) {
            return null;
        }
        return [(int) hexdec(bin2hex(substr($bytes, 2, $count))), (string) substr($bytes, 2 + $count)];
    }

    private static function startsWith(string $text, string $start): bool
    {
        return strncmp($text, $start, strlen($start)) === 0;
    }

    private static function endsWith(string $text, string $end): bool
    {
        return substr($text, -strlen($end)) === $end;
    }
}
