<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** What is wrong with a part of an input, in words; whoever reads the whole makes a Fault of it. */
final class Problem extends \Exception
{
}
