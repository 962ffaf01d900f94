<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** The keys of an identity that sign packages (fair.md, "Signing keys"). */
final class Keys
{
    /** What the ids of signing keys start with, in this case only. */
    private const ID_PREFIX = 'fair';

    /**
     * All usable package keys of the publisher, and a warning about the others.
     *
     * @return array{0: list<PackageKey>, 1: ?Warning}
     * @throws Fault Code::PLC_TOMBSTONED; Code::FAIR_KEY_MISSING where there is no signing key;
     *     Code::FAIR_TOO_MUCH_WORK for more than the limit, since reading a key costs as much as a signature check;
     *     Code::KEY_UNSUPPORTED where none is usable
     */
    public static function packageKeys(Publisher $publisher, Limits $limits): array
    {
        $methods = self::signingMethods($publisher, $limits->get('signingKeys'));
        $usable = $unusable = [];
        foreach ($methods as [$id, $didKey]) {
            $key = self::packageKey($id, $didKey);
            if ($key !== null) {
                $usable[] = $key;
            } else {
                $unusable[] = $id;
            }
        }
        if ($methods === []) {
            throw new Fault(Code::FAIR_KEY_MISSING, self::missing($publisher));
        }
        $names = Quote::quoteList($unusable);
        if ($usable === []) {
            $message = "expected an Ed25519, secp256k1 or P-256 signing key, found none in $names";
            throw new Fault(Code::KEY_UNSUPPORTED, $message);
        }
        $message = "unusable signing keys were skipped: $names";
        return [$usable, $unusable === [] ? null : new Warning(WarningCode::FAIR_KEY_UNUSABLE, $message)];
    }

    /** @return list<array{0: string, 1: DidKey}> */
    private static function signingMethods(Publisher $publisher, int $limit): array
    {
        $methods = [];
        foreach ($publisher->verificationMethods() as [$id, $didKey]) {
            if (strncmp($id, self::ID_PREFIX, strlen(self::ID_PREFIX)) === 0) {
                $methods[] = [$id, $didKey];
            }
        }
        $count = count($methods);
        if ($count > $limit) {
            $found = "the identity has $count signing keys";
            throw Fault::aboveLimit(Code::FAIR_TOO_MUCH_WORK, $found, 'signingKeys', $limit);
        }
        return $methods;
    }

    /** The key, where it can verify signatures. */
    private static function packageKey(string $id, DidKey $didKey): ?PackageKey
    {
        try {
            $key = $didKey->key();
        } catch (Fault $fault) {
            return null;
        }
        $canVerify = $key->asEd25519() !== null || $key->asEcdsa() !== null;
        return $canVerify ? new PackageKey($id, $key) : null;
    }

    private static function missing(Publisher $publisher): string
    {
        $expected = 'expected a verification method whose id starts with fair';
        $withdrawn = $publisher->withdrawnMethods();
        if ($withdrawn === []) {
            return "$expected, found none";
        }
        return "$expected, found only ones that are revoked or expired: " . Quote::quoteList($withdrawn);
    }
}
