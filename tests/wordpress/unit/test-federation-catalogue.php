<?php

/** What is found at the nodes by words, and what WordPress is told of one plugin. */

declare(strict_types=1);

use FedVerify\WordPress\Federation\Plugin_Information;
use FedVerify\WordPress\Refusal;

require __DIR__ . '/federation.php';

$begin();

// What is found.
$serve($node, $forgeries);
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$found = static function (string $words) use ($later): array {
    [$all, $failed] = $later()->catalogue()->find($words);
    return array_merge(array_map(static function ($each): string {
        $refusal = $each->refusal();
        return $each->identity() . ' ' . $each->listed()->version() . ' ' . ($refusal === null ? 'fine at ' . $each->url() : $refusal->error_code());
    }, $all), array_map(static function (Refusal $refusal): string {
        return $refusal->error_code();
    }, $failed));
};
$fine = 'alice@plugins.example#hello 2.0 fine at ' . $url('2.0', $other);
$check('found, whatever a node forges', $found('hello') === [$fine] && $found('ÜND') === [] && $found('ünd') === [$fine] && $found('') === [$fine]);
$fetcher->asked = [];
$found('hello');
$check('by its id, by a tag, among the newest', count($fetcher->asked) === 6);
$fetcher->asked = [];
$check('or by words alone', $found('says "hello"') === [$fine] && count($fetcher->asked) === 2);

// Long records of one publisher hide nobody else's.
$pages = static function (int $bytes, int $long, string $node) use ($fetcher, $listed, $archive): void {
    $fat = ['id' => 'fat', 'source_id' => 'carol@plugins.example', 'tags' => [str_repeat('x', $bytes)]] + $listed('2.0', $archive('2.0'));
    $all = array_map(static function (int $date) use ($fat): array {
        return ['mirror_date' => $date] + $fat;
    }, range(1, $long));
    $entries = array_merge($all, [$listed('2.0', $archive('2.0'))]);
    $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($entries): string {
        return (string) json_encode(['plugins' => array_slice($entries, (int) ($query['offset'] ?? 0), (int) $query['limit'])]);
    };
};
$fat = 'carol@plugins.example#fat 2.0 wordpress.federation.untrusted';
$serve($other, []);
foreach ([[5000, 49, 1], [100000, 6, 3], [100000, 49, 11], [400000, 5, 9], [400000, 8, 12]] as [$size, $long_ones, $times]) {
    $pages($size, $long_ones, $node);
    $fetcher->asked = [];
    $result = $found('');
    $check("behind $long_ones records of $size bytes", $result === [$fat, str_replace("$other/", "$node/", $fine)] && count($fetcher->asked) === $times + 1);
}
$pages(5000, 50, $node);
$check('but no more than the newest are shown', $found('') === [$fat]);

// Older ones are found by words, page by page, within a bound; what was not looked at is said.
$notes = static function (string $words) use ($later): array {
    return $later()->catalogue()->find($words)[2];
};
/** A node that lists others' versions and, behind them, the one of alice: pages of so many at most, and a total or none. */
$many = static function (string $node, int $others, int $page, ?int $total) use ($fetcher, $listed, $archive): void {
    $other = ['id' => 'other', 'source_id' => 'carol@plugins.example', 'name' => 'Other', 'description' => 'No.'] + $listed('2.0', $archive('2.0'));
    $all = array_map(static function (int $date) use ($other): array {
        return ['mirror_date' => $date] + $other;
    }, $others > 0 ? range(1, $others) : []);
    $entries = array_merge($all, [$listed('2.0', $archive('2.0'))]);
    $fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($entries, $page, $total): string {
        $entries = isset($query['plugin']) || isset($query['tag']) ? [] : $entries;
        $answer = ['plugins' => array_slice($entries, (int) ($query['offset'] ?? 0), min($page, (int) $query['limit']))];
        return (string) json_encode($answer + ($total === null ? [] : ['total' => $total]));
    };
};
$here = str_replace("$other/", "$node/", $fine);
foreach ([[120, 1000, null, 3], [120, 1000, 121, 3], [120, 20, 121, 7], [499, 1000, null, 10], [499, 1000, 500, 10]] as [$others, $page, $total, $times]) {
    $many($node, $others, $page, $total);
    $fetcher->asked = [];
    $what = "$others others, pages of $page, " . ($total === null ? 'no total' : "a total of $total");
    $check("an older one, behind $what", $found('ünd more') === [$here] && count($fetcher->asked) === $times + 1);
}
$check('which is all that it lists', $notes('ünd more') === []);
$check('without words only the newest are shown, and that is said', strpos(implode($notes('')), "$node lists more than its 50 newest") === 0);
$many($node, 500, 1000, 501);
$check('more than are looked at', $found('ünd more') === [] && strpos(implode($notes('ünd more')), "$node lists more than its 500 newest") === 0);
$many($node, 1, 1, 1000000);
$check('a total that is a lie ends with the pages', $found('ünd more') === [$here] && $notes('ünd more') === []);
$many($node, 10000, 1, 1000000);
$fetcher->asked = [];
$check('and pages of one end, too', $found('ünd more') === [] && $notes('ünd more') !== [] && count($fetcher->asked) < 3 * 15);

$many($node, 49, 50, null);
$first_page = $fetcher->answers["$node/federation/plugins"];
$fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($first_page): string {
    return $first_page(['offset' => '0'] + $query);
};
$fetcher->asked = [];
$check('a node that knows no further pages', $found('ünd more') === [$here] && count($fetcher->asked) === 3 && strpos(implode($notes('ünd more')), "$node lists more than") === 0);

// A node that lists many plugins drives out none of another one's.
$crowd = [];
for ($i = 0; $i < 50; $i++) {
    $crowd[] = ['id' => "crowd-$i"] + $listed('2.0', $bytes['2.0']);
}
$serve($node, $crowd);
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$check('fifty plugins of another node', $found('')[1] === $fine && count($found('')) === 50 && strpos(implode($notes('')), 'More than 50 plugins') === 0);
$serve($other, []);
$pages(400000, 10, $node);
$check('where that takes too many questions, it is said', $found('') === [$fat, 'wordpress.federation.malformed']);
$pages(100000, 6, $node);
$first = $fetcher->answers["$node/federation/plugins"];
$fetcher->answers["$node/federation/plugins"] = static function (array $query) use ($first): string {
    return isset($query['offset']) ? 'broken' : $first($query);
};
$check('what was found before a failure is shown', $found('') === [$fat, 'wordpress.federation.malformed']);
$pages(600000, 1, $node);
$check('a record that is larger than any list', $found('') === ['wordpress.federation.malformed']);
$serve($node, [$listed('trunk', $bytes['2.0']), ['source_id' => 'nobody'] + $listed('2.0', $bytes['2.0']), ['source_id' => 'carol@plugins.example'] + $listed('2.0', $bytes['2.0'])]);
$silence($other);
$check('what cannot be installed says why, and so does a node', $found('') === [
    'alice@plugins.example#hello trunk fair.version.invalid', 'carol@plugins.example#hello 2.0 wordpress.federation.untrusted', 'network.failed',
]);
$serve($node, [$listed('2.0', $bytes['2.0'])]);
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$information = static function (string $slug, string $action = 'plugin_information') use ($later, $code) {
    $answer = (new Plugin_Information($later()))->answer(false, $action, (object) ['slug' => $slug]);
    return is_object($answer) && isset($answer->download_link) ? $answer->download_link : $code($answer);
};
$site->capabilities = ['install_plugins'];
$check('the installer is told where it is', $information('alice@plugins.example#hello') === $url('2.0'));
$check('or why not', $information('carol@plugins.example#hello') === 'wordpress.federation.untrusted' && $information('alice@plugins.example#none') === 'wordpress.federation.not_listed');
foreach (['hello', 'alice@plugins.example', '#hello', 'alice#hello', 'alice@plugins.example#../x', 'alice@plugins.example#a#b'] as $slug) {
    $check("no plugin of the federation: $slug", $information($slug) === '');
}
// What WordPress calls an installed one in its links: wordpress.org has no say in it.
$details = static function (string $slug) use ($later) {
    return (new Plugin_Information($later()))->answer((object) ['name' => 'Of a squatter'], 'plugin_information', (object) ['slug' => $slug]);
};
$checked();
$slug = (string) $offers()->response[$file]->slug;
$shown = $details($slug);
$check('details of an update', [$shown->name, $shown->slug, $shown->version, $shown->download_link, $shown->external] === ['Hello', $slug, '2.0', $url('2.0'), true]
    && $shown->sections === ['description' => 'Says &quot;hello&quot; / ünd more.']);
$serve($node, []);
$serve($other, []);
$checked();
$shown = $details((string) $offers()->no_update[$file]->slug);
$check('details where there is none', [$shown->name, $shown->version, $shown->download_link] === ['Hello', $version(), ''] && $offered() === 'none');
$check('of others as they are', $details('hello')->name === 'Of a squatter' && $details('hello-000000')->name === 'Of a squatter');
$serve($node, [$listed('2.0', $bytes['2.0'])]);
$serve($other, [$listed('2.0', $bytes['2.0'])]);
$check('nor another question', $information('alice@plugins.example#hello', 'query_plugins') === '');
$site->capabilities = [];
$check('nor somebody who may install nothing', $information('alice@plugins.example#hello') === '');

$finish('federation-catalogue');
