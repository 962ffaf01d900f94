<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Core\Fair\Alias;
use FedVerify\Core\Fair\Publisher;
use FedVerify\Core\Fair\Release;
use FedVerify\Core\Fair\VerifiedPackage;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Pfn\VerifiedChallenge;
use FedVerify\Core\Pfn\VerifiedPlugin;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Report\Details;
use FedVerify\Core\Report\IdentityFacts;
use FedVerify\Core\Report\PackageFacts;
use FedVerify\Core\Report\PfnFacts;
use FedVerify\Core\Report\Report;
use FedVerify\Core\Report\Step;
use FedVerify\Core\Report\StepDetails;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\Kind;
use FedVerify\Core\Tables\Trust;
use FedVerify\Core\Tables\Verdict;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** What a verification has found so far, and the report that follows from it: core/src/verification/account.rs. */
final class Account
{
    private string $kind;

    private string $method;

    private Details $details;

    private ?Publisher $publisher = null;

    private ?Release $release = null;

    /** What to keep where the log holds but contradicts what was remembered: the pin as it was. */
    private ?Pin $earlierPin = null;

    /** The claimed alias that DNS confirmed. */
    private ?string $alias = null;

    /** Why the claimed alias is not confirmed. */
    private ?Warning $aliasWarning = null;

    public function __construct(Request $request)
    {
        $this->kind = $request->kind();
        $this->method = self::methodOf($request);
        $this->details = new Details($request->now(), $request->isSet(InputName::HISTORY), $request->reach());
    }

    /** How the identity is proven: the kind says so, or else the DID. */
    private static function methodOf(Request $request): string
    {
        if ($request->kind() === Kind::PLC_LOG) {
            return Method::PLC;
        }
        $isWeb = strncmp((string) $request->string(InputName::DID), 'did:web:', 8) === 0;
        return $isWeb || $request->kind() === Kind::WEB_DOCUMENT ? Method::WEB : Method::PLC;
    }

    public function kind(): string
    {
        return $this->kind;
    }

    public function method(): string
    {
        return $this->method;
    }

    public function now(): ?int
    {
        return $this->details->now;
    }

    public function reach(): string
    {
        return $this->details->reach;
    }

    /** The publisher is proven; its pin is what to keep from now on, whatever becomes of the rest. */
    public function provenPublisher(Publisher $publisher): void
    {
        $this->publisher = $publisher;
    }

    public function provenRelease(Release $release): void
    {
        $this->release = $release;
    }

    /** The pin that was handed in is the one to keep: the log holds, and contradicts it. */
    public function keepEarlier(Pin $pin): void
    {
        $this->earlierPin = $pin;
    }

    /**
     * Compares TXT records with the claimed alias. Nothing happens where none is claimed.
     *
     * @param list<string> $records
     */
    public function aliasRecords(Publisher $publisher, array $records): void
    {
        try {
            $alias = Alias::fromNames($publisher->alsoKnownAs());
            if ($alias !== null) {
                $alias->confirm($publisher->did(), $records);
                $this->alias = $alias->domain();
            }
        } catch (Fault $fault) {
            $this->aliasWarning = new Warning(WarningCode::FAIR_ALIAS_UNCONFIRMED, $fault->message());
        }
    }

    /** The report on a refusal, with everything that was proven before it. */
    public function refused(Fault $fault): Report
    {
        $verdict = $fault->isUndetermined() ? Verdict::UNDETERMINED : Verdict::REJECTED;
        $report = new Report($this->kind, $verdict, Steps::stoppedAt($this->kind, $this->method, $fault));
        $report->error = $fault;
        $this->addPublisher($report);
        $this->addRelease($report);
        $this->addRest($report);
        return $report;
    }

    /** The report on a verification that nothing stopped. */
    public function verified(): Report
    {
        $report = new Report($this->kind, Verdict::VERIFIED, Steps::allPassed($this->kind, $this->method));
        $this->addPublisher($report);
        return $report;
    }

    public function verifiedIdentity(): Report
    {
        $report = $this->verified();
        $this->addRest($report);
        return $report;
    }

    public function verifiedRelease(): Report
    {
        $report = $this->verified();
        $this->addRelease($report);
        $this->addRest($report);
        return $report;
    }

    /**
     * @param int|null $freshUntil until when the key that signed can be undone, where it can
     * @param Warning|null $warning about that
     */
    public function verifiedPackage(VerifiedPackage $package, ?int $freshUntil, ?Warning $warning): Report
    {
        $report = $this->verified();
        $report->warn($package->warnings());
        $report->warn($warning === null ? [] : [$warning]);
        $report->release = PackageFacts::releaseOf($package);
        $report->package = PackageFacts::ofPackage($package);
        $report->describe(StepDetails::ofRelease($package->publisher()->did(), $package->version()->asStr()));
        $report->describe(StepDetails::ofPackage($package));
        $report->describe([StepDetails::ofRecoveryWindow($this->now(), $freshUntil)]);
        $this->addRest($report);
        $report->pin = $package->pin();
        return $report;
    }

    public function verifiedAlias(?string $domain): Report
    {
        $report = $this->verified();
        $report->alias = $domain;
        $report->describe([
            $domain === null
                ? Step::skipped(Check::FAIR_ALIAS, 'the identity claims no fair:// alias')
                : Step::pass(Check::FAIR_ALIAS, "the DNS of $domain names this DID"),
        ]);
        $this->addRest($report);
        return $report;
    }

    public function verifiedPlugin(VerifiedPlugin $plugin): Report
    {
        $archive = $plugin->archive();
        $report = $this->verifiedByKey($plugin->key());
        $report->warn($plugin->warnings());
        $report->plugin = PfnFacts::ofPlugin($plugin);
        $report->package = $archive === null ? null : PackageFacts::ofArchive($plugin, $archive);
        $report->describe(StepDetails::ofPlugin($plugin));
        $this->addRest($report);
        return $report;
    }

    public function verifiedChallenge(VerifiedChallenge $challenge): Report
    {
        $report = $this->verifiedByKey($challenge->key());
        $report->challenge = $challenge->asStr();
        return $report;
    }

    /** A report that rests on a key which the caller trusts. */
    public function verifiedByKey(PublicKey $key): Report
    {
        $report = $this->verified();
        $report->trust = Trust::KEY;
        $report->key = PfnFacts::ofKey($key);
        return $report;
    }

    private function addPublisher(Report $report): void
    {
        if ($this->publisher === null) {
            return;
        }
        $report->trust = $this->publisher->trust();
        $report->identity = IdentityFacts::of($this->publisher, $this->details);
        $identity = $this->publisher->identity();
        if ($identity !== null) {
            $report->warn($identity->warnings());
            $report->describe(StepDetails::ofLog($identity));
        }
    }

    /** The release, where one was tied to the publisher. */
    private function addRelease(Report $report): void
    {
        $release = $this->release;
        if ($release !== null) {
            $report->warn($release->warnings());
            $report->release = PackageFacts::ofRelease($release);
            $report->describe(StepDetails::ofRelease($release->publisher()->did(), $release->version()->asStr()));
        }
    }

    /** What every report has, whatever the verdict: the alias, and the pin to keep. */
    private function addRest(Report $report): void
    {
        $report->alias = $report->alias ?? $this->alias;
        $report->warn($this->aliasWarning === null ? [] : [$this->aliasWarning]);
        $report->pin = $this->publisher === null ? $this->earlierPin : $this->publisher->pin();
    }
}
