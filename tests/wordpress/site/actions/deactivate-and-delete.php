<?php

/* Deactivates and deletes the plugin in `with` in one request, as `wp plugin uninstall --deactivate` and those who manage sites do. */

deactivate_plugins($fedverify_test_visit['with'], false, is_multisite());
$fedverify_test_answer = delete_plugins([$fedverify_test_visit['with']]);
