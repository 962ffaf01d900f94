<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

/** How the identity of a publisher is proven. */
final class Method
{
    public const PLC = 'plc';
    public const WEB = 'web';
}
