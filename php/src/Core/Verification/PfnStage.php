<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Core\Fault;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\PackageHasher;
use FedVerify\Core\Pfn\Archive\PluginArchive;
use FedVerify\Core\Pfn\AuthorData;
use FedVerify\Core\Pfn\Challenge;
use FedVerify\Core\Pfn\FederationInfo;
use FedVerify\Core\Pfn\PluginRecord;
use FedVerify\Core\Pfn\PublisherKey;
use FedVerify\Core\Pfn\VerifiedPlugin;
use FedVerify\Core\Report\AuthorFacts;
use FedVerify\Core\Report\PfnFacts;
use FedVerify\Core\Report\Report;
use FedVerify\Core\Report\Step;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/**
 * The Plugin Federation Network, where the caller brings the key; and keys by themselves. core/src/verification/pfn.rs.
 */
final class PfnStage
{
    private Request $request;

    private Account $account;

    public function __construct(Request $request, Account $account)
    {
        $this->request = $request;
        $this->account = $account;
    }

    /** @throws Fault */
    private function publisherKey(): PublisherKey
    {
        $key = $this->request->requiredBytes(InputName::KEY, Check::PFN_KEY);
        return PublisherKey::parse($key, $this->request->limits());
    }

    /** @throws Fault */
    public function plugin(?Stream $archive): Report
    {
        $signature = $this->request->string(InputName::ARCHIVE_SIGNATURE);
        if ($signature !== null && $archive === null) {
            throw Request::misuse('archiveSignature needs the archive: give it too');
        }
        $key = $this->publisherKey();
        $json = $this->request->requiredBytes(InputName::PLUGIN, Check::PFN_PLUGIN);
        $record = PluginRecord::parse($json, $this->request->limits());
        $plugin = $record->verify($key, $this->request->string(InputName::SIGNATURE));
        if ($archive !== null) {
            $plugin = $plugin->withArchive($this->archive($archive), $signature);
        }
        return $this->account->verifiedPlugin($plugin);
    }

    /** @throws Fault */
    private function archive(Stream $stream): PluginArchive
    {
        try {
            // Digests and header are taken from the same open file, so that the path cannot lead elsewhere in between.
            $hasher = new PackageHasher($this->request->limits());
            foreach ($stream->pieces() as $piece) {
                $hasher->update($piece);
            }
            return PluginArchive::read($stream->resource(), $hasher->finish(), $this->request->limits());
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_ARCHIVE);
        }
    }

    /** @throws Fault */
    public function challenge(): Report
    {
        $key = $this->publisherKey();
        $text = $this->request->requiredString(InputName::CHALLENGE);
        $signature = $this->request->requiredString(InputName::SIGNATURE);
        $challenge = new Challenge($text, $this->request->limits());
        return $this->account->verifiedChallenge($challenge->verify($key, $signature));
    }

    /** @throws Fault */
    private function info(): FederationInfo
    {
        $json = $this->request->requiredBytes(InputName::DOCUMENT, Check::PFN_FEDERATION_INFO);
        return FederationInfo::parse($json, $this->request->limits());
    }

    /** @throws Fault */
    public function federationInfo(): Report
    {
        $info = $this->info();
        $report = $this->account->verified();
        $report->federation = PfnFacts::ofFederation($info);
        return $report;
    }

    /** @throws Fault */
    public function authorData(): Report
    {
        $key = $this->request->hasBytes(InputName::KEY) ? $this->publisherKey() : null;
        $json = $this->request->requiredBytes(InputName::DOCUMENT, Check::PFN_AUTHOR_DATA);
        try {
            $author = AuthorData::parse($json, $this->request->limits());
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_AUTHOR_DATA);
        }
        $facts = new AuthorFacts($author, $key);
        $report = $key === null ? $this->uncheckedAuthor() : $this->checkedAuthor($facts, $key);
        $report->author = $facts->toValue();
        return $report;
    }

    private function uncheckedAuthor(): Report
    {
        $report = $this->account->verified();
        $detail = 'no key was given, so nothing was checked';
        $report->describe([Step::skipped(Check::PFN_KEY, $detail), Step::skipped(Check::PFN_SIGNATURE, $detail)]);
        return $report;
    }

    /**
     * Plugins that do not verify do not affect the others, and are told. Where none verifies, nothing is proven, so that
     * is refused (pfn.md, "author-data").
     */
    private function checkedAuthor(AuthorFacts $facts, PublisherKey $key): Report
    {
        $told = 'the key signed ' . $facts->signedOfAll();
        $fault = $facts->firstFault();
        $unsigned = "$told; the first that does not verify is {$facts->firstUnsigned()}: "
            . ($fault === null ? '' : $fault->message());
        if ($facts->hasSignedPlugin()) {
            $report = $this->account->verifiedByKey($key->publicKey());
            $report->warn($fault === null ? [] : [new Warning(WarningCode::PFN_AUTHOR_DATA_PARTIAL, $unsigned)]);
            $report->warn([VerifiedPlugin::oracleWarning()]);
            $report->describe([Step::pass(Check::PFN_SIGNATURE, $told)]);
            return $report;
        }
        if ($fault !== null) {
            return $this->account->refused((new Fault($fault->errorCode(), $unsigned))->at(Check::PFN_SIGNATURE));
        }
        $report = $this->account->verified();
        $report->key = PfnFacts::ofKey($key->publicKey());
        $report->describe([Step::skipped(Check::PFN_SIGNATURE, 'the list is empty, so nothing was checked')]);
        return $report;
    }

    /** @throws Fault */
    public function assetUrl(): Report
    {
        $author = $this->request->requiredString(InputName::AUTHOR);
        $slug = $this->request->requiredString(InputName::SLUG);
        $info = $this->info();
        try {
            $url = $info->assetUrl($author, $slug);
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_ASSET_URL);
        }
        $report = $this->account->verified();
        $report->federation = PfnFacts::ofFederation($info);
        $report->assetUrl = $url;
        return $report;
    }

    /** @throws Fault */
    public function key(): Report
    {
        $text = $this->request->requiredBytes(InputName::KEY, Check::KEY);
        $key = PublicKey::read($text, $this->request->limits());
        $report = $this->account->verified();
        $report->key = PfnFacts::ofKey($key);
        $report->describe([Step::pass(Check::KEY, $key->keyType()->toString())]);
        return $report;
    }
}
