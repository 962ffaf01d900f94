<?php

declare(strict_types=1);

/** A key that was stolen and then withdrawn, and a directory that hides the withdrawal. */
final class Theft
{
    private function __construct()
    {
    }

    /**
     * A publisher who has withdrawn a key and released since, and a site that has the version of before.
     *
     * @return array{Product, KeyPair} the plugin, and the stolen key
     */
    public static function withdrawn(World $world): array
    {
        $hello = $world->installed($world->plugin());
        $stolen = $hello->identity->signingKey();
        $world->pass('30 days');
        $hello->identity->append($world->ago('5 days'), ['signingKeys' => ['fair' => KeyPair::of('Ed25519', 'hello second')]]);
        $hello->release('1.1.0');
        $world->publish($hello);
        return [$hello, $stolen];
    }

    /** The directory goes back to before, and the thief releases. */
    public static function denied(World $world, Product $hello, KeyPair $stolen): void
    {
        $world->publishAs($hello, $hello->identity->until(1));
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['key' => $stolen])]);
    }
}
