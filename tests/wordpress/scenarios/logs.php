<?php

declare(strict_types=1);

/* A directory that lies in document and log alike: whatever it serves as the log must not prove what the attacker wants. */

/** The identity as the attacker would have it: one operation more, with his key and his repository. */
$taken = static function (Identity $identity, int $time, ?KeyPair $signer = null, ?int $prev = null): Identity {
    $changes = ['signingKeys' => ['fair' => Attacker::key()], 'repository' => Attacker::REPOSITORY];
    return (clone $identity)->append($time, $changes, $signer ?? KeyPair::of('secp256k1', 'attacker'), $prev);
};

$json = static function ($value): string {
    return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
};

/** @var array<string, Closure(World, Identity): mixed> what the directory serves as the log */
$logs = [
    'one operation more, signed by the attacker' => static function (World $world, Identity $identity) use ($taken) {
        return $taken($identity, $world->ago('40 days'))->log();
    },
    'one operation more, without a signature' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        $log[1]['operation']['sig'] = '';
        return $log;
    },
    'one operation more, with the signature of the first' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        $log[1]['operation']['sig'] = $log[0]['operation']['sig'];
        return $log;
    },
    'the operation changed, the signature kept' => static function (World $world, Identity $identity) {
        $log = $identity->log();
        $log[0]['operation']['verificationMethods'] = ['fair' => Attacker::key()->did];
        $log[0]['operation']['services']->fairpm_repo->endpoint = Attacker::REPOSITORY;
        return $log;
    },
    'the attacker\'s own identity under this DID' => static function (World $world, Identity $identity) use ($taken) {
        $own = Identity::create('attacker', $world->ago('90 days'), [
            'signingKeys' => ['fair' => Attacker::key()],
            'repository' => Attacker::REPOSITORY,
        ]);
        return array_map(static function (array $entry) use ($identity): array {
            return ['did' => $identity->did] + $entry;
        }, $own->log());
    },
    'the attacker\'s own identity, named as it is' => static function (World $world) {
        return Identity::create('attacker', $world->ago('90 days'), ['signingKeys' => ['fair' => Attacker::key()]])->log();
    },
    'the honest genesis\' CID over another operation' => static function (World $world, Identity $identity) {
        $own = Identity::create('attacker', $world->ago('90 days'), ['signingKeys' => ['fair' => Attacker::key()]])->log();
        return [['operation' => $own[0]['operation']] + $identity->log()[0]];
    },
    'an operation by a rotation key that was withdrawn' => static function (World $world, Identity $identity) use ($taken) {
        $thief = KeyPair::of('P-256', 'hello low');
        $changed = clone $identity;
        $changed->append($world->ago('100 days'), ['rotationKeys' => [KeyPair::of('P-256', 'hello new')]], $identity->rotationKey());
        return $taken($changed, $world->ago('40 days'), $thief)->log();
    },
    'history rewritten by a key of lower rank' => static function (World $world, Identity $identity) use ($taken) {
        $changed = clone $identity;
        $changed->append($world->ago('100 days'), ['aliases' => ['fair://publisher.example']], $identity->rotationKey(0));
        return $taken($changed, $world->ago('99 days'), $identity->rotationKey(1), 0)->log();
    },
    'history rewritten after 72 hours' => static function (World $world, Identity $identity) use ($taken) {
        $changed = clone $identity;
        $changed->append($world->ago('100 days'), ['aliases' => ['fair://publisher.example']], $identity->rotationKey(1));
        return $taken($changed, $world->ago('90 days'), $identity->rotationKey(0), 0)->log();
    },
    'an operation after the end of the identity' => static function (World $world, Identity $identity) use ($taken) {
        $ended = (clone $identity)->tombstone($world->ago('50 days'));
        return $taken($ended, $world->ago('40 days'), $identity->rotationKey())->log();
    },
    'an operation that follows nothing' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        $log[1]['operation']['prev'] = null;
        return $log;
    },
    'the honest operations said to be undone' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        $log[0]['nullified'] = true;
        return $log;
    },
    'times out of order' => static function (World $world, Identity $identity) use ($taken) {
        return $taken($identity, $world->ago('500 days'), $identity->rotationKey(1))->log();
    },
    'a time that is none' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'), $identity->rotationKey(1))->log();
        $log[1]['createdAt'] = 'yesterday';
        return $log;
    },
    'a field that operations do not have' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        $log[1]['operation']['note'] = 'trust me';
        return $log;
    },
    'an operation without what it must have' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        unset($log[1]['operation']['rotationKeys']);
        return $log;
    },
    'the newest first' => static function (World $world, Identity $identity) use ($taken) {
        return array_reverse($taken($identity, $world->ago('40 days'))->log());
    },
    'every operation twice' => static function (World $world, Identity $identity) use ($taken) {
        $log = $taken($identity, $world->ago('40 days'))->log();
        return array_merge($log, $log);
    },
    'nothing' => static function () {
        return [];
    },
    'an object' => static function (World $world, Identity $identity) use ($taken) {
        return ['log' => $taken($identity, $world->ago('40 days'))->log()];
    },
    'a page' => static function () {
        return Answer::headers(['content-type' => 'text/html'], '<!doctype html><title>Directory</title>');
    },
    'an answer with status 404' => static function () {
        return Answer::status(404, '{"message":"DID not registered"}');
    },
    'the honest log with status 500' => static function (World $world, Identity $identity) use ($json) {
        return Answer::status(500, $json($identity->log()));
    },
    'half of it' => static function (World $world, Identity $identity) use ($json) {
        return substr($json($identity->log()), 0, 400);
    },
    'a connection that breaks' => static function (World $world, Identity $identity) use ($json) {
        return Answer::cut($json($identity->log()), 300);
    },
    'members that come twice' => static function (World $world, Identity $identity) use ($json, $taken) {
        $lie = $taken($identity, $world->ago('40 days'))->log()[1]['operation'];
        return str_replace(',"cid":', ',"operation":' . $json($lie) . ',"cid":', $json($identity->log()));
    },
    'lists in lists, without end' => static function () {
        return str_repeat('[', 200000);
    },
    '40 MB of spaces' => static function (World $world, Identity $identity) use ($json) {
        return Answer::giant(40 << 20, '', $json($identity->log()));
    },
    'an answer in the place of another server' => static function () {
        return Answer::redirect('https://repo.attacker.example/log');
    },
    'no answer' => static function () {
        return Answer::hang();
    },
    'a byte now and then' => static function (World $world, Identity $identity) use ($json) {
        return Answer::drip($json($identity->log()), 400);
    },
];

$scenarios = [];
$number = 0;
foreach ($logs as $name => $log) {
    $way = World::WAYS[$number++ % count(World::WAYS)];
    $scenarios[] = Scenario::attack("log: $name ($way)", static function (World $world) use ($log, $way): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $served = $log($world, $hello->identity);
        $world->publish($hello, [
            'document' => Closure::fromCallable('Attacker::document'),
            'log' => static function () use ($served) {
                return $served;
            },
        ]);
        $world->serve('https://repo.attacker.example/log', $hello->identity->log());
        $world->serveByAttacker($hello, [Attacker::release($hello)]);
        $world->update($hello, $way);
        $world->expect($hello, '1.0.0');
    });
}

// At a first visit nothing is remembered yet.
foreach (['one operation more, signed by the attacker', 'the attacker\'s own identity under this DID', 'nothing', 'a page'] as $name) {
    $log = $logs[$name];
    $scenarios[] = Scenario::attack("log at a first visit: $name", static function (World $world) use ($log): void {
        $hello = $world->plugin();
        $served = $log($world, $hello->identity);
        $world->publish($hello, [
            'document' => Closure::fromCallable('Attacker::document'),
            'log' => static function () use ($served) {
                return $served;
            },
        ]);
        $world->serveByAttacker($hello, [Attacker::release($hello)]);
        $world->install($hello);
        $world->expect($hello, null);
    });
}

return $scenarios;
