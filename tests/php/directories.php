<?php

/** The cases of the corpus about several directories, tests/corpus/directories.json, through Directory and Identity. */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\Directory;
use FedVerify\Exception as FedVerifyException;
use FedVerify\Identity;
use FedVerify\WarningCode;

/** The cases, in the form that this program reads. */
function directory_cases(): array
{
    $list = json_decode(file_get_contents(CORPUS . '/directories.json'), true);
    if ($list['format'] !== 1 || count($list['cases']) < 100) {
        fwrite(STDERR, "expected directories.json in the format 1, with at least 100 cases\n");
        exit(2);
    }
    return $list['cases'];
}

/** What a case comes to that it does not expect; null where nothing. */
function directory_difference(array $case): ?string
{
    if ($case['kind'] === 'newest') {
        $expected = [$case['code'], $case['operation'] ?? null, $case['newest'] ?? null, $case['lagging'] ?? []];
        $found = found_newest($case);
    } else {
        $expected = $case['differs'] ? WarningCode::PLC_DOCUMENT_DIFFERS : null;
        $served = file_get_contents(CORPUS . "/{$case['document']}");
        $warning = identity_at($case['log'], $case['did'])->compareDocument($served, 'https://a.example');
        $found = $warning['code'] ?? null;
    }
    if ($found === $expected) {
        return null;
    }
    return "{$case['name']}: expected " . json_encode($expected) . ', found ' . json_encode($found);
}

/** The code and its operation, or the places of the newest log and of those that lag. */
function found_newest(array $case): array
{
    $places = [];
    try {
        $identities = [];
        foreach ($case['logs'] as $place => $path) {
            $places["https://$place.example"] = $place;
            $identities["https://$place.example"] = identity_at($path, $case['did']);
        }
        $newest = Directory::newest($identities);
    } catch (FedVerifyException $exception) {
        return [$exception->errorCode(), $exception->operation(), null, []];
    }
    if ($newest->identity() !== $identities[$newest->url()]) {
        return ['another identity', null, null, []];
    }
    // A warning names the directory that lags first.
    $lagging = array_map(static function (array $warning) use ($places) {
        $url = explode('"', $warning['message'])[1];
        return $warning['code'] === WarningCode::PLC_DIRECTORY_LAG ? $places[$url] : $warning['code'];
    }, $newest->warnings());
    return [null, null, $places[$newest->url()], $lagging];
}

function identity_at(string $path, string $did): Identity
{
    return AuditLog::verify(file_get_contents(CORPUS . "/$path"), $did);
}
