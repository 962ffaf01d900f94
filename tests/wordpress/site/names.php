<?php

/* PHP's own functions for names, which tests/wordpress/runner disables: see prepend.php. */

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
