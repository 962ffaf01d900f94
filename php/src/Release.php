<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\RestsOnEvidence;

/**
 * A release that a metadata document lists for a proven publisher. As the extension's class of this name:
 * php-ext/stubs/fedverify.php documents both.
 */
final class Release
{
    use MadeByVerification;
    use RestsOnEvidence;

    /** @var array<string, string|bool|null> the inputs that chose the release */
    private $asked;

    public function version(): string
    {
        return $this->report->release()['version'];
    }

    public function type(): string
    {
        return $this->report->release()['type'];
    }

    public function repository(): string
    {
        return $this->report->release()['repository'];
    }

    /** @return list<string> */
    public function versions(): array
    {
        return $this->report->release()['versions'];
    }

    /** @return list<array<string, mixed>> */
    public function artifacts(): array
    {
        return $this->report->release()['artifacts'];
    }

    public function pin(): ?string
    {
        return $this->report->pin();
    }

    /** @param array<string, int> $limits */
    public function verifyPackage(
        string $path,
        ?string $pin = null,
        ?string $artifactUrl = null,
        bool $noDowngrade = false,
        array $limits = [],
        bool $waitRecoveryWindow = false
    ): Report {
        Arguments::checkPath(__METHOD__, 1, 'path', $path);
        return $this->evidence->request('fair-package', $pin, $limits)->with($this->asked)->with([
            'package' => $path,
            'artifactUrl' => $artifactUrl,
            'noDowngrade' => $noDowngrade || $this->asked['noDowngrade'],
            'waitRecoveryWindow' => $waitRecoveryWindow,
        ])->verify();
    }
}
