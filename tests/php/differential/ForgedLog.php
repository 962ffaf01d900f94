<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/**
 * Logs that are sound but for one operation, which was signed or hashed as other bytes than the DAG-CBOR of its JSON: only who
 * writes the right bytes anew refuses them. In some of them these bytes are the same after all, and the log is sound.
 */
final class ForgedLog
{
    private function __construct()
    {
    }

    public static function random(): Request
    {
        $count = 1 + Random::below(5);
        $place = Random::below($count);
        $log = new SignedLog($count, [], true, $place);
        $form = Random::pick(SignedLog::FORMS);
        $entries = $form === 'bare' ? self::inForce($log->entries) : $log->entries;
        $request = new Request(Kind::PLC_LOG, ['did' => $log->did, 'log' => $log->textOf(array_values($entries), $form)]);
        $isForged = isset($entries[$place]) && !self::isSound($log->forgery, self::isHashSeen($entries, $place, $form));
        $request->verdict = $isForged ? 'rejected' : 'verified';
        return $request;
    }

    private static function isSound(SignedOperation $operation, bool $isHashSeen): bool
    {
        return $operation->isWellFormed && $operation->isSignedWell && ($operation->isHashedWell || !$isHashSeen);
    }

    /**
     * In a bare log hashes are where the next operation names them, and in the DID.
     *
     * @param non-empty-array<int, array<string, mixed>> $entries
     */
    private static function isHashSeen(array $entries, int $place, string $form): bool
    {
        return $form !== 'bare' || $place === 0 || $place !== max(array_keys($entries));
    }

    /**
     * @param list<array<string, mixed>> $entries
     * @return array<int, array<string, mixed>>
     */
    private static function inForce(array $entries): array
    {
        return array_filter($entries, static function (array $entry): bool {
            return !$entry['nullified'];
        });
    }
}
