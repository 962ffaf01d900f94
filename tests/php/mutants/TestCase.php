<?php

declare(strict_types=1);

namespace Mutants;

/** What a mutant is tried on: it must come to what it came to before. */
interface TestCase
{
    public function run(): string;
}
