<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Key\DidKey;

/** The members of a legacy `create`, which are what is hashed and signed (did-plc.md, "Legacy genesis"). */
final class LegacyCreate
{
    /** @var string */
    private $signingKey;

    /** @var string */
    private $recoveryKey;

    /** @var string */
    private $handle;

    /** @var string */
    private $service;

    public function __construct(string $signingKey, string $recoveryKey, string $handle, string $service)
    {
        $this->signingKey = $signingKey;
        $this->recoveryKey = $recoveryKey;
        $this->handle = $handle;
        $this->service = $service;
    }

    public function signingKey(): string
    {
        return $this->signingKey;
    }

    public function recoveryKey(): string
    {
        return $this->recoveryKey;
    }

    public function handle(): string
    {
        return $this->handle;
    }

    public function service(): string
    {
        return $this->service;
    }

    /** @return list<string> */
    public function rotationKeys(): array
    {
        return [$this->recoveryKey, $this->signingKey];
    }

    /** The state that it stands for. The signing key must have the form of a did:key. */
    public function state(): State
    {
        $pds = new Service('AtprotoPersonalDataServer', self::withHttpScheme($this->service));
        return new State(
            $this->rotationKeys(),
            CanonicalMap::fromMembers(['atproto'], [DidKey::fromText($this->signingKey)]),
            [self::withAtScheme($this->handle)],
            CanonicalMap::fromMembers(['atproto_pds'], [$pds])
        );
    }

    private static function withHttpScheme(string $service): string
    {
        $hasScheme = strncmp($service, 'https://', 8) === 0 || strncmp($service, 'http://', 7) === 0;
        return $hasScheme ? $service : 'https://' . $service;
    }

    /** The directory takes a web scheme off before it puts `at://` on. */
    private static function withAtScheme(string $handle): string
    {
        if (strncmp($handle, 'at://', 5) === 0) {
            return $handle;
        }
        return 'at://' . self::withoutFirst('https://', self::withoutFirst('http://', $handle));
    }

    private static function withoutFirst(string $part, string $text): string
    {
        $at = strpos($text, $part);
        return $at === false ? $text : substr_replace($text, '', $at, strlen($part));
    }
}
