--TEST--
Directory::newest()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;
use FedVerify\Directory;

$entries = json_decode(example('fair/log.json'));
$verified = fn (array $entries) => AuditLog::verify(json_encode($entries, JSON_UNESCAPED_SLASHES), example_did(), null, 1776000000);
$now = $verified($entries);
$before = $verified(array_slice($entries, 0, 2));
$newest = Directory::newest(['https://b.example' => $before, 'https://a.example' => $now]);
var_dump($newest->url(), $newest->identity() === $now, array_column($newest->warnings(), 'code'));
echo str_replace($before->head(), 'HEAD', $newest->warnings()[0]['message']), "\n";
$again = Directory::newest(['https://b.example' => $before, 'https://a.example' => $now]);
var_dump($newest == $again, $newest == Directory::newest(['https://a.example' => $now]));

// An array may have any keys, and references.
$reference = $now;
echo Directory::newest([7 => &$reference])->url(), ' ', Directory::newest([$before, $now])->url(), "\n";
echo count(Directory::newest(["\xff" => $now])->warnings()), "\n";
$kept = (function () use ($verified, $entries) {
    return Directory::newest(['https://a.example' => $verified($entries)]);
})();
gc_collect_cycles();
echo $kept->identity()->operations(), "\n";

$moved = json_decode(json_encode(array_slice($entries, 0, 2)));
$moved[1]->createdAt = gmdate('Y-m-d\TH:i:s.000\Z', strtotime($moved[1]->createdAt) + 1);
echo "other times: ";
thrown(fn () => Directory::newest(['a' => $before, 'b' => $verified($moved)]));
echo "nothing: ";
thrown(fn () => Directory::newest([]));
thrown(fn () => Directory::newest(['a' => $now, 'b' => 'c']));
thrown(fn () => Directory::newest(['a' => $now->report()]));
?>
--EXPECT--
string(17) "https://a.example"
bool(true)
array(1) {
  [0]=>
  string(17) "plc.directory.lag"
}
"https://b.example" lags 3 operations behind "https://a.example": its head is HEAD
bool(true)
bool(false)
7 1
0
5
other times: FedVerify\RejectedException plc.directory.disagree
nothing: FedVerify\RejectedException plc.log.empty
TypeError: FedVerify\Directory::newest(): Argument #1 ($identities) must be an array of FedVerify\Identity
TypeError: FedVerify\Directory::newest(): Argument #1 ($identities) must be an array of FedVerify\Identity
