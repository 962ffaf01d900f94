<?php

/*
 * What the owner decides about the Plugin Federation Network: `with` has `nodes`, `trust` (PEM by source), `unsigned` (a source whose
 * archives nobody has to sign), `confirm` and `keep` (the key that a node shows, by source), `mode`, `check` (whether to ask the nodes now).
 */

if (!class_exists('FedVerify\WordPress\Federation\Federation')) {
    $fedverify_test_answer = 'no fedverify';
    return;
}
$fedverify_test_plugin = FedVerify\WordPress\Plugin::get();
$fedverify_test_publishers = $fedverify_test_plugin->federation()->publishers();
$fedverify_test_with = $fedverify_test_visit['with'];
$fedverify_test_source = static function (string $text): FedVerify\WordPress\Federation\Source_Id {
    return FedVerify\WordPress\Federation\Source_Id::parse($text);
};
if (isset($fedverify_test_with['nodes'])) {
    $fedverify_test_plugin->settings()->update(['federation_nodes' => $fedverify_test_with['nodes']]);
}
if (isset($fedverify_test_with['mode'])) {
    $fedverify_test_plugin->settings()->update(['mode' => $fedverify_test_with['mode']]);
}
foreach ($fedverify_test_with['trust'] ?? [] as $fedverify_test_name => $fedverify_test_key) {
    $fedverify_test_publishers->trust($fedverify_test_source($fedverify_test_name), FedVerify\WordPress\Federation\Publisher_Key::read($fedverify_test_key));
}
foreach (['confirm', 'keep'] as $fedverify_test_what) {
    foreach ($fedverify_test_with[$fedverify_test_what] ?? [] as $fedverify_test_name => $fedverify_test_key) {
        $fedverify_test_plugin->federation()->shown_keys()->$fedverify_test_what($fedverify_test_source($fedverify_test_name), $fedverify_test_key);
    }
}
if (isset($fedverify_test_with['unsigned'])) {
    $fedverify_test_publishers->allow_unsigned($fedverify_test_source($fedverify_test_with['unsigned']), true);
}
$fedverify_test_answer = [];
foreach (empty($fedverify_test_with['check']) ? [] : $fedverify_test_plugin->installed()->of_sources() as $fedverify_test_package) {
    $fedverify_test_refusal = $fedverify_test_plugin->federation()->check()->one($fedverify_test_package);
    $fedverify_test_answer[$fedverify_test_package->file()] = null === $fedverify_test_refusal ? '' : $fedverify_test_refusal->error_code();
}
