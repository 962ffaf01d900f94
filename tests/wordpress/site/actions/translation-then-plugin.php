<?php

/* Updates a translation, which is none of the package, and then the plugin in `with`. */

$fedverify_test_language = (object) [
    'type' => 'plugin',
    'slug' => 'plain',
    'language' => 'de_DE',
    'version' => '1.0.0',
    'package' => 'https://downloads.wordpress.org/translation/plain-de_DE.zip',
];
$fedverify_test_first = (new Language_Pack_Upgrader(new Automatic_Upgrader_Skin()))->bulk_upgrade([$fedverify_test_language]);
wp_update_plugins();
$fedverify_test_skin = new Automatic_Upgrader_Skin();
$fedverify_test_second = (new Plugin_Upgrader($fedverify_test_skin))->bulk_upgrade([$fedverify_test_visit['with']]);
$fedverify_test_answer = [$fedverify_test_first, $fedverify_test_second, $fedverify_test_skin->get_upgrade_messages()];
