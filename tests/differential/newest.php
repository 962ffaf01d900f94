<?php

/** The core in PHP, asked line by line which of several logs is the newest: {did, logs} in, {code, newest, lagging} out. */

declare(strict_types=1);

use FedVerify\AuditLog;
use FedVerify\Backend;
use FedVerify\Directory;
use FedVerify\RejectedException;

require __DIR__ . '/../../php/autoload.php';

Backend::configure(['only' => 'php']);
while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    $identities = [];
    foreach ($asked['logs'] as $place => $log) {
        $identities["https://$place.example"] = AuditLog::verify($log, $asked['did']);
    }
    $places = array_flip(array_keys($identities));
    try {
        $newest = Directory::newest($identities);
        $lagging = array_map(static function (array $warning) use ($places): int {
            return $places[explode('"', $warning['message'])[1]];
        }, $newest->warnings());
        $answer = ['code' => null, 'newest' => $places[$newest->url()], 'lagging' => $lagging];
    } catch (RejectedException $exception) {
        $answer = ['code' => $exception->errorCode(), 'newest' => null, 'lagging' => null];
    }
    echo json_encode($answer, JSON_THROW_ON_ERROR), "\n";
}
