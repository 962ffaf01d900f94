<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Core\Fair\Alias;
use FedVerify\Core\Fault;
use FedVerify\Release;
use FedVerify\Report;

/** What proved a publisher, kept so that what rests on it can be verified: a log, or the document of a did:web. */
final class Evidence
{
    /** @var array<string, string|int|bool> the inputs that prove the publisher */
    private $inputs;

    /** @var array<mixed> */
    private $limits;

    /**
     * @param array<string, string|int|bool> $inputs
     * @param array<mixed> $limits
     */
    private function __construct(array $inputs, array $limits)
    {
        $this->inputs = $inputs;
        $this->limits = $limits;
    }

    /**
     * The log of a did:plc, and the pin that it was verified with; on a first visit the one that came of it, which
     * spares the signature checks of the next walk.
     *
     * @param array<mixed> $limits
     */
    public static function log(string $did, string $log, string $pin, int $now, array $limits): self
    {
        return new self(['did' => $did, 'log' => $log, 'pin' => $pin, 'remember' => true, 'now' => $now], $limits);
    }

    /**
     * The document of a did:web.
     *
     * @param array<mixed> $limits
     */
    public static function document(string $did, string $document, int $now, array $limits): self
    {
        return new self(['did' => $did, 'document' => $document, 'now' => $now], $limits);
    }

    /** @return array<mixed> */
    public function limits(): array
    {
        return $this->limits;
    }

    /**
     * A request that proves the publisher, and remembers where there is something to remember.
     *
     * @param string|null $pin is judged by in the place of the one that is held. The engine refuses it for a did:web
     * @param array<mixed> $limits
     */
    public function request(string $kind, ?string $pin = null, array $limits = []): Request
    {
        return (new Request($kind, $limits + $this->limits))->with($this->inputs)->with(['pin' => $pin]);
    }

    /**
     * The same, with these limits, and with this pin if there is one.
     *
     * @param array<mixed> $limits
     */
    private function judgedBy(?string $pin, array $limits): self
    {
        $replaced = $pin === null ? [] : ['pin' => $pin];
        return new self($replaced + $this->inputs, $limits + $this->limits);
    }

    /**
     * The release that a metadata document lists.
     *
     * @param array<mixed> $limits
     */
    public function release(
        string $metadata,
        ?string $version,
        ?string $pin,
        bool $noDowngrade,
        array $limits
    ): Release {
        $asked = ['metadata' => $metadata, 'release' => $version, 'noDowngrade' => $noDowngrade];
        $report = $this->request('fair-metadata', $pin, $limits)->with($asked)->verify();
        return Maker::release($report, $this->judgedBy($pin, $limits), $asked);
    }

    /** The name of the TXT records that confirm the claimed alias; null where none is claimed. */
    public function aliasRecordName(Report $report): ?string
    {
        try {
            $alias = Alias::fromNames($report->identity()['alsoKnownAs']);
            return $alias === null ? null : $alias->recordName();
        } catch (Fault $fault) {
            // The verification says what is wrong with the claim, as the exception of every other refusal.
            $this->confirmAlias('');
            throw new \LogicException('the claim of an alias was refused, and then it was not');
        }
    }

    /** Compares TXT records with the claimed alias. */
    public function confirmAlias(string $txtRecords): Report
    {
        return $this->request('fair-alias')->with(['txt' => $txtRecords])->verify();
    }
}
