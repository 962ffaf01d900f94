<?php

/* Activates the plugins in `with`, for all sites of a network. */

$fedverify_test_answer = 'activated';
foreach ($fedverify_test_visit['with'] as $plugin) {
    $error = activate_plugin($plugin, '', is_multisite());
    if (is_wp_error($error)) {
        $fedverify_test_answer = $error->get_error_message() . ' ' . json_encode($error->get_error_data());
    }
}
