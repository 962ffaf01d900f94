<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\Kinds;
use FedVerify\Backend\Request;

/**
 * A verification of any kind. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
final class Verifier
{
    private function __construct()
    {
    }

    /**
     * @param array<string, string|int|bool|array{file: string}|null> $inputs
     * @param array<string, int> $limits
     */
    public static function verify(string $kind, array $inputs, array $limits = []): Report
    {
        if (!in_array($kind, Kinds::NAMES, true)) {
            throw Arguments::valueError(__METHOD__, 1, 'kind', 'must be one of ' . implode(', ', Kinds::NAMES));
        }
        return (new Request($kind, $limits))->with($inputs)->verify();
    }
}
