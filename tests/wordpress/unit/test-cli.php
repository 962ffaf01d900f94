<?php

/** `wp fedverify`: rows, exit statuses, and what is asked before something is forgotten. WP-CLI and what fetches are played. */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification {
    require __DIR__ . '/verifier.php';

    final class Archives
    {
        /** @var list<array<mixed>> */
        public $asked = [];
        /** @var \Throwable|null */
        public $fails;

        public function verify(Resolved $resolved, Metadata $metadata, string $url, ?string $version, $copy, array $options): void
        {
            $this->asked[] = [$resolved->did, $url, $version, $copy, $options];
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
    }
}

namespace WP_CLI\Utils {
    function format_items(string $format, array $items, array $fields): void
    {
        \WP_CLI::$printed = [$format, array_map(static function (array $item) use ($fields): array {
            return array_intersect_key($item, array_flip($fields));
        }, $items), $fields];
    }
}

namespace {
    require __DIR__ . '/wordpress.php';
    require __DIR__ . '/signatures.php';

    use FedVerify\AuditLog;
    use FedVerify\WordPress\Cli\Command;
    use FedVerify\WordPress\Memory\Verdict;
    use FedVerify\WordPress\Plugin;
    use FedVerify\WordPress\Refusal;
    use FedVerify\WordPress\Verification\Archives;
    use FedVerify\WordPress\Verification\Resolver;

    /** A command ended. */
    final class Halt extends Exception
    {
    }

    final class WP_CLI
    {
        /** @var array<string, object> */
        public static $commands = [];
        /** @var array<mixed> */
        public static $printed = [];
        /** @var list<string> */
        public static $said = [];
        /** @var bool what is answered when something is asked */
        public static $yes = true;

        public static function add_command(string $name, object $command): void
        {
            self::$commands[$name] = $command;
        }

        public static function halt(int $status): void
        {
            throw new Halt('', $status);
        }

        public static function success(string $message): void
        {
            self::$said[] = "success: $message";
        }

        public static function error(string $message, bool $exits): void
        {
            self::$said[] = "error: $message";
        }

        public static function confirm(string $question, array $options): void
        {
            self::$said[] = "asked: $question";
            if (empty($options['yes']) && !self::$yes) {
                throw new Halt('', 0);
            }
        }
    }

    /** Runs a command: its status. */
    $run = static function (string $command, string $method, array $arguments = [], array $options = []): int {
        WP_CLI::$printed = WP_CLI::$said = [];
        try {
            WP_CLI::$commands[$command]->$method($arguments, $options);
        } catch (Halt $halt) {
            return $halt->getCode();
        }
        return -1;
    };
    $rows = static function (): array {
        return WP_CLI::$printed[1] ?? [];
    };

    $example = __DIR__ . '/../../../examples/fair';
    $did = trim((string) file_get_contents("$example/did.txt"));
    $web = 'did:web:b.example';
    foreach ([[$did, 'Hello'], [$web, 'Weather']] as $i => [$one, $name]) {
        $write("plugins/p$i/p.php", "<?php\n/*\nPlugin Name: $name\nPlugin ID: $one\nVersion: 1.0\n*/");
    }
    Plugin::start('/plugins/fedverify/fedverify.php');
    $plugin = Plugin::get();
    $plugin->installed()->refresh();
    Command::register($plugin);
    $check('five commands', array_keys(WP_CLI::$commands) === ['fedverify', 'fedverify pin', 'fedverify log', 'fedverify federation', 'fedverify publisher']);

    /* status */

    $check('nothing verified yet', $run('fedverify', 'status') === 2 && array_column($rows(), 'state') === ['pending', 'pending']);
    $identity = AuditLog::verify((string) file_get_contents("$example/log.json"), $did);
    $plugin->pins()->update($did, $identity->pin());
    $plugin->identities()->record_verified($did, $identity->didDocument(), $identity->history(), [], []);
    $plugin->identities()->record_verified($web, ['id' => $web], [], [], []);
    $check('all verified', $run('fedverify', 'status') === 0);
    $check('by name', array_column($rows(), 'name') === ['Hello', 'Weather'] && array_column($rows(), 'trust') === ['self-certified', 'web']);
    $check('the format', $run('fedverify', 'status', [], ['format' => 'json', 'fields' => 'did, state']) === 0
        && WP_CLI::$printed[0] === 'json' && $rows()[0] === ['did' => $did, 'state' => 'identity']);
    $check('an unknown column', $run('fedverify', 'status', [], ['fields' => 'nonsense']) === 2 && strpos(WP_CLI::$said[0], 'The columns are: name') !== false);
    $plugin->identities()->record_refused($web, Refusal::rejected('did.document.malformed', 'm'));
    $check('refused', $run('fedverify', 'status') === 1 && array_column($rows(), 'code') === ['', 'did.document.malformed']);
    $plugin->identities()->record_refused($web, Refusal::undetermined('network.status', 'm'));
    $check('an outage', $run('fedverify', 'status') === 2);

    /* verify */

    $resolver = $plugin->resolver();
    $check('the resolver is played', $resolver instanceof Resolver);
    $check('verified', $run('fedverify', 'verify') === 0 && array_column($rows(), 'verdict') === ['verified', 'verified']);
    $check('one of them', $run('fedverify', 'verify', [$web]) === 0 && array_column($rows(), 'did') === [$web]);
    $resolver->fails = [$web => Refusal::undetermined('network.failed', "bad\x1b[2J\u{202e}")];
    $check('an outage is 2', $run('fedverify', 'verify') === 2);
    $check('nothing moves the cursor', $rows()[1]['message'] === 'bad [2J');
    $check('nor in a sentence', $run('fedverify pin', 'forget', ["\x1b[2Jdid:web:none.example\u{202e}"]) === 2 && WP_CLI::$said === ['error: Nothing is remembered about [2Jdid:web:none.example .']);
    $resolver->fails[$did] = Refusal::rejected('pin.rollback', 'm', 'do this');
    $check('a refusal is 1, whatever else', $run('fedverify', 'verify') === 1 && $rows()[0]['remedy'] === 'do this');
    $check('in any order', $run('fedverify', 'verify', [$web, $did]) === 1 && $run('fedverify', 'verify', [$did, $web]) === 1);
    $resolver->fails = [];
    $plugin->held()->hold($did, ['kind' => 'plugin', 'file' => 'p0/p.php', 'name' => 'Hello', 'version' => '1.1', 'url' => 'https://a.example/z', 'reason' => 'wordpress.held.fresh_key', 'message' => '', 'until' => 5]);
    $archives = $plugin->archives();
    $check('the archives are played', $archives instanceof Archives);
    $archives->fails = Refusal::held('wordpress.held.fresh_key', 'm', 5);
    $check('it still waits', $run('fedverify', 'verify', [$did]) === 2 && $rows()[0]['verdict'] === 'held' && $plugin->held()->get($did) !== null);
    $options = ['wait' => true, 'no_downgrade' => true, 'installed' => '1.0', 'kind' => 'plugin'];
    $check('as it was offered', $archives->asked[0] === [$did, 'https://a.example/z', '1.1', null, $options]);
    $archives->fails = null;
    $check('it waits no more', $run('fedverify', 'verify', [$did]) === 0 && $plugin->held()->get($did) === null);

    /* pin */

    $check('pins', $run('fedverify pin', 'list_') === 0 && array_column($rows(), 'did') === [$did, $web]);
    $check('the head', $rows()[0]['head'] === $identity->head() && $rows()[1]['head'] === '' && $rows()[0]['versions'] === '0');
    $check('nothing to forget', $run('fedverify pin', 'forget', ['did:web:none.example']) === 2);
    WP_CLI::$yes = false;
    $run('fedverify pin', 'forget', [$did]);
    $check('asked, and not forgotten', strpos(WP_CLI::$said[0], "asked: Forget $did?") === 0 && $plugin->identities()->get($did) !== null);
    $check('forgotten', $run('fedverify pin', 'forget', [$did], ['yes' => true]) === 0 && $plugin->identities()->get($did) === null);

    /* log */

    $other = 'did:web:reported.example';
    $plugin->verdicts()->add(Verdict::of(['did' => $did, 'verdict' => 'rejected', 'code' => 'pin.rollback', 'at' => 5]));
    $plugin->verdicts()->add(Verdict::of(['did' => $web, 'verdict' => 'verified', 'at' => 1775901600]));
    $check('newest first', $run('fedverify log', 'show') === 0 && array_column($rows(), 'at')[0] === '2026-04-11T10:00:00Z');
    $check('what was only reported', array_column($rows(), 'only_reported') === ['no', 'no']);
    $plugin->verdicts()->add(Verdict::of(['did' => $other, 'verdict' => 'rejected', 'at' => 6])->only_reported());
    $check('says so', $run('fedverify log', 'show', [$other]) === 0 && array_column($rows(), 'only_reported') === ['yes']);
    $check('of one', $run('fedverify log', 'show', [$did]) === 0 && array_column($rows(), 'code') === ['pin.rollback']);
    $check('only so many', $run('fedverify log', 'show', [], ['limit' => '1']) === 0 && count($rows()) === 1);
    foreach (['0', '-1', 'x', '1.5', ''] as $limit) {
        $check("no limit: $limit", $run('fedverify log', 'show', [], ['limit' => $limit]) === 2);
    }

    /* federation */

    $pem = Signatures::key('alice');
    $write('alice.pem', $pem);
    $alice = 'alice@plugins.example';
    $key = FedVerify\WordPress\Federation\Publisher_Key::read($pem)->did_key();
    $bob = FedVerify\WordPress\Federation\Publisher_Key::read(Signatures::key('bob'));
    $write('plugins/hello/hello.php', "<?php\n/*\nPlugin Name: Hello\nVersion: 1.0\nFederation Source: $alice\n*/\n");
    $plugin->installed()->changed();
    $check('no keys', $run('fedverify publisher', 'list_') === 0 && $rows() === []);
    $check('no source', $run('fedverify publisher', 'trust', ['alice'], ['key-file' => "$scratch/alice.pem"]) === 2 && strpos(WP_CLI::$said[0], 'wordpress.federation.source_invalid') !== false);
    $check('no file', $run('fedverify publisher', 'trust', [$alice], ['key-file' => "$scratch/none"]) === 2);
    $write('large.pem', $pem . str_repeat(' ', 5000));
    $check('no key file of such a size', $run('fedverify publisher', 'trust', [$alice], ['key-file' => "$scratch/large.pem"]) === 2);
    $check('no node to ask', $run('fedverify publisher', 'trust', [$alice]) === 2 && strpos(WP_CLI::$said[0], 'wordpress.federation.no_node') !== false);
    $check('without a key it waits', $run('fedverify federation', 'check') === 2 && $rows()[0]['code'] === 'wordpress.federation.untrusted');
    $check('trusted', $run('fedverify publisher', 'trust', [$alice], ['key-file' => "$scratch/alice.pem"]) === 0 && strpos(WP_CLI::$said[0], $key) !== false);
    $check('listed', $run('fedverify publisher', 'list_') === 0 && $rows() === [['source' => $alice, 'key' => $key, 'state' => 'trusted', 'node' => '', 'unsigned' => 'held']]);
    $check('asked about unsigned archives, and not allowed', $run('fedverify publisher', 'unsigned', [$alice, 'allow']) === 0 && strpos(WP_CLI::$said[0], "asked: Install archives of $alice") === 0
        && $run('fedverify publisher', 'list_') === 0 && $rows()[0]['unsigned'] === 'held');
    $check('unsigned archives', $run('fedverify publisher', 'unsigned', [$alice, 'allow'], ['yes' => true]) === 0 && $run('fedverify publisher', 'list_') === 0 && $rows()[0]['unsigned'] === 'allowed');
    $check('or not', $run('fedverify publisher', 'unsigned', [$alice, 'hold']) === 0 && $run('fedverify publisher', 'unsigned', [$alice, 'yes']) === 2);
    $shown_keys = $plugin->federation()->shown_keys();
    $shows = static function ($key) use ($shown_keys, $alice): void {
        $shown_keys->show(FedVerify\WordPress\Federation\Source_Id::parse($alice), $key, 'https://node.example');
    };
    $shows($bob);
    $check('a key to decide about is 2', $run('fedverify publisher', 'list_') === 2 && $rows()[1]['state'] === 'undecided' && $rows()[1]['node'] === 'https://node.example');
    $check('it stops no check', $run('fedverify federation', 'check') === 2 && $rows()[0]['code'] === 'wordpress.federation.no_node');
    $check('another one is not confirmed', $run('fedverify publisher', 'confirm', [$alice, $key]) === 2 && $run('fedverify publisher', 'keep', [$alice]) === 2);
    $check('kept', $run('fedverify publisher', 'keep', [$alice, $bob->did_key()]) === 0 && $run('fedverify publisher', 'list_') === 0 && $rows()[0]['key'] === $key);
    $shows($bob);
    $check('it is not asked about again', $run('fedverify publisher', 'list_') === 0);
    $carol = FedVerify\WordPress\Federation\Publisher_Key::read(Signatures::key('carol'));
    $shows($carol);
    $check('confirmed', $run('fedverify publisher', 'confirm', [$alice, $carol->did_key()]) === 0 && $run('fedverify publisher', 'list_') === 0 && $rows()[0]['key'] === $carol->did_key());
    $check('only some plugins', $run('fedverify federation', 'check', ['hello/hello.php']) === 2 && array_column($rows(), 'file') === ['hello/hello.php']);
    $check('one that is not there is not fine', $run('fedverify federation', 'check', ['hello/helo.php']) === 2 && $rows() === [] && strpos(WP_CLI::$said[0], 'hello/helo.php') !== false);
    $check('forgotten', $run('fedverify publisher', 'forget', [$alice]) === 0 && $run('fedverify publisher', 'forget', [$alice]) === 2);

    $finish('commands');
}
