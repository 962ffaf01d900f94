<?php

declare(strict_types=1);

namespace FedVerify;

/**
 * Where pins are kept between visits.
 *
 *     $identity = FedVerify\AuditLog::verify($log, $did, $store->load($did));
 *     $store->update($did, $identity->pin());
 *
 * A store never loses what it was given and never goes back: what came of two visits that ran at once is merged, and a
 * pin that cannot be read is an error, not a first visit.
 */
interface PinStore
{
    /**
     * The pin to hand to AuditLog::verify(); null on a first visit.
     *
     * @throws Exception it cannot be read (`io.file.*`), or is damaged (`pin.malformed`)
     */
    public function load(string $did): ?string;

    /**
     * Keeps what a visit learned, beside what is stored, and returns what is stored now.
     *
     * @param string|null $pin the pin of the report, whatever its verdict; null leaves everything as it is
     * @throws Exception nothing was changed: it cannot be written (`io.file.*`), contradicts what is stored
     *     (`pin.fork`), or one of the two is damaged or of another identity (`pin.malformed`)
     */
    public function update(string $did, ?string $pin): ?string;
}
