<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** How a package can be signed. */
final class SignatureForm
{
    public const ED25519_SHA384 = 'ed25519-sha384';
    public const SECP256K1_SHA256 = 'secp256k1-sha256';
    public const SECP256K1_SHA384 = 'secp256k1-sha384';
    public const P256_SHA256 = 'p256-sha256';
    public const P256_SHA384 = 'p256-sha384';
}
