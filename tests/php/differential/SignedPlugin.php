<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/** What a publisher of the Plugin Federation Network signs: records with archives, and challenges. */
final class SignedPlugin
{
    private const STRINGS = [
        'Hello PFN', 'hello-pfn', '1.0.0', '', "\u{e9}", "a\"b\\c/", "\u{2028}\u{2029}", "\x7f\x1f\t\n\r\x08\x0c", "\0",
        "\u{1f600}", "\u{202e}", '<?php',
    ];

    /** The members of a record that are signed, and their names then. */
    private const SIGNED = [
        'slug' => 'id',
        'name' => 'name',
        'version' => 'version',
        'short_description' => 'description',
    ];

    /** Pieces of JSON that may come to an object or not. */
    private const PIECES = [
        '{', '}', '[', ']', ',', ':', '"a"', '"', '1', '-', '0', '01', '1.5', '1e5', '1e', '.', 'true', 'nul', 'null',
        ' ', "\n", "\t", '{"a":1}', '[1]', '{}', '"\\u12aF"', '"\\u12"', '"\\x"', "\"\u{e9}\"", "\"\x1f\"",
        '"a":', '"b":{', "\x0b", "\u{a0}", '+1', '-0', '1E+3',
    ];

    /** How JSON.stringify writes strings. */
    private const AS_NODE = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;

    private function __construct()
    {
    }

    public static function random(): Request
    {
        return Random::once(3) ? self::challenge() : self::plugin();
    }

    private static function key(): KeyPair
    {
        return KeyPair::of('Ed25519', 'publisher ' . Random::pick([0, 0, 0, 1]));
    }

    private static function plugin(): Request
    {
        $request = self::record();
        if (!Random::once(4)) {
            $archive = Archive::random();
            $request->inputs += ['archive' => $archive];
            $over = hash(Random::once(5) ? 'sha256' : 'sha384', $archive, true);
            $request->inputs += Random::once(3) ? ['archiveSignature' => base64_encode(self::key()->sign($over))] : [];
        }
        $request->limits = Random::once(10) ? ['archiveEntries' => Random::below(4)] : [];
        return $request;
    }

    /** A record without an archive. */
    public static function record(): Request
    {
        $record = ['slug' => 'hello-pfn', 'name' => 'Hello PFN', 'version' => '1.0.0', 'short_description' => 'Hello.'];
        if (Random::once(2)) {
            $record[Random::pick(array_keys($record))] = Random::once(6) ? null : Random::pick(self::STRINGS);
        }
        if (Random::once(6)) {
            unset($record[Random::pick(['name', 'version', 'short_description'])]);
        }
        $signature = self::signature((object) $record);
        $record['signature'] = Random::once(12) ? substr($signature, 1) : $signature;
        $inputs = ['key' => self::key()->pem(), 'plugin' => json_encode($record, Random::pick([0, self::AS_NODE]))];
        return new Request(Kind::PFN_PLUGIN, $inputs);
    }

    private static function signature(stdClass $record): string
    {
        $signed = [];
        foreach (self::SIGNED as $name => $as) {
            $signed += property_exists($record, $name) ? [$as => $record->$name] : [];
        }
        return base64_encode(self::key()->sign(json_encode($signed, self::AS_NODE)));
    }

    /** What a source lists of an author, some of it signed by others or by nobody. */
    public static function authorData(): Request
    {
        $plugins = [];
        for ($left = Random::below(5); $left > 0; $left--) {
            $plugin = json_decode(self::record()->inputs['plugin']);
            if (!Random::once(5)) {
                $plugin->slug = Random::once(5) ? 'hello-pfn' : "plugin-$left";
                $plugin->signature = self::signature($plugin);
            }
            $plugins[] = $plugin;
        }
        $inputs = ['document' => StrangeText::json(['username' => Random::pick(self::STRINGS), 'plugins' => $plugins])];
        return new Request(Kind::PFN_AUTHOR_DATA, $inputs + (Random::once(4) ? [] : ['key' => self::key()->pem()]));
    }

    public static function challenge(): Request
    {
        $challenge = '';
        for ($left = Random::below(14); $left > 0; $left--) {
            $challenge .= Random::pick(self::PIECES);
        }
        if (Random::once(4)) {
            $depth = Random::below(60);
            $challenge = str_repeat(Random::pick(['[', '{"a":']), $depth) . $challenge
                . str_repeat(Random::pick([']', '}']), $depth);
        }
        $challenge = Random::pick(['', '{', '{"a":', ' {"x":1,']) . $challenge . Random::pick(['', '}', ']}', '}}']);
        $inputs = ['key' => self::key()->pem(), 'challenge' => $challenge];
        $inputs['signature'] = base64_encode(self::key()->sign($challenge));
        return new Request(Kind::PFN_CHALLENGE, $inputs);
    }
}
