<?php

/* Adds a user with the role in `with`; answers with the id. */

$fedverify_test_answer = wp_insert_user([
    'user_login' => $fedverify_test_visit['with'],
    'user_pass' => wp_generate_password(),
    'role' => $fedverify_test_visit['with'],
]);
