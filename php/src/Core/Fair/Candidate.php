<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Fault;
use FedVerify\Core\Key\EcdsaKey;
use FedVerify\Core\Key\EcdsaOutcome;
use FedVerify\Core\Key\Ed25519Key;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Tables\SignatureForm;

/** A signature of the length that the key makes, with the key. */
final class Candidate
{
    private ?Ed25519Key $ed25519;
    private ?EcdsaKey $ecdsa;
    private string $signature;

    private function __construct(?Ed25519Key $ed25519, ?EcdsaKey $ecdsa, string $signature)
    {
        $this->ed25519 = $ed25519;
        $this->ecdsa = $ecdsa;
        $this->signature = $signature;
    }

    public static function of(PublicKey $key, string $bytes): ?self
    {
        $ed25519 = $key->asEd25519();
        $ecdsa = $key->asEcdsa();
        $signature = strlen($bytes) === EcdsaKey::SIGNATURE_BYTES ? $bytes : null;
        if ($signature === null && $ecdsa !== null && $ecdsa->isP256()) {
            // The reference repository writes P-256 signatures in DER, which is 68 to 72 bytes long.
            $signature = EcdsaKey::p256SignatureFromDer($bytes);
        }
        $hasKey = $ed25519 !== null || $ecdsa !== null;
        return $signature !== null && $hasKey ? new self($ed25519, $ecdsa, $signature) : null;
    }

    /**
     * In which form the key made the signature over the package, if it did.
     *
     * @return string|null one of the constants of SignatureForm
     * @throws Fault `fair.too_much_work`
     */
    public function formOver(PackageDigests $digests, CheckBudget $budget): ?string
    {
        $budget->spend();
        if ($this->ed25519 !== null) {
            $isValid = $this->ed25519->verifies($digests->sha384(), $this->signature);
            return $isValid ? SignatureForm::ED25519_SHA384 : null;
        }
        [$sha256, $sha384] = $this->ecdsa->isP256()
            ? [SignatureForm::P256_SHA256, SignatureForm::P256_SHA384]
            : [SignatureForm::SECP256K1_SHA256, SignatureForm::SECP256K1_SHA384];
        if ($this->isValidOver($digests->sha256())) {
            return $sha256;
        }
        foreach (self::truncations($digests->sha384()) as $truncated) {
            $budget->spend();
            if ($this->isValidOver($truncated)) {
                return $sha384;
            }
        }
        return null;
    }

    private function isValidOver(string $prehash): bool
    {
        return $this->ecdsa->check($prehash, $this->signature) === EcdsaOutcome::VALID;
    }

    /**
     * What an ECDSA key may have signed of a SHA-384 digest (fair.md, "Truncated digests"): the leftmost 32 bytes (FIPS
     * 186-5, section 6.4.1, step 2), or, by the library that cuts by numeric length, the 32 bytes after the leading zeros.
     *
     * @return list<string>
     */
    private static function truncations(string $digest): array
    {
        $zeros = strspn($digest, "\0");
        $truncations = [substr($digest, 0, EcdsaKey::PREHASH_BYTES)];
        if ($zeros > 0 && $zeros + EcdsaKey::PREHASH_BYTES <= strlen($digest)) {
            $truncations[] = substr($digest, $zeros, EcdsaKey::PREHASH_BYTES);
        }
        return $truncations;
    }
}
