<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Code;
use FedVerify\Core\Fair\Alias;
use FedVerify\Core\Fair\Metadata;
use FedVerify\Core\Fair\Publisher;
use FedVerify\Core\Fair\Release;
use FedVerify\Core\Fair\VerifiedPackage;
use FedVerify\Core\Fault;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\PackageHasher;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Plc\Identity;
use FedVerify\Core\Plc\Log;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Quote;
use FedVerify\Core\Report\Report;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\Kind;
use FedVerify\Core\Time;
use FedVerify\Core\Warning;
use FedVerify\Core\WebDid;
use FedVerify\Core\WebDocument;
use FedVerify\WarningCode;

/**
 * FAIR: from a log or a DID document, a metadata document and bytes to a proven package. core/src/verification/fair.rs.
 */
final class FairStage
{
    /** What a log that holds by itself, but contradicts what was remembered, is refused with. */
    private const CONTRADICTIONS = [
        Code::PIN_ROLLBACK,
        Code::PIN_FORK,
        Code::PIN_NULLIFICATION_LATE,
        Code::PIN_TOO_LARGE,
    ];

    private Request $request;

    private Account $account;

    public function __construct(Request $request, Account $account)
    {
        $this->request = $request;
        $this->account = $account;
    }

    /** @throws Fault */
    public function verify(?Stream $package): Report
    {
        $this->requireUsable();
        $publisher = $this->account->method() === Method::PLC
            ? Publisher::plc($this->identity())
            : Publisher::web($this->webDocument());
        $this->account->provenPublisher($publisher);
        if ($this->request->kind() === Kind::FAIR_ALIAS) {
            return $this->alias($publisher);
        }
        if (in_array($this->request->kind(), [Kind::PLC_LOG, Kind::WEB_DOCUMENT], true)) {
            return $this->account->verifiedIdentity();
        }
        $records = $this->request->string(InputName::TXT);
        if ($records !== null) {
            $this->account->aliasRecords($publisher, self::lines($records));
        }
        $release = $this->tie($publisher);
        $this->account->provenRelease($release);
        return $this->request->kind() === Kind::FAIR_METADATA
            ? $this->account->verifiedRelease()
            : $this->verifyPackage($release, $package);
    }

    /**
     * Refuses inputs that do not go together before anything is judged. A caller who asks for what a did:web has not
     * must not believe to have got it.
     *
     * @throws Fault
     */
    private function requireUsable(): void
    {
        $request = $this->request;
        $hasMemory = $request->isSet(InputName::REMEMBER) || $request->hasBytes(InputName::PIN);
        $awaitsRecoveries = $request->isSet(InputName::WAIT_RECOVERY_WINDOW);
        $hasClock = $request->now() !== null;
        if ($this->account->method() === Method::WEB) {
            $refusals = [
                'a did:web has no memory: verify it without a pin and without refusing downgrades' =>
                    $hasMemory || $request->isSet(InputName::NO_DOWNGRADE),
                'a did:web has no recovery window: verify it without waiting for one' => $awaitsRecoveries,
            ];
        } else {
            $refusals = [
                'noDowngrade needs a pin: give pin, or remember on a first visit' =>
                    $request->isSet(InputName::NO_DOWNGRADE) && !$hasMemory,
                'a pin needs a clock: pass `now`' => $hasMemory && !$hasClock,
                'waitRecoveryWindow needs a clock: pass `now`' => $awaitsRecoveries && !$hasClock,
            ];
        }
        $refusal = array_search(true, $refusals, true);
        if ($refusal !== false) {
            throw Request::misuse($refusal);
        }
    }

    /**
     * A did:plc: its log, compared with the pin where a memory is asked for.
     *
     * @throws Fault
     */
    private function identity(): Identity
    {
        $request = $this->request;
        $did = PlcDid::parse($request->requiredString(InputName::DID));
        if ($request->hasBytes(InputName::DOCUMENT)) {
            $message = 'a did:plc has no document of its own: it is verified with its log';
            throw (new Fault(Code::DID_UNSUPPORTED, $message))->at(Check::DID);
        }
        $log = Log::parse($request->requiredBytes(InputName::LOG, Check::PLC_JSON), $request->limits());
        $hasMemory = $request->hasBytes(InputName::PIN) || $request->isSet(InputName::REMEMBER);
        $now = $request->now();
        return $hasMemory && $now !== null ? $this->remembering($log, $did, $now) : $log->verify($did);
    }

    /** @throws Fault */
    private function remembering(Log $log, PlcDid $did, int $now): Identity
    {
        try {
            $json = $this->request->bytes(InputName::PIN);
            $pin = $json === null ? null : Pin::parse($json, $this->request->limits());
        } catch (Fault $fault) {
            // The log is judged by itself first: then the report tells truly which steps passed.
            $log->verify($did);
            throw $fault->at(Check::PIN_LOG);
        }
        try {
            return $log->verifyRemembering($did, $pin, $now);
        } catch (Fault $fault) {
            $contradicts = in_array($fault->errorCode(), self::CONTRADICTIONS, true);
            if ($contradicts && $pin !== null && $pin->did() === $did->asStr()) {
                $this->account->keepEarlier($pin);
            }
            throw $fault;
        }
    }

    /**
     * A did:web: its document. There is no log, so nothing is remembered and nothing is awaited.
     *
     * @throws Fault
     */
    private function webDocument(): WebDocument
    {
        $request = $this->request;
        $did = WebDid::parse($request->requiredString(InputName::DID));
        if ($request->hasBytes(InputName::LOG)) {
            $message = 'a did:web has no log: it is verified with its document';
            throw (new Fault(Code::DID_UNSUPPORTED, $message))->at(Check::DID);
        }
        $now = $request->now();
        if ($now === null) {
            throw Request::misuse('did:web keys can expire: pass `now`');
        }
        $json = $request->requiredBytes(InputName::DOCUMENT, Check::WEB_DOCUMENT);
        return WebDocument::parse($json, $did, $now, $request->limits());
    }

    /** @throws Fault */
    private function alias(Publisher $publisher): Report
    {
        try {
            $alias = Alias::fromNames($publisher->alsoKnownAs());
            if ($alias === null) {
                return $this->account->verifiedAlias(null);
            }
            $records = self::lines($this->request->requiredString(InputName::TXT));
            $alias->confirm($publisher->did(), $records);
        } catch (Fault $fault) {
            throw $fault->at(Check::FAIR_ALIAS);
        }
        return $this->account->verifiedAlias($alias->domain());
    }

    /**
     * The lines of a string, without what ends them. What follows the last line end is an empty one, which says nothing.
     *
     * @return list<string>
     */
    private static function lines(string $text): array
    {
        $lines = preg_split('/\r?\n/', $text);
        if ($lines === false) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        return $lines;
    }

    /**
     * Ties the release to the publisher.
     *
     * @throws Fault
     */
    private function tie(Publisher $publisher): Release
    {
        $request = $this->request;
        if (!$request->hasBytes(InputName::METADATA)) {
            // Only an identity with a repository has a metadata document that could be given.
            try {
                $publisher->repository($this->account->reach());
            } catch (Fault $fault) {
                throw $fault->at(Check::FAIR_IDENTITY);
            }
        }
        $json = $request->requiredBytes(InputName::METADATA, Check::FAIR_METADATA);
        $metadata = Metadata::parse($json, $request->limits());
        $version = $request->string(InputName::RELEASE);
        $release = new Release($publisher, $metadata, $version, $this->account->reach());
        return $request->isSet(InputName::NO_DOWNGRADE) ? $release->refuseDowngrade() : $release;
    }

    /** @throws Fault */
    private function verifyPackage(Release $release, ?Stream $stream): Report
    {
        // A release without an artifact is refused whatever the bytes: then that is the reason, and none are asked for.
        if ($stream === null && $release->artifacts() !== []) {
            throw Request::misuse('expected the input package, found none')->at(Check::FAIR_BYTES);
        }
        $package = $this->package($release, $this->digests($stream));
        $now = $this->account->now();
        $freshUntil = $now === null ? null : $package->keyFreshUntil($now);
        $warning = $freshUntil === null ? null : $this->acceptFresh($package, $freshUntil);
        return $this->account->verifiedPackage($package, $freshUntil, $warning);
    }

    /** @throws Fault */
    private function digests(?Stream $stream): PackageDigests
    {
        try {
            $hasher = new PackageHasher($this->request->limits());
            foreach ($stream === null ? [] : $stream->pieces() as $piece) {
                $hasher->update($piece);
            }
            return $hasher->finish();
        } catch (Fault $fault) {
            throw $fault->at(Check::FAIR_BYTES);
        }
    }

    /** @throws Fault */
    private function package(Release $release, PackageDigests $digests): VerifiedPackage
    {
        $url = $this->request->string(InputName::ARTIFACT_URL);
        return $url === null ? $release->verify($digests) : $release->verifyFrom($url, $digests);
    }

    /**
     * fair.md, "Fresh keys": a warning, or a refusal where the caller waits.
     *
     * @throws Fault
     */
    private function acceptFresh(VerifiedPackage $package, int $freshUntil): Warning
    {
        $key = Quote::quote($package->keyId());
        $until = Time::utc($freshUntil);
        if ($this->request->isSet(InputName::WAIT_RECOVERY_WINDOW)) {
            $message = "the signing key $key can be undone by the identity's owner until $until";
            throw (new Fault(Code::FAIR_KEY_TOO_FRESH, $message))->at(Check::FAIR_RECOVERY_WINDOW);
        }
        $message = "the signing key $key is new: the identity's owner can still undo it until $until";
        return new Warning(WarningCode::FAIR_KEY_FRESH, $message);
    }
}
