<?php

/* What Site Health shows of fedverify: the test of the federation, and the debug information. */

$fedverify_test_answer = ['federation' => null, 'debug' => []];
$fedverify_test_tests = apply_filters('site_status_tests', ['direct' => [], 'async' => []]);
if (isset($fedverify_test_tests['direct']['fedverify_federation'])) {
    $fedverify_test_answer['federation'] = $fedverify_test_tests['direct']['fedverify_federation']['test']();
}
$fedverify_test_information = apply_filters('debug_information', []);
$fedverify_test_answer['debug'] = array_column($fedverify_test_information['fedverify']['fields'] ?? [], 'value', 'label');
