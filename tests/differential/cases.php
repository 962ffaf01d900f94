<?php

/**
 * Random cases for verifiers that are compared, each with what the core in PHP makes of it: JSON lines of
 * {case, sort, verdict, request, php}, where request is one of `fedverify run`, and the verdict is what it must be, or null. An
 * input that is not UTF-8 is {base64}.
 *
 *     php cases.php KIND SEED FIRST END [STEP]    the cases FIRST, FIRST + STEP and so on, below END
 *
 * The same seed gives the same cases. The generator is that of ../php/differential.php.
 */

declare(strict_types=1);

use FedVerify\Backend\Php;
use FedVerify\Core\Tables\Kind;

require __DIR__ . '/../php/differential/load.php';

/** How often each sort of case is made, of a hundred. */
const SORTS = [
    'log' => ['signed log' => 50, 'forged log' => 25, 'changed log' => 15, 'changed corpus' => 10],
    'history' => ['history' => 100],
    'fair' => ['signed package' => 55, 'changed package' => 20, 'changed metadata' => 10, 'alias' => 15],
    'source' => ['author data' => 30, 'changed author data' => 20, 'federation info' => 15, 'asset url' => 35],
    'key' => ['written key' => 60, 'changed key' => 25, 'changed corpus key' => 15],
    'pfn' => ['signed record' => 35, 'changed record' => 30, 'signed challenge' => 25, 'changed corpus record' => 10],
];

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

/** A limit of this is left out: what the work of a package is counted in is core's own matter. */
const COUNTED = ['packageSignatureChecks' => 1];

function request(string $sort, Corpus $corpus): Request
{
    switch ($sort) {
        case 'changed corpus':
            $request = $corpus->changedOf(Kind::PLC_LOG, 'log');
            $request->inputs = array_intersect_key($request->inputs, ['did' => 1, 'log' => 1]);
            return $request;
        case 'changed log':
            $request = SignedLog::alone();
            $request->inputs['log'] = Mutation::ofJson($request->inputs['log'], SignedLog::alone()->inputs['log']);
            return $request;
        case 'history':
            $log = new SignedLog(3 + Random::below(8), [], true);
            return new Request(Kind::PLC_LOG, ['did' => $log->did, 'log' => StrangeText::json($log->entries)]);
        case 'forged log':
            return ForgedLog::random();
        case 'signed log':
            return SignedLog::alone();
        case 'author data':
            return SignedPlugin::authorData();
        case 'changed author data':
            $request = SignedPlugin::authorData();
            $other = SignedPlugin::authorData()->inputs['document'];
            $request->inputs['document'] = Mutation::ofJson($request->inputs['document'], $other);
            return $request;
        case 'federation info':
            return AssetInfo::changed();
        case 'asset url':
            return AssetInfo::url();
        case 'alias':
            return ClaimedAlias::random();
        case 'written key':
            return new Request(Kind::KEY, ['key' => WrittenKey::random()]);
        case 'changed key':
            return new Request(Kind::KEY, ['key' => Mutation::ofString(WrittenKey::random(), WrittenKey::random())]);
        case 'changed corpus key':
            return $corpus->changedOf(Kind::KEY, 'key');
        case 'changed metadata':
            return $corpus->changedOf(Kind::FAIR_METADATA, 'metadata');
        case 'changed record':
        case 'changed corpus record':
            $request = $sort === 'changed record' ? SignedPlugin::record() : $corpus->changedOf(Kind::PFN_PLUGIN, 'plugin');
            $request->inputs['plugin'] = Mutation::ofJson($request->inputs['plugin'], SignedPlugin::record()->inputs['plugin']);
            unset($request->inputs['archive'], $request->inputs['archiveSignature']);
            return $request;
        case 'signed record':
            return SignedPlugin::record();
        case 'signed challenge':
            return SignedPlugin::challenge();
        default:
            $request = SignedPackage::random();
            $request->limits = array_diff_key($request->limits, COUNTED);
            if ($sort === 'changed package') {
                $name = Random::pick(['metadata', isset($request->inputs['document']) ? 'document' : 'metadata']);
                $request->inputs[$name] = Mutation::ofJson($request->inputs[$name], SignedPackage::random()->inputs['metadata']);
            }
            return $request;
    }
}

[, $kind, $seed, $first, $end] = $argv;
$corpus = new Corpus();
$php = Php::tested();
for ($case = (int) $first; $case < (int) $end; $case += (int) ($argv[5] ?? 1)) {
    Random::seed((int) $seed, $case);
    $sort = Random::weighted(SORTS[$kind]);
    $request = request($sort, $corpus);
    $head = json_encode(['case' => $case, 'sort' => $sort, 'verdict' => $request->verdict]);
    $report = json_encode(json_decode($request->reportOf($php)));
    echo substr($head, 0, -1), ',"request":', $request->toJson(0), ',"php":', $report, "}\n";
}
