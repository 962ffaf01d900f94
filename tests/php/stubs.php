<?php

/**
 * Holds the stubs to the extension, by reflection.
 *
 *     php -d extension=… stubs.php [--write]
 *
 * With --write the constants in the stubs, and those of the Composer library, are written anew from the extension's.
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

$files = [STUBS => with_constants(file_get_contents(STUBS))];
foreach (array_keys(CONSTANTS) as $name) {
    if (is_dir(LIBRARY)) {
        $files[LIBRARY . "/$name.php"] = library_file($name);
    }
}
$failed = false;
foreach ($files as $path => $content) {
    if (($argv[1] ?? null) === '--write') {
        file_put_contents($path, $content);
    } elseif (!is_file($path) || file_get_contents($path) !== $content) {
        echo basename($path) . " has not the constants that the extension has: run tests/php/stubs.php --write\n";
        $failed = true;
    }
}

// The stubs under another name, beside the extension's classes. Their methods have no bodies and are never called.
eval(str_replace('namespace FedVerify;', 'namespace Stub;', substr(file_get_contents(STUBS), strlen('<?php'))));
$failed = differ(signatures('FedVerify'), signatures('Stub')) || $failed;
echo $failed ? "stubs: 0 passed, 1 failed\n" : "stubs: 1 passed, 0 failed\n";
exit($failed ? 1 : 0);
