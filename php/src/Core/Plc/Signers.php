<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Key\EcdsaKey;
use FedVerify\Core\Key\EcdsaOutcome;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;

/** Finds which key signed an operation, remembers keys, and meters the work. */
final class Signers
{
    /** @var list<EcdsaKey|null> the keys read so far; null for those that can sign nothing */
    private $keys = [];

    /** @var Index their places, by their strings */
    private $places;

    /**
     * @var string|null the key that signed last: most logs are signed by one key throughout, so trying it first makes
     *     an ordinary operation cost one check
     */
    private $last;

    /** @var int */
    private $checksLeft;

    /** @var int */
    private $maxChecks;

    /** @var Index the keys that made a signature */
    private $signed;

    public function __construct(Limits $limits)
    {
        $this->maxChecks = $limits->get('logSignatureChecks');
        $this->checksLeft = $this->maxChecks;
        $this->places = new Index();
        $this->signed = new Index();
    }

    /** How many signatures were checked. */
    public function checksDone(): int
    {
        return $this->maxChecks - $this->checksLeft;
    }

    /** Whether this key can sign operations. */
    public function isUsable(string $text): bool
    {
        return $this->signed->contains($text) || $this->key($text) !== null;
    }

    private function found(int $index, string $text): int
    {
        if ($this->last !== $text) {
            $this->signed->insert($text, $index);
            $this->last = $text;
        }
        return $index;
    }

    /**
     * The lowest index among the rotation keys of the key that made the operation's signature.
     *
     * Keys are read in order, and every key before the signer's must be one that can sign (did-plc.md, "Rotation keys
     * before the signer"). The key that signed last is checked first: a signature cannot verify under two different
     * keys here, because the signed bytes commit to both of them through `prev`.
     *
     * @param list<string> $rotationKeys
     *
     * @throws Fault
     */
    public function find(array $rotationKeys, Step $step): int
    {
        $proven = $step->encoded()->signer();
        if ($proven !== null) {
            if (!isset($rotationKeys[$proven])) {
                throw self::refusal(count($rotationKeys), false);
            }
            return $this->found($proven, $rotationKeys[$proven]);
        }
        return $this->search($rotationKeys, $step->operation()->unsignedBytes(), $step->operation()->signature());
    }

    /**
     * @param list<string> $rotationKeys
     *
     * @throws Fault
     */
    private function search(array $rotationKeys, string $message, string $signature): int
    {
        $last = $this->last === null ? false : array_search($this->last, $rotationKeys, true);
        $byLast = $last === false ? null : $this->check($rotationKeys[$last], $message, $signature);
        $isFlipped = false;
        foreach ($rotationKeys as $index => $text) {
            if (array_search($text, $rotationKeys, true) !== $index) {
                continue;
            }
            $isPassed = $byLast === EcdsaOutcome::VALID && $last !== $index;
            if ($isPassed) {
                $this->meterReading($text);
            }
            if (!$this->isUsable($text)) {
                throw self::unreadable($index, $text);
            }
            if ($isPassed) {
                continue;
            }
            $outcome = $last === $index ? $byLast : $this->check($text, $message, $signature);
            if ($outcome === EcdsaOutcome::VALID) {
                return $this->found($index, $text);
            }
            $isFlipped = $isFlipped || $outcome === EcdsaOutcome::HIGH_S;
        }
        throw self::refusal(count($rotationKeys), $isFlipped);
    }

    /**
     * Meters the reading of a key that is not checked: it costs about as much as a check. Each key is read once.
     *
     * @throws Fault
     */
    private function meterReading(string $text): void
    {
        if (!$this->places->contains($text) && !$this->signed->contains($text)) {
            $this->spend();
        }
    }

    /**
     * @return string one of the constants of EcdsaOutcome
     *
     * @throws Fault
     */
    private function check(string $text, string $message, string $signature): string
    {
        $this->spend();
        $key = $this->key($text);
        return $key === null ? EcdsaOutcome::INVALID : $key->checkMessage($message, $signature);
    }

    /** @throws Fault */
    private function spend(): void
    {
        if ($this->checksLeft === 0) {
            $found = 'verifying the log takes more signature checks';
            throw Fault::beyondLimit(Code::PLC_LOG_TOO_MUCH_WORK, $found, 'logSignatureChecks', $this->maxChecks);
        }
        $this->checksLeft--;
    }

    /** The key of this string, if it is one that can sign operations. Each string is read once. */
    private function key(string $text): ?EcdsaKey
    {
        $place = $this->places->get($text);
        if ($place === null) {
            $place = count($this->keys);
            $this->places->insert($text, $place);
            $this->keys[] = self::read($text);
        }
        return $this->keys[$place];
    }

    private static function read(string $text): ?EcdsaKey
    {
        try {
            return PublicKey::parse($text)->asEcdsa();
        } catch (Fault $fault) {
            return null;
        }
    }

    private static function refusal(int $keys, bool $isFlipped): Fault
    {
        if ($isFlipped) {
            return new Fault(Code::PLC_SIGNATURE_HIGH_S, 'high-S signature; only low-S is accepted');
        }
        $message = $keys === 0
            ? 'no key may sign: the operation before has no rotation keys'
            : "expected a signature by one of the {$keys} rotation keys that may sign, found another";
        return new Fault(Code::PLC_SIGNATURE_INVALID, $message);
    }

    private static function unreadable(int $index, string $text): Fault
    {
        $found = Quote::quote($text);
        $message = "expected a secp256k1 or P-256 did:key as rotation key {$index}, found {$found}";
        return new Fault(Code::PLC_ROTATION_KEY_INVALID, $message);
    }
}
