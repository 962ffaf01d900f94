<?php

/** What the screens decide and show, as far as it needs no WordPress. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\AuditLog;
use FedVerify\WordPress\Admin\Clock_Note;
use FedVerify\WordPress\Admin\Dismissals;
use FedVerify\WordPress\Admin\Identifier;
use FedVerify\WordPress\Admin\Identity_View;
use FedVerify\WordPress\Admin\Mailer;
use FedVerify\WordPress\Admin\Markup;
use FedVerify\WordPress\Admin\Moment;
use FedVerify\WordPress\Admin\Notice_Choice;
use FedVerify\WordPress\Admin\Package_Status;
use FedVerify\WordPress\Admin\Publisher_Facts;
use FedVerify\WordPress\Admin\Publisher_Table;
use FedVerify\WordPress\Admin\Sentence;
use FedVerify\WordPress\Admin\Timeline;
use FedVerify\WordPress\Admin\Timeline_View;
use FedVerify\WordPress\Admin\Verdict_Export;
use FedVerify\WordPress\Admin\Silence_Note;
use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Federation\Publisher;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Network\Plain_Text;

define('DAY_IN_SECONDS', 86400);
define('MONTH_IN_SECONDS', 2592000);

function wp_unslash(string $text): string
{
    return stripslashes($text);
}

function esc_attr(string $text): string
{
    return esc_html($text);
}

function esc_html__(string $text, string $domain = ''): string
{
    return esc_html($text);
}

function esc_html_e(string $text, string $domain = ''): void
{
    echo esc_html($text);
}

function esc_attr__(string $text, string $domain = ''): string
{
    return esc_attr($text);
}

/** Everything is let through, so that what is not escaped shows. */
function wp_kses(string $html, array $allowed, array $protocols = []): string
{
    return $html;
}

function wp_date(string $format, int $at): string
{
    return gmdate($format, $at);
}

function is_network_admin(): bool
{
    return false;
}

function admin_url(string $path): string
{
    return "https://site.example/wp-admin/$path";
}

function add_query_arg(array $arguments, string $url): string
{
    return $url . '?' . http_build_query($arguments);
}

function esc_url(string $url, array $protocols): string
{
    return $url;
}

function get_user_meta(int $user, string $name, bool $single)
{
    return $GLOBALS['site']->options["user $user $name"] ?? '';
}

function update_user_meta(int $user, string $name, $value): void
{
    $GLOBALS['site']->options["user $user $name"] = $value;
}

$site->options['date_format'] = 'Y-m-d';
$site->options['time_format'] = 'H:i';

/* Identifiers and times */

$short = [
    'did:plc:6fub4jd3yfiuvzi5yhcmvrax' => 'did:plc:6fub4j…vrax',
    'did:key:zQ3shMpfKtvBMj1bEbts5vkio8PjA4H8kufkG9uNHWu6N7YbS' => 'did:key:zQ3shM…7YbS',
    'bafyreihrnapci66bkffokhobytfmifygqztjhsojr7hvfz6j5yrdytx7pm' => 'bafyre…x7pm',
    'did:web:a-rather-long-name-of-a-publisher.example' => 'did:web:a-rather-long-name-of-a-publisher.example',
    'short' => 'short',
    '' => '',
    "not\u{202e}ASCII but long enough to be shortened" => "not\u{202e}ASCII but long enough to be shortened",
];
foreach ($short as $value => $expected) {
$check('an identifier that was sent', Identifier::sent('did:web:a.example%3A8443') === 'did:web:a.example%3A8443' && Identifier::sent(" did:plc:x\n") === 'did:plc:x');
$check('or nothing', Identifier::sent(null) === '' && Identifier::sent(['did:plc:x']) === '' && Identifier::sent(str_repeat('x', 10001)) === '');
    $check("short: $value", Identifier::short($value) === $expected);
}
$check('an identifier is escaped', Identifier::code('<b>') === '<code class="fedverify-id" dir="ltr">&lt;b&gt;</code>');
$check('a time of a report', Moment::parse('2026-04-11T10:00:00Z') === 1775901600 && Moment::parse('2026-04-11T10:00:00.000Z') === 1775901600);
foreach (['tomorrow', '2026-04-11', '', null, [], 1.5, '2026-99-99T99:99:99Z'] as $damaged) {
    $check('no time: ' . json_encode($damaged), Moment::parse($damaged) === null);
}

$sentences = ['the log ends' => 'The log ends.', 'https://x answered' => 'https://x answered.', 'did:plc:a is tombstoned' => 'did:plc:a is tombstoned.',
    'Whole already.' => 'Whole already.', '' => '', 'a, b' => 'A, b.', 'word' => 'word.'];
foreach ($sentences as $message => $expected) {
    $check("sentence: $message", Sentence::of($message) === $expected);
}

$check('a name is escaped and isolated', Markup::isolated('<b>&') === '<bdi>&lt;b&gt;&amp;</bdi>' && Markup::isolated('') === '');
$check('on one line, without what turns it around', Markup::isolated("a\n\u{202e}b") === '<bdi>a b</bdi>' && Identifier::code("a\u{202e}") === '<code class="fedverify-id" dir="ltr">a</code>');
$check('in a sentence', Markup::sentence('refused %s & %s', '50 % <i>', 'x') === 'refused <bdi>50 % &lt;i&gt;</bdi> &amp; <bdi>x</bdi>');

/* The timeline */

$example = __DIR__ . '/../../../examples/fair';
$identity = AuditLog::verify((string) file_get_contents("$example/log.json"), trim((string) file_get_contents("$example/did.txt")), null, 1775000000 + 1000000);
$history = $identity->history();
$until = '2026-04-14T10:00:00Z';
$contestable = [['operation' => 4, 'cid' => $identity->head(), 'until' => $until, 'keys' => ['did:key:zQ3shQ6K']]];
$entries = Timeline::of($history, $contestable);
$facts = static function (string $method) use ($entries): array {
    return array_map(static function ($entry) use ($method) {
        return $entry->$method();
    }, $entries);
};
$check('what each operation did', $facts('kind') === ['genesis', 'services', 'several', 'recovery', 'names']);
$check('what was undone', $facts('is_undone') === [false, false, true, false, false]);
$check('where the branch begins', $facts('starts_branch') === [false, false, true, false, false]);
$check('the head', $facts('is_head') === [false, false, false, false, true]);
$check('who signed', $facts('signer') === [[2, 2], [2, 2], [2, 2], [1, 2], [2, 2]]);
$check('by which key', $entries[3]->key() === $history[3]['key']);
$check('when', $entries[0]->created_at() === 1767258000 && $entries[0]->first_seen() === 1776000000);
$check('until when', $facts('undoable_until') === [null, null, null, null, 1776160800]);
$check('by whom', $entries[4]->undoable_by() === ['did:key:zQ3shQ6K'] && $entries[0]->undoable_by() === []);
$check('what the genesis brought', count($entries[0]->changes()) === 4 && $entries[0]->changes()[0]['sign'] === '+');
$check('a changed service is a removed and an added one', array_column($entries[1]->changes(), 'sign') === ['-', '+']);
$check('a recovery is compared with what it follows', array_column($entries[3]->changes(), 'kind') === ['rotation_keys', 'rotation_keys']);

$check('no history', Timeline::of([], []) === []);
$damaged = [7, null, 'x', [], ['cid' => 5], ['cid' => 'a'], ['cid' => 'b', 'prev' => ['a'], 'state' => 'x', 'signer' => 'y', 'key' => [], 'createdAt' => []],
    ['cid' => 'd', 'prev' => 'b', 'changes' => 'x'], ['cid' => 'e', 'prev' => 'b', 'changes' => [[], ['change' => [], 'part' => 1]]],
    ['cid' => 'c', 'prev' => 'b', 'state' => ['rotationKeys' => 'x', 'services' => [['type' => []], 7], 'alsoKnownAs' => [[]]], 'nullified' => 'yes']];
$outcome = $thrown(static function () use ($damaged): void {
    Timeline::of($damaged, [null, ['cid' => 'a', 'until' => [], 'keys' => 'x'], ['cid' => []]]);
});
$check("a damaged history does no harm: $outcome", $outcome === 'nothing');

$hostile = $history;
$hostile[4]['cid'] = '<script>1</script>';
$hostile[4]['key'] = '"><img onerror=alert(1)>';
$hostile[4]['changes'] = [
    ['change' => 'added', 'part' => 'services', 'id' => '<i>', 'type' => '<u>', 'value' => 'javascript:<s>'],
    ['change' => 'removed', 'part' => 'verificationMethods', 'id' => '"onfocus="', 'value' => '<b>'],
    ['change' => 'added', 'part' => 'alsoKnownAs', 'value' => '<em>'],
    ['change' => 'reordered', 'part' => 'rotationKeys'],
    ['change' => '<script>', 'part' => 'services', 'value' => 'not shown'], ['change' => 'added', 'part' => []], 7, null,
];
ob_start();
Timeline_View::render(Timeline::of($hostile, [['cid' => '<script>1</script>', 'until' => $until, 'keys' => ['<marquee>']]]));
$html = (string) ob_get_clean();
$check('nothing of a history is markup', preg_match('/<(script|img|i|u|s|b|em|marquee)\b|"onfocus/', $html) === 0);
$check('and all of it is shown', preg_match_all('/&lt;(script|img|i|u|s|b|em|marquee)/', $html) >= 8);
$check('a change of no known kind is left out', strpos($html, 'not shown') === false);
$check('what was reordered is said, to those who see, too', strpos($html, '</span> Put into another order: rotation keys</li>') !== false);

// Recorded by an earlier version, or by a library that tells more: what is not understood is not told as no change.
foreach ([null, 'x', [['change' => 'replaced', 'part' => 'rotationKeys', 'value' => 'did:key:z']], [['change' => 'added', 'part' => 'policy']]] as $changes) {
    $older = $history;
    $older[4]['changes'] = $changes;
    $entry = Timeline::of($older, [])[4];
    $check('changes that cannot be told: ' . json_encode($changes), $entry->kind() === 'unknown' && Timeline_View::title($entry) === 'What changed is not recorded');
}
$older[4]['changes'] = [];
$check('and none', Timeline::of($older, [])[4]->kind() === 'nothing');
$check('newest first', strpos($html, 'id="operation-4"') < strpos($html, 'id="operation-0"'));

/* Documents of did:web */

$document = ['verificationMethod' => [['id' => 'did:web:a.example#fair', 'publicKeyMultibase' => 'z6Mk'], 7, ['id' => 5, 'publicKeyMultibase' => []]],
    'service' => [['id' => '#repo', 'type' => 'FairPackageManagementRepo', 'serviceEndpoint' => 'https://a.example/'], ['id' => []]], 'alsoKnownAs' => 'x'];
$current = Identity_View::of_document($document);
$check('the key of a document', $current[0] === ['kind' => 'keys', 'label' => 'fair', 'value' => 'did:key:z6Mk']);
$check('the service of a document', $current[1]['value'] === 'FairPackageManagementRepo https://a.example/');
$check('a document of nothing', Identity_View::of_document([]) === [] && Identity_View::of_document(['service' => 7, 'verificationMethod' => null]) === []);

/* Metadata */

$metadata = [
    'license' => "GPL\u{202e}-2.0\n<b>",
    'authors' => [['name' => str_repeat('é', 400), 'url' => 'javascript:alert(1)'], 'nobody', ['name' => ['x']]],
    'security' => [['email' => 'security@publisher.example'], ['email' => "a@b.example\r\nBcc: c@d.example"], ['url' => 'https://publisher.example/security'], []],
    'latest-security-release' => '1.1.0',
    'releases' => [['version' => '1.1.0', 'advisory' => ['id' => 'X-1', 'title' => 'A hole', 'url' => 'data:text/html,x']], ['version' => '1.0.0', 'advisory' => []], 7],
];
$found = Publisher_Facts::of_json((string) json_encode($metadata));
$check('control and direction characters are left out', $found['license'] === 'GPL -2.0 <b>');
$check('a long name is cut between characters', $found['authors'][0]['name'] === str_repeat('é', 150) . '…' || preg_match('/^é+…$/u', $found['authors'][0]['name']) === 1);
$check('a name is short', strlen($found['authors'][0]['name']) <= 303 && count($found['authors']) === 1);
$check('only addresses of the web', $found['authors'][0]['url'] === '' && $found['advisories'][0]['url'] === '');
$check('contacts', array_column($found['security'], 'email') === ['security@publisher.example', ''] && $found['security'][1]['url'] === 'https://publisher.example/security');
$check('one advisory is a list of one', count($found['advisories']) === 1 && $found['advisories'][0]['version'] === '1.1.0' && $found['advisories'][0]['title'] === 'A hole');
$many = Publisher_Facts::of_json((string) json_encode(['security' => array_fill(0, 1000, ['url' => 'https://a.example/'])]));
$check('only so many', count($many['security']) === 10);
foreach (['', 'x', '7', 'null', '[]', '"x"', str_repeat('[', 100000), '{"releases":{"advisory":[[[]]]}}', '{"authors":"x","security":{"email":7}}'] as $json) {
    $none = Publisher_Facts::of_json($json);
    $check('nothing in ' . substr($json, 0, 40), $none['security'] === [] && $none['advisories'] === [] && $none['authors'] === []);
}

/* States */

$rejected = ['verdict' => 'rejected', 'code' => 'pin.rollback'];
$outage = ['verdict' => 'undetermined', 'code' => 'network.status'];
$package = ['version' => '1.0'];
$check('verified', Package_Status::of(null, $package, 5, '1.0') === Package_Status::PACKAGE);
$check('changed by hand since', Package_Status::of(null, $package, 5, '1.1') === Package_Status::IDENTITY);
$check('installed before', Package_Status::of(null, null, 5, '1.0') === Package_Status::IDENTITY);
$check('refused, whatever was verified before', Package_Status::of($rejected, $package, 5, '1.0') === Package_Status::REFUSED);
$check('an outage', Package_Status::of($outage, $package, 5, '1.0') === Package_Status::UNSURE);
$check('not yet', Package_Status::of(null, null, 0, '1.0') === Package_Status::PENDING);

/* Which refusals get a notice */

$verdict = static function (string $verdict, array $values = []): Verdict {
    return Verdict::of($values + ['did' => 'did:plc:a', 'verdict' => $verdict, 'code' => 'pin.rollback', 'message' => 'm', 'at' => 1]);
};
$no = $verdict('rejected');
$check('a refusal', Notice_Choice::of([$no], []) === [$no]);
$check('not twice', Notice_Choice::of([$no, $no], []) === [$no]);
$check('not after it was verified', Notice_Choice::of([$verdict('verified'), $no], []) === []);
$check('still after an outage', Notice_Choice::of([$verdict('undetermined'), $verdict('held'), $no], []) === [$no]);
$check('not for what was verified before it', Notice_Choice::of([$no, $verdict('verified')], []) === [$no]);
$check('not once dismissed', Notice_Choice::of([$no], [Dismissals::key($no)]) === []);
$check('another reason is another notice', count(Notice_Choice::of([$verdict('rejected', ['code' => 'pin.fork']), $no], [Dismissals::key($no)])) === 1);
$check('each package its own', count(Notice_Choice::of([$no, $verdict('rejected', ['did' => 'did:plc:b'])], [])) === 2);

Dismissals::dismiss(1, Dismissals::key($no));
Dismissals::dismiss(1, 'nonsense');
$check('dismissed', Dismissals::of(1, time()) === [Dismissals::key($no)] && Dismissals::of(2, time()) === []);
$check('for a month', Dismissals::of(1, time() + MONTH_IN_SECONDS + 1) === []);
for ($i = 0; $i < 210; $i++) {
    Dismissals::dismiss(1, md5((string) $i));
}
$check('only so many are kept, the newest', count(Dismissals::of(1, time())) === 200 && in_array(md5('209'), Dismissals::of(1, time()), true));
$site->options['user 1 fedverify_dismissed'] = 'damaged';
$check('damaged ones are none', Dismissals::of(1, time()) === []);

/* E-mail */

$news = static function (string $kind, string $context) use ($verdict): bool {
    return Mailer::is_news($verdict($kind, ['context' => $context]));
};
$check('automatic refusals and holds', $news('rejected', 'automatic') && $news('held', 'automatic'));
$check('nothing else', !$news('verified', 'automatic') && !$news('undetermined', 'automatic') && !$news('rejected', 'update') && !$news('rejected', 'cron'));
$site->rtl = true;
$check('a notice on a site from right to left', Markup::about('fedverify refused %s', Plain_Text::name('<i>Hello', '1.0')) === 'fedverify refused “<bdi>&lt;i&gt;Hello 1.0</bdi>”');
$site->rtl = false;
$check('and on another', Markup::about('fedverify refused %s', Plain_Text::name('Hello', '1.0')) === 'fedverify refused “Hello 1.0”'
    && Markup::about('fedverify refused %s', Plain_Text::name("\u{5d0}", '1.0')) === "fedverify refused “<bdi>\u{5d0} 1.0</bdi>”");
$check('a report is another mail', Mailer::key($no) !== Mailer::key($no->only_reported()));
$check('once for each update', Mailer::key($no) === Mailer::key($verdict('rejected', ['at' => 9, 'message' => 'other'])));
$check('again for the next', Mailer::key($no) !== Mailer::key($verdict('rejected', ['version' => '2'])));

/* The row of this plugin */

$site->capabilities = [FedVerify\WordPress\Admin\Menu::capability()];

$links = static function (array $links): array {
    return FedVerify\WordPress\Admin\Menu::link($links);
};
$check('a link to the page', array_keys($links(['deactivate' => 'x'])) === ['fedverify', 'deactivate']);
$check('where it is required, none to delete it', $links(['delete' => '<a>'])['delete'] === 'Required by a must-use plugin');

/* Export */

$lines = [
    ['=1+1'], ['+1'], ['-1'], ['@x'], ["\t=1"], [' =1'], ["\r=1"], ['＝1'], ['|x'],
];
foreach ($lines as $cells) {
    $check('no formula: ' . json_encode($cells), strpos(Verdict_Export::csv_line($cells), "\"'") === 0);
}
$check('a quote', Verdict_Export::csv_line(['a"b', 'c,d', "e\nf", '']) === "\"a\"\"b\",\"c,d\",\"e\nf\",\"\"\r\n");
$check('invalid UTF-8 is marked', strpos(Verdict_Export::csv_line(["\xff=1"]), "\"'") === 0);

/* The clock */

$note = static function (int $difference, int $now): ?array {
    Clock_Note::record(gmdate('D, d M Y H:i:s', $now + $difference) . ' GMT', $now);
    return Clock_Note::read();
};
$check('the difference', $note(7200, 1000000) === ['at' => 1000000, 'difference' => 7200]);
$check('not written again for nothing', $note(7210, 1003600) === ['at' => 1000000, 'difference' => 7200]);
$check('but when it changes', $note(0, 1003600) === ['at' => 1003600, 'difference' => 0]);
$check('and the next day', $note(10, 1003600 + DAY_IN_SECONDS) === ['at' => 1003600 + DAY_IN_SECONDS, 'difference' => 10]);
Clock_Note::record('nonsense', 5);
$check('nonsense is no time', Clock_Note::read() === ['at' => 1003600 + DAY_IN_SECONDS, 'difference' => 10]);
$site->options['fedverify_clock'] = ['at' => 'x'];
$check('damaged', Clock_Note::read() === null);

/* Witnesses */

$day = DAY_IN_SECONDS;
$start = 1000 * $day;
$silent = static function (int $time, string ...$witnesses): array {
    return Silence_Note::witnesses()->silent($witnesses, $time);
};
$check('nothing is known of a witness', $silent($start, 'https://w') === []);
$says = static function (string $witness, string $code, int $time): void {
    Silence_Note::witnesses()->record($witness, $code, $time);
};
$hour = 3600;
$says('https://w', '', $start);
$says('https://w', 'network.failed', $start + $hour - 1);
$check('one that answers some questions is not silent', $silent($start + 9 * $day, 'https://w') === []);
$says('https://w', 'network.failed', $start + $day);
$says('https://w', 'network.failed', $start + $day + $hour - 1);
$check('nor is one that one check found silent, a day after its last answer', $silent($start + 9 * $day, 'https://w') === []);
$says('https://w', 'network.failed', $start + $day + $hour);
$says('https://never', 'network.status', $start + $day);
$says('https://never', 'network.status', $start + 2 * $day);
$check('silent since it first was, once another check found the same', $silent($start + $day, 'https://w', 'https://never') === [
    'https://w' => ['since' => $start + $day, 'code' => 'network.failed'],
    'https://never' => ['since' => $start + $day, 'code' => 'network.status'],
]);
$check('not for long', $silent($start + $day - 1, 'https://never', 'https://w') === []);
$check('one that is not a witness any more', $silent($start + 9 * $day) === []);
$stored = $site->options['fedverify_witnesses'];
$says('https://w', 'network.failed', $start + 2 * $day);
$check('written once', $site->options['fedverify_witnesses'] === $stored);
$says('https://w', 'network.status', $start + 3 * $day);
$check('or when the reason changes', $silent($start + $day, 'https://w') === ['https://w' => ['since' => $start + $day, 'code' => 'network.status']]);
$says('https://wrong', '', $start + 1000 * $day);
$says('https://wrong', 'network.failed', $start);
$says('https://wrong', 'network.failed', $start + $hour);
$check('an answer at a time to come was by a wrong clock', $silent($start, 'https://wrong') === ['https://wrong' => ['since' => $start, 'code' => 'network.failed']]);
$says('https://wrong', '', $start + 2 * $hour);
$says('https://wrong', 'network.failed', $start + 1000 * $day);
$says('https://wrong', 'network.failed', $start + $day);
$says('https://wrong', 'network.failed', $start + 2 * $day);
$check('and so was a silence', $silent($start + $day, 'https://wrong') === ['https://wrong' => ['since' => $start + $day, 'code' => 'network.failed']]);
$says('https://w', '', $start + 4 * $day);
$check('until it answers', $silent($start + 9 * $day, 'https://w') === []);
for ($i = 0; $i < 30; $i++) {
    $says("https://w$i", 'network.failed', $start);
    $says("https://w$i", 'network.failed', $start + $day);
}
$check('of so many and no more', count($site->options['fedverify_witnesses']) === 20 && $silent($start, 'https://w29', 'https://w') !== []);
$site->options['fedverify_witnesses'] = ['https://w' => ['answered' => 'x'], 'https://v' => 7];
$check('damaged notes are none', $silent($start, 'https://w', 'https://v') === []);
Silence_Note::witnesses()->forget();
$check('forgotten', !isset($site->options['fedverify_witnesses']));

/* A key that was turned down can still be the publisher's: it is said how to trust it. */

$publishers = static function (array $entry): string {
    ob_start();
    Publisher_Table::render([new Publisher('alice@plugins.example', ['did_key' => 'did:key:trusted', 'since' => 1] + $entry)], false);
    return (string) ob_get_clean();
};
$check('no key was turned down', strpos($publishers([]), 'turned down') === false);
$printed = $publishers(['dismissed' => ['did:key:<b>']]);
$check('one was', strpos($printed, 'did:key:&lt;b&gt;') !== false && strpos($printed, 'paste it into the form below') !== false);
$check('where an update waits for it, too', strpos(Codes::remedy('wordpress.federation.key_changed'), 'turned the key down before, paste it') !== false);

$finish('screens');
