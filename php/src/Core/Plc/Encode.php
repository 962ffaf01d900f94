<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Tables\OperationType;

/**
 * The members of an operation as DAG-CBOR, in its order and without `sig` (did-plc.md, "Bytes and CID"). Names are
 * sorted by length, then bytewise: the names of each type are few and known, so they are written in that order.
 */
final class Encode
{
    private function __construct()
    {
    }

    public static function regular(State $state, ?string $prev): string
    {
        $members = self::prevAndType($prev, OperationType::PLC_OPERATION)
            . self::services($state->services())
            . DagCbor::text('alsoKnownAs') . DagCbor::texts($state->alsoKnownAs())
            . DagCbor::text('rotationKeys') . DagCbor::texts($state->rotationKeys())
            . DagCbor::text('verificationMethods') . DagCbor::map($state->verificationMethods()->len());
        foreach ($state->verificationMethods()->iter() as [$id, $key]) {
            $members .= DagCbor::text($id) . DagCbor::text($key->asStr());
        }
        return $members;
    }

    public static function tombstone(?string $prev): string
    {
        return self::prevAndType($prev, OperationType::PLC_TOMBSTONE);
    }

    public static function create(LegacyCreate $create, ?string $prev): string
    {
        return self::prevAndType($prev, OperationType::CREATE)
            . DagCbor::text('handle') . DagCbor::text($create->handle())
            . DagCbor::text('service') . DagCbor::text($create->service())
            . DagCbor::text('signingKey') . DagCbor::text($create->signingKey())
            . DagCbor::text('recoveryKey') . DagCbor::text($create->recoveryKey());
    }

    /** `prev` is a string, not a CBOR link. */
    private static function prevAndType(?string $prev, string $type): string
    {
        return DagCbor::text('prev') . ($prev === null ? DagCbor::NULL : DagCbor::text($prev))
            . DagCbor::text('type') . DagCbor::text($type);
    }

    /** @param CanonicalMap<Service> $services */
    private static function services(CanonicalMap $services): string
    {
        $members = DagCbor::text('services') . DagCbor::map($services->len());
        $type = DagCbor::map(2) . DagCbor::text('type');
        $endpoint = DagCbor::text('endpoint');
        foreach ($services->iter() as [$id, $service]) {
            $members .= DagCbor::text($id) . $type . DagCbor::text($service->serviceType())
                . $endpoint . DagCbor::text($service->endpoint());
        }
        return $members;
    }
}
