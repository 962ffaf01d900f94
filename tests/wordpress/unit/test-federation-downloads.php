<?php

/** From which nodes an archive is downloaded, for how long, and what is remembered where that fails. */

declare(strict_types=1);

use FedVerify\WordPress\Refusal;

require __DIR__ . '/federation.php';

$begin();
/** So many seconds pass for what is remembered of updates that failed. */
$pass = static function (int $seconds) use ($wpdb): int {
    $wpdb->query("SELECT entry FROM wp_fedverify_federation WHERE kind = 'failed'");
    $failures = json_decode((string) ($wpdb->last_result[0]->entry ?? '{"nodes":[]}'), true);
    foreach ($failures['nodes'] as &$failure) {
        $failure['at'] -= $seconds;
    }
    return $wpdb->query($wpdb->prepare("UPDATE wp_fedverify_federation SET entry = %s WHERE kind = 'failed'", (string) json_encode($failures)));
};

// A node that lists what is true, and hands out something else or nothing: another node's bytes are as good, where they are proven.
$forget_failures();
$forged_bytes = $archive('2.0-forged', ['hello/hello.php' => $php('2.0') . '// forged']);
$serve($node, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
foreach (['forged' => $forged_bytes, 'nothing' => $dead, 'no archive' => 'x'] as $what => $answer) {
    $write("plugins/$file", $php('1.1'));
    $fetcher->answers["$node/federation/download"] = $answer;
    $check("$what where it is offered", $checked() === 'fine' && $from() === $url('2.0') && $updated($url('2.0')) === 'hello' && $version() === '2.0');
    $facts = $newest()->facts();
    $check("$what is left behind nowhere, and the log has it", $left() === [] && $facts['node'] === $other && count($facts['warnings']) === 2);
}
$write("plugins/$file", $php('1.1'));
$fetcher->answers["$other/federation/download"] = $forged_bytes;
$check('nor are another node\'s forged bytes taken', $updated($url('2.0')) !== 'hello' && $is_kept());
$serve($other, [$listed('2.0', $forged_bytes, ['archive_signature' => Signatures::by('mallory', 'anything')])], $forged_bytes);
$fetcher->asked = [];
$check('nor is what another node forges downloaded', $updated($url('2.0')) === 'pfn.archive.unreadable' && $is_kept()
    && !in_array($url('2.0', $other), $fetcher->asked, true));

// A version that no node hands out makes room for one that can be installed, for a day.
$forget_failures();
$write("plugins/$file", $php('1.1'));
$serve($node, [$listed('2.1', $bytes['2.1'])], $forged_bytes);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('the highest is offered first', $checked() === 'fine' && $from() === $url('2.1'));
$check('no node has its archive', $updated($url('2.1')) === 'pfn.archive.inconsistent' && $is_kept());
$check('so the next one is offered', $checked() === 'fine' && $from() === $url('2.0', $other));
$silence($node);
$check('also while that node does not answer', $checked() === 'fine' && $from() === $url('2.0', $other));
$serve($node, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
$serve($other, [$listed('1.1', $bytes['1.1'])]);
$check('but where there is no other, it still is', $checked() === 'fine' && $from() === $url('2.1'));
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$checked();
$check('and it is again once a day has passed', $pass(86399) === 1 && $checked() === 'fine' && $from() === $url('2.0', $other)
    && $pass(1) === 1 && $checked() === 'fine' && $from() === $url('2.1'));
$fetcher->answers["$node/federation/download"] = Refusal::held('wordpress.held.unsigned', 'what says nothing about the bytes');
$updated($url('2.1'));
$check('what waits has not failed', $checked() === 'fine' && $from() === $url('2.1'));

// A host ends the request while a node drips: it is remembered before, and taken back where the archive comes.
$remembered = [];
$fetcher->answers["$node/federation/download"] = static function () use (&$remembered, $failures_now, $bytes): string {
    $remembered = $failures_now();
    return $bytes['2.1'];
};
$check('remembered while it is downloaded, and not afterwards', $failures_now() === [] && $updated($url('2.1')) === 'hello' && count($remembered) === 1 && $failures_now() === []);
$write("plugins/$file", $php('1.1'));

// A node can send as much as fills the disk: the other one is asked, and comes first at the next check.
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$fetcher->answers["$node/federation/download"] = Refusal::undetermined('io.file.unwritable', 'the copy of the package could not be written to its end');
$check('a full disk', $updated($url('2.1')) === 'io.file.unwritable' && count($failures_now()) === 1 && $checked() === 'fine' && $from() === $url('2.0', $other));
$serve($other, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
$check('where another node has the archive', $updated($url('2.1')) === 'hello');
$write("plugins/$file", $php('1.1'));
$forget_failures();
$check('it comes first again', $checked() === 'fine' && $from() === $url('2.1'));

// The first node has less time where another one lists the version; the only one has all of it.
$serve($other, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
$fetcher->answers["$node/federation/download"] = $dead;
$fetcher->seconds = [];
$check('the first of two', $updated($url('2.1')) === 'hello'
    && $fetcher->seconds === ["$node/federation/download" => 10, "$other/federation/download" => 300]);
$write("plugins/$file", $php('1.1'));
$fetcher->answers["$other/federation/download"] = $dead;
$fetcher->seconds = [];
$check('where none of them hands it out', $updated($url('2.1')) === 'network.failed'
    && $fetcher->seconds === ["$node/federation/download" => 10, "$other/federation/download" => 300]);
$fetcher->seconds = [];
$check('the first has all the time when it is tried again', $updated($url('2.1')) === 'network.failed'
    && $fetcher->seconds === ["$node/federation/download" => 300, "$other/federation/download" => 300]);
$forget_failures();
// All downloads of one archive together have the time that WordPress gives one, however many nodes drip.
$clock_was = $clock_ahead;
$drips = static function (array $query, int $seconds) use (&$clock_ahead, $dead): string {
    $clock_ahead += $seconds;
    throw $dead;
};
$fetcher->answers["$node/federation/download"] = $drips;
$fetcher->answers["$other/federation/download"] = $drips;
$fetcher->seconds = [];
$check('two that drip', $updated($url('2.1')) === 'network.failed'
    && $fetcher->seconds === ["$node/federation/download" => 10, "$other/federation/download" => 290] && $clock_ahead - $clock_was === 300);
$forget_failures();
$clock_was = $clock_ahead;
$check('at an install, half of what is left is for the chosen one', $installed($url('2.1')) === 'network.failed'
    && $fetcher->seconds === ["$node/federation/download" => 145, "$other/federation/download" => 145] && $clock_ahead - $clock_was === 300);
$forget_failures();
$fetcher->answers["$other/federation/download"] = $dead;
// An install is not remembered: the chosen node has all the time at the end, whatever others list and do not hand out.
$times = 0;
$slow_download = static function () use (&$times, $fetcher, $node, $dead, $bytes): string {
    $times++;
    if ($fetcher->seconds["$node/federation/download"] < 300) {
        throw $dead;
    }
    return $bytes['2.1'];
};
$fetcher->answers["$node/federation/download"] = $slow_download;
$check('an install, too slow for the short time, beside a node that hands out nothing', $installed($url('2.1')) === 'hello' && $times === 2);
$write("plugins/$file", $php('1.1'));
$times = 0;
$check('an update is tried again another time', $updated($url('2.1')) === 'network.failed' && $times === 1);
$forget_failures();
$fetcher->answers["$node/federation/download"] = static function () use (&$times): string {
    $times++;
    return 'x';
};
$times = 0;
$check('nor is an install where the time was not the reason', $installed($url('2.1')) === 'pfn.archive.unreadable' && $times === 1);
// What another node does when it is asked for its list says nothing about the one that has the update.
$during = null;
$list = $fetcher->answers["$other/federation/plugins"];
$fetcher->answers["$other/federation/plugins"] = static function () use (&$during, $failures_now, $list): string {
    $during = $failures_now();
    return $list;
};
$fetcher->answers["$node/federation/download"] = $bytes['2.1'];
$check('nothing is remembered before the download', $updated($url('2.1')) === 'hello' && $during === []);
$fetcher->answers["$other/federation/plugins"] = $list;
$write("plugins/$file", $php('1.1'));
$fetcher->answers["$node/federation/download"] = Refusal::undetermined('io.failed', 'the disk is full');
$fetcher->seconds = [];
$check('what is not the archive\'s fault is tried at no other node', $updated($url('2.1')) === 'io.failed' && count($fetcher->seconds) === 1 && $failures_now() === []);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$fetcher->answers["$node/federation/download"] = $bytes['2.1'];
$fetcher->seconds = [];
$check('the only one', $updated($url('2.1')) === 'hello' && $fetcher->seconds === ["$node/federation/download" => 300]);
$fetcher->asked = [];
$check('what is below is not downloaded', $updated($url('2.0', $other)) === 'pin.downgrade'
    && !in_array($url('2.0', $other), $fetcher->asked, true));

// A node that lists versions and hands out none must not keep the site from what another node has, whatever it lists and however often
// WordPress updates plugins by itself.
$liars = ['https://first.example', 'https://second.example', 'https://third.example'];
$honest = 'https://zzz.example';
/** How many updates are tried, with so many hours between them, until one is installed; the attempts that failed before it. */
$tried = static function (int $hours, int $most) use ($checked, $from, $updated, $version, $pass, $forget_failures, $write, $file, $php, $is_kept): array {
    $forget_failures();
    $write("plugins/$file", $php('1.1'));
    $attempts = [];
    do {
        if ($checked() !== 'fine' || $from() === 'none') {
            return ['no update'];
        }
        $attempts[] = $from();
        $result = $updated($from());
        if ($result !== 'hello' && !$is_kept()) {
            return ['not kept'];
        }
        $pass($hours * 3600);
    } while ($result !== 'hello' && count($attempts) < $most);
    return [$version(), count($attempts)];
};
$serve($honest, [$listed('1.5', $bytes['1.5'])], $bytes['1.5']);
$genuine = [$listed('2.0', $bytes['2.0']), $listed('2.1', $bytes['2.1'])];
$by_oracle = array_map(static function (string $number) use ($listed, $bytes): array {
    return $listed($number, $bytes['1.1']);
}, ['9.0', '9.1', '9.2', '9.3']);
foreach (['hands out nothing' => [$genuine, $dead], 'hands out an old archive that is signed' => [$by_oracle, $bytes['1.1']]] as $what => [$entries, $answer]) {
    foreach ($liars as $number => $liar) {
        $serve($liar, $entries);
        $fetcher->answers["$liar/federation/download"] = $answer;
        $plugin->settings()->update(['federation_nodes' => implode("\n", array_merge(array_slice($liars, 0, $number + 1), [$honest]))]);
        foreach ([6 => 2 + $number, 12 => 12, 24 => 16, 7 * 24 => 24] as $hours => $most) {
            $check("an update every $hours hours, beside " . ($number + 1) . " that $what", $tried($hours, $most)[0] === '1.5');
        }
    }
}
$plugin->settings()->update(['federation_nodes' => "$node\n$other"]);
$broken = $archive('2.2-broken', ['hello/hello.php' => $php('1.9')]);
foreach ([$node, $other] as $each) {
    $serve($each, [$listed('2.0', $bytes['2.0']), $listed('2.2', $broken)]);
    $fetcher->answers["$each/federation/download"] = static function (array $query) use ($bytes, $broken): string {
        return $query['version'] === '2.2' ? $broken : $bytes['2.0'];
    };
}
foreach ([12, 24, 7 * 24] as $hours) {
    [$got, $times] = $tried($hours, 12);
    $check("a release that is broken at all nodes makes room, with an update every $hours hours", $got === '2.0' && $times > 1);
}

// For how long a node comes after others: twice as long each time, up to 32 days, until it hands out an archive.
$forget_failures();
$write("plugins/$file", $php('1.1'));
$serve($node, [$listed('2.1', $bytes['2.1'])], $forged_bytes);
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
foreach ([1, 2, 4, 8, 16, 32, 32] as $days) {
    $check("it fails, for $days days", $checked() === 'fine' && $from() === $url('2.1') && $updated($url('2.1')) === 'pfn.archive.inconsistent');
    $check("the other one comes first, for $days days", $pass($days * 86400 - 1) === 1 && $checked() === 'fine' && $from() === $url('2.0', $other) && $pass(1) === 1);
}
$fetcher->answers["$node/federation/download"] = Refusal::held('wordpress.held.unsigned', 'what says nothing about the bytes');
$check('what says nothing about the node changes nothing', $checked() === 'fine' && $updated($url('2.1')) === 'wordpress.held.unsigned'
    && $failures_now() === [] && $checked() === 'fine' && $from() === $url('2.1'));
$serve($other, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
$fetcher->answers["$node/federation/download"] = $forged_bytes;
$check('nor does what another node hands out in its place', $updated($url('2.1')) === 'hello' && $failures_now() === []);
$write("plugins/$file", $php('1.1'));
$serve($other, [$listed('2.0', $bytes['2.0'])], $bytes['2.0']);
$check('so the next failure counts for 32 days again', $checked() === 'fine' && $updated($url('2.1')) === 'pfn.archive.inconsistent'
    && $pass(32 * 86400 - 1) === 1 && $checked() === 'fine' && $from() === $url('2.0', $other) && $pass(1) === 1);
$fetcher->answers["$node/federation/download"] = $bytes['2.1'];
$check('it hands out the archive', $checked() === 'fine' && $updated($url('2.1')) === 'hello');
$write("plugins/$file", $php('1.1'));
$fetcher->answers["$node/federation/download"] = $forged_bytes;
$check('and the next failure is the first', $checked() === 'fine' && $updated($url('2.1')) === 'pfn.archive.inconsistent'
    && $pass(86400) === 1 && $checked() === 'fine' && $from() === $url('2.1'));
foreach (['x', '{"nodes":7}', '{"nodes":{"https://node.example":7}}', '{"nodes":{"https://node.example":{"at":1,"times":"x","versions":[]}}}'] as $damaged) {
    $entry = substr($damaged, 0, 1) . '"identity":"alice@plugins.example#hello",' . substr($damaged, 1);
    $wpdb->query($wpdb->prepare("UPDATE wp_fedverify_federation SET entry = %s WHERE kind = 'failed'", $entry));
    $check("what is damaged is nothing: $damaged", $failures_now() === [] && $checked() === 'fine' && $from() === $url('2.1'));
}
$forget_failures();

// Before a download no node is asked for its list twice, and the one that has the update is not asked at all.
$serve($node, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
$serve($other, [$listed('2.1', $bytes['2.1'])], $bytes['2.1']);
$lists_asked = static function (callable $request) use ($fetcher, $node, $other): array {
    $fetcher->asked = [];
    $request();
    $times = array_count_values(array_map(static function (string $asked): string {
        return strtok($asked, '?');
    }, $fetcher->asked));
    return [$times["$node/federation/plugins"] ?? 0, $times["$other/federation/plugins"] ?? 0];
};
/** An installation in the same request as what came before it. */
$goes_on = static function (array $extra) use ($install, $url, $version): bool {
    return $install(new Plugin_Upgrader(), $url('2.1'), $extra) === 'hello' && $version() === '2.1';
};
foreach ([
    'an update' => [$update, static function () use ($later): void {
        $later();
    }, [0, 1]],
    'an update right after a check' => [$update, $checked, [1, 1]],
    'an install by the URL of a node' => [$new, static function () use ($later): void {
        $later();
    }, [1, 1]],
    'an install by the name of the plugin' => [$new, static function () use ($later): void {
        $federation = $later();
        $federation->catalogue()->by_identity('alice@plugins.example#hello', $federation->listings());
    }, [1, 1]],
] as $what => [$extra, $before, $expected]) {
    $write("plugins/$file", $php('1.1'));
    $checked();
    $check("who is asked for a list before $what", $lists_asked(static function () use ($before, $check, $what, $goes_on, $extra): void {
        $before();
        $check("$what is made", $goes_on($extra));
    }) === $expected);
}
$write("plugins/$file", $php('1.1'));

$finish('federation-downloads');
