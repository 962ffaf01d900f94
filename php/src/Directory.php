<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Lossy;
use FedVerify\Backend\Maker;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Answer;
use FedVerify\Core\Directory as CoreDirectory;
use FedVerify\Core\Warning;

/**
 * Several directories' logs of one identity. A directory can withhold operations, and one alone cannot be caught at it;
 * asked beside others it can.
 *
 *     $newest = FedVerify\Directory::newest([
 *         'https://plc.directory' => FedVerify\AuditLog::verify($log, $did, $pin),
 *         'https://mirror.example' => FedVerify\AuditLog::verify($itsLog, $did, $pin),
 *     ]);
 *     $identity = $newest->identity();
 */
final class Directory
{
    private function __construct()
    {
    }

    /**
     * Chooses the newest log: the one that lawfully continues every other.
     *
     * @param array<string, Identity> $identities what each directory's log proves, by the directory's URL
     * @throws RejectedException `plc.directory.disagree` where there is none such: the directories show different
     *     histories, or other times of the same operations; `plc.log.empty` where there are no logs
     */
    public static function newest(array $identities): Newest
    {
        [$answers, $urls] = [[], []];
        foreach ($identities as $url => $identity) {
            if (!$identity instanceof Identity) {
                $expected = 'must be an array of ' . Identity::class;
                throw new \TypeError(__METHOD__ . "(): Argument #1 (\$identities) $expected");
            }
            $answers[] = new Answer(Lossy::text((string) $url), $identity->history());
            $urls[] = $url;
        }
        [$answer, $warnings] = Refusal::orElse(static function () use ($answers): array {
            return CoreDirectory::newest($answers);
        });
        $told = array_map(static function (Warning $warning): array {
            return ['code' => $warning->code(), 'message' => $warning->message()];
        }, $warnings);
        $url = $urls[array_search($answer, $answers, true)];
        return Maker::newest((string) $url, $identities[$url], $told);
    }
}
