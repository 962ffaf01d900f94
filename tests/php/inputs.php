<?php

/** The inputs of the corpus, as PHP gives them. */

declare(strict_types=1);

const CORPUS = __DIR__ . '/../corpus';

/** The inputs that are no strings. Those that are bytes or streams are files of the corpus. */
const TYPES = [
    'log' => 'bytes',
    'document' => 'bytes',
    'metadata' => 'bytes',
    'pin' => 'bytes',
    'key' => 'bytes',
    'plugin' => 'bytes',
    'package' => 'stream',
    'archive' => 'stream',
    'now' => 'number',
    'remember' => 'flag',
    'noDowngrade' => 'flag',
    'waitRecoveryWindow' => 'flag',
    'history' => 'flag',
];

/** An input as PHP gives it. */
function input(string $name, string $value)
{
    switch (TYPES[$name] ?? 'string') {
        case 'bytes':
            return ['file' => CORPUS . "/$value"];
        case 'stream':
            return CORPUS . "/$value";
        case 'number':
            return (int) $value;
        case 'flag':
            return $value === 'true';
        default:
            return $value;
    }
}

/** All inputs of a case of the manifest. */
function inputs(array $case): array
{
    $inputs = [];
    foreach ($case['inputs'] as $name => $value) {
        $inputs[$name] = input($name, $value);
    }
    return $inputs;
}
