<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Exception;

/** There is no way from PHP to fedverify: nothing was judged. The message says what was tried and what to install. */
final class BackendMissingException extends Exception
{
    public function errorCode(): string
    {
        return Code::API_UNSUPPORTED;
    }

    public function remedy(): string
    {
        return 'Install what the message names; nothing can be verified before.';
    }
}
