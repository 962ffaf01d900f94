<?php

declare(strict_types=1);

namespace FedVerify;

/**
 * Nothing could be judged: an argument cannot be used, or a file cannot be read. Never a verdict.
 */
final class InvalidInputException extends Exception
{
}
