<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/**
 * Reports on what PHP itself refused. The steps of a kind are the engine's to know: its report on an input that fails at
 * the step in question tells them, and only the reason is exchanged.
 */
final class Refusal
{
    /** The report on a call of which nothing was judged. */
    public static function atFirstStep(Engine $engine, string $kind, string $code, string $message): string
    {
        if ($kind === 'pfn-plugin') {
            $report = $engine->verifyPlugin('', '', null, null, null, []);
        } elseif ($kind === 'pfn-challenge') {
            $report = $engine->verifyChallenge('', '', '', []);
        } elseif ($kind === 'fair-package') {
            $report = $engine->verifyPackage('', '', '', 0, '', LocalFile::none(), null, null, false, []);
        } else {
            $report = $engine->verifyLog('', '', null, 0, []);
        }
        return self::because($report, $code, $message);
    }

    /** The same report, with another reason. Nothing was judged. */
    public static function because(string $json, string $code, string $message): string
    {
        $report = json_decode($json);
        $report->verdict = 'undetermined';
        $report->error = ['code' => $code, 'message' => $message];
        foreach ($report->checks as $check) {
            if ($check->outcome === 'fail') {
                $check->detail = $message;
            }
        }
        return json_encode($report, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }
}
