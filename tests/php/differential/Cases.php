<?php

declare(strict_types=1);

use FedVerify\Backend\Engine;
use FedVerify\Core\Tables\Kind;

/** The random cases of a seed: the same each time. */
final class Cases
{
    /** How often each sort of case is made, of a hundred. */
    private const SORTS = [
        'changed corpus' => 50, 'signed log' => 20, 'forged log' => 10, 'signed package' => 12, 'signed plugin' => 8,
    ];

    /** @var int */
    private $seed;

    /** @var Corpus */
    private $corpus;

    /** @var Engine it makes the pins of earlier visits */
    private $core;

    public function __construct(int $seed, Engine $core)
    {
        $this->seed = $seed;
        $this->core = $core;
        $this->corpus = new Corpus();
    }

    /** @return iterable<string, Request> the requests of a case, each with its sort */
    public function requests(int $case): iterable
    {
        Random::seed($this->seed, $case);
        $sort = Random::weighted(self::SORTS);
        foreach ($this->ofSort($sort) as $request) {
            yield $sort => $request;
        }
    }

    /** @return iterable<Request> */
    private function ofSort(string $sort): iterable
    {
        switch ($sort) {
            case 'changed corpus':
                return [$this->corpus->changed()];
            case 'signed log':
                return SignedLog::visits(function (Request $visit): ?string {
                    return $this->pinOf($visit);
                });
            case 'forged log':
                return [ForgedLog::random()];
            case 'signed package':
                $package = SignedPackage::random();
                $ofBytes = ['package' => 1, 'artifactUrl' => 1, 'waitRecoveryWindow' => 1];
                $metadata = array_diff_key($package->inputs, $ofBytes);
                return [$package, new Request(Kind::FAIR_METADATA, $metadata, $package->limits)];
            default:
                return [SignedPlugin::random()];
        }
    }

    private function pinOf(Request $visit): ?string
    {
        $pin = json_decode($visit->reportOf($this->core), false, 512, JSON_BIGINT_AS_STRING)->pin ?? null;
        return $pin === null ? null : json_encode($pin, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }
}
