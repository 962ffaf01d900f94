<?php

/**
 * What coverage of core has led the fuzz targets to (fuzz/corpus, or any other folder of a target's inputs), through the core in PHP
 * beside the core in Rust, by FFI: the reports must be the same, but for what differential/Allowed.php lists.
 *
 *     FEDVERIFY_LIBRARY=… php -d extension=ffi fuzzed.php FOLDER…     the name of each folder is that of its target
 */

declare(strict_types=1);

use FedVerify\Backend\Library;
use FedVerify\Backend\Php;

require __DIR__ . '/differential/load.php';
require __DIR__ . '/complaints.php';

[$core, $php] = [Library::load(null), Php::tested()];
[$compared, $different, $none] = [0, 0, 0];
foreach (array_slice($argv, 1) as $folder) {
    foreach (array_filter(glob("$folder/*") ?: [], 'is_file') as $file) {
        $requests = Fuzzed::requests(basename($folder), file_get_contents($file));
        $none += $requests === [] ? 1 : 0;
        foreach ($requests as $request) {
            $compared++;
            $difference = Allowed::difference($request->reportOf($core), $request->reportOf($php));
            if ($difference !== null) {
                $different++;
                echo "$file ({$request->kind}):\n$difference\n";
            }
        }
    }
}
foreach (Allowed::counts() as $allowed => $times) {
    echo "allowed: $times times $allowed\n";
}
echo "$none of the inputs are no request\n";
printf("fuzzed: %d passed, %d failed\n", $compared - $different, $different);
exit($different === 0 && $compared > 0 ? 0 : 1);
