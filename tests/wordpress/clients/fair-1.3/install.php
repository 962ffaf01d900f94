<?php

/* Installing by DID, in wp-admin. */

namespace FAIR\Packages {
    use WP_Upgrader;

    function upgrader_pre_download($false): bool
    {
        add_filter('upgrader_source_selection', __NAMESPACE__ . '\maybe_rename_on_package_download', 11, 4);
        return $false;
    }

    /** The first DID whose artifact has this URL, whosever it is. */
    function cache_did_for_install(array $options): array
    {
        foreach (get_site_transient(CACHE_RELEASE_PACKAGES) ?: [] as $did => $release) {
            if (!is_array($release->artifacts->package)) {
                continue;
            }
            $artifact = pick_artifact_by_lang($release->artifacts->package);
            if ($artifact && $artifact->url === $options['package']) {
                set_site_transient(CACHE_DID_FOR_INSTALL, $did);
                break;
            }
        }
        return $options;
    }

    function delete_cached_did_for_install(): void
    {
        delete_site_transient(CACHE_DID_FOR_INSTALL);
    }

    function maybe_rename_on_package_download($source, string $remote_source, WP_Upgrader $upgrader, array $hook_extra)
    {
        $did = get_site_transient(CACHE_DID_FOR_INSTALL);
        if (is_wp_error($source) || ($hook_extra['action'] ?? '') === 'install' || !$did) {
            return $source;
        }
        $metadata = fetch_package_metadata($did);
        if (is_wp_error($metadata)) {
            return $metadata;
        }
        $name = $upgrader->new_plugin_data['Name'] ?? $upgrader->new_theme_data['Name'] ?? '';
        if ($name !== $metadata->name || basename($source) === $metadata->slug) {
            return $source;
        }
        return moved($source, trailingslashit($remote_source) . $metadata->slug . '-' . get_did_hash($did));
    }

    /** Goes by the DID that is in the archive, whichever was asked for. */
    function move_package_during_install($source, string $remote_source, WP_Upgrader $upgrader, array $hook_extra)
    {
        $type = $hook_extra['type'] ?? '';
        if (is_wp_error($source) || ($hook_extra['action'] ?? '') !== 'install' || !in_array($type, ['plugin', 'theme'], true)) {
            return $source;
        }
        $did = did_in_folder($source, $type);
        if ($did === null) {
            return $source;
        }
        $hash = get_did_hash($did);
        if (is_wp_error($hash) || substr($source, -7) === "$hash/") {
            return $source;
        }
        $metadata = fetch_package_metadata($did);
        $target = is_wp_error($metadata) || trim($metadata->slug ?? '') === ''
            ? untrailingslashit($source) . "-$hash/"
            : dirname(untrailingslashit($source), 2) . "/{$metadata->slug}-$hash/";
        return moved($source, $target);
    }

    function did_in_folder(string $folder, string $type): ?string
    {
        $header = $type === 'theme' ? 'Theme ID' : 'Plugin ID';
        foreach (glob($folder . ($type === 'theme' ? 'style.css' : '*.php')) as $file) {
            $id = get_file_data($file, ['id' => $header])['id'];
            if ($id) {
                return $id;
            }
        }
        return null;
    }

    function moved(string $source, string $target): string
    {
        if (trailingslashit(strtolower($source)) !== trailingslashit(strtolower($target))) {
            $GLOBALS['wp_filesystem']->move($source, $target, true);
        }
        return trailingslashit($target);
    }

    function get_api_data($did)
    {
        $data = get_package_data($did);
        if (!is_wp_error($data)) {
            $data['_fair'] = json_decode(json_encode($data['_fair']), true);
        }
        return $data;
    }

    function search_by_did($result, $action, $args)
    {
        $did = $action === 'query_plugins' && !empty($args->search) ? sanitize_text_field(urldecode($args->search)) : '';
        if (strpos($did, 'did:plc:') !== 0 || strlen($did) !== 32) {
            return $result;
        }
        $data = get_api_data($did);
        $info = ['page' => 1, 'pages' => 1, 'results' => 1, 'total' => 1];
        return is_wp_error($data) ? $result : (object) ['plugins' => [$data], 'info' => $info];
    }
}

namespace FAIR\Packages\Admin {
    use FAIR\Packages;
    use FAIR\Updater\Updater;

    function bootstrap(): void
    {
        if (!is_admin()) {
            return;
        }
        add_filter('plugins_api', __NAMESPACE__ . '\handle_did_during_ajax', 10, 3);
        add_filter('plugins_api', 'FAIR\Packages\search_by_did', 10, 3);
        add_filter('upgrader_package_options', 'FAIR\Packages\cache_did_for_install', 10, 1);
        add_action('upgrader_post_install', 'FAIR\Packages\delete_cached_did_for_install', 10, 3);
        add_filter('upgrader_pre_download', 'FAIR\Packages\upgrader_pre_download', 10, 1);
        add_filter('plugins_api_result', __NAMESPACE__ . '\handle_did_in_search_results', 10, 3);
    }

    function handle_did_during_ajax($result, $action, $args)
    {
        if (!wp_doing_ajax() || $action !== 'plugin_information' || !isset($args->slug)) {
            return $result;
        }
        $parts = explode('-did--', sanitize_text_field($args->slug), 2);
        $did = 'did:' . str_replace('--', ':', $parts[1] ?? '');
        if (strpos($did, 'did:plc:') !== 0) {
            return $result;
        }
        (new Updater($did))->run();
        Packages\add_package_to_release_cache($did);
        return (object) Packages\get_package_data($did);
    }

    function handle_did_in_search_results($res, $action, $args)
    {
        if ($action !== 'query_plugins' || empty($res->plugins)) {
            return $res;
        }
        foreach ($res->plugins as &$plugin) {
            $fair = (array) (((array) $plugin)['_fair'] ?? []);
            if (strpos($fair['id'] ?? '', 'did:') === 0) {
                $plugin['slug'] = esc_attr($plugin['slug'] . '-' . str_replace(':', '--', $fair['id']));
                Packages\add_package_to_release_cache($fair['id']);
            }
        }
        return $res;
    }
}
