<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** The parts of an identity's state. */
final class StatePart
{
    public const ROTATION_KEYS = 'rotationKeys';
    public const VERIFICATION_METHODS = 'verificationMethods';
    public const SERVICES = 'services';
    public const ALSO_KNOWN_AS = 'alsoKnownAs';
}
