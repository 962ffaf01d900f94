<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Code;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Tables\Check;
use FedVerify\WarningCode;

/**
 * Several directories' logs of one identity, and the document that a directory serves beside its log (did-plc.md, "Several
 * directories" and "Documents").
 *
 * A directory can withhold operations, and one alone cannot be caught at it. Asked beside others it can: their logs must
 * be states of one history.
 */
final class Directory
{
    /**
     * Chooses the newest of the answers: the one that lawfully continues every other (did-plc.md, "Two logs"). The warnings
     * name the directories that lag behind it.
     *
     * @param list<Answer> $answers
     * @return array{0: Answer, 1: list<Warning>}
     * @throws Fault Code::PLC_DIRECTORY_DISAGREE where there is none such, Code::PLC_LOG_EMPTY where there are no answers
     */
    public static function newest(array $answers): array
    {
        // A bare log can continue logs that contradict each other: it has no times, and not what was undone.
        self::newestOf(array_filter($answers, static function (Answer $answer): bool {
            return !$answer->isBare();
        }));
        $newest = self::newestOf($answers);
        if ($newest === null) {
            throw (new Fault(Code::PLC_LOG_EMPTY, 'no directory served a log'))->at(Check::PLC_CHAIN);
        }
        $warnings = [];
        foreach ($answers as $answer) {
            if ($answer->head() !== $newest->head()) {
                $warnings[] = self::lag($answer, $newest);
            }
        }
        return [$newest, $warnings];
    }

    /**
     * The one that continues every other; of equals the first of those that show most. Each is compared with one other at a
     * time: the work grows with their number, and not with its square.
     *
     * @param array<int, Answer> $answers
     * @throws Fault Code::PLC_DIRECTORY_DISAGREE
     */
    private static function newestOf(array $answers): ?Answer
    {
        $newest = null;
        foreach ($answers as $next) {
            if ($newest === null || self::isNewer($next, $newest)) {
                $newest = $next;
            }
        }
        foreach ($answers as $other) {
            if (!$newest->continues($other)) {
                throw self::disagreement($newest, $other)->at(Check::PLC_CHAIN);
            }
        }
        return $newest;
    }

    private static function isNewer(Answer $next, Answer $newest): bool
    {
        // A bare log shows no times, and not what was undone.
        $shown = static function (Answer $answer): array {
            return [!$answer->isBare(), $answer->length()];
        };
        return $next->continues($newest) && ($shown($next) > $shown($newest) || !$newest->continues($next));
    }

    /** Why no log continues every other. Two directories can both be honest only if one of them serves a bare log. */
    private static function disagreement(Answer $one, Answer $other): Fault
    {
        [$place, $first, $second] = $one->parting($other);
        $message = 'of the logs of ' . Quote::url($one->url()) . ' and ' . Quote::url($other->url())
            . " neither is shown to continue the other: where they part, the first has $first and the second $second";
        $fault = new Fault(Code::PLC_DIRECTORY_DISAGREE, $message);
        return $place === null ? $fault : $fault->atOperation($place);
    }

    private static function lag(Answer $answer, Answer $newest): Warning
    {
        $missing = $newest->length() - $answer->length();
        $operations = $missing === 1 ? 'operation' : 'operations';
        $behind = Quote::url($newest->url()) . ": its head is {$answer->head()}";
        $message = Quote::url($answer->url()) . ' lags ' . max($missing, 0) . " $operations behind $behind";
        return new Warning(WarningCode::PLC_DIRECTORY_LAG, $message);
    }

    /**
     * Compares the DID document that a directory serves with the one that follows from its log. The served one is not
     * signed, so a difference says something about the directory and nothing about the identity: it is a warning.
     *
     * Documents are compared by what they say (did-plc.md, "Documents"): the DID, and keys, services and aliases, after
     * ids are made whole. Honest directories write them differently.
     *
     * @param string|null $derived the document that follows from the log, as JSON, whichever backend it is from; null for
     *     a deactivated identity, whose log says its DID and nothing else
     */
    public static function compareDocument(
        string $url,
        ?string $derived,
        string $did,
        string $served,
        Limits $limits
    ): ?Warning {
        $what = self::difference($derived, $did, $served, $limits);
        $message = 'the DID document that ' . Quote::url($url) . " serves $what";
        return $what === null ? null : new Warning(WarningCode::PLC_DOCUMENT_DIFFERS, $message);
    }

    private static function difference(?string $derived, string $did, string $served, Limits $limits): ?string
    {
        try {
            $served = Meaning::read(Json::parse('DID document', $served, 'logBytes', $limits), $did);
        } catch (Fault $fault) {
            return "cannot be read: {$fault->message()}";
        }
        $proven = $derived === null ? Meaning::deactivated($did) : self::proven($derived, $did);
        if ($served === null || $proven === null) {
            return 'is not a DID document';
        }
        $differing = $served->differingMembers($proven);
        return $differing === [] ? null : 'does not match the log in ' . implode(', ', $differing);
    }

    /** What the document says that follows from the log. */
    private static function proven(string $derived, string $did): ?Meaning
    {
        // What we write ourselves is read by the same reader, within limits that never refuse it.
        $unbounded = new Limits(['jsonValues' => PHP_INT_MAX, 'logBytes' => PHP_INT_MAX]);
        return Meaning::read(Json::parse('DID document', $derived, 'logBytes', $unbounded), $did);
    }
}
