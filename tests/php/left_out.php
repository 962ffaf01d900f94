<?php

/** What is compared of a report. */

declare(strict_types=1);

/**
 * Words that no rule of fedverify makes: the number of the system's error, which PHP does not tell, and how serde_json and the
 * reader in PHP each say what is wrong with JSON.
 */
const LEFT_OUT = ['/ \(os error \d+\)/', '/(?<= is not JSON: | goes on after its end: )(?:[^"\\\\]|\\\\.)*+/'];

/** A report as JSON, without them. */
function compared(string $json): string
{
    return preg_replace(LEFT_OUT, '', $json);
}
