<?php

declare(strict_types=1);

/* Addresses that nobody may send a site to: plain http, its own files, its own network. */

/** @var array<string, array{string, string|null}> URL of an archive, and the host that must not be asked */
$archives = [
    'plain http' => ['http://repo.attacker.example/x.zip', 'repo.attacker.example'],
    'a private address' => ['https://10.0.0.5/x.zip', '10.0.0.5'],
    'this machine' => ['https://127.0.0.1/x.zip', '127.0.0.1'],
    'this machine, by name' => ['https://localhost/x.zip', 'localhost'],
    'this machine, as a number' => ['https://2130706433/x.zip', '2130706433'],
    'this machine, in IPv6' => ['https://[::1]/x.zip', '[::1]'],
    'a cloud\'s metadata service' => ['https://169.254.169.254/x.zip', '169.254.169.254'],
    'another port' => ['https://10.0.0.5:8443/x.zip', '10.0.0.5:8443'],
    'a file' => ['file:///etc/passwd', null],
    'ftp' => ['ftp://repo.attacker.example/x.zip', null],
    'a stream of PHP' => ['phar:///tmp/x.zip', null],
];

$scenarios = [];
$number = 0;
foreach ($archives as $name => [$url, $host]) {
    $way = ['cron', 'ajax', 'cli'][$number++ % 3];
    $scenarios[] = Scenario::attack("address of an archive: $name ($way)", static function (World $world) use ($url, $host, $way): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $evil = Attacker::release($hello, '9.0.0', ['url' => $url]);
        $world->publish($hello);
        $world->slipIn($hello, [$evil]);
        $world->update($hello, $way);
        $world->expect($hello, '1.0.0');
        if ($host !== null) {
            $world->demandSilence($host);
        }
    });
}

/** @var array<string, array{string, string|null, list<mixed>|null}> URL of a repository, host, what the name resolves to */
$repositories = [
    'plain http' => ['http://repo.attacker.example/x', 'repo.attacker.example', null],
    'a private address' => ['https://10.0.0.5/x', '10.0.0.5', null],
    'this machine' => ['https://127.0.0.1/x', '127.0.0.1', null],
    'another port of this machine' => ['https://localhost:9200/x', 'localhost:9200', null],
    'a name with a private address' => ['https://inside.attacker.example/x', 'inside.attacker.example', ['192.168.1.1']],
    'a name with a public and a private address' => [
        'https://inside.attacker.example/x',
        'inside.attacker.example',
        ['93.184.216.34', '10.0.0.5'],
    ],
    'a name with a private address in IPv6' => ['https://inside.attacker.example/x', 'inside.attacker.example', ['fd00::1']],
    'a script' => ['javascript:alert(1)', null, null],
    'no URL' => ['repo', null, null],
];

foreach ($repositories as $name => [$url, $host, $addresses]) {
    $scenarios[] = Scenario::attack("address of a repository: $name", static function (World $world) use ($url, $host, $addresses): void {
        // The publisher of this package means harm: what he signs is right, where he sends the site is not.
        $hello = $world->plugin('hello', ['repository' => 'https://repo.publisher.example/hello']);
        $hello->identity->append($world->ago('100 days'), ['repository' => $url]);
        $hello->releases = [$hello->made('1.0.0', ['url' => 'https://repo.publisher.example/hello/1.0.0.zip'])];
        if ($host === null) {
            $world->serve(World::DIRECTORY . "/{$hello->did()}", $hello->identity->document());
            $world->serve(World::DIRECTORY . "/{$hello->did()}/log/audit", $hello->identity->log());
        } else {
            $world->publish($hello);
            if ($addresses !== null) {
                $world->resolve($host, $addresses);
            }
        }
        $world->install($hello);
        $world->expect($hello, null);
        if ($host !== null) {
            $world->demandSilence($host);
        }
    });
}

return array_merge($scenarios, [
    Scenario::attack('address of an archive: a redirection to a private address', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $release = $hello->release('1.1.0', ['url' => 'https://repo.publisher.example/moved.zip']);
        $world->publish($hello);
        $world->network->answer($release->url(), Answer::redirect('https://10.0.0.5/x.zip')->value);
        $world->network->answer('https://10.0.0.5/x.zip', $release->bytes);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
        $world->demandSilence('10.0.0.5');
    }),

    Scenario::attack('address of an archive: a redirection to plain http', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $release = $hello->release('1.1.0', ['url' => 'https://repo.publisher.example/moved.zip']);
        $world->publish($hello);
        $world->network->answer($release->url(), Answer::redirect('http://mirror.publisher.example/x.zip')->value);
        $world->network->answer('http://mirror.publisher.example/x.zip', $release->bytes);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
        $world->demandSilence('mirror.publisher.example');
    }),

    Scenario::attack('address of an archive: redirections without end', static function (World $world): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $release = $hello->release('1.1.0', ['url' => 'https://repo.publisher.example/a.zip', 'evil' => true, 'key' => null]);
        $world->publish($hello);
        $world->network->answer($release->url(), Answer::redirect('https://repo.publisher.example/b.zip')->value);
        $world->network->answer('https://repo.publisher.example/b.zip', Answer::redirect($release->url())->value);
        $world->update($hello, 'cron');
        $world->expect($hello, '1.0.0');
    }),

    Scenario::attack('address of an archive: a file on the site\'s own disk', static function (World $world): void {
        // Something that was uploaded before, as a picture perhaps.
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $path = "{$world->site->folder}/upload.zip";
        Shell::write($path, $hello->archive('9.0.0', ['evil' => true]));
        $world->publish($hello);
        $world->slipIn($hello, [Attacker::release($hello, '9.0.0', ['url' => $path])]);
        $world->update($hello);
        $world->expect($hello, '1.0.0');
    })->everywhere(),

    Scenario::attack('TLS: a directory with a certificate that nobody signed', static function (World $world): void {
        $hello = $world->plugin('hello', ['repository' => 'https://stranger.attacker.example/hello']);
        $world->publish($hello);
        $world->install($hello);
        $world->expect($hello, null);
    }),

    Scenario::attack('TLS: a repository whose certificate has run out', static function (World $world): void {
        $world->pass('60 days');
        $hello = $world->plugin('hello', ['repository' => 'https://expired.attacker.example/hello']);
        $world->publish($hello);
        $world->install($hello);
        $world->expect($hello, null);
    }),
]);
