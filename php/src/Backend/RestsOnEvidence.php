<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Report;

/** What every object has that a verification proved of a publisher: the report, and the evidence to go on with. */
trait RestsOnEvidence
{
    /** @var Report */
    private $report;

    /** @var Evidence */
    private $evidence;

    private function __construct()
    {
    }

    public function did(): string
    {
        return $this->report->identity()['did'];
    }

    /** @return list<array{code: string, message: string}> */
    public function warnings(): array
    {
        return $this->report->warnings();
    }

    public function report(): Report
    {
        return $this->report;
    }
}
