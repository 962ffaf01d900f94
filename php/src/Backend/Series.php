<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** Which other parts of fedverify these files go with: those of the same minor number, while the major number is 0. */
final class Series
{
    /**
     * Refuses a library or a command of another release.
     *
     * @throws BackendMissingException
     */
    public static function check(string $what, string $version): void
    {
        $series = self::of(Release::VERSION);
        if (self::of($version) !== $series) {
            throw new BackendMissingException("expected $what to be fedverify $series.x, found $version");
        }
    }

    private static function of(string $version): string
    {
        return implode('.', array_slice(explode('.', $version), 0, 2));
    }
}
