<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;

/** Counts signature checks for one package. */
final class CheckBudget
{
    private int $left;
    private int $max;

    public function __construct(int $max)
    {
        $this->left = $this->max = $max;
    }

    /** @throws Fault Code::FAIR_TOO_MUCH_WORK */
    public function spend(): void
    {
        if ($this->left === 0) {
            $found = 'checking the package takes more signature checks';
            throw Fault::beyondLimit(Code::FAIR_TOO_MUCH_WORK, $found, 'packageSignatureChecks', $this->max);
        }
        $this->left--;
    }
}
