<?php

/** The cases of the corpus through the classes for what is verified most often, which must report what Verifier reports. */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\Exception as FedVerifyException;
use FedVerify\Identity;
use FedVerify\Pfn;
use FedVerify\RejectedException;
use FedVerify\Release;
use FedVerify\Report;
use FedVerify\Verifier;
use FedVerify\WebDocument;

/** The clock of the cases that have none: these classes always have one. */
const NOW = 1800000000;

/** The inputs of a publisher that AuditLog and WebDocument take. */
const OF_LOG = ['did', 'log', 'pin', 'remember', 'now'];
const OF_DOCUMENT = ['did', 'document', 'now'];

/** The inputs that each class takes beside those of the publisher, by kind. */
const TYPED = [
    'plc-log' => [],
    'web-document' => [],
    'fair-metadata' => ['metadata', 'release', 'noDowngrade'],
    'fair-package' => ['metadata', 'package', 'release', 'artifactUrl', 'noDowngrade', 'waitRecoveryWindow'],
    'fair-alias' => ['txt'],
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
    $isWeb = isset($inputs['document']) && !isset($inputs['log']);
    $taken = array_merge(TYPED[$kind], $isWeb ? OF_DOCUMENT : OF_LOG);
    foreach (required($kind) as $name) {
        if (!isset($inputs[$name])) {
            return "the kind $kind without the input $name";
        }
    }
    foreach ($inputs as $name => $input) {
        // These classes have no such parameter for a did:web, whose keys no recovery undoes.
        $isOfLogs = $isWeb && in_array($name, ['noDowngrade', 'waitRecoveryWindow'], true);
        if (!in_array($name, $taken, true) || $isOfLogs) {
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
    if (isset($inputs['log']) || isset($inputs['document'])) {
        return published($kind, $inputs + ['now' => NOW], $limits);
    }
    $found = new Outcome(static function () use ($kind, $inputs, $limits): Report {
        return $kind === 'pfn-plugin' ? plugin($inputs, $limits) : challenge($inputs, $limits);
    });
    return same('Pfn', Outcome::of($kind, $inputs, $limits), $found);
}

/** The inputs without which a method cannot be called. */
function required(string $kind): array
{
    $required = [
        'web-document' => ['document'],
        'fair-metadata' => ['metadata'],
        'fair-package' => ['metadata', 'package'],
        'fair-alias' => ['txt'],
    ];
    return $required[$kind] ?? [];
}

/** The same for the kinds that have a publisher: a log or a document first, and then what rests on it. */
function published(string $kind, array $inputs, array $limits): array
{
    $isWeb = !isset($inputs['log']);
    $inputs += $isWeb ? [] : ['remember' => true];
    $ofPublisher = array_intersect_key($inputs, array_flip($isWeb ? OF_DOCUMENT : OF_LOG));
    $publisher = null;
    $found = new Outcome(static function () use (&$publisher, $isWeb, $inputs, $limits): Report {
        $publisher = $isWeb ? document($inputs, $limits) : identity($inputs, $limits);
        return $publisher->report();
    });
    $expected = Outcome::of($isWeb ? 'web-document' : 'plc-log', $ofPublisher, $limits);
    $differences = same($isWeb ? 'WebDocument' : 'AuditLog', $expected, $found);
    if ($publisher === null || $differences !== []) {
        return $differences;
    }
    if ($kind === 'plc-log' || $kind === 'web-document') {
        return $isWeb ? documentGetters($publisher) : getters($publisher, $ofPublisher, $limits);
    }
    $release = null;
    $found = new Outcome(static function () use ($kind, $publisher, $inputs, &$release): Report {
        if ($kind === 'fair-alias') {
            return $publisher->confirmAlias($inputs['txt']);
        }
        if ($kind === 'fair-package') {
            return package($publisher, $inputs);
        }
        $release = release($publisher, $inputs);
        return $release->report();
    });
    $expected = Outcome::of($kind, $inputs, $limits);
    $differences = same(get_class($publisher), $expected, $found);
    if ($release !== null) {
        $differences = array_merge($differences, releaseGetters($release));
    }
    return $kind === 'fair-package'
        ? array_merge($differences, throughRelease($publisher, $inputs, $expected))
        : $differences;
}

/** The package through its release, where there is one: the report is the same. */
function throughRelease($publisher, array $inputs, Outcome $expected): array
{
    try {
        $release = release($publisher, $inputs);
    } catch (FedVerifyException $exception) {
        $told = $expected->exception === null ? 'nothing' : $expected->exception->errorCode();
        return $told === $exception->errorCode() ? [] : ["expected of release() $told, found {$exception->errorCode()}"];
    }
    return same('Release', $expected, new Outcome(static function () use ($release, $inputs): Report {
        return $release->verifyPackage(
            $inputs['package'],
            null,
            $inputs['artifactUrl'] ?? null,
            false,
            [],
            $inputs['waitRecoveryWindow'] ?? false
        );
    }));
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

function document(array $inputs, array $limits): WebDocument
{
    return WebDocument::verify(content($inputs, 'document'), $inputs['did'], $inputs['now'], $limits);
}

function release($publisher, array $inputs): Release
{
    [$metadata, $version] = [content($inputs, 'metadata'), $inputs['release'] ?? null];
    return $publisher instanceof Identity
        ? $publisher->release($metadata, $version, null, $inputs['noDowngrade'] ?? false)
        : $publisher->release($metadata, $version);
}

function package($publisher, array $inputs): Report
{
    if ($publisher instanceof WebDocument) {
        return $publisher->verifyPackage(
            content($inputs, 'metadata'),
            $inputs['package'],
            $inputs['release'] ?? null,
            $inputs['artifactUrl'] ?? null
        );
    }
    return $publisher->verifyPackage(
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

/** How the getters of a document differ from its report. */
function documentGetters(WebDocument $document): array
{
    $expected = $document->report()->identity() + ['repository' => null];
    $found = [
        'did' => $document->did(),
        'verificationMethods' => $document->verificationMethods(),
        'alsoKnownAs' => $document->alsoKnownAs(),
        'services' => $document->services(),
        'documentUrl' => $document->documentUrl(),
        'withdrawn' => $document->withdrawn(),
        'repository' => $document->repository(),
    ];
    $isTold = WebDocument::url($document->did()) === $document->documentUrl();
    return $isTold && $expected === $found && $document->warnings() === $document->report()->warnings()
        ? []
        : ['expected of the getters ' . json_encode($expected) . ', found ' . json_encode($found)];
}

/** How the getters of a release differ from its report. */
function releaseGetters(Release $release): array
{
    $expected = $release->report()->release();
    $found = [
        'version' => $release->version(),
        'type' => $release->type(),
        'repository' => $release->repository(),
        'artifacts' => $release->artifacts(),
        'versions' => $release->versions(),
    ];
    $rest = [$release->did(), $release->warnings(), $release->pin()];
    $report = $release->report();
    return $expected === $found && $rest === [$report->identity()['did'], $report->warnings(), $report->pin()]
        ? []
        : ['expected of the getters ' . json_encode($expected) . ', found ' . json_encode($found)];
}
