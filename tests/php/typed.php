<?php

/** The cases of the corpus through AuditLog, Identity and Pfn, which must report what Verifier reports. */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\Exception as FedVerifyException;
use FedVerify\Identity;
use FedVerify\Pfn;
use FedVerify\RejectedException;
use FedVerify\Report;
use FedVerify\Verifier;

/** The clock of the cases that have none: these classes always have one. */
const NOW = 1800000000;

/** The inputs that each class takes, by kind. */
const TYPED = [
    'plc-log' => ['did', 'log', 'pin', 'remember', 'now'],
    'fair-package' => [
        'did', 'log', 'pin', 'remember', 'now', 'metadata', 'package', 'release', 'artifactUrl', 'noDowngrade',
        'waitRecoveryWindow',
    ],
    'pfn-plugin' => ['key', 'plugin', 'signature', 'archive', 'archiveSignature'],
    'pfn-challenge' => ['key', 'challenge', 'signature'],
];

/** How a call ended. */
final class Outcome
{
    /** @var string the verdict that the class of the exception tells */
    public $verdict = 'verified';

    /** @var Report */
    public $report;

    /** @var FedVerifyException|null */
    public $exception;

    /** @param callable(): Report $call */
    public function __construct(callable $call)
    {
        try {
            $this->report = $call();
        } catch (FedVerifyException $exception) {
            $this->verdict = $exception instanceof RejectedException ? 'rejected' : 'undetermined';
            $this->report = $exception->report();
            $this->exception = $exception;
        }
    }

    /** Of a verification by Verifier. */
    public static function of(string $kind, array $inputs, array $limits): self
    {
        return new self(static function () use ($kind, $inputs, $limits): Report {
            return Verifier::verify($kind, $inputs, $limits);
        });
    }
}

/** Counts the cases that only Verifier can be told, by their reasons. */
function untyped(?string $reason = null): array
{
    static $counts = [];
    if ($reason !== null) {
        $counts[$reason] = ($counts[$reason] ?? 0) + 1;
    }
    return $counts;
}

/** Why a case can only be told to Verifier; null where it can be told to its class. */
function untypable(string $kind, array $inputs): ?string
{
    if (!isset(TYPED[$kind])) {
        return "the kind $kind";
    }
    foreach ($inputs as $name => $input) {
        if (!in_array($name, TYPED[$kind], true)) {
            return "the kind $kind with the input $name";
        }
        if (is_array($input) && !is_file($input['file'])) {
            return 'the other classes take strings, and this file cannot be read';
        }
    }
    return null;
}

/** How what the class reports differs from what Verifier reports; null where the case cannot be told to the class. */
function typed(string $kind, array $inputs, array $limits): ?array
{
    $reason = untypable($kind, $inputs);
    if ($reason !== null) {
        untyped($reason);
        return null;
    }
    if (isset($inputs['log'])) {
        $inputs += ['now' => NOW, 'remember' => true];
        $logInputs = array_intersect_key($inputs, array_flip(TYPED['plc-log']));
        $identity = null;
        $found = new Outcome(static function () use (&$identity, $inputs, $limits): Report {
            $identity = identity($inputs, $limits);
            return $identity->report();
        });
        $differences = same('AuditLog', Outcome::of('plc-log', $logInputs, $limits), $found);
        if ($identity === null || $differences !== []) {
            return $differences;
        }
        if ($kind === 'plc-log') {
            return getters($identity, $logInputs, $limits);
        }
        $found = new Outcome(static function () use ($identity, $inputs): Report {
            return package($identity, $inputs);
        });
        return same('Identity', Outcome::of($kind, $inputs, $limits), $found);
    }
    $found = new Outcome(static function () use ($kind, $inputs, $limits): Report {
        return $kind === 'pfn-plugin' ? plugin($inputs, $limits) : challenge($inputs, $limits);
    });
    return same('Pfn', Outcome::of($kind, $inputs, $limits), $found);
}

function same(string $class, Outcome $expected, Outcome $found): array
{
    if ($expected->verdict === $found->verdict && $expected->report->toJson() === $found->report->toJson()) {
        return [];
    }
    return ["expected of $class {$expected->report->toJson()}, found {$found->report->toJson()}"];
}

function content(array $inputs, string $name): ?string
{
    return isset($inputs[$name]) ? file_get_contents($inputs[$name]['file']) : null;
}

function identity(array $inputs, array $limits): Identity
{
    $pin = content($inputs, 'pin');
    return AuditLog::verify(content($inputs, 'log'), $inputs['did'], $pin, $inputs['now'], $limits);
}

function package(Identity $identity, array $inputs): Report
{
    return $identity->verifyPackage(
        content($inputs, 'metadata'),
        $inputs['package'],
        $inputs['release'] ?? null,
        null,
        $inputs['artifactUrl'] ?? null,
        $inputs['noDowngrade'] ?? false,
        [],
        $inputs['waitRecoveryWindow'] ?? false
    );
}

function plugin(array $inputs, array $limits): Report
{
    return Pfn::verifyPlugin(
        content($inputs, 'key'),
        content($inputs, 'plugin'),
        $inputs['signature'] ?? null,
        $inputs['archive'] ?? null,
        $inputs['archiveSignature'] ?? null,
        $limits
    );
}

function challenge(array $inputs, array $limits): Report
{
    return Pfn::verifyChallenge(content($inputs, 'key'), $inputs['challenge'], $inputs['signature'], $limits);
}

/** How the getters of an identity differ from the report. */
function getters(Identity $identity, array $inputs, array $limits): array
{
    $facts = Verifier::verify('plc-log', $inputs + ['history' => true], $limits)->identity();
    $expected = $facts + ['repository' => null, 'didDocument' => []];
    $found = [
        'did' => $identity->did(),
        'head' => $identity->head(),
        'operations' => $identity->operations(),
        'nullified' => $identity->nullified(),
        'tombstoned' => $identity->isTombstoned(),
        'rotationKeys' => $identity->rotationKeys(),
        'verificationMethods' => $identity->verificationMethods(),
        'alsoKnownAs' => $identity->alsoKnownAs(),
        'services' => $identity->services(),
        'contestable' => $identity->contestable(),
        'repository' => $identity->repository(),
        'didDocument' => $identity->didDocument(),
        'history' => $identity->history(),
    ];
    ksort($expected);
    ksort($found);
    if ($expected !== $found || $identity->warnings() !== $identity->report()->warnings()) {
        return ['expected of the getters ' . json_encode($expected) . ', found ' . json_encode($found)];
    }
    return $identity->pin() === $identity->report()->pin() ? [] : ['the pins differ'];
}
