<?php

declare(strict_types=1);

/** A scenario whose beginning did not go well, so that it shows nothing. */
final class Broken extends RuntimeException
{
}
