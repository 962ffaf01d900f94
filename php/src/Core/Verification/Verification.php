<?php

declare(strict_types=1);

namespace FedVerify\Core\Verification;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Report\Report;
use FedVerify\Core\Tables\Kind;

/**
 * One verification, from its inputs to its report: core/src/verification/mod.rs. All inputs are there from the start,
 * so there are no stages that wait; the order of the steps, which fault comes first, and what a report holds are
 * core's.
 */
final class Verification
{
    /** @param Stream|null $stream the package or the archive */
    public static function run(Request $request, ?Stream $stream): Report
    {
        $account = new Account($request);
        try {
            $request->checkUsable();
            return self::verify($request, $account, $stream);
        } catch (Fault $fault) {
            return $account->refused($fault);
        }
    }

    /** The report where fedverify itself failed: nothing was judged, whatever seemed proven before. */
    public static function failed(Request $request): Report
    {
        return (new Account($request))->refused(
            new Fault(Code::API_PANICKED, 'fedverify stopped at a bug; nothing was verified')
        );
    }

    /** @throws Fault */
    private static function verify(Request $request, Account $account, ?Stream $stream): Report
    {
        switch ($request->kind()) {
            case Kind::PLC_LOG:
            case Kind::WEB_DOCUMENT:
            case Kind::FAIR_METADATA:
            case Kind::FAIR_PACKAGE:
            case Kind::FAIR_ALIAS:
                return (new FairStage($request, $account))->verify($stream);
            case Kind::PFN_PLUGIN:
                return (new PfnStage($request, $account))->plugin($stream);
            case Kind::PFN_CHALLENGE:
                return (new PfnStage($request, $account))->challenge();
            case Kind::PFN_FEDERATION_INFO:
                return (new PfnStage($request, $account))->federationInfo();
            case Kind::PFN_AUTHOR_DATA:
                return (new PfnStage($request, $account))->authorData();
            case Kind::PFN_ASSET_URL:
                return (new PfnStage($request, $account))->assetUrl();
            case Kind::KEY:
                return (new PfnStage($request, $account))->key();
        }
        throw new \LogicException('no kind ' . $request->kind());
    }
}
