<?php

/*
 * The DNS of the test network, in the place of PHP's own functions, which tests/wordpress/runner disables. Names are in
 * dns.json of the site: a list of addresses, or a list of such lists, one for each time that the name is asked for.
 */

namespace FedVerifyTest {
    /** A public address. Nobody connects to it: see mu-plugins/network.php. */
    const PUBLIC_ADDRESS = '93.184.216.34';

    /** @return list<string> */
    function addresses_of(string $host): array
    {
        if (filter_var(trim($host, '[]'), FILTER_VALIDATE_IP)) {
            return [trim($host, '[]')];
        }
        $folder = getenv('FEDVERIFY_TEST_SITE');
        $zone = json_decode((string) @file_get_contents("$folder/dns.json"), true) ?: [];
        $zone += ['localhost' => ['127.0.0.1', '::1']];
        $answers = $zone[strtolower(rtrim($host, '.'))] ?? [PUBLIC_ADDRESS];
        if (!is_array(reset($answers))) {
            return $answers;
        }
        $counter = "$folder/dns-" . md5($host);
        $asked = (int) @file_get_contents($counter);
        file_put_contents($counter, $asked + 1);
        return $answers[min($asked, count($answers) - 1)];
    }

    /** @return list<string> */
    function addresses_of_version(string $host, int $version): array
    {
        return array_values(array_filter(addresses_of($host), static function ($address) use ($version) {
            return (strpos($address, ':') === false ? 4 : 6) === $version;
        }));
    }
}

namespace {
    // Before PHP 8.0 a disabled function cannot be defined: there mu-plugins/network.php tells the plugin.
    if (strpos((string) ini_get('disable_functions'), 'gethostbyname') !== false) {
        require __DIR__ . '/names.php';
    }
}
