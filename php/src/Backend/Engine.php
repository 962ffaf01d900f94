<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** A way to fedverify without the extension. Whatever the verdict, and whatever the kind, a verification gives a report. */
interface Engine
{
    /**
     * Verifies, and returns the report as JSON.
     *
     * @param string $kind one of Kinds::NAMES
     * @param array<string|int, string|int|bool|LocalFile> $inputs by the names of core's table; integers are not negative.
     *     A file is a stream, or says why an input cannot be read
     * @param array<string|int, int> $limits not negative
     * @param string|null $fault why the call cannot be used: then the report says so, and nothing is judged
     */
    public function verify(string $kind, array $inputs, array $limits, ?string $fault): string;

    /** What this is, in a few words for people. */
    public function describe(): string;
}
