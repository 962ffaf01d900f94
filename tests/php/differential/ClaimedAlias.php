<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/** Domains that identities claim as their aliases, with TXT records that confirm them or not. */
final class ClaimedAlias
{
    private const DID = 'did:web:a.example';

    private const NOW = 1767225600;

    private const DOMAINS = [
        'x', '', 'a.1', 'a.1b', '127.0.0.1', '[::1]', 'A.example', 'a..example', 'a.example.', '.a.example', '-a.example',
        'a-.example', 'a-b.example', 'a_b.example', 'xn--a.example', "\u{e9}.example", 'me@a.example', 'a.example:80',
        'a.example/x', 'a.example//', 'a.example?', ' a.example', "a.example\n", "a.example\0", 'a%2eexample',
    ];

    private const SCHEMES = ['FAIR://', 'fair:', 'fair:/', ' fair://', 'https://', 'at://', 'fair://fair://'];

    private function __construct()
    {
    }

    public static function random(): Request
    {
        $aliases = [];
        for ($left = Random::pick([0, 1, 1, 1, 1, 1, 2]); $left > 0; $left--) {
            $aliases[] = self::alias();
        }
        if (Random::once(3)) {
            // The aliases of a log are those of SignedLog.
            $log = new SignedLog(1 + Random::below(3), [], !Random::once(4));
            $inputs = ['did' => $log->did, 'log' => $log->text(), 'now' => $log->time()];
        } else {
            $document = ['id' => self::DID, 'alsoKnownAs' => $aliases];
            $inputs = ['did' => self::DID, 'document' => StrangeText::json($document), 'now' => self::NOW];
        }
        return new Request(Kind::FAIR_ALIAS, $inputs + ['txt' => self::records($inputs['did'])]);
    }

    private static function alias(): string
    {
        $domain = Random::once(2) ? self::long() : Random::pick(self::DOMAINS);
        $domain = Random::once(3) ? 'a.example' : $domain;
        return (Random::once(6) ? Random::pick(self::SCHEMES) : 'fair://') . $domain . (Random::once(4) ? '/' : '');
    }

    /** At the ends of what labels and names may have. */
    private static function long(): string
    {
        $label = str_repeat('a', Random::pick([1, 61, 62, 63, 64]));
        $rest = str_repeat(str_repeat('b', 49) . '.', Random::pick([0, 3])) . 'example';
        $total = Random::pick([0, 244, 245, 246]) - strlen("$label.$rest") - 1;
        return $total > 0 && $total < 64 ? "$label." . str_repeat('c', $total) . ".$rest" : "$label.$rest";
    }

    private static function records(string $did): string
    {
        $records = [];
        for ($left = Random::pick([0, 1, 1, 1, 1, 2, 3]); $left > 0; $left--) {
            $right = ["did=$did", "\"did=$did\"", "did=\"$did\"", "\"did=\"$did\"\""];
            $wrong = [
                'did=did:web:b.example', 'did=', 'did', '', '"', '""', "DID=$did", " did=$did", "did=$did ", "did= $did",
                "did=$did\r", "did='$did'", "\"did=$did", "did=$did\"", "did=\"$did", "\"\"did=$did\"\"", "x did=$did",
                "did=$did#a", "did=$did\0", 'did=' . strtoupper($did), 'v=spf1 -all', "\tdid=$did", "\u{feff}did=$did",
            ];
            $records[] = Random::pick(Random::once(3) ? $wrong : $right);
        }
        return implode("\n", $records) . Random::pick(['', "\n", "\r\n", "\n\n"]);
    }
}
