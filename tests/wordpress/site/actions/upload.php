<?php

/* Installs the ZIP file whose path is in `with`, over what is there, as update.php does with what somebody has uploaded. */

$fedverify_test_skin = new Automatic_Upgrader_Skin();
$fedverify_test_upgrader = new Plugin_Upgrader($fedverify_test_skin);
$fedverify_test_result = $fedverify_test_upgrader->install($fedverify_test_visit['with'], ['overwrite_package' => true]);
$fedverify_test_answer = [$fedverify_test_result, $fedverify_test_skin->get_upgrade_messages()];
