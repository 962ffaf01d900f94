<?php

/* Sets the options in `with`, of a network where it is one. */

foreach ($fedverify_test_visit['with'] as $fedverify_test_option => $fedverify_test_value) {
    update_option($fedverify_test_option, $fedverify_test_value);
    update_site_option($fedverify_test_option, $fedverify_test_value);
}
$fedverify_test_answer = 'set';
