<?php

/** How long nodes are asked, and how long their lists may be: no node takes the time that others need. */

declare(strict_types=1);

use FedVerify\WordPress\Admin\Federation_Health;
use FedVerify\WordPress\Admin\Silence_Note;
use FedVerify\WordPress\Federation\Check;
use FedVerify\WordPress\Federation\Listings;
use FedVerify\WordPress\Federation\Node_Requests;
use FedVerify\WordPress\Federation\Nodes;
use FedVerify\WordPress\Federation\Update_Search;
use FedVerify\WordPress\Gates\Time_Budget;
use FedVerify\WordPress\Refusal;

require __DIR__ . '/federation.php';

$begin();

// Bounded: no more time than there is.
/** The nodes, where all lists together may take so long. */
$within = static function (Time_Budget $budget) use ($fetcher, $plugin): Nodes {
    return new Nodes(new Node_Requests($fetcher, $plugin->settings(), $budget), $plugin->settings());
};
$hasty = new Listings($within(new Time_Budget(0)), $plugin->federation()->publishers(), $plugin->federation()->shown_keys());
$fetcher->asked = [];
$check('no time is left', $refused(static function () use ($hasty, $source) {
    $hasty->of($source, 'hello');
}) === 'held wordpress.held.not_verified_yet' && $fetcher->asked === []);

// Bounded: the long records of one plugin are no reason to leave out another one.
$long = static function (int $bytes) use ($fetcher, $node, $listed, $archive): void {
    $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($bytes, $listed, $archive): string {
        $is_long = ($query['plugin'] ?? 'fat') === 'fat';
        $entry = $is_long ? ['id' => 'fat', 'tags' => [str_repeat('x', $bytes)]] : [];
        $entries = array_fill(0, $is_long ? (int) $query['limit'] : 1, $entry + $listed('2.0', $archive('2.0')));
        return (string) json_encode(['plugins' => isset($query['offset']) ? [] : $entries]);
    };
};
$asked = static function (Nodes $nodes, string $id) use ($node, $source): string {
    $found = $nodes->versions($node, $source, $id, $refusal);
    return $refusal === null ? (string) count($found) : $refusal->verdict() . ' ' . $refusal->error_code();
};
foreach ([5000 => '50', 100000 => '5', 400000 => '1', 600000 => 'undetermined wordpress.federation.malformed'] as $size => $expected) {
    $long($size);
    $nodes = $later()->nodes();
    $check("records of $size bytes", $asked($nodes, 'fat') === $expected);
    $check("and short ones at the same node after $size", $asked($nodes, 'hello') === '1');
}
// A node that gives its newest again, whatever it is asked for, has not shown that they are all.
foreach ([49 => '49', 50 => 'undetermined wordpress.federation.long_list', 51 => 'undetermined wordpress.federation.long_list'] as $count => $expected) {
    $fetcher->answers["$node/federation/plugins"] = (string) json_encode(['plugins' => array_fill(0, $count, $listed('2.0', $bytes['2.0']))]);
    $check("$count versions in an answer that is always the same", $asked($later()->nodes(), 'hello') === $expected);
}
$late = Refusal::unanswered(Refusal::TOO_LATE, 'it took too long');
foreach ([Refusal::undetermined('network.status', 'to this question'), Refusal::undetermined('input.too_large', 'to this question'), Refusal::undetermined('network.failed', 'too many headers'), $late] as $failure) {
    $fetcher->answers["$node/federation/plugins"] = $failure;
    $nodes = $later()->nodes();
    $asked($nodes, 'fat');
    $serve($node, [$listed('2.0', $bytes['2.0'])]);
    $check("nor is another one left out after {$failure->error_code()}: {$failure->getMessage()}", $asked($nodes, 'hello') === '1');
}
foreach ([[1, Refusal::unanswered(Refusal::SILENT, 'dead')], [3, Refusal::undetermined('network.failed', 'too many headers')]] as [$times, $failure]) {
    $fetcher->answers["$node/federation/plugins"] = $failure;
    $fetcher->asked = [];
    $nodes = $later()->nodes();
    $failures = [$asked($nodes, 'fat'), $asked($nodes, 'hello'), $asked($nodes, 'third')];
    $check("how often a node is asked: {$failure->getMessage()}", $failures === array_fill(0, 3, 'undetermined network.failed') && count($fetcher->asked) === $times);
}

// A node that is slow is asked for as long as its share of the time lasts, which leaves the others theirs, and again in the next request.
$clock = 0.0;
$slow = static function () use (&$clock, $late): string {
    $clock += 5;
    throw $late;
};
foreach ([20 => 2, 60 => 6] as $seconds => $times) {
    $fetcher->answers["$node/federation/plugins"] = $slow;
    $serve($other, [$listed('2.0', $bytes['2.0'])]);
    $fetcher->asked = [];
    $nodes = $within(new Time_Budget($seconds, static function () use (&$clock): float {
        return $clock;
    }));
    $failures = [];
    for ($question = 0; $question < $times; $question++) {
        $failures[] = $asked($nodes, "plugin-$question");
    }
    $check("late answers in $seconds seconds", $failures === array_fill(0, $times, 'undetermined network.failed') && count($fetcher->asked) === $times);
    $check("after which it is not asked, of $seconds seconds", $asked($nodes, 'hello') === 'undetermined wordpress.federation.slow_node' && count($fetcher->asked) === $times);
    $check("and others are not, in $seconds seconds", count($nodes->versions($other, $source, 'hello')) === 1);
    $serve($node, [$listed('2.0', $bytes['2.0'])]);
    $check("the next request asks it again after $seconds seconds", $asked($later()->nodes(), 'hello') === '1');
}
$silences = static function () use ($node, $other): array {
    return Silence_Note::nodes()->silent([$node, $other], time());
};
$findings = static function () use ($plugin): string {
    return implode(' ', Federation_Health::findings($plugin, 0));
};
Silence_Note::nodes()->forget();
foreach ([$late, Refusal::unanswered(Refusal::SILENT, 'dead'), Refusal::undetermined('network.status', 'HTTP status 500')] as $failure) {
    $fetcher->answers["$node/federation/plugins"] = $failure;
    $asked($later()->nodes(), 'hello');
    $check("Site Health does not have it after one check: {$failure->getMessage()}", $silences() === [] && strpos($findings(), 'has not answered') === false);
    $site->options['fedverify_nodes'][$node]['silent'] -= 3600;
    $asked($later()->nodes(), 'hello');
    $check("Site Health has it: {$failure->getMessage()}", array_keys($silences()) === [$node] && strpos($findings(), "The node $node has not answered in time for 36") !== false);
    $serve($node, []);
    $asked($later()->nodes(), 'hello');
    $check("and no more when it answers: {$failure->getMessage()}", $silences() === [] && strpos($findings(), 'has not answered') === false);
    Silence_Note::nodes()->forget();
}
$long(600000);
$asked($later()->nodes(), 'fat');
$check('an answer that is too large is one', $silences() === []);

// What no time was left for was not checked.
$serve($node, [$listed('2.0', $bytes['2.0'])]);
$checked();
$federation = $plugin->federation();
$check_with = static function (Nodes $nodes) use ($plugin): Check {
    $federation = $plugin->federation();
    $listings = new Listings($nodes, $federation->publishers(), $federation->shown_keys());
    $search = new Update_Search($listings, $federation->archives(), $federation->publishers(), $federation->shown_keys());
    return new Check($plugin->installed(), $search, $federation->offers(), $federation->failed_updates(), $plugin->outcomes());
};
$hasty = new Check($plugin->installed(), new Update_Search($hasty, $federation->archives(), $federation->publishers(), $federation->shown_keys()), $federation->offers(), $federation->failed_updates(), $plugin->outcomes());
$check('no time is left for a check', $hasty->one($package())->error_code() === 'wordpress.held.not_verified_yet');
$check('what was offered still is', $later() && $offered() === '2.0' && $plugin->federation()->offers()->get($package())->refusal() === null);

// Nor what others used up a node's share of the time for, where no other node answers.
$late_nodes = $within(new Time_Budget(10, static function () use (&$clock): float {
    return $clock;
}));
$fetcher->answers["$node/federation/plugins"] = $slow;
$asked($late_nodes, 'another');
$silence($other);
$late_check = $check_with($late_nodes);
$check('no share is left for a check', $late_check->one($package())->error_code() === 'wordpress.federation.slow_node');
$check('what was offered is still that', $later() && $offered() === '2.0' && $plugin->federation()->offers()->get($package())->refusal() === null);

// One whose share is used up may be the one that lists the update: what others list is not all.
$fetcher->answers["$node/federation/plugins"] = $slow;
$serve($other, [$listed('1.1', $bytes['1.1'])]);
$last_verdict = $rows();
$late_check = $check_with($late_nodes);
$check('no share of one of two', $late_check->one($package())->error_code() === 'wordpress.federation.slow_node' && $rows() === $last_verdict);
$check('what was offered stays that', $later() && $offered() === '2.0' && $plugin->federation()->offers()->get($package())->refusal() === null);

// A list of many slow pages ends after some seconds, and is an answer that came too late: the plugin is not asked about first again.
$fetcher->answers["$node/federation/plugins"] = static function (array $query) use (&$clock, $listed, $bytes): string {
    $clock += 4.9;
    return (string) json_encode(['plugins' => [['withdrawn_at' => 5, 'mirror_date' => $query['offset'] ?? 0] + $listed('2.0', $bytes['2.0'])], 'total' => 200]);
};
$serve($other, []);
$fetcher->asked = [];
$many_pages = $within(new Time_Budget(60, static function () use (&$clock): float {
    return $clock;
}));
$pages_check = $check_with($many_pages);
$check('many slow pages', $pages_check->one($package())->error_code() === 'network.failed' && count($fetcher->asked) === 4);
$check('is an answer', $plugin->federation()->offers()->get($package())->refusal()['code'] === 'network.failed');
$briefly = $within(new Time_Budget(8, static function () use (&$clock): float {
    return $clock;
}));
$check('also where the share ends first', $check_with($briefly)->one($package())->error_code() === 'network.failed');

// However slow others are, a node has its share of the time of a page: no answer takes time from the nodes that are asked after it.
$early = static function (float $needs, array $entries, int $total = 1) use (&$clock, $late): Closure {
    return static function (array $query, int $seconds) use (&$clock, $late, $needs, $entries, $total): string {
        $clock += min($needs, $seconds);
        if ($needs > $seconds) {
            throw $late;
        }
        return (string) json_encode(['plugins' => array_map(static function (array $entry) use ($query): array {
            return ['mirror_date' => $query['offset'] ?? 0] + $entry;
        }, $entries), 'total' => $total]);
    };
};
foreach ([2, 3, 4, 5, 10] as $count) {
    foreach (['each answers a page in 4.9 seconds' => 4.9, 'each answers a page in half a second' => 0.5, 'none answers' => 9.0] as $what => $needs) {
        $slow_nodes = array_map(static function (int $number): string {
            return "https://slow-$number.example";
        }, range(2, $count));
        $plugin->settings()->update(['federation_nodes' => implode("\n", array_merge($slow_nodes, [$node]))]);
        foreach ($slow_nodes as $slow_node) {
            $fetcher->answers["$slow_node/federation/plugins"] = $early($needs, [$listed('1.0', $bytes['1.0'])], 200);
        }
        // Of ten nodes each has two seconds.
        $fetcher->answers["$node/federation/plugins"] = $early(1.9, [$listed('2.1', $bytes['2.1'])]);
        $later()->offers()->forget($file);
        $began = $clock;
        $in_turn = $check_with($within(new Time_Budget(20, static function () use (&$clock): float {
            return $clock;
        })));
        $check("the last of $count nodes, where $what", $in_turn->one($package()) === null && $later() && $offered() === '2.1' && $clock - $began <= 20);
        $silent = count(array_filter(array_column($site->options['fedverify_nodes'] ?? [], 'silent')));
        $check("those that do not answer are called silent, of $count", $silent === ($needs > min(5, 20 / $count) ? $count - 1 : 0));
        Silence_Note::nodes()->forget();
    }
}
Silence_Note::nodes()->forget();
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
// What was left of a share was too short for an answer: that is no silence, and the check of that plugin is due again.
$fetcher->answers["$node/federation/plugins"] = $early(4.0, []);
$serve($other, []);
$third = $within(new Time_Budget(20, static function () use (&$clock): float {
    return $clock;
}));
$check('two questions of four seconds, in ten', [$asked($third, 'first'), $asked($third, 'second')] === ['0', '0']);
$check('the third is given up, and made again', $check_with($third)->one($package())->error_code() === 'wordpress.federation.slow_node'
    && $site->options['fedverify_nodes'][$node]['silent'] === 0 && $later()->offers()->get($package())->refusal() === null);
$plugin->federation()->offers()->forget($file);

// A list of very many small arrays takes a hundred times its bytes in memory: PHP must not end the request because of it.
$fetcher->answers["$node/federation/plugins"] = '{"plugins":[' . implode(',', array_fill(0, 40000, '[[[[[0]]]]]')) . ']}';
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$memory_limit = ini_set('memory_limit', (string) (memory_get_usage(true) + (24 << 20)));
$check('a list that takes all memory hides nothing that another node lists', $checked() === 'fine' && $from() === $url('2.0', $other));
$serve($other, []);
$check('and is no list', $checked() === 'wordpress.federation.malformed');
ini_set('memory_limit', (string) $memory_limit);

$finish('federation-nodes');
