<?php

declare(strict_types=1);

namespace FedVerify;

/**
 * Something was judged and refused.
 */
final class RejectedException extends Exception
{
}
