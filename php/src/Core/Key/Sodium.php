<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

/**
 * The extension sodium, which verifies Ed25519 two hundred times as fast as PHP does; where it is there, and as far as
 * it judges as we do.
 *
 * libsodium's versions differ: some check the equation with the cofactor, so that a signature whose R has a part of
 * small order verifies. What any of them refuses is invalid for us too; what one accepts is believed only where a vector
 * shows that its equation is the strict one. sodium_compat is not asked: PHP's own arithmetic is here as well.
 */
final class Sodium
{
    /** A key, a message, and a signature that is valid with the cofactor only. */
    private const KEY = 'fce8bdc65ff8755d07ec0133ebf06e3065af4ca8f570ac96d166f5c669b0f21a';

    private const MESSAGE = 'fedverify';

    private const STRICT = 'b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b23'
        . '6db006a93bdba9df233e99063efda5580b03bb40f296e5619749e7c5f0ff5803';

    private const COFACTORED = '4c261951fba9f4ba7ece40431f212269f58becc2473c54cecda0e8f1e6f9d253'
        . '880cb06fea786664bcfded345b630e05ce51e8692775835f2443c90b2162ff04';

    /** All that it says counts. */
    private const BELIEVED = 'believed';

    /** It checks with the cofactor, so only what it refuses counts. */
    private const TO_REFUSE = 'to refuse';

    /** It is missing, or gives wrong answers. */
    private const NONE = 'none';

    /** @var string|null one of these, once it is known */
    private static $use;

    private function __construct()
    {
    }

    /** Whether the signature is valid; null where PHP must judge it. */
    public static function verdict(string $message, string $signature, string $key): ?bool
    {
        self::$use = self::$use ?? self::test();
        if (self::$use === self::NONE) {
            return null;
        }
        $accepts = self::accepts($message, $signature, $key);
        return $accepts && self::$use !== self::BELIEVED ? null : $accepts;
    }

    private static function accepts(string $message, string $signature, string $key): bool
    {
        return sodium_crypto_sign_verify_detached($signature, $message, $key);
    }

    /** What known signatures show of the extension. */
    private static function test(): string
    {
        if (!extension_loaded('sodium') || !function_exists('sodium_crypto_sign_verify_detached')) {
            return self::NONE;
        }
        $key = (string) hex2bin(self::KEY);
        $strict = (string) hex2bin(self::STRICT);
        if (!self::accepts(self::MESSAGE, $strict, $key) || self::accepts(self::MESSAGE . '.', $strict, $key)) {
            return self::NONE;
        }
        $isCofactored = self::accepts(self::MESSAGE, (string) hex2bin(self::COFACTORED), $key);
        return $isCofactored ? self::TO_REFUSE : self::BELIEVED;
    }
}
