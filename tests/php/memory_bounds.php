<?php

/**
 * What the core in PHP makes of memory_limit, and of the memory that PHP says it has, to the byte; and when its readers ask. Its
 * namespace gets functions of its own for this: real memory is never the same twice. memory.php and shapes.php have the real one.
 *
 *     php memory_bounds.php
 */

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Backend\Process;
use FedVerify\Code;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Pfn\AuthorData;

require_once __DIR__ . '/../../php/autoload.php';
require __DIR__ . '/check.php';

/** The memory that there is in this test, in bytes. */
final class Told
{
    /** @var string memory_limit */
    public static $setting = '-1';

    /** @var int what values take */
    public static $used = 0;

    /** @var int what PHP has from the system */
    public static $taken = 0;

    /** @var int as much of that PHP gives back when it gathers what is free */
    public static $holes = 0;

    /** @var int how often it did */
    public static $gathered = 0;

    public static function are(int $used, int $taken, int $holes = 0): void
    {
        [self::$used, self::$taken, self::$holes, self::$gathered] = [$used, $taken, $holes, 0];
    }
}

function ini_get(string $name): string
{
    return $name === 'memory_limit' ? Told::$setting : \ini_get($name);
}

function memory_get_usage(bool $isTaken = false): int
{
    return $isTaken ? Told::$taken : Told::$used;
}

function gc_mem_caches(): int
{
    Told::$gathered++;
    Told::$taken -= Told::$holes;
    Told::$holes = 0;
    return 0;
}

// memory_limit as PHP itself reads it: it says what it read when too much is asked for.
$settings = [
    '134217728' => 134217728,
    '70000k' => 71680000,
    '70000K' => 71680000,
    '64m' => 67108864,
    '64M' => 67108864,
    '3g' => 3221225472,
    '3G' => 3221225472,
    ' 96 M' => 100663296,
    '0x4000000' => 67108864,
    '0400000000' => 67108864,
];
$hasPhp = Process::run([PHP_BINARY, '-n', '-r', 'echo 1;'])[1] === '1';
if (!$hasPhp) {
    echo "memory_bounds: skipped: memory_limit as PHP itself reads it, because this PHP cannot start another\n";
}
foreach ($settings as $setting => $bytes) {
    Told::$setting = (string) $setting;
    $check("memory_limit is $setting", Memory::left() === $bytes);
    if ($hasPhp) {
        $command = [PHP_BINARY, '-n', '-d', 'display_errors=1', '-d', "memory_limit=$setting", '-r', 'str_repeat("a", 1 << 40);'];
        $isRead = strpos(Process::run($command)[1], "Allowed memory size of $bytes bytes exhausted") !== false;
        $check("memory_limit is $setting to PHP", $isRead);
    }
}
// The last is one that PHP cannot count.
foreach (['-1', '9223372036854775807', '99999999999g'] as $setting) {
    Told::$setting = $setting;
    Told::are(1 << 40, 1 << 40);
    $isShort = Memory::forReading()->isShort() || Memory::lacks(1) || Memory::lacks(1 << 40);
    $check("memory_limit $setting is none", !$isShort && Memory::left() === PHP_INT_MAX - (1 << 40));
}
foreach (['0' => 0, '' => 0, '64M ' => 67108864] as $setting => $bytes) {
    Told::$setting = (string) $setting;
    Told::are(5, 5);
    $check("memory_limit is \"$setting\"", Memory::left() === $bytes - 5);
}

const LIMIT = 33554432;
const CHUNK = 2097152;
const LARGE = 262144;

// A small block fits into what is left of the limit, however scattered.
Told::$setting = (string) LIMIT;
Told::are(LIMIT - 100, LIMIT);
$check('100 bytes fit', !Memory::lacks(100) && Told::$gathered === 0);
$check('101 do not', Memory::lacks(101) && Told::$gathered === 1);
Told::are(LIMIT - LARGE + 1, LIMIT);
$check('the last small block', !Memory::lacks(LARGE - 1) && Memory::lacks(LARGE));
// A large one needs a new chunk at least.
Told::are(0, LIMIT - CHUNK);
$check('a chunk is left', !Memory::lacks(LARGE) && !Memory::lacks(CHUNK) && Memory::lacks(CHUNK + 1));
Told::are(0, LIMIT - CHUNK + 1);
$check('less than a chunk', Memory::lacks(LARGE) && !Memory::lacks(LARGE - 1));
Told::are(0, LIMIT - CHUNK - 1);
$check('more than a chunk', !Memory::lacks(CHUNK + 1) && Told::$gathered === 0);
Told::are(0, LIMIT, CHUNK - 1);
$check('holes that are gathered do not suffice', Memory::lacks(LARGE) && Told::$gathered === 1);
Told::are(0, LIMIT, CHUNK);
$check('or they do', !Memory::lacks(LARGE) && Told::$gathered === 1);

// What JSON is decoded to takes no more than is said.
$check('two arrays and an object', Memory::ofDecoded('[[1,2],{"a":3}]') === 2 * 15 + 3 * 460 + 2 * 200);
$many = static fn (int $count, string $item): string => implode(',', array_fill(0, $count, $item));
$text = static fn (int $bytes): string => '"' . str_repeat('a', $bytes) . '"';
$object = static function (int $members, int $bytes) use ($text): string {
    $member = static fn (int $place): string => '"' . str_pad((string) $place, $bytes, 'a') . '":' . $text($bytes);
    return '{' . implode(',', array_map($member, range(1, $members))) . '}';
};
$documents = [
    'arrays in arrays' => str_repeat('[', 500) . str_repeat(']', 500),
    'objects in objects' => str_repeat('{"a":', 500) . '1' . str_repeat('}', 500),
    'short strings' => '[' . $many(4097, $text(2)) . ']',
    'strings that fill a page, and one byte' => '[' . $many(1000, $text(4072)) . ']',
    'small objects' => '[' . $many(4097, '{"ab":"cd"}') . ']',
    'objects that grew once' => '[' . $many(1000, $object(9, 8)) . ']',
    'objects that grew to more than a page' => '[' . $many(100, $object(65, 8)) . ']',
    'a large object' => $object(65537, 8),
];
foreach ($documents as $what => $json) {
    $before = \memory_get_usage();
    $decoded = json_decode($json, true);
    $check("what is taken by $what", \memory_get_usage() - $before <= Memory::ofDecoded($json));
    unset($decoded);
}

// Whoever reads may take two thirds of what is left then.
Told::are(3554432, 0);
$memory = Memory::forReading();
Told::are(23554432, 0);
$check('two thirds', !$memory->isShort() && Told::$gathered === 0);
Told::are(23554433, 0);
$check('and one byte', $memory->isShort());

// Memory is scattered where PHP has all that it may, except for two chunks, and less than an eighth of the limit is free.
/** Whether that is so, and how often holes were gathered to find out. */
$look = static function (Memory $memory, int $used, int $taken, int $holes = 0): array {
    Told::are($used, $taken, $holes);
    return [$memory->isShort(), Told::$gathered];
};
$new = static function (): Memory {
    Told::are(LIMIT, LIMIT);
    return Memory::forReading();
};
$most = LIMIT - 2 * CHUNK;
$check('two chunks are left', $look($new(), $most, $most) === [false, 0]);
$check('and a byte less', $look($new(), $most, $most + 1) === [true, 1]);
$check('a chunk is given back', $look($new(), $most, $most + CHUNK, CHUNK) === [false, 1]);
$check('and too little of one', $look($new(), $most, $most + CHUNK, CHUNK - 1) === [true, 1]);
$check('an eighth is free', $look($new(), LIMIT - LIMIT / 8, LIMIT) === [false, 1]);
$check('and a byte less', $look($new(), LIMIT - LIMIT / 8 + 1, LIMIT) === [true, 1]);

// Holes are gathered again when another half of a chunk is in use, also after less was.
$check('half a chunk is in use', $look($new(), CHUNK / 2, LIMIT) === [false, 0]);
$check('and a byte more', $look($new(), CHUNK / 2 + 1, LIMIT) === [false, 1]);
$memory = $new();
$check('much is in use', $look($memory, 5 * CHUNK, LIMIT) === [false, 1]);
$check('half a chunk more', $look($memory, 5 * CHUNK + CHUNK / 2, LIMIT) === [false, 0]);
$check('and a byte', $look($memory, 5 * CHUNK + CHUNK / 2 + 1, LIMIT) === [false, 1]);
$check('less', $look($memory, CHUNK, LIMIT) === [false, 0]);
$check('half a chunk more than that', $look($memory, CHUNK + CHUNK / 2, LIMIT) === [false, 0]);
$check('and a byte', $look($memory, CHUNK + CHUNK / 2 + 1, LIMIT) === [false, 1]);

// A reader asks whenever it has read so many values,
$read = static function (string $json): string {
    try {
        Json::parse('text', $json, 'recordBytes', Limits::defaults());
        return 'read';
    } catch (Fault $fault) {
        return $fault->errorCode();
    }
};
Told::are(LIMIT + 3, 0);
$check('1,023 values', $read('[' . $many(1022, '1') . ']') === 'read');
$check('1,024 values', $read('[' . $many(1023, '1') . ']') === Code::IO_MEMORY);
// before a list of some thousands grows to twice its places, of 32 bytes,
Told::are(0, LIMIT - CHUNK + 1);
$check('a list that does not grow', $read('[' . $many(4096, '1') . ']') === 'read');
$check('a list that grows', $read('[' . $many(4097, '1') . ']') === Code::IO_MEMORY);
$most = LIMIT - 2 * 65536 * 32;
$list = '[' . $many(65537, '1') . ']';
Told::are(0, $most);
$check('a long list that grows', $read($list) === 'read');
Told::are(0, $most + 1);
$check('and a byte less', $read($list) === Code::IO_MEMORY);
// and before it compares as many names.
Told::are(0, LIMIT - CHUNK + 1);
$check('4,095 names', $read($object(4095, 4)) === 'read');
$check('4,096 names', $read($object(4096, 4)) === Code::IO_MEMORY);
$names = $object(16000, 5);
Told::are(0, LIMIT - 192 * 16000);
$check('more names', $read($names) === 'read');
Told::are(0, LIMIT - 192 * 16000 + 1);
$check('and a byte less', $read($names) === Code::IO_MEMORY);

// Plugins take 1,536 bytes each, besides what was read.
$authorData = static function (int $used): string {
    Told::are($used, 0);
    try {
        AuthorData::parse('{"username":"a","plugins":[{},{},{}]}', Limits::defaults());
        return 'read';
    } catch (Fault $fault) {
        return $fault->errorCode();
    }
};
$check('three plugins', $authorData(LIMIT - 3 * 1536) === 'read');
$check('and a byte less', $authorData(LIMIT - 3 * 1536 + 1) === Code::IO_MEMORY);

$finish('memory_bounds');
