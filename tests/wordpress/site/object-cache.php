<?php

/*
 * A persistent object cache, as a drop-in: what WordPress keeps in memory for a request stays in files, in the folder cache-NAME of
 * the site. WordPress then has transients and options there, and does not look into the database for what it finds. A visit says
 * which NAME (see World::onServer()): servers that share a database need not share a cache.
 */

final class WP_Object_Cache
{
    /** @var string with a slash behind it */
    private $folder;

    /** @var array<string, mixed> what was read, by file; and what does not persist */
    private $here = [];

    /** @var array<string, true> groups that all sites of a network share */
    private $global = [];

    /** @var array<string, true> groups that live for one request */
    private $fleeting = [];

    /** @var int */
    private $blog;

    /** @var int WordPress shows it */
    public $cache_hits = 0;

    /** @var int */
    public $cache_misses = 0;

    public function __construct()
    {
        $site = getenv('FEDVERIFY_TEST_SITE');
        $this->folder = "$site/cache-" . ($GLOBALS['fedverify_test_visit']['server'] ?? 'one') . '/';
        $this->blog = is_multisite() ? get_current_blog_id() : 1;
        if (!is_dir($this->folder)) {
            @mkdir($this->folder);
        }
    }

    /** @param list<string> $groups */
    public function share(array $groups): void
    {
        $this->global += array_fill_keys($groups, true);
    }

    /** @param list<string> $groups */
    public function forget(array $groups): void
    {
        $this->fleeting += array_fill_keys($groups, true);
    }

    public function turnTo(int $blog): void
    {
        $this->blog = $blog;
    }

    public function get($key, string $group, bool $force, &$found)
    {
        $name = $this->name($key, $group);
        if ($force || !array_key_exists($name, $this->here)) {
            $entry = isset($this->fleeting[$group]) ? null : $this->read($name);
            if ($entry !== null) {
                $this->here[$name] = $entry[1];
            } elseif (!isset($this->fleeting[$group])) {
                unset($this->here[$name]);
            }
        }
        $found = array_key_exists($name, $this->here);
        $found ? $this->cache_hits++ : $this->cache_misses++;
        $value = $found ? $this->here[$name] : false;
        return is_object($value) ? clone $value : $value;
    }

    public function set($key, $value, string $group, int $seconds): bool
    {
        $name = $this->name($key, $group);
        $this->here[$name] = is_object($value) ? clone $value : $value;
        if (!isset($this->fleeting[$group])) {
            // Another request reads the old or the new, never half of it.
            $path = $this->folder . $name;
            $new = $path . '.' . getmypid();
            file_put_contents($new, serialize([$seconds > 0 ? time() + $seconds : 0, $value]));
            rename($new, $path);
        }
        return true;
    }

    public function delete($key, string $group): bool
    {
        $name = $this->name($key, $group);
        $was = array_key_exists($name, $this->here) || is_file($this->folder . $name);
        unset($this->here[$name]);
        @unlink($this->folder . $name);
        return $was;
    }

    public function flush(bool $isOnlyHere): bool
    {
        $this->here = [];
        array_map('unlink', $isOnlyHere ? [] : (glob($this->folder . '*') ?: []));
        return true;
    }

    /** @return array{0: int, 1: mixed}|null */
    private function read(string $name): ?array
    {
        $entry = @unserialize((string) @file_get_contents($this->folder . $name));
        return is_array($entry) && ($entry[0] === 0 || $entry[0] > time()) ? $entry : null;
    }

    private function name($key, string $group): string
    {
        return (isset($this->global[$group]) ? 'all' : $this->blog) . '-' . hash('sha256', "$group:$key");
    }
}

function wp_cache_init()
{
    $GLOBALS['wp_object_cache'] = new WP_Object_Cache();
}

function wp_cache_get($key, $group = '', $force = false, &$found = null)
{
    return $GLOBALS['wp_object_cache']->get($key, $group ?: 'default', (bool) $force, $found);
}

function wp_cache_set($key, $data, $group = '', $expire = 0)
{
    return $GLOBALS['wp_object_cache']->set($key, $data, $group ?: 'default', (int) $expire);
}

function wp_cache_add($key, $data, $group = '', $expire = 0)
{
    if (wp_suspend_cache_addition()) {
        return false;
    }
    wp_cache_get($key, $group, false, $found);
    return !$found && wp_cache_set($key, $data, $group, $expire);
}

function wp_cache_replace($key, $data, $group = '', $expire = 0)
{
    wp_cache_get($key, $group, false, $found);
    return $found && wp_cache_set($key, $data, $group, $expire);
}

function wp_cache_delete($key, $group = '')
{
    return $GLOBALS['wp_object_cache']->delete($key, $group ?: 'default');
}

function wp_cache_incr($key, $offset = 1, $group = '')
{
    $value = wp_cache_get($key, $group, true, $found);
    $sum = max(0, (int) $value + $offset);
    return $found && wp_cache_set($key, $sum, $group) ? $sum : false;
}

function wp_cache_decr($key, $offset = 1, $group = '')
{
    return wp_cache_incr($key, -$offset, $group);
}

function wp_cache_flush()
{
    return $GLOBALS['wp_object_cache']->flush(false);
}

function wp_cache_flush_runtime()
{
    return $GLOBALS['wp_object_cache']->flush(true);
}

function wp_cache_supports($feature)
{
    return $feature === 'flush_runtime';
}

function wp_cache_close()
{
    return true;
}

function wp_cache_add_global_groups($groups)
{
    $GLOBALS['wp_object_cache']->share((array) $groups);
}

function wp_cache_add_non_persistent_groups($groups)
{
    $GLOBALS['wp_object_cache']->forget((array) $groups);
}

function wp_cache_switch_to_blog($blog_id)
{
    $GLOBALS['wp_object_cache']->turnTo((int) $blog_id);
}
