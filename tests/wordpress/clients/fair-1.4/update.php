<?php

/* Updates of what is installed with a DID, and the signature of what is downloaded in wp-admin. */

namespace FAIR\Updater;

use const FAIR\Packages\CACHE_DID_FOR_INSTALL;
use const FAIR\Packages\CACHE_RELEASE_PACKAGES;
use FAIR\Packages;
use Plugin_Upgrader;
use stdClass;
use Theme_Upgrader;
use TypeError;
use WP_Error;
use WP_Upgrader;

function bootstrap(): void
{
    add_action('init', __NAMESPACE__ . '\run');
}

/** @return array<string, string> DID → main file */
function get_packages(): array
{
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    $packages = [];
    foreach (array_keys(get_plugins()) as $file) {
        $id = get_file_data(WP_PLUGIN_DIR . "/$file", ['id' => 'Plugin ID'])['id'];
        if ($id) {
            $packages[$id] = WP_PLUGIN_DIR . "/$file";
        }
    }
    foreach (wp_get_themes() as $theme) {
        $file = $theme->get_stylesheet_directory() . '/style.css';
        $id = get_file_data($file, ['id' => 'Theme ID'])['id'];
        if ($id) {
            $packages[$id] = $file;
        }
    }
    return $packages;
}

function run(): void
{
    foreach (get_packages() as $did => $file) {
        (new Updater($did, $file))->run();
    }
}

class Updater
{
    private const PAGES = [
        'update-core.php', 'update.php', 'plugins.php', 'themes.php', 'plugin-install.php', 'theme-install.php',
        'admin-ajax.php', 'index.php', 'wp-cron.php',
    ];

    protected $did;
    protected $filepath;
    protected $local_version;
    protected $type;
    protected $metadata;
    protected $release;

    public function __construct(string $did, string $filepath = '')
    {
        $this->did = $did;
        $this->filepath = $filepath;
        $this->local_version = $filepath ? get_file_data($filepath, ['Version' => 'Version'])['Version'] : null;
    }

    public function run()
    {
        if (!in_array($GLOBALS['pagenow'] ?? '', self::PAGES, true)) {
            return null;
        }
        $this->metadata = Packages\fetch_package_metadata($this->did);
        if (is_wp_error($this->metadata)) {
            return $this->metadata;
        }
        $this->release = Packages\get_latest_release_from_did($this->did);
        if (is_wp_error($this->release)) {
            return $this->release;
        }
        $this->type = str_replace('wp-', '', $this->metadata->type);
        $this->load_hooks();
        return null;
    }

    public function load_hooks(): void
    {
        add_filter('upgrader_source_selection', [$this, 'upgrader_source_selection'], 10, 4);
        add_filter("{$this->type}s_api", [$this, 'repo_api_details'], 99, 3);
        if ($this->filepath && $this->local_version) {
            add_filter("site_transient_update_{$this->type}s", [$this, 'update_site_transient'], 20, 1);
        }
        if (apply_filters('fair.packages.updater.verify_signatures', true)) {
            add_filter('upgrader_pre_download', 'FAIR\Updater\verify_signature_on_download', 10, 4);
        }
        Packages\add_package_to_release_cache($this->did);
    }

    /** Gives the folder of an update the name of the installed one. */
    public function upgrader_source_selection($source, string $remote_source, WP_Upgrader $upgrader, $hook_extra = null)
    {
        if (is_wp_error($source) || ($hook_extra['action'] ?? '') === 'install') {
            return $source;
        }
        if (!$upgrader instanceof Plugin_Upgrader && !$upgrader instanceof Theme_Upgrader) {
            throw new TypeError('neither a plugin nor a theme');
        }
        $slug = isset($hook_extra['plugin']) ? dirname($hook_extra['plugin']) : $hook_extra['theme'] ?? basename($source);
        return basename($source) === $slug ? $source : Packages\moved($source, trailingslashit($remote_source) . $slug);
    }

    public function repo_api_details($result, string $action, stdClass $response)
    {
        $slugs = [$this->metadata->slug, $this->metadata->slug . '-' . Packages\get_did_hash($this->did)];
        return $action === "{$this->type}_information" && in_array($response->slug, $slugs, true)
            ? (object) Packages\get_package_data($this->did)
            : $result;
    }

    public function update_site_transient($transient)
    {
        $transient = is_object($transient) ? $transient : new stdClass();
        $file = plugin_basename($this->filepath);
        $file = $this->type === 'theme' ? dirname($file) : $file;
        $offer = Packages\get_package_data($this->did);
        if (is_wp_error($offer)) {
            return $transient;
        }
        $offer['slug'] = $offer['slug_didhash'];
        $offer = $this->type === 'plugin' ? (object) $offer : $offer;
        $isNewer = Packages\check_requirements($this->release)
            && version_compare($this->release->version, $this->local_version, '>');
        $list = $isNewer ? 'response' : 'no_update';
        $transient->{$list}[$file] = $offer;
        return $transient;
    }
}

function verify_signature_on_download($reply, string $package, WP_Upgrader $upgrader, $hook_extra)
{
    static $has_run = [];
    if ($reply !== false || (!$upgrader instanceof Plugin_Upgrader && !$upgrader instanceof Theme_Upgrader)) {
        return $reply;
    }
    $did = get_site_transient(CACHE_DID_FOR_INSTALL);
    if (!$did || isset($has_run["$did $package"])) {
        return $reply;
    }
    $has_run["$did $package"] = true;
    if (!preg_match('#^(http|https|ftp)://#i', $package) && file_exists($package)) {
        return $package;
    }
    $releases = get_site_transient(CACHE_RELEASE_PACKAGES) ?: [];
    if (!isset($releases[$did])) {
        return $reply;
    }
    $artifact = Packages\pick_artifact_by_lang($releases[$did]->artifacts->package);
    if (!$artifact || $artifact->url !== $package) {
        return $reply;
    }
    $path = $upgrader->download_package($package, false, $hook_extra);
    if (is_wp_error($path)) {
        return $path;
    }
    add_filter('wp_trusted_keys', 'FAIR\Updater\get_trusted_keys', 100);
    $signature = sodium_base642bin($artifact->signature, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
    $result = verify_file_signature($path, base64_encode($signature));
    remove_filter('wp_trusted_keys', 'FAIR\Updater\get_trusted_keys', 100);
    if ($result === true) {
        return $path;
    }
    $failed = new WP_Error('fair.packages.signature_verification.failed', "The signature could not be verified: $package");
    return is_wp_error($result) ? $result : $failed;
}

function get_trusted_keys(): array
{
    $document = Packages\get_did_document((string) get_site_transient(CACHE_DID_FOR_INSTALL));
    if (is_wp_error($document)) {
        return [];
    }
    $keys = [];
    foreach ($document->get_fair_signing_keys() as $method) {
        $key = base58(substr($method->publicKeyMultibase, 1));
        if (substr($key, 0, 2) === "\xed\x01") {
            $keys[] = base64_encode(substr($key, 2));
        }
    }
    return $keys;
}

function base58(string $text): string
{
    $bytes = [0];
    foreach (str_split($text) as $letter) {
        $carry = (int) strpos('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', $letter);
        foreach ($bytes as $i => $byte) {
            $carry += $byte * 58;
            $bytes[$i] = $carry & 255;
            $carry >>= 8;
        }
        if ($carry > 0) {
            $bytes[] = $carry;
        }
    }
    return implode('', array_map('chr', array_reverse($bytes)));
}
