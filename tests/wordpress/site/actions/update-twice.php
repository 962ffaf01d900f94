<?php

/* Updates the plugin in `with`, and tries again in the same process. */

wp_update_plugins();
foreach ([1, 2] as $fedverify_test_attempt) {
    $fedverify_test_skin = new Automatic_Upgrader_Skin();
    (new Plugin_Upgrader($fedverify_test_skin))->upgrade($fedverify_test_visit['with']);
    $fedverify_test_answer[] = $fedverify_test_skin->get_upgrade_messages();
}
