<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Tables\Check;

/**
 * A string that was sent to a source to be signed: so a source proves that it has its key (pfn.md, "Ownership
 * challenges").
 *
 * The answer proves something only if the challenge is fresh: make a new random UUID for each visit.
 */
final class Challenge
{
    /** @var string */
    private $challenge;

    /**
     * Takes a challenge exactly as it was sent. Its UTF-8 bytes are what is signed.
     *
     * Call this before sending a challenge, too: what it refuses should never be signed.
     *
     * @throws Fault pfn.challenge.malformed if it is empty or longer than challengeBytes; pfn.challenge.ambiguous
     *     if it is a JSON object, because its answer could be the signature of a plugin record (pfn.md, "Ambiguous
     *     challenges")
     */
    public function __construct(string $challenge, Limits $limits)
    {
        try {
            self::check($challenge, $limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_CHALLENGE);
        }
        $this->challenge = $challenge;
    }

    private static function check(string $challenge, Limits $limits): void
    {
        if ($challenge === '') {
            throw new Fault(Code::PFN_CHALLENGE_MALFORMED, 'the challenge is empty');
        }
        $size = strlen($challenge);
        $max = $limits->get('challengeBytes');
        if ($size > $max) {
            $found = "the challenge has $size bytes";
            throw Fault::aboveLimit(Code::PFN_CHALLENGE_MALFORMED, $found, 'challengeBytes', $max);
        }
        if (JsonGrammar::isObject($challenge)) {
            $message = 'the challenge is a JSON object: its answer could be used as the signature of a plugin record';
            throw new Fault(Code::PFN_CHALLENGE_AMBIGUOUS, $message);
        }
    }

    public function asStr(): string
    {
        return $this->challenge;
    }

    /**
     * Checks that the key signed this challenge.
     *
     * @throws Fault pfn.signature.encoding, pfn.signature.invalid
     */
    public function verify(PublisherKey $key, string $signature): VerifiedChallenge
    {
        return VerifiedChallenge::verify($this, $key, $signature);
    }
}
