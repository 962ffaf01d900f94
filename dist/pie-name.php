<?php

// Prints what PIE calls builds for this PHP: php8.2-x86_64-linux-glibc, or php8.4-arm64-linux-musl-debug-zts. They are the words of
// PIE's Platform\PrePackagedBinaryAssetName and Platform\Architecture, which has no aarch64.
//
//     php dist/pie-name.php LIBRARIES MACHINE     what ldd says of this PHP, and uname -m

declare(strict_types=1);

[, $libraries, $machine] = $argv;
printf(
    'php%d.%d-%s-linux-%s%s%s',
    PHP_MAJOR_VERSION,
    PHP_MINOR_VERSION,
    $machine === 'aarch64' ? 'arm64' : $machine,
    strpos($libraries, 'musl') === false ? 'glibc' : 'musl',
    PHP_DEBUG ? '-debug' : '',
    PHP_ZTS ? '-zts' : ''
);
