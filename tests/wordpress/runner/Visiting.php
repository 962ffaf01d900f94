<?php

declare(strict_types=1);

/**
 * How the site is visited: requests, commands, the shell, the administrator's browser, and which server of several answers. It notes
 * what came of each, and who was asked. A part of World.
 */
trait Visiting
{
    /** @var Browser|null */
    private $browser;

    /** @var string|null the server that answers, each with an object cache of its own; null: there is no such cache */
    private $server;

    /** @var list<array<string, mixed>> every request of the site's visits */
    private $asked = [];

    /** @var float what the visits took of processors, in seconds */
    public $processor = 0.0;

    /** @var list<string> what was done, with what came of it */
    public $story = [];

    /** @param array<string, mixed> $visit see site/visit.php */
    public function visit(array $visit): Visit
    {
        return $this->visitAtOnce([$visit])[0];
    }

    /**
     * @param list<array<string, mixed>> $visits
     * @return list<Visit>
     */
    public function visitAtOnce(array $visits): array
    {
        foreach ($this->server === null ? [] : array_keys($visits) as $i) {
            $visits[$i] += ['server' => $this->server];
        }
        $done = $this->site->visitAtOnce($visits, $this->later);
        $this->asked = array_merge($this->asked, $done[0]->requests);
        foreach ($done as $i => $visit) {
            $this->processor += $visit->processor;
            $with = $visits[$i]['with'] ?? $visits[$i]['post'] ?? $visits[$i]['get'] ?? [];
            $asked = array_map(static function (array $request): string {
                return "\n      asked {$request['host']}" . strtok($request['path'], '?');
            }, $visit->requests);
            $this->story[] = $visits[$i]['script'] . ' ' . substr(json_encode($with, JSON_UNESCAPED_SLASHES), 0, 300)
                . "\n      " . $visit->summary() . implode('', $asked);
            if ($visit->fatal !== null || $visit->status >= 500 || $visit->status === 0) {
                $this->problem("{$visits[$i]['script']} failed: " . $visit->summary());
            }
        }
        return $done;
    }

    /** The administrator opens a page. */
    public function open(string $page, array $get = []): Visit
    {
        return $this->visit(['script' => "wp-admin/$page", 'get' => $get, 'user' => 1]);
    }

    /** Somebody who is not logged in reads the front page. */
    public function read(): Visit
    {
        return $this->visit(['script' => 'index.php']);
    }

    /** The check that fedverify makes twice a day. */
    public function check(): Visit
    {
        return $this->visit(['script' => 'wp-cron.php', 'cron' => ['fedverify_check']]);
    }

    /** What `wp` does, or a piece of a page: a file of site/actions. @param mixed $with */
    public function act(string $action, $with = null, bool $isCommand = false): Visit
    {
        return $this->visit(['script' => "actions/$action.php", 'with' => $with, 'wp-cli' => $isCommand, 'user' => 1]);
    }

    /**
     * Somebody types a line in a shell; the working folder is the site's own.
     *
     * @param string $input what is typed when something is asked
     * @return array{status: int, output: string}
     */
    public function type(string $line, string $input = ''): array
    {
        $done = $this->site->shell($line, $input, $this->later);
        $this->asked = array_merge($this->asked, $this->network->requests());
        $this->story[] = "$line\n      status {$done['status']}: " . strtr(trim($done['output']), ["\n" => "\n      "]);
        return $done;
    }

    /** The administrator's browser, logged in. */
    public function browser(): Browser
    {
        if ($this->browser === null) {
            $this->browser = new Browser($this->site, $this->later);
            $this->browser->logIn();
        }
        return $this->browser;
    }

    /** From now on this server answers. It shares disk and database with the others, but not the object cache. */
    public function onServer(string $name): void
    {
        $this->server = $name;
        Shell::copy(__DIR__ . '/../site/object-cache.php', $this->site->content());
    }

    /** A server's object cache as it is now, or, with one that was taken before, as it was then. @param array<string, string>|null $files */
    public function objectCache(string $server, ?array $files = null): array
    {
        $folder = "{$this->site->folder}/cache-$server";
        if ($files !== null) {
            Shell::remove($folder);
            foreach ($files as $name => $content) {
                Shell::write("$folder/$name", $content);
            }
            return $files;
        }
        foreach (Shell::files($folder) as $path) {
            $files[basename($path)] = (string) file_get_contents($path);
        }
        if ($files === null) {
            throw new Broken("there is nothing in the object cache of $server");
        }
        return $files;
    }
}
