<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** There is no way from PHP to fedverify. The message says what was tried and what to install. */
final class BackendMissingException extends \RuntimeException
{
}
