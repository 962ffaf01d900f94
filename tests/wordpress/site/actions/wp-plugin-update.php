<?php

/* What `wp plugin update FILE...` does with the files in `with`. */

wp_update_plugins();
$skin = new Automatic_Upgrader_Skin();
$upgrader = new Plugin_Upgrader($skin);
$results = $upgrader->bulk_upgrade($fedverify_test_visit['with']);
$fedverify_test_answer = ['results' => $results, 'messages' => $skin->get_upgrade_messages()];
