<?php

declare(strict_types=1);

namespace Mutants;

use FedVerify\Exception;
use FedVerify\Verifier;

/** A case of the corpus: its whole report, which tests/php.sh compares with that of the core in Rust. */
final class CorpusCase implements TestCase
{
    /** @var array a case of the manifest */
    private $case;

    /** @param array<string, mixed> $case */
    public function __construct(array $case)
    {
        $this->case = $case;
    }

    public function run(): string
    {
        try {
            $report = Verifier::verify($this->case['kind'], inputs($this->case), $this->case['limits'] ?? []);
        } catch (Exception $exception) {
            $report = $exception->report();
        }
        return compared($report->toJson());
    }
}
