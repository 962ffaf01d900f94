<?php

/* What `wp theme update STYLESHEET...` does with the stylesheets in `with`. */

wp_update_themes();
$skin = new Automatic_Upgrader_Skin();
$upgrader = new Theme_Upgrader($skin);
$results = $upgrader->bulk_upgrade($fedverify_test_visit['with']);
$fedverify_test_answer = ['results' => $results, 'messages' => $skin->get_upgrade_messages()];
