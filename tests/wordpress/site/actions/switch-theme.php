<?php

/* Switches to the theme in `with`. */

switch_theme($fedverify_test_visit['with']);
$fedverify_test_answer = get_stylesheet();
