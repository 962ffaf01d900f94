<?php

declare(strict_types=1);

/** ZIP files of a plugin, with something wrong in about every second. */
final class Archive
{
    private const FILES = ['hello.php', 'hello.php', 'a.php', 'b.PHP', 'readme.txt', 'inc/x.php', '', "\xff.php"];

    /** @var string */
    private $name;

    /** @var string */
    private $localName;

    /** @var int */
    private $method = 0;

    /** @var int */
    private $flags = 0;

    /** @var string */
    private $data;

    /** @var int what is said of the size */
    private $size;

    /** @var int what is said of the packed size */
    private $packed;

    /** @var int|null what is said of the offset */
    private $offset;

    /** @var string */
    private $extra = '';

    private function __construct(string $name, string $content)
    {
        $this->name = $this->localName = $name;
        $this->data = $content;
        $this->size = strlen($content);
        if (!Random::once(3)) {
            $this->deflate($content);
        }
        $this->packed = strlen($this->data);
    }

    public static function random(): string
    {
        $entries = [];
        for ($left = 1 + Random::below(3); $left > 0; $left--) {
            $entry = new self('hello-pfn/' . Random::pick(self::FILES), self::content());
            if (Random::once(3)) {
                $entry->spoil();
            }
            $entries[] = $entry;
        }
        $archive = self::written($entries);
        if (Random::once(5)) {
            // The records at the end, which say where everything is.
            $at = max(0, strlen($archive) - 1 - Random::below(200));
            $archive[$at] = chr(Random::pick([0, 1, 255, Random::below(256)]));
        }
        return Random::once(8) ? Mutation::ofString($archive, $archive) : $archive;
    }

    private function deflate(string $content): void
    {
        $level = Random::pick([0, 1, 6, 9]);
        $strategy = Random::pick([ZLIB_DEFAULT_STRATEGY, ZLIB_FIXED, ZLIB_HUFFMAN_ONLY, ZLIB_RLE]);
        $deflating = deflate_init(ZLIB_ENCODING_RAW, ['level' => $level, 'strategy' => $strategy]);
        $this->data = deflate_add($deflating, $content, ZLIB_FINISH);
        $this->method = 8;
        if (Random::once(4)) {
            // Broken where the tables are, or anywhere.
            for ($left = 1 + Random::below(3); $left > 0 && $this->data !== ''; $left--) {
                $at = Random::below(min(strlen($this->data), Random::pick([80, 1000000])));
                $this->data[$at] = chr(ord($this->data[$at]) ^ (1 << Random::below(8)));
            }
        }
    }

    private function spoil(): void
    {
        $far = Random::pick([0, 1, 8192, 8193, 0xfffffffe, 0xffffffff, 1 << 31]);
        switch (Random::below(7)) {
            case 0:
                $this->size = $far;
                break;
            case 1:
                $this->packed = Random::pick([$far, $this->packed + 1]);
                break;
            case 2:
                $this->offset = $far;
                break;
            case 3:
                $sizes = Random::pick([[$this->size, $this->packed, 0], [-1, -2, -3], [$this->packed, $this->size, 1]]);
                $zip64 = pack('vvPPP', 1, Random::pick([0, 8, 16, 24, 28]), ...$sizes);
                $zip64 = substr($zip64, 0, Random::pick([100, Random::below(40)]));
                $this->extra = Random::pick(['', "\7\0\0\0"]) . $zip64;
                $this->size = Random::once(2) ? 0xffffffff : $this->size;
                $this->packed = Random::once(2) ? 0xffffffff : $this->packed;
                break;
            case 4:
                $this->localName .= 'x';
                break;
            case 5:
                $this->method = Random::pick([0, 8, 12]);
                $this->flags = Random::below(3);
                break;
            default:
                $names = ['__MACOSX/x', 'hello-pfn', '/x', 'a/../b', 'C:/x.php', 'hello-pfn/' . str_repeat('y', 1020)];
                $this->name = $this->localName = Random::pick($names);
        }
    }

    /** A file of PHP with a plugin's header somewhere, or with none. */
    private static function content(): string
    {
        $length = Random::pick([0, Random::below(100), Random::below(9000), 8191, 8192, 8193, Random::below(20000)]);
        $filler = Random::once(4) ? Random::bytes(40) : Random::pick(['a', "\n", "<?php\n// x\n", "\0", 'Version: ']);
        $content = substr(str_repeat($filler, 1 + intdiv($length, strlen($filler))), 0, $length);
        $header = Random::pick([
            "<?php\n/*\n * Plugin Name: Hello PFN\n * Version: 1.0.0\n */\n",
            "<?php\n/*\n * Plugin Name: Hello PFN\n * Version: 1.0.0\n */\n",
            "<?php // plugin NAME: Hello PFN */ x\r\nVersion:1.0.0?>",
            'Plugin Name: x' . Random::bytes(2) . "\u{202e}\n",
            "\nVersion: 9\nPlugin Name: Hello PFN",
            '',
        ]);
        $at = Random::pick([0, 0, 0, Random::below($length + 1), min($length, 8150 + Random::below(60))]);
        return substr($content, 0, $at) . $header . substr($content, $at);
    }

    /** @param list<self> $entries */
    private static function written(array $entries): string
    {
        $files = '';
        $directory = '';
        foreach ($entries as $entry) {
            $offset = $entry->offset ?? strlen($files);
            $common = [$entry->flags, $entry->method, 0, 0, 0, $entry->packed & 0xffffffff, $entry->size & 0xffffffff];
            $local = pack('vvvvVVVvv', ...array_merge($common, [strlen($entry->localName), 0]));
            $files .= "PK\3\4\x14\0$local{$entry->localName}{$entry->data}";
            $lengths = [strlen($entry->name), strlen($entry->extra), 0, 0, 0, 0, $offset & 0xffffffff];
            $record = pack('vvvvVVVvvvvvVV', ...array_merge($common, $lengths));
            $directory .= "PK\1\2\x14\0\x14\0$record{$entry->name}{$entry->extra}";
        }
        $directory .= Random::once(12) ? "PK\5\5\0\0" : '';
        $count = Random::once(12) ? Random::below(5) : count($entries);
        $comment = Random::once(8) ? str_repeat('c', Random::pick([1, 100, 65535])) : '';
        $end = pack('vvvvVVv', 0, 0, $count, $count, strlen($directory), strlen($files), strlen($comment));
        return $files . $directory . "PK\5\6$end$comment";
    }
}
