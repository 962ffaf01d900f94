<?php

/** Plugin's start, First_Run, Schedule and Check. What fetches is played. */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification {
    use FedVerify\WordPress\Refusal;

    final class Resolved
    {
    }

    final class Resolver
    {
        /** @var list<string> */
        public $asked = [];
        /** @var array<string, \Throwable> */
        public $fails = [];

        public function resolve(string $did): Resolved
        {
            $this->asked[] = $did;
            if (isset($this->fails[$did])) {
                throw $this->fails[$did];
            }
            \FedVerify\WordPress\Plugin::get()->identities()->record_verified($did, ['id' => $did], [], [], []);
            return new Resolved();
        }
    }

    final class Repository
    {
        /** @var Refusal|null */
        public $fails;

        public function metadata(Resolved $resolved): void
        {
            if ($this->fails !== null) {
                throw $this->fails;
            }
        }
    }
}

namespace FedVerify\WordPress\Client {
    final class Fair_Connect
    {
        public const RELEASES = 'fair-release-packages';

        /** @var list<string>|null */
        public $purged;

        public function purge(array $dids): void
        {
            $this->purged = $dids;
        }
    }
}

namespace {
    require __DIR__ . '/wordpress.php';

    use FedVerify\WordPress\Client\Fair_Connect;
    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Policy\First_Run;
    use FedVerify\WordPress\Policy\Schedule;
    use FedVerify\WordPress\Refusal;
    use FedVerify\WordPress\Verification\Repository;
    use FedVerify\WordPress\Verification\Resolver;

    $dids = ['did:web:a.example', 'did:web:b.example', 'did:web:c.example'];
    foreach ($dids as $i => $did) {
        $write("plugins/p$i/p.php", "<?php\n/*\nPlugin Name: P$i\nPlugin ID: $did\nVersion: 1.$i\n*/");
    }

    $own = "$scratch/own/fedverify/fedverify.php";
    Plugin::start($own);
    $hooks = $site->hooks;
    Plugin::start('/another/fedverify.php');
    $plugin = Plugin::get();
    $check('started once', $plugin->file() === $own && count($site->activation) === 2
        && array_map('count', $hooks['init']) === array_map('count', $site->hooks['init']));

    $made = new ReflectionProperty(Plugin::class, 'made');
    if (PHP_VERSION_ID < 80100) {
        $made->setAccessible(true);
    }
    $resolver = new Resolver();
    $repository = new Repository();
    $client = new Fair_Connect();
    $made->setValue($plugin, [Resolver::class => $resolver, Repository::class => $repository, Fair_Connect::class => $client] + $made->getValue($plugin));

    $site->activation['on']();
    $check('the client forgets', $client->purged === $dids);
    $check('events are planned', isset($site->events[Schedule::CHECK], $site->events[First_Run::EVENT]) && $site->events[First_Run::EVENT] <= time());
    $check('all options are stored', array_keys($site->options) === ['fedverify_schema', 'fedverify_first_run', 'fedverify_settings', 'fedverify_installed']);
    $check('all are to be verified', $plugin->first_run()->pending() === $dids && $resolver->asked === []);

    unset($site->events[First_Run::EVENT]);
    $left = $plugin->first_run()->step(0.0);
    $check('a step does at least one', $resolver->asked === ['did:web:a.example'] && $left === ['did:web:b.example', 'did:web:c.example']);
    $resolver->fails = ['did:web:b.example' => Refusal::undetermined('network.failed', 'down'), 'did:web:c.example' => new TypeError('a fault')];
    do_action(First_Run::EVENT);
    $check('one that fails keeps no other', $resolver->asked === $dids && $plugin->first_run()->pending() === []);
    $check('and the event is done', !isset($site->events[First_Run::EVENT]));
    $check('what failed is remembered', $plugin->identities()->get('did:web:b.example')->refusal()['code'] === 'network.failed'
        && $plugin->identities()->get('did:web:c.example')->refusal()['code'] === 'wordpress.internal');
    $codes = static function () use ($plugin): array {
        $codes = [];
        foreach (array_reverse($plugin->verdicts()->recent(100)) as $verdict) {
            $codes[] = substr($verdict->did(), 8, 1) . ' ' . $verdict->verdict() . ' ' . $verdict->code();
        }
        return $codes;
    };
    $check('and logged', $codes() === ['b undetermined network.failed', 'c undetermined wordpress.internal']
        && $plugin->verdicts()->recent(9)[1]->name() === 'P1' && $plugin->verdicts()->recent(9)[1]->version() === '1.1');

    // As in another process: what this one has read is read again.
    $again = static function () use ($made, $plugin): void {
        $made->setValue($plugin, array_intersect_key($made->getValue($plugin), [Resolver::class => 1, Repository::class => 1, Fair_Connect::class => 1]));
    };

    $resolver->asked = [];
    do_action(Schedule::CHECK);
    $check('what was checked just now is not checked again', $resolver->asked === []);
    $wpdb->query('UPDATE wp_fedverify_identities SET checked = checked - 40000');
    $wpdb->query("UPDATE wp_fedverify_identities SET checked = checked - 9 WHERE did = 'did:web:c.example'");
    $plugin->identities()->forget('did:web:b.example');
    $again();
    do_action(Schedule::CHECK);
    $check('what waited longest comes first', $resolver->asked === ['did:web:b.example', 'did:web:c.example', 'did:web:a.example']);
    $check('only changes are logged', count($codes()) === 3 && $codes()[2] === 'b undetermined network.failed');

    $resolver->fails = [];
    $repository->fails = Refusal::rejected('fair.metadata.malformed', 'bad');
    $plugin->check()->one('did:web:a.example');
    $repository->fails = null;
    $plugin->check()->one('did:web:a.example');
    $plugin->check()->one('did:web:a.example');
    $check('a refusal of the metadata, and its end', array_slice($codes(), 3) === ['a rejected fair.metadata.malformed', 'a verified ']);
    $check('the document stays', $plugin->identities()->get('did:web:a.example')->is_fresh(time()));

    $wpdb->is_down = true;
    $check('without a database nothing is thrown', $plugin->check()->one('did:web:a.example') instanceof Refusal && $plugin->check()->all($dids, 0.0) === array_slice($dids, 1));
    do_action(Schedule::CHECK);
    $wpdb->is_down = false;

    $wpdb->query('UPDATE wp_fedverify_identities SET checked = ' . (time() + 999999));
    $again();
    $check('a time to come was by a wrong clock', count($plugin->check()->due(time() - 36000)) === 3);

    // A must-use plugin is never activated.
    unset($site->options['fedverify_first_run']);
    $site->events = [];
    $client->purged = null;
    $_SERVER['REQUEST_METHOD'] = 'GET';
    $queries = $wpdb->queries;
    do_action('init');
    $check('a visitor\'s request makes nothing', $site->events === [] && $client->purged === null && $wpdb->queries === $queries);
    $site->cron = true;
    do_action('init');
    $check('one of cron does', isset($site->events[Schedule::CHECK], $site->events[First_Run::EVENT]) && $client->purged === $dids);
    $client->purged = null;
    do_action('init');
    $check('once', $client->purged === null);

    // In a network the first who comes may come to any site. The events are the main site's.
    unset($site->options['fedverify_first_run']);
    [$site->events, $site->blog] = [[], 7];
    do_action('init');
    $check('begun on another site of a network', array_keys($site->events) === [First_Run::EVENT] && $site->blog === 7 && $client->purged === $dids);
    $site->activation['off']();
    $check('and ended there', $site->events === []);
    $site->blog = 1;
    unset($site->options['fedverify_first_run']);
    do_action('init');

    $site->activation['off']();
    $check('deactivated, it has no events and keeps its memory', $site->events === [] && count($plugin->identities()->all()) === 3 && isset($site->options['fedverify_first_run']));
    sleep(1);
    $site->activation['on']();
    $check('activated again, it verifies again', count($plugin->first_run()->pending()) === 3);

    // Language_Pack_Upgrader::bulk_upgrade() takes everybody's filters from these, for the rest of the process. The gate behind
    // unpacking is hooked again for each package.
    $cleared = ['upgrader_pre_install', 'upgrader_clear_destination', 'upgrader_post_install', 'upgrader_source_selection'];
    $check('nothing hangs where everybody is taken away', array_intersect($cleared, array_keys($hooks)) === []);
    $write('own/fedverify/src/admin/class-moment.php', '<?php // Loaded from the real folder, by the name alone.');
    $write('own/fedverify/src/admin/class-badge.php', '<?php');
    foreach (['plugin' => 'another/another.php', 'theme' => 't', 'language_update' => new stdClass()] as $kind => $of) {
        apply_filters('upgrader_pre_download', false, 'https://w.example/x.zip', null, [$kind => $of]);
    }
    $check('an update of another loads nothing', !class_exists('FedVerify\WordPress\Admin\Moment', false));
    apply_filters('upgrader_pre_download', false, 'https://w.example/x.zip', null, ['plugin' => 'fedverify/fedverify.php']);
    $check('one of its own loads all', class_exists('FedVerify\WordPress\Admin\Moment', false) && class_exists('FedVerify\WordPress\Admin\Badge', false));
    $check('screens are not hooked for a visitor', !isset($hooks['admin_notices']) && !isset($hooks['manage_plugins_columns']));
    $check('the menu is: others ask for it in REST', isset($hooks['admin_menu'], $hooks['network_admin_menu']));

    // Where a must-use plugin requires it, it is not deleted.
    final class Died extends Exception
    {
    }

    function is_plugin_inactive(string $file): bool
    {
        if ($GLOBALS['inactive'] === null) {
            throw new TypeError('a callback of another plugin, where WordPress reads which plugins are active');
        }
        return $GLOBALS['inactive'];
    }

    function esc_html__(string $text, string $domain = ''): string
    {
        return $text;
    }

    function wp_unslash($value)
    {
        return $value;
    }

    function wp_die(string $message, string $title, array $arguments): void
    {
        if ($GLOBALS['dies']) {
            throw new Died($message);
        }
    }

    $dies = true;

    // As the hooks call it.
    $deletes = static function (callable $refusal): bool {
        try {
            FedVerify\WordPress\Guard::ending($refusal, static fn () => null)();
            return true;
        } catch (Died $refused) {
            return false;
        }
    };
    // As where it was not deactivated just now, in this process.
    $begun = static function (bool $isRequired = true) use ($own): FedVerify\WordPress\Policy\Own_Deletion {
        return new FedVerify\WordPress\Policy\Own_Deletion($own, $isRequired);
    };
    $chosen = static function (array $request) use ($begun): ?callable {
        $_REQUEST = $request;
        return $begun()->refusal_of_chosen();
    };
    file_put_contents($own, '<?php');
    symlink(dirname($own), WP_PLUGIN_DIR . '/fedverify');
    $inactive = true;
    $refusal = static function ($plugin, bool $isRequired = true) use ($begun): callable {
        return static function () use ($begun, $plugin, $isRequired): ?callable {
            return $begun($isRequired)->refusal($plugin);
        };
    };
    $check('not deleted', !$deletes($refusal('fedverify/fedverify.php')));
    foreach (['plain/plain.php', null, ''] as $other) {
        $check('but others are: ' . json_encode($other), $deletes($refusal($other)));
    }
    foreach (['action', 'action2'] as $name) {
        $check("nor with others, $name", !$deletes(static function () use ($chosen, $name): ?callable {
            return $chosen(['action' => '-1', $name => 'delete-selected', 'checked' => ['plain/plain.php', 'fedverify/fedverify.php']]);
        }));
    }
    foreach ([
        ['action' => 'delete-selected', 'checked' => ['plain/plain.php', ['fedverify/fedverify.php']]],
        ['action' => 'activate-selected', 'checked' => ['fedverify/fedverify.php']],
        ['action' => 'delete-selected', 'checked' => 'fedverify/fedverify.php'],
        [],
    ] as $request) {
        $check('others are, and it may be chosen for something else: ' . json_encode($request), $deletes(static function () use ($chosen, $request): ?callable {
            return $chosen($request);
        }));
    }
    $check('deleted where no must-use plugin requires it, whoever deactivated it in this request', $deletes($refusal('fedverify/fedverify.php', false)));
    // As `wp plugin uninstall --deactivate` does.
    $in_one_request = static function (string $file, bool $of_network) use ($site): callable {
        return static function () use ($site, $file, $of_network): ?callable {
            $plugin = new ReflectionMethod(Plugin::class, '__construct');
            if (PHP_VERSION_ID < 80100) {
                $plugin->setAccessible(true);
            }
            $started = (new ReflectionClass(Plugin::class))->newInstanceWithoutConstructor();
            $plugin->invoke($started, $file);
            $started->deactivate($of_network);
            return $started->own_deletion()->refusal('fedverify/fedverify.php');
        };
    };
    unset($site->did['muplugins_loaded']);
    $check('not deleted where it was active, too, and a must-use plugin has loaded it', !$deletes($in_one_request($own, false)));
    $check('what the network has loaded may be deleted', $deletes($in_one_request($own, true)));
    mkdir("$scratch/mu-plugins/fedverify", 0777, true);
    touch("$scratch/mu-plugins/fedverify/fedverify.php");
    $check('a copy elsewhere is not the one that is required', $deletes($in_one_request("$scratch/mu-plugins/fedverify/fedverify.php", false)));
    $site->did['muplugins_loaded'] = 1;
    $check('deleted where it was active until now', $deletes($in_one_request($own, false)));
    $inactive = false;
    $check('what is active is WordPress\'s to refuse', $deletes($refusal('fedverify/fedverify.php')));
    $inactive = true;
    $loadedEarly = static function (bool $isRequired) use ($plugin, $made, $begun): void {
        $made->setValue($plugin, [FedVerify\WordPress\Policy\Own_Deletion::class => $begun($isRequired)] + $made->getValue($plugin));
    };
    foreach (['pre_uninstall_plugin', 'delete_plugin', 'load-plugins.php'] as $hook) {
        $_REQUEST = ['action' => 'delete-selected', 'checked' => ['fedverify/fedverify.php']];
        $ends = static function () use ($hook): bool {
            try {
                do_action($hook, 'fedverify/fedverify.php');
                return false;
            } catch (Died $refused) {
                return true;
            }
        };
        $loadedEarly(true);
        $check("what ends the request is let out of $hook", $ends());
        // Before that page, nothing is deleted yet, and it must not go down.
        $inactive = null;
        $check("another plugin's failure is no leave to delete: $hook", $ends() === ($hook !== 'load-plugins.php'));
        $loadedEarly(false);
        $check("and none to refuse: $hook", !$ends());
        $inactive = true;
        $check("and there is none where it may be deleted: $hook", !$ends());
    }
    $loadedEarly(true);
    $dies = false;
    try {
        do_action('delete_plugin', 'fedverify/fedverify.php');
        $isOver = false;
    } catch (RuntimeException $end) {
        $isOver = true;
    }
    $check('nothing goes on where another plugin\'s handler does not end the request', $isOver);

    unlink(WP_PLUGIN_DIR . '/fedverify');

    // Deleted, it keeps what it remembers, unless the setting says otherwise.
    define('WP_UNINSTALL_PLUGIN', 'fedverify/fedverify.php');
    $uninstall = static function (): void {
        FedVerify\WordPress\Memory\Uninstall::run();
    };
    $uninstall();
    $check('deleted, it keeps its memory', $site->events === [] && count($plugin->identities()->all()) === 3);
    $plugin->settings()->update(['forget_on_uninstall' => true]);
    $uninstall();
    $check('unless it is told to forget', $site->options === [] && count($plugin->schema()->missing()) === 4);

    $finish('policy');
}
