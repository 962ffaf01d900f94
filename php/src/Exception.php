<?php

declare(strict_types=1);

namespace FedVerify;

/**
 * Why there is no proof. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
class Exception extends \Exception
{
    /** @var string */
    private $errorCode = '';

    /** @var string */
    private $remedy = '';

    /** @var int|null */
    private $operation;

    /** @var string|null */
    private $cid;

    /** @var Report|null */
    private $report;

    public function errorCode(): string
    {
        return $this->errorCode;
    }

    public function remedy(): string
    {
        return $this->remedy;
    }

    public function operation(): ?int
    {
        return $this->operation;
    }

    public function cid(): ?string
    {
        return $this->cid;
    }

    public function report(): ?Report
    {
        return $this->report;
    }
}
