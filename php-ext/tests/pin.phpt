--TEST--
A pin refuses what a directory takes back, and is never read half
--EXTENSIONS--
fedverify
sodium
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;

$log = example('fair/log.json');
$entries = json_decode($log);
$cut = json_encode(array_slice($entries, 0, 4), JSON_UNESCAPED_SLASHES);
$metadata = example('fair/metadata.json');
$zip = EXAMPLES . '/fair/hello-fair-1.1.0.zip';

$first = AuditLog::verify($cut, example_did(), null, 1700000000);
$second = AuditLog::verify($log, example_did(), $first->pin(), 1700000060);
$seen = array_column(json_decode($second->pin(), true)['operations'], 'firstSeen');
echo "first seen: ", implode(' ', $seen), "\n";

echo "cut back: ";
thrown(fn () => AuditLog::verify($cut, example_did(), $second->pin()));
echo "what is then kept: ";
try {
    AuditLog::verify($cut, example_did(), $second->pin());
} catch (FedVerify\RejectedException $exception) {
    echo $exception->report()->pin() === $second->pin() ? "the pin of before\n" : "another pin\n";
}
echo "no log, nothing to keep: ";
try {
    AuditLog::verify('[]', example_did(), $second->pin());
} catch (FedVerify\RejectedException $exception) {
    var_dump($exception->report()->pin());
}
echo "cut back, nothing remembered: ", AuditLog::verify($cut, example_did())->operations(), "\n";
echo "empty: ";
thrown(fn () => AuditLog::verify($log, example_did(), ''));
echo "torn: ";
thrown(fn () => AuditLog::verify($log, example_did(), substr($second->pin(), 0, 500)));
echo "torn, and the log false: ";
thrown(fn () => AuditLog::verify('[]', example_did(), ''));

$report = $second->verifyPackage($metadata, $zip);
echo "releases: ", implode(' ', array_keys(json_decode($report->pin(), true)['releases'])), "\n";
$other = scratch_file('other bytes');
$changed = str_replace('2.0.0', '1.1.0', metadata_for($other));
echo "no package, but its identity is kept: ";
try {
    $second->verifyPackage('[', $zip);
} catch (FedVerify\RejectedException $exception) {
    echo $exception->report()->pin() === $second->pin() ? "yes\n" : "no\n";
}
echo "the version has other bytes now: ";
thrown(fn () => $second->verifyPackage($changed, $other, '1.1.0', $report->pin()));
echo "without that memory: ", $second->verifyPackage($changed, $other, '1.1.0')->verdict(), "\n";
echo "the pin given with the log counts as well: ";
$third = AuditLog::verify($log, example_did(), $report->pin());
thrown(fn () => $third->verifyPackage($changed, $other, '1.1.0'));
echo "a pin that is none: ";
thrown(fn () => $second->verifyPackage($metadata, $zip, null, '{}'));

echo "a downgrade: ";
$newer = scratch_file('newer bytes');
$highest = $second->verifyPackage(metadata_for($newer), $newer)->pin();
thrown(fn () => $second->verifyPackage($metadata, $zip, '1.1.0', $highest, null, true));
echo "a downgrade that is meant: ", $second->verifyPackage($metadata, $zip, '1.1.0', $highest)->verdict(), "\n";
$now = json_decode(AuditLog::verify($log, example_did())->pin(), true)['operations'][0]['firstSeen'];
echo "the clock is PHP's: ", abs(time() - $now) < 60 ? 'yes' : 'no', "\n";
?>
--EXPECT--
first seen: 1700000000 1700000000 1700000000 1700000000 1700000060
cut back: FedVerify\RejectedException pin.rollback
what is then kept: the pin of before
no log, nothing to keep: NULL
cut back, nothing remembered: 4
empty: FedVerify\RejectedException pin.malformed
torn: FedVerify\RejectedException pin.malformed
torn, and the log false: FedVerify\RejectedException plc.log.empty
releases: 1.1.0
no package, but its identity is kept: yes
the version has other bytes now: FedVerify\RejectedException pin.release_changed
without that memory: verified
the pin given with the log counts as well: FedVerify\RejectedException pin.release_changed
a pin that is none: FedVerify\RejectedException pin.malformed
a downgrade: FedVerify\RejectedException pin.downgrade
a downgrade that is meant: verified
the clock is PHP's: yes
