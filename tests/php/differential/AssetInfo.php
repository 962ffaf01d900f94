<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/** What a source of the Plugin Federation Network says of where its archives are, and what is asked of it. */
final class AssetInfo
{
    private const DOMAINS = [
        'https://a.example/', 'https://A.example', 'https://a.example:443', 'https://a.example:0', 'https://a.example:65535/',
        'https://a.example:65536', 'https://a.example:080', 'https://a.example:', 'HTTPS://a.example', 'http://a.example',
        'https://a.example//', 'https://a.example/x', 'https://a.example?x', 'https://a.example#', 'https://me@a.example',
        'https://127.1', 'https://[::1]', 'https://0x7f.1', 'https://x', 'https://', '', 'a.example', "https://a.example\n",
        ' https://a.example', 'https://a_b.example', 'https://a.example.', "https://\u{e9}.example", 'https://a.example:443:1',
    ];

    private const SEGMENTS = [
        'author', 'slug', 'slug.zip', 'author.slug', 'slug.slug', 'authors', 'my-slug', 'slug-1.zip', 'a.author', 'AUTHOR', 'Slug.zip',
        '', '.', '..', '...', 'slug..', 'x', '~+@', '%2e', 'a b', 'a?b', 'a#b', 'a\\b', 'a:b', "\u{e9}", "x\n", 'sluslugg',
        '.slug', 'plugins', 'latest.zip',
    ];

    private const NAMES = [
        'me', 'hello-pfn', '1', '.', '..', '...', '.a', 'a.', '', 'a/b', 'author', 'slug', 'my-slug', 'a b', '%2e', "a\n",
        "\u{e9}", 'A_b-1.2',
    ];

    private function __construct()
    {
    }

    public static function url(): Request
    {
        $inputs = ['document' => StrangeText::json(self::info())];
        return new Request(Kind::PFN_ASSET_URL, $inputs + ['author' => self::name(), 'slug' => self::name()]);
    }

    /** A federation-info document, changed or not. */
    public static function changed(): Request
    {
        $document = StrangeText::json(self::info());
        $document = Random::once(4) ? $document : Mutation::ofJson($document, StrangeText::json(self::info()));
        return new Request(Kind::PFN_FEDERATION_INFO, ['document' => $document]);
    }

    /** @return array<string, mixed> */
    private static function info(): array
    {
        $domain = Random::once(3) ? Random::pick(self::DOMAINS) : 'https://a.example';
        $assetInfo = ['domain' => $domain, 'namingScheme' => self::scheme()];
        return ['version' => '1', 'features' => Random::once(2) ? ['a'] : [], 'assetInfo' => $assetInfo];
    }

    private static function scheme(): string
    {
        $sound = [['author', 'slug'], ['author', 'slug.zip'], ['slug', 'x', 'author.zip'], ['slug']];
        // Sound but for a second author, which the node would leave as it is.
        $segments = Random::pick(array_merge($sound, [['author', 'slug', 'author']]));
        if (Random::once(2)) {
            $segments = [];
            for ($left = 1 + Random::below(4); $left > 0; $left--) {
                $segments[] = Random::pick(self::SEGMENTS);
            }
        }
        $scheme = Random::pick(['/', '', '', '', Random::pick(['', '//'])]) . implode('/', $segments);
        return Random::once(6) ? str_pad("$scheme/", Random::pick([1, 1024, 1025]), 'x') : $scheme;
    }

    private static function name(): string
    {
        $name = Random::once(6) ? Random::pick(self::NAMES) : 'me';
        return Random::once(12) ? str_pad($name, Random::pick([254, 255, 256]), 'a') : $name;
    }
}
