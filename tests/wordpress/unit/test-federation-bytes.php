<?php

/** Which bytes a version has: they are known for ever, and something has to bind them. */

declare(strict_types=1);

require __DIR__ . '/federation.php';

$begin();

// Released twice: the bytes of a version are known for ever.
$check('known', $plugin->federation()->digests()->get($source, 'hello', 'v1.1.0')['sha384'] === hash('sha384', $bytes['1.1']));
$again = $archive('1.1-again', ['hello/hello.php' => $php('1.1') . '// more']);
$serve($node, [$listed('1.1', $again)], $again);
$check('other bytes for a version, signed', $checked() === 'wordpress.federation.other_bytes' && $last() === 'alice@plugins.example#hello 1.1 rejected wordpress.federation.other_bytes');
$check('nor by the URL', $updated($url('1.1')) === 'wordpress.federation.other_bytes' && $is_kept());
$plugin->federation()->publishers()->forget($source);
$fetcher->asked = [];
$check('no node is asked without a key', $updated($url('1.1')) === 'wordpress.federation.untrusted' && $fetcher->asked === []);
$plugin->federation()->publishers()->trust($source, $alice);
$check('also where the source was forgotten', $checked() === 'wordpress.federation.other_bytes');
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('an honest node beside it', $checked() === 'fine' && $offered() === '2.0');

// One of two nodes lies about the archive: about its signature, or by leaving it out where the owner allows that.
$serve($other, [$listed('2.2', $archive('2.2'))]);
$serve($node, [$listed('2.2', $bytes['2.1'], ['archive_signature' => Signatures::by('mallory', 'anything')])], $bytes['2.1']);
$check('a forged signature of the archive hides no honest node', $checked() === 'fine' && $offered() === '2.2' && $from() === $url('2.2', $other));
$serve($node, [$listed('2.2', $bytes['2.1'], ['archive_signature' => '!'])], $bytes['2.1']);
$check('nor one that is none', $checked() === 'fine' && $from() === $url('2.2', $other));
$plugin->federation()->publishers()->allow_unsigned($source, true);
$serve($node, [$listed('2.2', $bytes['2.1'], $unsigned)], $bytes['2.1']);
$check('nor does none, where that is allowed', $checked() === 'fine' && $from() === $url('2.2', $other));
$plugin->federation()->publishers()->allow_unsigned($source, false);
$check('nor where it is not', $checked() === 'fine' && $from() === $url('2.2', $other));
$serve($other, []);
$check('until the honest node no longer lists it', $checked() === 'wordpress.held.unsigned' && $offered() === 'none');
$serve($node, []);
$checked();
$silence($other);

// Nobody signed the bytes.
$serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $bytes['2.1']);
$check('held', $checked() === 'wordpress.held.unsigned' && $offered() === 'none' && $last() === 'alice@plugins.example#hello 2.1 held wordpress.held.unsigned');
$failed = [(object) ['item' => (object) ['plugin' => 'hello/hello.php', 'new_version' => '2.1'], 'result' => null]];
$check('by its URL, too', $updated($url('2.1')) === 'wordpress.held.unsigned' && $is_kept());
$check('of which nobody has written but WordPress', apply_filters('auto_plugin_update_send_email', true, $failed) === true);
$serve($node, [$listed('1.1', $bytes['1.1'], $unsigned)], $bytes['1.1']);
$check('recorded bytes are bound', $checked() === 'fine' && $updated($url('1.1')) === 'hello'
    && $newest()->facts()['binding'] === 'recorded');
$serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $bytes['2.1'] . 'x');
$checked();
$plugin->federation()->publishers()->allow_unsigned($source, true);
$check('the owner allows them', $offered() === '2.1');
$check('not those that the node does not list', in_array($updated($url('2.1')), ['pfn.archive.unreadable', 'wordpress.federation.other_bytes'], true) && $is_kept());
$more = $archive('2.1-more', ['hello/hello.php' => $php('2.1') . '// more']);
$serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $more);
$check('nor other ones that can be read', $updated($url('2.1')) === 'wordpress.federation.other_bytes' && $is_kept());
$serve($node, [$listed('2.1', $bytes['2.1'], $unsigned)], $bytes['2.1']);
$check('installed', $updated($url('2.1')) === 'hello' && $version() === '2.1' && $newest()->facts()['binding'] === 'unsigned');
$write("plugins/$file", $php('1.1'));
$plugin->federation()->publishers()->allow_unsigned($source, false);
$check('no more, once the owner has withdrawn it: recorded bytes that nobody signed bind nothing', $checked() === 'wordpress.held.unsigned' && $offered() === 'none'
    && $updated($url('2.1')) === 'wordpress.held.unsigned' && $is_kept());
$plugin->federation()->publishers()->allow_unsigned($source, true);

$write("plugins/$file", $php('1.2'));
$by_hand = $archive('1.2');
$serve($node, [$listed('1.2', $by_hand, $unsigned)], $by_hand);
$check('what is installed, by whatever way, is no update that waits', $checked() === 'fine' && $later()->offers()->get($package())->listed() === null);
$write("plugins/$file", $php('1.1'));

// Two at once remember one.
$digests = $plugin->federation()->digests();
$check('two requests at once', $refused(static function () use ($digests, $source) {
    $digests->remember($source, 'hello', ['version' => '1.1', 'sha256' => 'x', 'sha384' => str_repeat('0', 96), 'binding' => 'signed', 'key' => 'x']);
}) === 'rejected wordpress.federation.other_bytes');

// A copy of the database that lags: what cannot be compared is not taken for the same.
$primary = $wpdb;
$wpdb = new class ($primary) {
    public $base_prefix = 'wp_';
    public $last_error = '';
    public $last_result = [];
    private $primary;

    public function __construct(object $primary)
    {
        $this->primary = $primary;
    }

    public function __call(string $name, array $arguments)
    {
        return $this->primary->$name(...$arguments);
    }

    public function query(string $query): int
    {
        return strncmp($query, 'SELECT', 6) === 0 ? 0 : $this->primary->query($query);
    }
};
$check('a digest that cannot be read again', $refused(static function () use ($digests, $source, $bytes) {
    $digests->remember($source, 'hello', ['version' => '1.1', 'sha256' => 'x', 'sha384' => hash('sha384', $bytes['1.1']), 'binding' => 'signed', 'key' => 'x']);
}) === 'undetermined wordpress.memory.failed');
$wpdb = $primary;

// What is deleted: what was verified of its files is said of no others, which bytes its versions had stays known.
$write("plugins/$file", $php('2.0'));
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$forget_failures();
$check('verified', $updated($url('2.0')) === 'hello' && $later()->installations()->of($package()) !== null);
do_action('deleted_plugin', $file, false);
$check('not deleted', $later()->installations()->of($package()) !== null);
do_action('delete_plugin', $file);
$check('being deleted: some of its files may be gone', $later()->installations()->of($package()) === null);
$write("plugins/$file", $php('1.1'));
$check('installed again', $checked() === 'fine' && $updated($url('2.0')) === 'hello' && $later()->installations()->of($package()) !== null);
do_action('deleted_plugin', $file, true);
$check('deleted, and put there by somebody', $later()->installations()->of($package()) === null
    && $plugin->federation()->digests()->get($source, 'hello', '2.0') !== null);

// What is taken back.
$digests = $later()->digests();
$check('not what is not there', !$plugin->federation()->take_back('alice@plugins.example#hello 77.0.0') && $digests->get($source, 'hello', '1.1') !== null);
$check('a version', $plugin->federation()->take_back('alice@plugins.example#hello 1.1.0') && $later()->digests()->get($source, 'hello', '1.1') === null
    && $newest()->verdict() === 'noted');

$finish('federation-bytes');
