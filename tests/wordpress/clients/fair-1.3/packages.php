<?php

/* From a DID to what WordPress wants to know of a package. */

namespace FAIR\Packages;

use const FAIR\CACHE_BASE;
use const FAIR\CACHE_LIFETIME;
use const FAIR\CACHE_LIFETIME_FAILURE;
use stdClass;
use WP_Error;

const CACHE_KEY = CACHE_BASE . 'packages-';
const CACHE_METADATA_DOCUMENTS = CACHE_BASE . 'metadata-documents-';
const CACHE_RELEASE_PACKAGES = CACHE_BASE . 'release-packages';
const CACHE_UPDATE_ERRORS = CACHE_BASE . 'update-errors-';
const CACHE_DID_FOR_INSTALL = 'fair-install-did';
const SERVICE_ID = 'FairPackageManagementRepo';

/** Metadata and a release are what they claim to be: no member is checked but for being there. */
#[\AllowDynamicProperties]
class MetadataDocument
{
    public $id;
    public $type;
    public $name;
    public $slug;
    public $filename;
    public $license;
    public $description;
    public $keywords = [];
    public $authors = [];
    public $security = [];
    public $last_updated;
    public $sections;
    public $releases = [];
    public $_headers = [];

    /** @return static|WP_Error */
    public static function from_data(stdClass $data)
    {
        $document = new static();
        foreach (['id', 'type', 'license', 'authors', 'security'] as $member) {
            if (!isset($data->$member)) {
                return missing($member);
            }
        }
        $members = ['id', 'type', 'license', 'authors', 'security', 'name', 'slug', 'filename', 'description', 'keywords'];
        foreach (array_merge($members, ['last_updated', 'sections']) as $member) {
            if (isset($data->$member)) {
                $document->$member = $data->$member;
            }
        }
        if (empty($data->releases)) {
            return missing('releases');
        }
        foreach ($data->releases as $release) {
            $release = ReleaseDocument::from_data($release);
            if (is_wp_error($release)) {
                return $release;
            }
            $document->releases[] = $release;
        }
        return $document;
    }
}

class ReleaseDocument
{
    public $version;
    public $artifacts;
    public $provides;
    public $requires;
    public $suggests;
    public $auth;

    /** @return static|WP_Error */
    public static function from_data(stdClass $data)
    {
        $release = new static();
        foreach (['version', 'artifacts'] as $member) {
            if (!isset($data->$member)) {
                return missing($member);
            }
        }
        foreach (['version', 'artifacts', 'provides', 'requires', 'suggests', 'auth'] as $member) {
            $release->$member = $data->$member ?? null;
        }
        return $release;
    }
}

function missing(string $member): WP_Error
{
    return new WP_Error('fair.packages.metadata_document.missing_field', "There is no $member.");
}

function bootstrap(): void
{
    add_filter('upgrader_source_selection', __NAMESPACE__ . '\move_package_during_install', 10, 4);
}

function cache_update_error(string $did, WP_Error $error): void
{
    $error->add_data(['timestamp' => time()], $error->get_error_code());
    set_site_transient(CACHE_UPDATE_ERRORS . $did, $error, CACHE_LIFETIME_FAILURE);
}

/** @return DID\PLC|WP_Error */
function parse_did(string $id)
{
    return strpos($id, 'did:plc:') === 0
        ? new DID\PLC($id)
        : new WP_Error('fair.packages.validate_did.not_did', 'This is no DID.');
}

/** @return string|WP_Error */
function get_did_hash(string $id)
{
    $did = parse_did($id);
    return is_wp_error($did) ? $did : substr(hash('sha256', $did->get_id()), 0, 6);
}

/** @return mixed|WP_Error a document as document.php makes it */
function get_did_document(string $id)
{
    $kept = get_site_transient(CACHE_UPDATE_ERRORS . $id);
    if (is_wp_error($kept)) {
        return $kept;
    }
    $kept = get_site_transient(CACHE_METADATA_DOCUMENTS . $id);
    if ($kept) {
        return $kept;
    }
    $did = parse_did($id);
    $document = is_wp_error($did) ? $did : $did->fetch_document();
    if (is_wp_error($document)) {
        cache_update_error($id, $document);
        return $document;
    }
    delete_site_transient(CACHE_UPDATE_ERRORS . $id);
    set_site_transient(CACHE_METADATA_DOCUMENTS . $id, $document, CACHE_LIFETIME);
    return $document;
}

/** @return MetadataDocument|WP_Error */
function fetch_package_metadata(string $id)
{
    $document = get_did_document($id);
    if (is_wp_error($document)) {
        return $document;
    }
    $repository = DID\repository_of($document);
    if ($repository === null) {
        $error = new WP_Error('fair.packages.fetch_metadata.no_service', 'The DID has no repository.');
        cache_update_error($id, $error);
        return $error;
    }
    $metadata = fetch_metadata_doc($repository, $id);
    if (is_wp_error($metadata)) {
        return $metadata;
    }
    if ($metadata->id !== $id) {
        $error = new WP_Error('fair.packages.fetch_metadata.mismatch', 'The metadata is of another DID.');
        cache_update_error($id, $error);
        return $error;
    }
    delete_site_transient(CACHE_UPDATE_ERRORS . $id);
    return $metadata;
}

/** @return MetadataDocument|WP_Error */
function fetch_metadata_doc(string $url, string $did)
{
    $name = CACHE_KEY . md5($url);
    $response = get_site_transient($name);
    if (!$response) {
        $accept = 'application/json+fair;q=1.0, application/json;q=0.8';
        $response = wp_remote_get($url, ['headers' => ['Accept' => $accept]]);
        $status = wp_remote_retrieve_response_code($response);
        if (!is_wp_error($response) && $status !== 200) {
            $response = new WP_Error('fair.packages.metadata.http_error', "The repository answered $status.");
        }
        if (is_wp_error($response)) {
            cache_update_error($did, $response);
            return $response;
        }
        // Whatever it is, it is kept for 12 hours.
        set_site_transient($name, $response, CACHE_LIFETIME);
    }
    $data = json_decode($response['body']);
    if (json_last_error()) {
        return new WP_Error('fair.packages.fetch_repository.invalid_json', 'The metadata is not JSON.');
    }
    $document = MetadataDocument::from_data($data);
    if (!is_wp_error($document)) {
        $document->_headers = $response['headers'];
    }
    return $document;
}

/** The highest version. */
function pick_release(array $releases, ?string $version = null): ?ReleaseDocument
{
    usort($releases, static function ($a, $b) {
        return version_compare($b->version, $a->version);
    });
    return reset($releases);
}

/** @return ReleaseDocument|WP_Error */
function get_latest_release_from_did($id)
{
    $document = get_did_document($id);
    if (is_wp_error($document)) {
        return $document;
    }
    if (empty(DID\signing_keys_of($document))) {
        return new WP_Error('fair.packages.install.no_signing_keys', 'The DID has no keys for packages.');
    }
    $metadata = fetch_package_metadata($id);
    return is_wp_error($metadata) ? $metadata : pick_release($metadata->releases);
}

/** The artifact in the site's language, else the first. */
function pick_artifact_by_lang(array $artifacts, ?string $locale = null)
{
    $locale = strtolower(str_replace('_', '-', $locale ?? get_locale()));
    $wanted = [$locale, explode('-', $locale)[0]];
    $rank = static function ($artifact) use ($wanted): int {
        $found = array_search(strtolower((string) $artifact->lang), $wanted, true);
        return $found === false ? 9 : $found;
    };
    usort($artifacts, static function ($a, $b) use ($rank): int {
        return $rank($a) <=> $rank($b);
    });
    $selected = reset($artifacts);
    return apply_filters('fair.packages.pick_artifact_by_lang', $selected, $artifacts, $locale, $wanted);
}

function version_requirements(ReleaseDocument $release): array
{
    $names = ['requires env:php' => 'requires_php', 'requires env:wp' => 'requires_wp', 'suggests env:wp' => 'tested_to'];
    $found = [];
    foreach (['requires', 'suggests'] as $list) {
        foreach ($release->$list ?? [] as $package => $version) {
            $version = preg_replace('/^[^0-9]+/', '', $version);
            if (isset($names["$list $package"])) {
                $found[$names["$list $package"]] = $version;
            }
        }
    }
    return $found;
}

function check_requirements(ReleaseDocument $release): bool
{
    $have = ['env:wp' => $GLOBALS['wp_version'], 'env:php' => PHP_VERSION];
    foreach ((array) $release->requires as $package => $list) {
        foreach (explode(',', $list) as $requirement) {
            $sign = strspn(trim($requirement), '<>=!');
            $version = substr(trim($requirement), $sign);
            if ($sign && isset($have[$package]) && !version_compare($have[$package], $version, substr(trim($requirement), 0, $sign))) {
                return false;
            }
        }
    }
    return true;
}

function get_icons(array $icons): array
{
    $found = [];
    foreach ($icons as $icon) {
        if ($icon->width === 128 && $icon->height === 128) {
            $found['1x'] = $icon->url;
        }
    }
    return $found;
}

function get_hashed_filename($metadata): string
{
    [$slug, $file] = explode('/', $metadata->filename, 2);
    $hash = '-' . get_did_hash($metadata->id);
    $slug .= strpos($slug, $hash) === false ? $hash : '';
    return $metadata->type === 'wp-plugin' ? "$slug/$file" : $slug;
}

/** What WordPress's own API would say. @return array|WP_Error */
function get_package_data($did)
{
    $metadata = fetch_package_metadata($did);
    if (is_wp_error($metadata)) {
        return $metadata;
    }
    $release = get_latest_release_from_did($did);
    if (is_wp_error($release)) {
        return $release;
    }
    $needs = version_requirements($release);
    $file = get_hashed_filename($metadata);
    $type = str_replace('wp-', '', $metadata->type);
    $sections = (array) $metadata->sections;
    $description = trim($sections['description'] ?? '');
    return [
        'name' => $metadata->name,
        'author' => $metadata->authors[0]->name,
        'author_uri' => $metadata->authors[0]->url,
        'slug' => $metadata->slug,
        'slug_didhash' => $metadata->slug . '-' . get_did_hash($did),
        $type => $file,
        'file' => $file,
        'url' => $metadata->url ?? $metadata->slug,
        'sections' => $sections,
        'description' => $description,
        'short_description' => substr(strip_tags($description), 0, 147) . '...',
        'icons' => isset($release->artifacts->icon) ? get_icons($release->artifacts->icon) : [],
        'banners' => isset($release->artifacts->banner) ? get_icons($release->artifacts->banner) : [],
        'requires' => $needs['requires_wp'] ?? '',
        'requires_php' => $needs['requires_php'] ?? '',
        'new_version' => $release->version,
        'version' => $release->version,
        'remote_version' => $release->version,
        'package' => $release->artifacts->package[0]->url,
        'download_link' => $release->artifacts->package[0]->url,
        'tested' => $needs['tested_to'] ?? '',
        'external' => 'xxx',
        'last_updated' => $metadata->last_updated ?? '',
        'num_ratings' => 0,
        'rating' => 0,
        'active_installs' => 0,
        '_fair' => $metadata,
    ];
}

function add_package_to_release_cache(string $did): void
{
    if ($did === '') {
        return;
    }
    $releases = get_site_transient(CACHE_RELEASE_PACKAGES) ?: [];
    $releases[$did] = get_latest_release_from_did($did);
    set_site_transient(CACHE_RELEASE_PACKAGES, $releases);
}
