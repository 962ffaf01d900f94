<?php

/**
 * Holds the stubs to the extension, by reflection.
 *
 *     php -d extension=… stubs.php [--write]
 *
 * With --write the constants in the stubs, and the tables of the Composer library, are written anew.
 */

declare(strict_types=1);

require __DIR__ . '/signatures.php';

const STUBS = __DIR__ . '/../../php-ext/stubs/fedverify.php';
const LIBRARY = __DIR__ . '/../../php/src';
const MARK = "// The constants: written by tests/php/stubs.php --write.\n";
const CONSTANTS = [
    'Code' => 'The stable codes of errors. docs/codes.md says what each means.',
    'WarningCode' => 'The stable codes of warnings. docs/codes.md says what each means.',
];

function constants(string $name): string
{
    $lines = '';
    foreach ((new ReflectionClass("FedVerify\\$name"))->getConstants() as $constant => $code) {
        $lines .= "    public const $constant = '$code';\n";
    }
    return '/**' . "\n * " . CONSTANTS[$name] . "\n */\nfinal class $name\n{\n$lines\n"
        . "    private function __construct()\n    {\n    }\n}\n";
}

function with_constants(string $stubs): string
{
    $written = substr($stubs, 0, strpos($stubs, MARK)) . MARK;
    foreach (array_keys(CONSTANTS) as $name) {
        $written .= "\n" . constants($name);
    }
    return $written;
}

function library_file(string $name): string
{
    return "<?php\n\n// Written by tests/php/stubs.php --write.\n\ndeclare(strict_types=1);\n\nnamespace FedVerify;\n\n"
        . constants($name);
}

/** A table of the library, as a class with one constant. */
function library_table(string $class, string $about, string $constant, array $rows): string
{
    return "<?php\n\n// Written by tests/php/stubs.php --write.\n\ndeclare(strict_types=1);\n\n"
        . "namespace FedVerify\\Backend;\n\n/** $about */\nfinal class $class\n{\n    public const $constant = [\n        "
        . implode("\n        ", $rows) . "\n    ];\n}\n";
}

/** Number and remedy of every code, from docs/codes.md, which a test of core holds to core's table. */
function codes_table(): string
{
    $documented = file_get_contents(__DIR__ . '/../../docs/codes.md');
    preg_match_all('/^\| (\d+) \| `([a-z0-9_.]+)` \| .*? \| (.*) \|$/m', $documented, $rows, PREG_SET_ORDER);
    return library_table('Codes', 'Number and remedy of every code.', 'TABLE', array_map(
        static fn (array $row): string => "'$row[2]' => [$row[1], " . var_export($row[3], true) . '],',
        $rows
    ));
}

/** The names of the limits, which the extension lists where it meets another. */
function limits_table(): string
{
    try {
        FedVerify\AuditLog::verify('', '', null, null, ['' => 0]);
    } catch (FedVerify\Exception $exception) {
        preg_match('/the limits are ([\w, ]+\w)/', $exception->getMessage(), $names);
    }
    $rows = array_map(static fn (string $name): string => "'$name',", explode(', ', $names[1]));
    return library_table('Limits', 'The names of the limits.', 'NAMES', $rows);
}

$files = [STUBS => with_constants(file_get_contents(STUBS))];
foreach (array_keys(CONSTANTS) as $name) {
    $files[LIBRARY . "/$name.php"] = library_file($name);
}
$files[LIBRARY . '/Backend/Codes.php'] = codes_table();
$files[LIBRARY . '/Backend/Limits.php'] = limits_table();
$failed = false;
foreach ($files as $path => $content) {
    if (($argv[1] ?? null) === '--write') {
        file_put_contents($path, $content);
    } elseif (!is_file($path) || file_get_contents($path) !== $content) {
        echo basename($path) . " has not what the extension has: run tests/php/stubs.php --write\n";
        $failed = true;
    }
}

load_stubs('Stub');
$failed = differ(signatures('FedVerify'), signatures('Stub')) || $failed;
echo $failed ? "stubs: 0 passed, 1 failed\n" : "stubs: 1 passed, 0 failed\n";
exit($failed ? 1 : 0);
