<?php

declare(strict_types=1);

namespace FedVerify\PublisherExample;

/**
 * Which strings a publisher may sign when a node asks it to prove that it has its key.
 *
 * The key that answers challenges also signs plugins. Whoever signs any string signs plugins for strangers: they send the JSON of
 * id, name, version and description as the challenge. So only a challenge that says whom it is for is signed, and only where that
 * is us.
 */
final class Challenge
{
    private const FORM = '/\Afedverify-node ownership challenge v1; node=([!-:<-~]+); instance=([!-:<-~]+);'
        . ' username=([A-Za-z0-9._-]+); expires=([0-9]{1,12}); nonce=([0-9a-f]{32})\z/';

    /** The longest that a challenge may be valid, in seconds: who collects answers must use them soon. */
    private const MAX_VALIDITY = 15 * 60;

    /**
     * Why this publisher does not sign the challenge; null where it does.
     *
     * @param mixed $challenge
     */
    public static function refusal($challenge, string $instance, string $username, int $now): ?string
    {
        if (!is_string($challenge) || preg_match(self::FORM, $challenge, $match) !== 1) {
            return 'this is no challenge that says which node, instance and user it is for';
        }
        [, , $ofInstance, $ofUsername, $expires] = $match;
        if ($ofInstance !== $instance) {
            return "the challenge is for the instance $ofInstance, this is $instance";
        }
        if ($ofUsername !== $username) {
            return "the challenge is for the user $ofUsername, this is $username";
        }
        if ((int) $expires < $now) {
            return 'the challenge has expired';
        }
        return (int) $expires > $now + self::MAX_VALIDITY ? 'the challenge is valid for too long' : null;
    }
}
