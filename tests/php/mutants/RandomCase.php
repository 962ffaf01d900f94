<?php

declare(strict_types=1);

namespace Mutants;

use FedVerify\Backend\Php;
use Request;

/** A request of tests/php/differential.php, which compares its report with that of the core in Rust. */
final class RandomCase implements TestCase
{
    /** @var Request */
    private $request;

    public function __construct(Request $request)
    {
        $this->request = $request;
    }

    public function run(): string
    {
        return compared($this->request->reportOf(Php::tested()));
    }
}
