<?php

/* What Site Health shows of fedverify: the tests of the federation and of witnesses, and the debug information. */

$fedverify_test_answer = ['federation' => null, 'witnesses' => null, 'debug' => []];
$fedverify_test_tests = apply_filters('site_status_tests', ['direct' => [], 'async' => []]);
foreach (['federation', 'witnesses'] as $fedverify_test_name) {
    if (isset($fedverify_test_tests['direct']["fedverify_$fedverify_test_name"])) {
        $fedverify_test_answer[$fedverify_test_name] = $fedverify_test_tests['direct']["fedverify_$fedverify_test_name"]['test']();
    }
}
$fedverify_test_information = apply_filters('debug_information', []);
$fedverify_test_answer['debug'] = array_column($fedverify_test_information['fedverify']['fields'] ?? [], 'value', 'label');
