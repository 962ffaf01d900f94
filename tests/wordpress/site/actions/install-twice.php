<?php

/* Installs the package in `with`, a DID and a URL, and tries again in the same process, as the page does that lists plugins. */

[$fedverify_test_did, $fedverify_test_url] = $fedverify_test_visit['with'];
set_site_transient('fair-install-did', $fedverify_test_did);
plugins_api('plugin_information', ['slug' => $fedverify_test_did]);
foreach ([1, 2] as $fedverify_test_attempt) {
    $fedverify_test_skin = new Automatic_Upgrader_Skin();
    (new Plugin_Upgrader($fedverify_test_skin))->install($fedverify_test_url);
    $fedverify_test_answer[] = $fedverify_test_skin->get_upgrade_messages();
}
