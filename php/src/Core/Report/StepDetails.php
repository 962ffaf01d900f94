<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fair\VerifiedPackage;
use FedVerify\Core\Pfn\Archive\ArchiveBinding;
use FedVerify\Core\Pfn\VerifiedPlugin;
use FedVerify\Core\Plc\Identity;
use FedVerify\Core\Plc\LogForm;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Time;

/** What a report says of steps that passed: core/src/report/step_details.rs. */
final class StepDetails
{
    /**
     * Of the steps that prove an identity from its log.
     *
     * @return list<Step>
     */
    public static function ofLog(Identity $identity): array
    {
        $count = count($identity->history());
        $signatures = self::counted($count, 'signature') . ', each by an authorised rotation key';
        $did = $identity->did()->asStr();
        $genesis = "the genesis operation hashes to $did and is signed by one of its own keys";
        $chain = 'every operation follows an earlier one; the head is ' . $identity->head();
        return array_merge([
            Step::pass(Check::PLC_OPERATIONS, self::counted($count, 'operation') . ', each with exactly the members of its type'),
            Step::pass(Check::PLC_GENESIS, $genesis),
            Step::pass(Check::PLC_CHAIN, $chain),
            Step::pass(Check::PLC_SIGNATURES, $signatures),
        ], self::ofForm($identity), self::ofPin($identity));
    }

    /** @return list<Step> */
    private static function ofForm(Identity $identity): array
    {
        $nullified = count($identity->nullified());
        $recoveries = Step::pass(Check::PLC_RECOVERIES, $nullified === 0
            ? 'nothing was ever recovered'
            : self::counted($nullified, 'operation') . ' nullified, in time and by a key of higher authority');
        if ($identity->form() === LogForm::AUDIT) {
            return [$recoveries];
        }
        if ($identity->form() === LogForm::EXPORT) {
            $flags = "an export's flags were true when each entry was exported";
            return [$recoveries, Step::skipped(Check::PLC_FLAGS, $flags)];
        }
        return [
            Step::skipped(Check::PLC_CIDS, 'a bare log serves no CIDs; they were computed'),
            Step::skipped(Check::PLC_TIMES, 'a bare log has no times'),
            Step::skipped(Check::PLC_RECOVERIES, 'a bare log has no nullified operations'),
            Step::skipped(Check::PLC_FLAGS, 'a bare log has no flags'),
        ];
    }

    /** @return list<Step> */
    private static function ofPin(Identity $identity): array
    {
        if ($identity->wasCompared()) {
            return [];
        }
        $detail = $identity->pin() === null
            ? 'nothing is remembered: no pin was asked for'
            : 'nothing was seen before this visit: there is nothing to compare with';
        return array_map(static function (string $check) use ($detail): Step {
            return Step::skipped($check, $detail);
        }, [Check::PIN_LOG, Check::PIN_METADATA, Check::PIN_PACKAGE]);
    }

    /**
     * Of the steps that tie a release to its identity.
     *
     * @return list<Step>
     */
    public static function ofRelease(string $did, string $version): array
    {
        return [
            Step::pass(Check::FAIR_IDENTITY, "the metadata document is about $did"),
            Step::pass(Check::FAIR_RELEASE, "the metadata document lists version $version"),
        ];
    }

    /**
     * Of the steps that tie the bytes to a release.
     *
     * @return list<Step>
     */
    public static function ofPackage(VerifiedPackage $package): array
    {
        $signature = 'signed by ' . $package->key()->toString() . " ({$package->signatureForm()})";
        $details = [
            Step::pass(Check::FAIR_BYTES, $package->digests()->size() . ' bytes read'),
            Step::pass(Check::FAIR_SIGNATURE, $signature),
        ];
        if ($package->artifact()->checksum() === null) {
            $details[] = Step::skipped(Check::FAIR_CHECKSUM, 'the release has no checksum');
        }
        return $details;
    }

    /** Of whether the key that signed can still be undone: until when, by the caller's clock. */
    public static function ofRecoveryWindow(?int $now, ?int $freshUntil): Step
    {
        if ($now === null) {
            return Step::skipped(Check::FAIR_RECOVERY_WINDOW, 'no clock was given');
        }
        $detail = $freshUntil === null
            ? 'the signing key can no longer be undone'
            : 'the signing key can be undone until ' . Time::utc($freshUntil) . '; the caller accepts that';
        return Step::pass(Check::FAIR_RECOVERY_WINDOW, $detail);
    }

    /**
     * Of the steps that tie an archive to a plugin.
     *
     * @return list<Step>
     */
    public static function ofPlugin(VerifiedPlugin $plugin): array
    {
        $signed = Step::pass(Check::PFN_SIGNATURE, 'the publisher signed the id, name, version and description');
        $archive = $plugin->archive();
        if ($archive === null) {
            return [
                $signed,
                Step::skipped(Check::PFN_ARCHIVE, 'no archive was given'),
                Step::skipped(Check::PFN_ARCHIVE_SIGNATURE, 'no archive was given'),
            ];
        }
        $matches = 'folder and plugin header match what was signed';
        if ($archive->binding() === ArchiveBinding::SIGNED) {
            return [
                $signed,
                Step::pass(Check::PFN_ARCHIVE, $matches),
                Step::pass(Check::PFN_ARCHIVE_SIGNATURE, "the publisher signed the archive's bytes"),
            ];
        }
        $unbound = 'no signature over the archive was given, so its bytes are not bound';
        return [
            $signed,
            Step::pass(Check::PFN_ARCHIVE, "$matches; this does not prove the bytes"),
            Step::skipped(Check::PFN_ARCHIVE_SIGNATURE, $unbound),
        ];
    }

    /** A number with what it counts, in the singular or the plural. */
    public static function counted(int $count, string $what): string
    {
        return "$count $what" . ($count === 1 ? '' : 's');
    }
}
