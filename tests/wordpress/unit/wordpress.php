<?php

/**
 * As much of WordPress as the plugin's classes ask for, in the memory of the process, and the classes. To be required at
 * the top of a unit test: it gives `$check`, `$thrown` and `$finish`, and `$site`, on which a test turns its knobs.
 */

declare(strict_types=1);

use FedVerify\WordPress\Refusal;

error_reporting(-1);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

$scratch = sys_get_temp_dir() . '/fedverify-unit-' . getmypid() . '-' . bin2hex(random_bytes(4));
mkdir("$scratch/plugins", 0700, true);
mkdir("$scratch/themes", 0700, true);
register_shutdown_function(static function () use ($scratch): void {
    $files = new RecursiveIteratorIterator(
        new RecursiveDirectoryIterator($scratch, FilesystemIterator::SKIP_DOTS),
        RecursiveIteratorIterator::CHILD_FIRST
    );
    foreach ($files as $file) {
        $file->isDir() ? rmdir($file->getPathname()) : unlink($file->getPathname());
    }
    rmdir($scratch);
});

define('ABSPATH', "$scratch/");
define('WP_PLUGIN_DIR', "$scratch/plugins");
define('HOUR_IN_SECONDS', 3600);

/** What a test may change: who asks, what is stored, and what happened. */
final class Site
{
    /** @var bool */
    public $admin = false;
    /** @var bool */
    public $cron = false;
    /** @var bool */
    public $multisite = false;
    /** @var int the site of a network that the request is of; 1 is the main one */
    public $blog = 1;
    /** @var bool whether its language is written from right to left */
    public $rtl = false;
    /** @var list<string> */
    public $capabilities = [];
    /** @var array<string, mixed> */
    public $options = [];
    /** @var array<string, array<int, list<callable>>> */
    public $hooks = [];
    /** @var array<string, int> */
    public $did = [];
    /** @var array<string, int> */
    public $events = [];
    /** @var int the site that was switched away from */
    public $before = 1;
    /** @var array<string, callable> what is called at activation, and at deactivation */
    public $activation = [];
    /** @var string */
    public $scratch = '';
    /** @var list<string> hooks from which something was removed */
    public $removed = [];
    /** @var array<string, string> what WordPress would download, by URL */
    public $downloads = [];
}

$site = $GLOBALS['site'] = new Site();
$site->scratch = $scratch;

function __(string $text, string $domain = ''): string
{
    return $text;
}

function esc_html(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES);
}

function is_rtl(): bool
{
    return $GLOBALS['site']->rtl;
}

function number_format_i18n(float $number, int $decimals = 0): string
{
    return number_format($number, $decimals);
}

/** @return string|false */
function wp_json_encode($value, int $flags = 0)
{
    return json_encode($value, $flags);
}

function is_admin(): bool
{
    return $GLOBALS['site']->admin;
}

function is_multisite(): bool
{
    return $GLOBALS['site']->multisite;
}

function is_main_site(): bool
{
    return $GLOBALS['site']->blog === 1;
}

function get_main_site_id(): int
{
    return 1;
}

function switch_to_blog(int $blog): void
{
    $GLOBALS['site']->before = $GLOBALS['site']->blog;
    $GLOBALS['site']->blog = $blog;
}

function restore_current_blog(): void
{
    $GLOBALS['site']->blog = $GLOBALS['site']->before;
}

function wp_doing_cron(): bool
{
    return $GLOBALS['site']->cron;
}

function current_user_can(string $capability): bool
{
    return in_array($capability, $GLOBALS['site']->capabilities, true);
}

function did_action(string $hook): int
{
    return $GLOBALS['site']->did[$hook] ?? 0;
}

function doing_action(string $hook): bool
{
    return false;
}

function add_filter(string $hook, callable $callback, int $priority = 10, int $arguments = 1): bool
{
    $GLOBALS['site']->hooks[$hook][$priority][] = static function (...$given) use ($callback, $arguments) {
        return $callback(...array_slice($given, 0, $arguments));
    };
    ksort($GLOBALS['site']->hooks[$hook]);
    return true;
}

function add_action(string $hook, callable $callback, int $priority = 10, int $arguments = 1): bool
{
    return add_filter($hook, $callback, $priority, $arguments);
}

function apply_filters(string $hook, $value, ...$arguments)
{
    foreach ($GLOBALS['site']->hooks[$hook] ?? [] as $callbacks) {
        foreach ($callbacks as $callback) {
            $value = $callback($value, ...$arguments);
        }
    }
    return $value;
}

function do_action(string $hook, ...$arguments): void
{
    $GLOBALS['site']->did[$hook] = did_action($hook) + 1;
    foreach ($GLOBALS['site']->hooks[$hook] ?? [] as $callbacks) {
        foreach ($callbacks as $callback) {
            $callback(...$arguments);
        }
    }
}

function register_activation_hook(string $file, callable $callback): void
{
    $GLOBALS['site']->activation['on'] = $callback;
}

function register_deactivation_hook(string $file, callable $callback): void
{
    $GLOBALS['site']->activation['off'] = $callback;
}

function get_option(string $name, $default = false)
{
    return $GLOBALS['site']->options[$name] ?? $default;
}

function update_option(string $name, $value, $autoload = null): bool
{
    $GLOBALS['site']->options[$name] = unserialize(serialize($value));
    return true;
}

function delete_option(string $name): bool
{
    unset($GLOBALS['site']->options[$name]);
    return true;
}

function get_network_option(?int $network, string $name, $default = false)
{
    return get_option($name, $default);
}

function update_network_option(?int $network, string $name, $value): bool
{
    return update_option($name, $value);
}

function delete_network_option(?int $network, string $name): bool
{
    return delete_option($name);
}

function delete_metadata(string $kind, int $object, string $name, $value, bool $all): bool
{
    return true;
}

function plugin_basename(string $file): string
{
    return basename(dirname($file)) . '/' . basename($file);
}

function wp_cache_delete(string $key, string $group = ''): bool
{
    return true;
}

/** An event as it is kept: each site of a network has its own. */
function event_of_site(string $event): string
{
    return is_main_site() ? $event : "{$GLOBALS['site']->blog} $event";
}

/** @return int|false */
function wp_next_scheduled(string $event)
{
    return $GLOBALS['site']->events[event_of_site($event)] ?? false;
}

function wp_schedule_event(int $time, string $recurrence, string $event): bool
{
    $GLOBALS['site']->events[event_of_site($event)] = $time;
    return true;
}

function wp_schedule_single_event(int $time, string $event): bool
{
    return wp_schedule_event($time, '', $event);
}

function wp_clear_scheduled_hook(string $event): int
{
    unset($GLOBALS['site']->events[event_of_site($event)]);
    return 1;
}

function wp_rand(int $from, int $to): int
{
    return random_int($from, $to);
}

function validate_file(string $file): int
{
    return strpos($file, '..') !== false ? 1 : 0;
}

/** The inside tests hold the plugin's own reading to WordPress's. */
function get_file_data(string $path, array $headers): array
{
    return FedVerify\WordPress\Packages\Headers::readings((string) file_get_contents($path), $headers)[0];
}

function get_plugins(): array
{
    $found = [];
    foreach (array_merge(glob(WP_PLUGIN_DIR . '/*.php'), glob(WP_PLUGIN_DIR . '/*/*.php')) as $path) {
        if (strpos((string) file_get_contents($path), 'Plugin Name:') !== false) {
            $found[substr($path, strlen(WP_PLUGIN_DIR) + 1)] = [];
        }
    }
    return $found;
}

/** A theme of the folder `themes`. */
final class Theme
{
    /** @var string */
    private $folder;

    public function __construct(string $folder)
    {
        $this->folder = $folder;
    }

    public function get_stylesheet_directory(): string
    {
        return $this->folder;
    }
}

function wp_get_theme(string $stylesheet): Theme
{
    return new Theme($GLOBALS['site']->scratch . "/themes/$stylesheet");
}

function wp_get_themes(array $arguments = []): array
{
    $themes = [];
    foreach (glob($GLOBALS['site']->scratch . '/themes/*') as $folder) {
        $themes[basename($folder)] = new Theme($folder);
    }
    return $themes;
}

class WP_Error
{
    /** @var string */
    private $code;
    /** @var string */
    private $message;
    /** @var mixed */
    private $data;

    public function __construct($code, $message, $data)
    {
        $this->code = $code;
        $this->message = $message;
        $this->data = $data;
    }

    public function get_error_code()
    {
        return $this->code;
    }

    public function get_error_message()
    {
        return $this->message;
    }

    public function get_error_data()
    {
        return $this->data;
    }
}

/** WordPress's database class, over SQLite: as many of MySQL's words as the plugin uses. */
final class Database
{
    /** @var string */
    public $base_prefix = 'wp_';
    /** @var string */
    public $last_error = '';
    /** @var mixed */
    public $last_result = [];
    /** @var int */
    public $queries = 0;
    /** @var bool whether every query fails */
    public $is_down = false;
    /** @var SQLite3 */
    private $base;

    public function __construct()
    {
        $this->base = new SQLite3(':memory:');
        $this->base->enableExceptions(true);
    }

    public function suppress_errors(bool $suppress): bool
    {
        return false;
    }

    public function get_charset_collate(): string
    {
        return 'DEFAULT CHARACTER SET utf8mb4';
    }

    public function esc_like(string $text): string
    {
        return addcslashes($text, '_%\\');
    }

    public function prepare(string $query, ...$arguments): string
    {
        $arguments = is_array($arguments[0]) ? $arguments[0] : $arguments;
        $quoted = array_map(static function ($value) {
            return is_int($value) ? $value : "'" . SQLite3::escapeString($value) . "'";
        }, $arguments);
        return vsprintf(str_replace('%d', '%s', $query), $quoted);
    }


    /** @return int|bool */
    public function query(string $query)
    {
        $this->queries++;
        $this->last_error = '';
        if ($this->is_down) {
            // As WordPress does: what was read before is still there.
            return false;
        }
        try {
            return $this->run($query);
        } catch (Exception $exception) {
            $this->last_error = $exception->getMessage();
            return false;
        }
    }

    /** @return int|bool */
    private function run(string $query)
    {
        $query = preg_replace('/DEFAULT CHARACTER SET \w+|unsigned |,\s*KEY \w+ \(\w+\)/', '', $query);
        $query = preg_replace('/id bigint\(20\) NOT NULL AUTO_INCREMENT/', 'id integer PRIMARY KEY AUTOINCREMENT', $query);
        if (strpos($query, 'AUTOINCREMENT') !== false) {
            $query = preg_replace('/,\s*PRIMARY KEY  \(id\)/', '', $query);
        }
        $query = str_replace('INSERT IGNORE', 'INSERT OR IGNORE', $query);
        if (preg_match("/^SHOW TABLES LIKE '(.*)'$/", $query, $matches)) {
            $query = "SELECT name FROM sqlite_master WHERE name = '" . stripslashes($matches[1]) . "'";
        }
        if (strncmp($query, 'SELECT', 6) !== 0) {
            $this->base->exec($query);
            return preg_match('/^(CREATE|DROP)/', $query) === 1 ? true : $this->base->changes();
        }
        $result = $this->base->query($query);
        $this->last_result = [];
        while (($row = $result->fetchArray(SQLITE3_ASSOC)) !== false) {
            $this->last_result[] = (object) $row;
        }
        return count($this->last_result);
    }
}

$wpdb = $GLOBALS['wpdb'] = new Database();

require __DIR__ . '/../../../wordpress/fedverify/src/autoload.php';
require __DIR__ . '/../../php/check.php';

/** The code of the refusal that a call throws. */
$refused = static function (callable $call): string {
    try {
        $call();
        return 'nothing';
    } catch (Refusal $refusal) {
        return $refusal->verdict() . ' ' . $refusal->error_code();
    }
};

/** Writes a file below the scratch folder, and gives its path. */
$write = static function (string $name, string $content) use ($scratch): string {
    $path = "$scratch/$name";
    if (!is_dir(dirname($path))) {
        mkdir(dirname($path), 0700, true);
    }
    file_put_contents($path, $content);
    return $path;
};
