<?php

declare(strict_types=1);

/* What publishers and owners of sites do every day, and what must work as if fedverify were not there. */

$scenarios = [
    Scenario::honest('a plugin is installed by its DID', static function (World $world): void {
        $hello = $world->plugin();
        $world->install($hello);
        $world->expect($hello, '1.0.0');
    })->everywhere(),
];

foreach (World::WAYS as $way) {
    $scenarios[] = Scenario::honest("a plugin is updated: $way", static function (World $world) use ($way): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $hello->release('1.1.0');
        $world->publish($hello);
        $world->update($hello, $way);
        $world->expect($hello, '1.1.0');
    })->everywhere();
}

return $scenarios;
