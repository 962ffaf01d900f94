<?php

/**
 * As much of WordPress's upgrader as the gates meet. To be required after wordpress.php. `$zip` makes archives, `$install`
 * plays an installation or update: what is unpacked, moved and left over is on disk.
 */

declare(strict_types=1);

use FedVerify\WordPress\Plugin;

define('WP_CONTENT_DIR', $scratch);
define('WPMU_PLUGIN_DIR', "$scratch/mu-plugins");
define('WP_LANG_DIR', "$scratch/languages");

class WP_Upgrader
{
    /** @var object|null */
    public $skin;
}

class Plugin_Upgrader extends WP_Upgrader
{
}

class Theme_Upgrader extends WP_Upgrader
{
}

class Language_Pack_Upgrader extends WP_Upgrader
{
}

/** WordPress's file system. */
final class Disk
{
    public function wp_content_dir(): string
    {
        return WP_CONTENT_DIR . '/';
    }

    public function delete(string $path, bool $recursive = false): bool
    {
        if (!is_dir($path)) {
            return is_file($path) && unlink($path);
        }
        foreach (array_diff(scandir($path), ['.', '..']) as $name) {
            $this->delete("$path/$name", true);
        }
        return rmdir($path);
    }
}

$wp_filesystem = $GLOBALS['wp_filesystem'] = new Disk();

function is_wp_error($value): bool
{
    return $value instanceof WP_Error;
}

function remove_filter(string $hook, callable $callback, int $priority = 10): bool
{
    $GLOBALS['site']->removed[] = $hook;
    return true;
}

function trailingslashit(string $path): string
{
    return untrailingslashit($path) . '/';
}

function untrailingslashit(string $path): string
{
    return rtrim($path, '/\\');
}

function wp_normalize_path(string $path): string
{
    return str_replace('\\', '/', $path);
}

function get_theme_root(string $stylesheet = ''): string
{
    return WP_CONTENT_DIR . '/themes';
}

function get_temp_dir(): string
{
    return $GLOBALS['scratch'];
}

function wp_upload_dir($time = null, bool $create = true): array
{
    return ['basedir' => WP_CONTENT_DIR . '/uploads'];
}

function wp_delete_file(string $path): void
{
    @unlink($path);
}

function sanitize_text_field(string $text): string
{
    return trim(strip_tags($text));
}

function wp_unslash($value)
{
    return $value;
}

function map_deep($value, callable $callback)
{
    return is_array($value) ? array_map($callback, $value) : $callback($value);
}

function wp_salt(string $scheme): string
{
    return 'a secret of the site';
}

function get_site_transient(string $name)
{
    $before = apply_filters("pre_site_transient_$name", false, $name);
    return $before !== false ? $before : apply_filters("site_transient_$name", $GLOBALS['site']->options["_site_transient_$name"] ?? false, $name);
}

/** A ZIP archive of these files, stored. */
$zip = static function (string $name, array $files) use ($write): string {
    $body = $list = '';
    foreach ($files as $entry => $content) {
        $fields = pack('vvvVVVvv', 0, 0, 0, crc32($content), strlen($content), strlen($content), strlen($entry), 0);
        $list .= "PK\x01\x02" . pack('vvv', 20, 20, 0) . $fields . pack('vvvVV', 0, 0, 0, 0, strlen($body)) . $entry;
        $body .= "PK\x03\x04" . pack('vv', 20, 0) . $fields . $entry . $content;
    }
    $end = pack('vvvvVVv', 0, 0, count($files), count($files), strlen($list), strlen($body), 0);
    return $write("archives/$name", $body . $list . "PK\x05\x06" . $end);
};

/** The files of such an archive. */
$files_of = static function (string $archive): array {
    $bytes = (string) file_get_contents($archive);
    $files = [];
    for ($at = 0; substr($bytes, $at, 4) === "PK\x03\x04"; $at += 30 + $field['name'] + $field['size']) {
        $field = unpack('Vsize/Vsame/vname', substr($bytes, $at + 18, 10));
        $files[substr($bytes, $at + 30, $field['name'])] = substr($bytes, $at + 30 + $field['name'], $field['size']);
    }
    return $files;
};

/**
 * Installs or updates as WP_Upgrader::run() does. `between` gets the folder that was unpacked, and may move it, as other
 * plugins do; `word` is what it adds to the folder's name; `after` is done before WordPress reports what it installed, as the parent of a child theme is. Returns the folder that was installed, or the WP_Error.
 */
$install = static function (WP_Upgrader $upgrader, string $package, array $extra, array $others = []) use ($files_of, $scratch) {
    $gates = Plugin::get()->gates();
    $federation = Plugin::get()->federation()->gates();
    $path = $gates->archive()->judge($others['reply'] ?? false, $package, $upgrader, $extra);
    $path = $federation->archive()->judge($path, $package, $upgrader, $extra);
    $path = isset($others['swap']) ? $others['swap']($path) : $path;
    if (is_wp_error($path)) {
        return $path;
    }
    $path = is_string($path) ? $path : $GLOBALS['site']->downloads[$package];
    $unpacked = "$scratch/upgrade/" . basename(basename($path, '.tmp'), '.zip') . ($others['word'] ?? '-4xTq0ZbV8nLs2KfR');
    foreach ($files_of($path) as $name => $content) {
        @mkdir(dirname("$unpacked/$name"), 0700, true);
        file_put_contents("$unpacked/$name", $content);
    }
    $top = array_values(array_diff(scandir($unpacked), ['.', '..']));
    $source = count($top) === 1 && is_dir("$unpacked/$top[0]") ? "$unpacked/$top[0]/" : "$unpacked/";
    $source = $gates->source()->look_first($source, $unpacked, $upgrader, $extra);
    $source = $federation->source()->look(false, $source, $unpacked, $upgrader, $extra);
    if (isset($others['between']) && is_string($source)) {
        $source = $others['between']($source);
    }
    $source = $gates->source()->look_last($source, $unpacked, $upgrader, $extra);
    $source = $federation->source()->look(true, $source, $unpacked, $upgrader, $extra);
    if (is_wp_error($source)) {
        $federation->note($source);
        $gates->completion()->note($source);
        return $source;
    }
    $root = $upgrader instanceof Language_Pack_Upgrader ? 'languages' : ($upgrader instanceof Theme_Upgrader ? 'themes' : 'plugins');
    $destination = "$scratch/$root/" . ($root === 'languages' ? 'plugins' : basename($source));
    (new Disk())->delete($destination);
    @mkdir(dirname($destination), 0700, true);
    rename(rtrim($source, '/'), $destination);
    (new Disk())->delete($unpacked);
    if (isset($others['after'])) {
        $others['after']();
    }
    $federation->note(['destination' => "$destination/"]);
    $gates->completion()->note(['destination' => "$destination/"]);
    return basename($destination);
};

/** What is in the folder of unpacked archives. */
$left = static function () use ($scratch): array {
    return is_dir("$scratch/upgrade") ? array_values(array_diff(scandir("$scratch/upgrade"), ['.', '..'])) : [];
};
