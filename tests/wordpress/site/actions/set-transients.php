<?php

/* Keeps the values in `with` as site transients. */

foreach ($fedverify_test_visit['with'] as $fedverify_test_name => $fedverify_test_value) {
    set_site_transient($fedverify_test_name, $fedverify_test_value, DAY_IN_SECONDS);
}
$fedverify_test_answer = 'kept';
