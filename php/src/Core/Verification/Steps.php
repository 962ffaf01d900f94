<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Core\Fault;
use FedVerify\Core\Report\Step;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\Kind;
use FedVerify\Core\Tables\Outcome;

/**
 * The order of the steps of each kind of verification: core/src/verification/steps.rs.
 *
 * Steps of one phase go side by side, operation after operation; a phase ends before the next starts.
 */
final class Steps
{
    private const LOG = [
        [Check::DID],
        [Check::PLC_JSON],
        [Check::PLC_OPERATIONS],
        [Check::PLC_CIDS],
        [Check::PLC_GENESIS],
        [Check::PLC_CHAIN, Check::PLC_TIMES, Check::PLC_SIGNATURES, Check::PLC_RECOVERIES],
        [Check::PLC_FLAGS],
        [Check::PIN_LOG],
    ];

    private const DOCUMENT = [[Check::DID], [Check::WEB_DOCUMENT]];

    private const RELEASE = [
        [Check::FAIR_METADATA],
        [Check::FAIR_IDENTITY],
        [Check::FAIR_KEYS],
        [Check::FAIR_RELEASE],
        [Check::PIN_METADATA],
    ];

    private const PACKAGE = [
        [Check::FAIR_BYTES],
        [Check::FAIR_ARTIFACT],
        [Check::FAIR_CHECKSUM],
        [Check::FAIR_SIGNATURE],
        [Check::PIN_PACKAGE],
        [Check::FAIR_RECOVERY_WINDOW],
    ];

    /** What follows the identity, by the kinds that have one. */
    private const AFTER_IDENTITY = [
        Kind::PLC_LOG => [],
        Kind::WEB_DOCUMENT => [],
        Kind::FAIR_METADATA => self::RELEASE,
        Kind::FAIR_PACKAGE => [...self::RELEASE, ...self::PACKAGE],
        Kind::FAIR_ALIAS => [[Check::FAIR_ALIAS]],
    ];

    /** The phases of the kinds that have no identity. */
    private const WITHOUT_IDENTITY = [
        Kind::PFN_PLUGIN => [
            [Check::PFN_KEY],
            [Check::PFN_PLUGIN],
            [Check::PFN_SIGNATURE],
            [Check::PFN_ARCHIVE],
            [Check::PFN_ARCHIVE_SIGNATURE],
        ],
        Kind::PFN_CHALLENGE => [[Check::PFN_KEY], [Check::PFN_CHALLENGE], [Check::PFN_SIGNATURE]],
        Kind::PFN_FEDERATION_INFO => [[Check::PFN_FEDERATION_INFO]],
        Kind::PFN_AUTHOR_DATA => [[Check::PFN_KEY], [Check::PFN_AUTHOR_DATA], [Check::PFN_SIGNATURE]],
        Kind::PFN_ASSET_URL => [[Check::PFN_FEDERATION_INFO], [Check::PFN_ASSET_URL]],
        Kind::KEY => [[Check::KEY]],
    ];

    /** A did:web is not remembered, and has no recoveries. */
    private const OF_LOGS_ONLY = [
        Check::PIN_LOG,
        Check::PIN_METADATA,
        Check::PIN_PACKAGE,
        Check::FAIR_RECOVERY_WINDOW,
    ];

    /**
     * The steps of a verification that nothing stopped.
     *
     * @return list<Step>
     */
    public static function allPassed(string $kind, string $method): array
    {
        return array_map([Step::class, 'pass'], array_merge(...self::phases($kind, $method)));
    }

    /**
     * The steps of a verification that a fault stopped: those before it passed, and those after it were not reached.
     * Of the steps that go side by side with the one that failed, none came to its end, so none is called passed. A
     * fault that judges nothing fails no step: what the step needs was not there, so it was not taken, and its detail
     * says why. If such a fault names no step, as of a wrong call, it came before the first.
     *
     * @return list<Step>
     */
    public static function stoppedAt(string $kind, string $method, Fault $fault): array
    {
        $phases = self::phases($kind, $method);
        $isOfKind = in_array($fault->check(), array_merge(...$phases), true);
        $first = $fault->isUndetermined() ? null : $phases[0][0];
        $stopped = $isOfKind ? $fault->check() : $first;
        $steps = [];
        $isBefore = $stopped !== null;
        foreach ($phases as $phase) {
            $isStoppedPhase = in_array($stopped, $phase, true);
            $isBefore = $isBefore && !$isStoppedPhase;
            foreach ($phase as $check) {
                $steps[] = self::step($check, $check === $stopped, $isBefore, $isStoppedPhase, $fault);
            }
        }
        return $steps;
    }

    private static function step(string $check, bool $isStopped, bool $isBefore, bool $isBeside, Fault $fault): Step
    {
        if ($isStopped) {
            $outcome = $fault->isUndetermined() ? Outcome::NOT_REACHED : Outcome::FAIL;
            return new Step($check, $outcome, $fault->message());
        }
        if ($isBefore) {
            return Step::pass($check);
        }
        $isCutShort = $isBeside && $fault->operation() !== null;
        $detail = $isCutShort ? "stopped at operation {$fault->operation()}" : 'not reached';
        return new Step($check, Outcome::NOT_REACHED, $detail);
    }

    /** @return non-empty-list<non-empty-list<string>> */
    private static function phases(string $kind, string $method): array
    {
        if (isset(self::WITHOUT_IDENTITY[$kind])) {
            return self::WITHOUT_IDENTITY[$kind];
        }
        if ($method === Method::PLC) {
            return array_merge(self::LOG, self::AFTER_IDENTITY[$kind]);
        }
        $phases = array_merge(self::DOCUMENT, self::AFTER_IDENTITY[$kind]);
        return array_values(array_filter($phases, static function (array $phase): bool {
            return array_intersect($phase, self::OF_LOGS_ONLY) === [];
        }));
    }
}
