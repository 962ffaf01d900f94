<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

/** The result of checking a signature under one key. */
final class EcdsaOutcome
{
    public const VALID = 'valid';

    /** It would be valid with s replaced by n - s: anyone can make such a signature from a valid one. */
    public const HIGH_S = 'high-s';

    public const INVALID = 'invalid';

    private function __construct()
    {
    }
}
