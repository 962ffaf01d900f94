<?php

/* Deactivates the plugins in `with`. */

deactivate_plugins($fedverify_test_visit['with'], false, is_multisite());
$fedverify_test_answer = 'deactivated';
