<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Report;

/** What a publisher has, be it a did:plc or a did:web. */
trait ProvenPublisher
{
    use RestsOnEvidence;

    /** @return array<array-key, string> */
    public function verificationMethods(): array
    {
        return $this->report->identity()['verificationMethods'];
    }

    /** @return list<string> */
    public function alsoKnownAs(): array
    {
        return $this->report->identity()['alsoKnownAs'];
    }

    /** @return array<array-key, array{type: string, endpoint: string}> */
    public function services(): array
    {
        return $this->report->identity()['services'];
    }

    public function repository(): ?string
    {
        return $this->report->identity()['repository'] ?? null;
    }

    public function aliasRecordName(): ?string
    {
        return $this->evidence->aliasRecordName($this->report);
    }

    public function confirmAlias(string $txtRecords): Report
    {
        return $this->evidence->confirmAlias($txtRecords);
    }
}
