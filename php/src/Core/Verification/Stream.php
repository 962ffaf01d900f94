<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Core\Fault;

/** The bytes of a package or an archive, which are read once; an archive's are then looked up at their offsets. */
interface Stream
{
    /**
     * The bytes from the start to the end, in pieces.
     *
     * @return iterable<string>
     * @throws Fault they cannot be read
     */
    public function pieces(): iterable;

    /** @return resource the open file, which can seek */
    public function resource();
}
