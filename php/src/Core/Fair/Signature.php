<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Encoding\Base64;
use FedVerify\Core\Fault;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\SignatureForm;

/** The signature of a package, in its forms. */
final class Signature
{
    /** Whether the form is one that only older packages have. */
    public static function isLegacy(string $form): bool
    {
        return $form !== SignatureForm::ED25519_SHA384;
    }

    /**
     * Finds the key that made the signature over the package, and in which form.
     *
     * @param list<PackageKey> $keys
     * @return array{0: PackageKey, 1: string}
     * @throws Fault Code::FAIR_SIGNATURE_ENCODING, Code::FAIR_SIGNATURE_INVALID, Code::FAIR_TOO_MUCH_WORK
     */
    public static function findSigner(string $text, PackageDigests $digests, array $keys, CheckBudget $budget): array
    {
        $bytes = Base64::decodeUrl($text);
        if ($bytes === null) {
            throw self::encoding($text);
        }
        $hasFittingLength = false;
        foreach ($keys as $key) {
            $signature = Candidate::of($key->key(), $bytes);
            if ($signature === null) {
                continue;
            }
            $hasFittingLength = true;
            $form = $signature->formOver($digests, $budget);
            if ($form !== null) {
                return [$key, $form];
            }
        }
        throw $hasFittingLength ? self::invalid($keys) : self::encoding($text);
    }

    /** @param list<PackageKey> $keys */
    private static function invalid(array $keys): Fault
    {
        $by = count($keys) === 1
            ? 'by the signing key ' . Quote::quote($keys[0]->id())
            : 'by one of the ' . count($keys) . ' signing keys of the identity';
        $message = "expected a signature $by over these bytes, found another";
        return new Fault(Code::FAIR_SIGNATURE_INVALID, $message);
    }

    private static function encoding(string $text): Fault
    {
        $expected = 'a signature of 64 bytes in canonical base64url without padding';
        return new Fault(Code::FAIR_SIGNATURE_ENCODING, "expected $expected, found " . Quote::quote($text));
    }
}
