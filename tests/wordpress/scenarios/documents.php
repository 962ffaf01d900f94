<?php

declare(strict_types=1);

/* A directory that lies about what the log says: in the DID document, which FAIR Connect believes. The log is honest. */

/** The directory serves a document with the attacker's key and repository, and he releases 9.0.0. */
$takeOver = static function (World $world, Product $product, ?Closure $lie = null): void {
    $world->publish($product, ['document' => $lie ?? Closure::fromCallable('Attacker::document')]);
    $world->serveByAttacker($product, [Attacker::release($product)]);
};

$scenarios = [
    Scenario::attack('document: keys and repository of an attacker, at an installation', static function (World $world) use ($takeOver): void {
        $hello = $world->plugin();
        $takeOver($world, $hello);
        $world->install($hello);
        $world->expect($hello, null, '1.0.0');
    })->everywhere(),

    Scenario::attack('document: one key more, and a repository that was broken into', static function (World $world): void {
        $hello = $world->plugin();
        $world->publish($hello, ['document' => static function (array $document): array {
            $document['verificationMethod'][] = Attacker::method($document['id']);
            return $document;
        }]);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->install($hello);
        $world->expect($hello, null, '1.0.0');
    }),

    Scenario::attack('document: a second repository before the publisher\'s', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->publish($hello, ['document' => static function (array $document): array {
            $service = ['id' => '#x', 'type' => Identity::REPOSITORY, 'serviceEndpoint' => Attacker::REPOSITORY];
            array_unshift($document['service'], $service);
            return $document;
        }]);
        $world->serveByAttacker($hello, [Attacker::release($hello)]);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('document: served where the log belongs', static function (World $world) use ($takeOver): void {
        // The log is served where the document belongs, and the other way round.
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $takeOver($world, $hello);
        $world->serve(World::DIRECTORY . "/{$hello->did()}/log/audit", Attacker::document($hello->identity->document()));
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('document: redirected to an attacker\'s server', static function (World $world) use ($takeOver): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $takeOver($world, $hello, static function (): Answer {
            return Answer::redirect('https://repo.attacker.example/document');
        });
        $world->serve('https://repo.attacker.example/document', Attacker::document($hello->identity->document()));
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('document: redirected to plain http', static function (World $world) use ($takeOver): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $takeOver($world, $hello, static function (): Answer {
            return Answer::redirect('http://repo.attacker.example/document');
        });
        $world->serve('http://repo.attacker.example/document', Attacker::document($hello->identity->document()));
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('document: the honest one, with the attacker\'s members again', static function (World $world) use ($takeOver): void {
        // JSON with members that come twice: one parser takes the first, another the last.
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $takeOver($world, $hello, static function (array $document): string {
            $honest = json_encode($document, JSON_UNESCAPED_SLASHES);
            $lie = Attacker::document($document);
            return substr($honest, 0, -1) . ',"verificationMethod":' . json_encode($lie['verificationMethod'])
                . ',"service":' . json_encode($lie['service'], JSON_UNESCAPED_SLASHES) . '}';
        });
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('document: the first request gets the honest one, the next ones the attacker\'s', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $honest = $hello->identity->document();
        $json = static function (array $document): string {
            return json_encode($document, JSON_UNESCAPED_SLASHES);
        };
        $world->publish($hello, ['document' => Answer::each($json($honest), $json(Attacker::document($honest)))]);
        $world->serveByAttacker($hello, [Attacker::release($hello)]);
        $world->open('plugins.php');
        $world->nextDay();
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('document: with status 500', static function (World $world) use ($takeOver): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $takeOver($world, $hello, static function (array $document): Answer {
            return Answer::status(500, json_encode(Attacker::document($document)));
        });
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    })->clients('1.3'),

    Scenario::attack('document: of an identity without a log', static function (World $world) use ($takeOver): void {
        $hello = $world->plugin();
        $takeOver($world, $hello);
        $world->network->forget(World::DIRECTORY . "/{$hello->did()}/log/audit");
        $world->install($hello);
        $world->expect($hello, null, '1.0.0');
    }),

    Scenario::attack('document: a key of the identity that is for something else', static function (World $world): void {
        // The log has the attacker's key as #atproto; the document calls it #fair.
        $keys = ['fair' => KeyPair::of('Ed25519', 'hello signing'), 'atproto' => Attacker::key()];
        $hello = $world->plugin('hello', ['signingKeys' => $keys]);
        $world->publish($hello, ['document' => static function (array $document): array {
            $document['verificationMethod'][1] = Attacker::method($document['id'], 'fair2');
            return $document;
        }]);
        $world->slipIn($hello, [Attacker::release($hello)]);
        $world->install($hello);
        $world->expect($hello, null, '1.0.0');
    }),

    Scenario::attack('document: of a theme', static function (World $world) use ($takeOver): void {
        $plain = $world->theme();
        $world->network->information('themes', $world->informationOf($plain));
        $world->require($plain, null);
        $world->installTheme($plain);
        $world->require($plain, '1.0.0');
        $world->nextDay();
        $takeOver($world, $plain);
        $world->network->offer('themes', [$world->fileOf($plain) => $world->offerOf($plain, Attacker::release($plain))], []);
        $world->visit($world->updatingFiles([$world->fileOf($plain)], 'cron', 'theme'));
        $world->expect($plain, '1.0.0');
    }),
];

foreach (World::WAYS as $way) {
    $name = "document: keys and repository of an attacker, at an update: $way";
    $scenarios[] = Scenario::attack($name, static function (World $world) use ($takeOver, $way): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $takeOver($world, $hello);
        $world->update($hello, $way);
        $world->expect($hello, '1.0.0');
    });
}

return $scenarios;
