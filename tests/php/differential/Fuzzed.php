<?php

declare(strict_types=1);

use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\Kind;
use FedVerify\Core\Tables\LimitDefaults;

/** What a fuzz target's input asks: the requests that are in it, or in which it is one document (`fuzz/src/lib.rs`). */
final class Fuzzed
{
    private const EXAMPLES = __DIR__ . '/../../../examples';

    /** What starts a part of a request. */
    private const MARK = "\n=== ";

    private const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';

    /** What all stretches of one input add to it, at most (`tests/kit/src/stretch.rs`). */
    private const MOST_ADDED = 2 << 20;

    private function __construct()
    {
    }

    /**
     * @param string $target the fuzz target
     * @return list<Request>
     */
    public static function requests(string $target, string $bytes): array
    {
        // Nothing in an archive stands for anything else.
        $bytes = $target === 'archive' ? $bytes : self::stretched($bytes);
        $fair = ['did' => trim(self::example('fair/did.txt')), 'log' => self::example('fair/log.json')];
        $pfn = ['key' => self::example('pfn/publisher.pem'), 'plugin' => self::example('pfn/plugin.json')];
        switch ($target) {
            case 'request':
            case 'c_abi':
                return self::written($bytes);
            case 'log':
                return [new Request(Kind::PLC_LOG, ['did' => self::didOf($bytes), 'log' => $bytes, 'history' => true])];
            case 'metadata':
                return [new Request(Kind::FAIR_METADATA, $fair + ['metadata' => $bytes])];
            case 'pin':
                return [new Request(Kind::PLC_LOG, $fair + ['pin' => $bytes, 'now' => 1900000000])];
            case 'web_document':
                $did = 'did:web:publisher.example:plugins';
                return [new Request(Kind::WEB_DOCUMENT, ['did' => $did, 'document' => $bytes, 'now' => 1800000000])];
            case 'archive':
                return [new Request(Kind::PFN_PLUGIN, $pfn + ['archive' => $bytes])];
            case 'key':
                return [new Request(Kind::KEY, ['key' => $bytes])];
            case 'pfn':
                return [
                    new Request(Kind::PFN_FEDERATION_INFO, ['document' => $bytes]),
                    new Request(Kind::PFN_AUTHOR_DATA, ['document' => $bytes, 'key' => $pfn['key']]),
                    new Request(Kind::PFN_PLUGIN, ['key' => $pfn['key'], 'plugin' => $bytes]),
                ];
            case 'text':
                $did = preg_match('//u', $bytes) === 1 ? $bytes : self::DID;
                return [new Request(Kind::PLC_LOG, ['did' => $did] + $fair)];
            default:
                throw new InvalidArgumentException("$target is no fuzz target");
        }
    }

    /** The bytes that an input stands for: a stretch is a byte that documents do not have, a letter, and the byte to repeat. */
    private static function stretched(string $input): string
    {
        $room = self::MOST_ADDED;
        $meant = static function (array $stretch) use (&$room): string {
            $more = min((1 << (ord($stretch[1]) - ord('A'))) - 1, $room);
            $room -= $more;
            return str_repeat($stretch[2], $more + 1);
        };
        return preg_replace_callback('/\x1a([A-U])(.)/s', $meant, $input);
    }

    /**
     * A request as the test kit writes seeds. One that names what there is not, or says it in another type, is none.
     *
     * @return list<Request>
     */
    private static function written(string $bytes): array
    {
        $parts = explode(self::MARK, $bytes);
        $kind = array_shift($parts);
        if (!isset(Kind::INPUTS[$kind])) {
            return [];
        }
        [$inputs, $limits] = [[], []];
        foreach ($parts as $part) {
            [$name, $content] = explode("\n", $part, 2) + [1 => ''];
            if ($name === 'calls') {
                continue;
            }
            $limit = strncmp($name, 'limit ', 6) === 0 ? substr($name, 6) : null;
            $type = $limit === null ? InputName::TYPES[$name] ?? null : 'number';
            $value = self::value($type, $content);
            if ($value === null || ($limit === null && !in_array($name, Kind::INPUTS[$kind], true))) {
                return [];
            }
            if ($limit === null) {
                $inputs[$name] = $value;
            } elseif (isset(LimitDefaults::VALUES[$limit])) {
                $limits[$limit] = $value;
            }
        }
        return [new Request($kind, $inputs, $limits)];
    }

    /** @return string|int|bool|null */
    private static function value(?string $type, string $content)
    {
        switch ($type) {
            case 'bytes':
            case 'stream':
                return $content;
            case 'string':
                return preg_match('//u', $content) === 1 ? $content : null;
            case 'flag':
                return $content === 'true';
            case 'number':
                return preg_match('/\A[0-9]{1,18}\z/', $content) === 1 ? (int) $content : null;
            default:
                return null;
        }
    }

    /** The DID that the log names first. */
    private static function didOf(string $log): string
    {
        return preg_match('/did:plc:[a-z2-7]{24}/', $log, $match) === 1 ? $match[0] : self::DID;
    }

    private static function example(string $name): string
    {
        return file_get_contents(self::EXAMPLES . "/$name");
    }
}
