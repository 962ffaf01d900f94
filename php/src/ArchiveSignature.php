<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Lossy;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits as CoreLimits;
use FedVerify\Core\Pfn\Archive\CheckedArchive;
use FedVerify\Core\Pfn\PublisherKey;

/**
 * The signature of an archive of the Plugin Federation Network, checked by the digest that a node lists: docs/rules/pfn.md,
 * "Archive signatures". It says nothing about bytes until they are found to have that digest; of bytes that are there,
 * Pfn::verifyPlugin() checks it.
 */
final class ArchiveSignature
{
    private function __construct()
    {
    }

    /**
     * Checks that a publisher's key signed a digest as that of an archive.
     *
     * @param string $key as Pfn::verifyPlugin() takes it
     * @param string $sha384 the SHA-384 digest, in hexadecimal
     * @throws RejectedException `pfn.archive.signature_invalid`, `pfn.signature.encoding`, `pfn.key.invalid`
     * @throws InvalidInputException `api.argument`: it is no digest
     */
    public static function verify(string $key, string $sha384, string $signature): void
    {
        Refusal::orElse(static function () use ($key, $sha384, $signature): void {
            if (preg_match('/\A[0-9A-Fa-f]{96}\z/', $sha384) !== 1) {
                throw new Fault(Code::API_ARGUMENT, 'expected a SHA-384 digest of 96 hexadecimal digits');
            }
            $publisher = PublisherKey::parse($key, CoreLimits::defaults());
            CheckedArchive::checkSignature((string) hex2bin($sha384), $publisher, Lossy::text($signature));
        });
    }
}
