<?php

declare(strict_types=1);

/* Documents and metadata of shapes that nobody expects, after which a site must still answer. */

/** @var array<string, mixed> a document, or what is changed of the honest one */
$documents = [
    'an error that is a list' => Answer::status(404, '[]'),
    'an error that is null' => Answer::status(404, 'null'),
    'an error whose message is an object' => Answer::status(404, '{"message":{"a":1}}'),
    'services that are an object' => ['service' => ['a' => ['type' => Identity::REPOSITORY]]],
    'services that are a string' => ['service' => 'x'],
    'a service that is a string' => ['service' => ['x']],
    'an endpoint that is a list' => ['service' => [['id' => '#r', 'type' => Identity::REPOSITORY, 'serviceEndpoint' => ['https://a.example']]]],
    'methods that are a number' => ['verificationMethod' => 7],
    'a method whose id is a list' => ['verificationMethod' => [['id' => ['#fair'], 'type' => 'Multikey']]],
    'aliases that are a string' => ['alsoKnownAs' => 'fair://x.example'],
];

/** @var array<string, mixed> those that the clients survive as well */
$harmlessDocuments = [
    'nothing' => '',
    'null' => 'null',
    'a string' => '"did"',
    'a number' => '7',
    'a list' => '[]',
    'a service that is null' => ['service' => [null]],
    'a service that is a list' => ['service' => [['x']]],
    'a service without an endpoint' => ['service' => [['id' => '#r', 'type' => Identity::REPOSITORY]]],
    'a method that is null' => ['verificationMethod' => [null]],
    'a method without a fragment' => ['verificationMethod' => [['id' => 'fair', 'type' => 'Multikey', 'publicKeyMultibase' => 'z6Mk']]],
    'a method whose key is null' => ['verificationMethod' => [['id' => '#fair', 'type' => 'Multikey', 'publicKeyMultibase' => null]]],
    'an id that is a list' => ['id' => ['did:plc:x']],
];

/** @var array<string, mixed> metadata, or what is changed of the honest one */
$metadata = [
    'null' => 'null',
    'a string' => '"x"',
    'a list' => '[]',
    'releases that are a string' => ['releases' => 'x'],
    'a release that is null' => ['releases' => [null]],
    'a release that is a string' => ['releases' => ['x']],
    'releases that are an object of numbers' => ['releases' => ['a' => 1]],
    'a slug that is an object' => ['slug' => ['a' => 1]],
    'a file that is a list' => ['filename' => ['hello', 'hello.php']],
    'a description that is a list' => ['sections' => ['description' => ['x']]],
];

/** @var array<string, mixed> those that the clients survive as well */
$harmlessMetadata = [
    'nothing' => '',
    'a name that is a list' => ['name' => ['x']],
    'a file without a folder' => ['filename' => 'hello.php'],
    'a type that is a list' => ['type' => ['wp-plugin']],
    'no authors' => ['authors' => []],
    'authors that are a string' => ['authors' => 'x'],
    'sections that are a string' => ['sections' => 'x'],
    'an id that is a list' => ['id' => ['x']],
];

/** @var array<string, mixed> what is changed of the only release */
$releases = [
    'a version that is a list' => ['version' => ['9.0.0']],
    'a version that is an object' => ['version' => ['a' => 1]],
    'a package that is an object' => ['artifacts' => ['package' => ['url' => 'https://a.example/x.zip']]],
    'a requirement that is a list' => ['requires' => ['env:php' => ['>=7.4']]],
    'icons that are a string' => ['icons' => ['icon' => 'x']],
];

/** @var array<string, mixed> those that the clients survive as well */
$harmlessReleases = [
    'a version that is a number' => ['version' => 9],
    'artifacts that are a string' => ['artifacts' => 'x'],
    'artifacts that are a list' => ['artifacts' => [1]],
    'no package' => ['artifacts' => ['package' => []]],
    'a package that is null' => ['artifacts' => ['package' => [null]]],
    'a package whose URL is a list' => ['artifacts' => ['package' => [['url' => ['https://a.example/x.zip'], 'lang' => ['x']]]]],
    'requirements that are a string' => ['requires' => 'x'],
    'suggestions that are a list of lists' => ['suggests' => [['x']]],
];

/** The site is visited by all who come: the administrator, the cron job, and at the end (see World::problems()) visitors. */
$visited = static function (World $world): void {
    foreach (['plugins.php', 'update-core.php'] as $page) {
        $world->demand(strpos($world->open($page)->body, '</html>') !== false, "$page is not whole");
    }
    $world->visit(['script' => 'wp-cron.php', 'cron' => ['wp_update_plugins', 'wp_maybe_auto_update']]);
};

$documentOf = static function ($shape): Closure {
    return static function (World $world, Product $hello) use ($shape): void {
        $world->publish($hello, ['document' => static function (array $honest) use ($shape) {
            return is_array($shape) ? $shape + $honest : $shape;
        }]);
    };
};

$metadataOf = static function ($shape): Closure {
    return static function (World $world, Product $hello) use ($shape): void {
        $world->publish($hello, ['metadata' => static function (array $honest) use ($shape) {
            return is_array($shape) ? $shape + $honest : $shape;
        }]);
    };
};

$releaseOf = static function (array $shape): Closure {
    return static function (World $world, Product $hello) use ($shape): void {
        $world->publish($hello, ['metadata' => static function (array $metadata) use ($shape): array {
            $artifacts = ($shape['icons'] ?? []) + $metadata['releases'][0]['artifacts'];
            $metadata['releases'][0] = array_diff_key($shape, ['icons' => 1]) + ['artifacts' => $artifacts] + $metadata['releases'][0];
            return $metadata;
        }]);
    };
};

$groups = [
    'a document' => [$documents, $harmlessDocuments, $documentOf],
    'metadata' => [$metadata, $harmlessMetadata, $metadataOf],
    'a release' => [$releases, $harmlessReleases, $releaseOf],
];

$scenarios = [];
foreach ($groups as $what => [$shapes, $harmless, $publisher]) {
    foreach ($shapes as $name => $shape) {
        $publish = $publisher($shape);
        $scenarios[] = Scenario::attack("shape: $what: $name", static function (World $world) use ($publish, $visited): void {
            $hello = $world->installed($world->plugin());
            $world->nextDay();
            $publish($world, $hello);
            $visited($world);
            $world->expect($hello, '1.0.0');
        });
    }
    $name = "shape: $what: " . count($harmless) . ' that do less harm';
    $scenarios[] = Scenario::attack($name, static function (World $world) use ($harmless, $publisher): void {
        $hello = $world->installed($world->plugin());
        foreach ($harmless as $shape) {
            $world->nextDay();
            $publisher($shape)($world, $hello);
            $world->demand(strpos($world->open('plugins.php')->body, '</html>') !== false, 'plugins.php is not whole');
        }
        $world->expect($hello, '1.0.0');
    });
}

foreach (['directory' => 'document', 'repository' => 'metadata'] as $server => $what) {
    $scenarios[] = Scenario::attack("silence: of the $server, while a visitor waits", static function (World $world) use ($what): void {
        $hello = $world->installed($world->plugin());
        $world->nextDay();
        $world->publish($hello, [$what => Answer::hang(), 'log' => Answer::hang()]);
        $world->expect($hello, '1.0.0');
    });
}

return $scenarios;
