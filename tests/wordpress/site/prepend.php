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
    function gethostbyname($hostname)
    {
        return FedVerifyTest\addresses_of_version($hostname, 4)[0] ?? $hostname;
    }

    function gethostbynamel($hostname)
    {
        return FedVerifyTest\addresses_of_version($hostname, 4) ?: false;
    }

    function dns_get_record($hostname, $type = DNS_ANY, &$authority = null, &$additional = null, $raw = false)
    {
        $records = [];
        $common = ['host' => $hostname, 'class' => 'IN', 'ttl' => 60];
        foreach (FedVerifyTest\addresses_of($hostname) as $address) {
            $isSixth = strpos($address, ':') !== false;
            if ($type & ($isSixth ? DNS_AAAA : DNS_A)) {
                $records[] = $common + ($isSixth ? ['type' => 'AAAA', 'ipv6' => $address] : ['type' => 'A', 'ip' => $address]);
            }
        }
        return $records;
    }

    function checkdnsrr($hostname, $type = 'MX')
    {
        return FedVerifyTest\addresses_of($hostname) !== [];
    }

    function dns_check_record($hostname, $type = 'MX')
    {
        return checkdnsrr($hostname, $type);
    }
}
