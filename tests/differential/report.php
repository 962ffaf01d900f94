<?php

/** The core in PHP, asked line by line: a request of plc-log as `fedverify run` takes it in, its report out. */

declare(strict_types=1);

use FedVerify\Backend\Php;

require __DIR__ . '/../../php/autoload.php';
require __DIR__ . '/../php/differential/Request.php';

$php = Php::tested();
while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    $report = (new Request($asked['kind'], $asked['inputs']))->reportOf($php);
    echo json_encode(json_decode($report, false, 512, JSON_THROW_ON_ERROR), JSON_THROW_ON_ERROR), "\n";
}
