--TEST--
Arguments of every type that PHP has, with and without strict types
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\ArchiveSignature;
use FedVerify\AuditLog;
use FedVerify\Directory;
use FedVerify\Limits;
use FedVerify\Pfn;
use FedVerify\Pin;
use FedVerify\Verifier;
use FedVerify\Version;

final class Text
{
    public function __toString(): string
    {
        return example('fair/log.json');
    }
}

$identity = example_identity();
$pin = Pin::parse($identity->pin());
$calls = [
    'AuditLog::verify $json' => fn ($value) => AuditLog::verify($value, example_did()),
    'AuditLog::verify $did' => fn ($value) => AuditLog::verify('[]', $value),
    'AuditLog::verify $pin' => fn ($value) => AuditLog::verify('[]', example_did(), $value),
    'AuditLog::verify $now' => fn ($value) => AuditLog::verify('[]', example_did(), null, $value),
    'AuditLog::verify $limits' => fn ($value) => AuditLog::verify('[]', example_did(), null, null, $value),
    'verifyPackage $metadataJson' => fn ($value) => $identity->verifyPackage($value, '/nothing'),
    'verifyPackage $path' => fn ($value) => $identity->verifyPackage(example('fair/metadata.json'), $value),
    'verifyPackage $version' => fn ($value) => $identity->verifyPackage('[]', '/nothing', $value),
    'verifyPackage $pin' => fn ($value) => $identity->verifyPackage('[]', '/nothing', null, $value),
    'verifyPackage $artifactUrl' => fn ($value) => $identity->verifyPackage('[]', '/nothing', null, null, $value),
    'verifyPackage $noDowngrade' => fn ($value) => $identity->verifyPackage('[]', '/nothing', null, null, null, $value),
    'verifyPackage $limits' => fn ($value) => $identity->verifyPackage('[]', '/nothing', null, null, null, false, $value),
    'verifyPackage $waitRecoveryWindow' => fn ($value) => $identity->verifyPackage('[]', '/nothing', waitRecoveryWindow: $value),
    'Verifier::verify $kind' => fn ($value) => Verifier::verify($value, []),
    'Verifier::verify $inputs' => fn ($value) => Verifier::verify('key', $value),
    'Verifier::verify $limits' => fn ($value) => Verifier::verify('key', [], $value),
    'Verifier::verify log' => fn ($value) => Verifier::verify('plc-log', ['did' => example_did(), 'log' => $value]),
    'Verifier::verify did' => fn ($value) => Verifier::verify('plc-log', ['did' => $value, 'log' => '[]']),
    'Verifier::verify now' => fn ($value) => Verifier::verify('plc-log', ['did' => example_did(), 'log' => '[]', 'now' => $value]),
    'Verifier::verify history' => fn ($value) => Verifier::verify('plc-log', ['did' => '', 'log' => '', 'history' => $value]),
    'Verifier::verify package' => fn ($value) => Verifier::verify('fair-package', ['did' => '', 'package' => $value]),
    'verifyPlugin $key' => fn ($value) => Pfn::verifyPlugin($value, '[]'),
    'verifyPlugin $pluginJson' => fn ($value) => Pfn::verifyPlugin(example('pfn/publisher.pem'), $value),
    'verifyPlugin $signature' => fn ($value) => Pfn::verifyPlugin('', '', $value),
    'verifyPlugin $archivePath' => fn ($value) => Pfn::verifyPlugin('', '', '', $value),
    'verifyPlugin $archiveSignature' => fn ($value) => Pfn::verifyPlugin('', '', '', '', $value),
    'verifyChallenge $key' => fn ($value) => Pfn::verifyChallenge($value, '', ''),
    'verifyChallenge $challenge' => fn ($value) => Pfn::verifyChallenge(example('pfn/publisher.pem'), $value, ''),
    'verifyChallenge $signature' => fn ($value) => Pfn::verifyChallenge('', '', $value),
    'Pin::parse $json' => fn ($value) => Pin::parse($value),
    'Pin::parse $limits' => fn ($value) => Pin::parse('{}', $value),
    'compare $other' => fn ($value) => $pin->compare($value),
    'merge $other' => fn ($value) => $pin->merge($value),
    'Version::compare $a' => fn ($value) => Version::compare($value, '1.0'),
    'Version::number $version' => fn ($value) => Version::number($value),
    'Limits::meaning $name' => fn ($value) => Limits::meaning($value),
    'Directory::newest $identities' => fn ($value) => Directory::newest($value),
    'ArchiveSignature::verify $key' => fn ($value) => ArchiveSignature::verify($value, str_repeat('0', 96), ''),
    'ArchiveSignature::verify $sha384' => fn ($value) => ArchiveSignature::verify('', $value, ''),
    'ArchiveSignature::verify $signature' => fn ($value) => ArchiveSignature::verify('', str_repeat('0', 96), $value),
];
$values = [
    'null' => null, 'true' => true, 'int' => 7, 'float' => 1.5, 'string' => 'x', 'array' => [], 'list' => [1], 'nested' => [[]],
    'object' => new stdClass(), 'closure' => fn () => 1, 'resource' => fopen('php://memory', 'r'), 'Stringable' => new Text(),
    'nan' => NAN, 'min' => PHP_INT_MIN, 'max' => PHP_INT_MAX, 'binary' => "\0\xff", 'long' => str_repeat('a', 1 << 20),
];
// Null for a parameter that is not nullable is deprecated in PHP's own functions, and so it is in these.
$deprecated = 0;
set_error_handler(function () use (&$deprecated): bool {
    $deprecated++;
    return true;
}, E_DEPRECATED);
$outcomes = [];
foreach ($calls as $name => $call) {
    foreach ($values as $type => $value) {
        try {
            $call($value);
            $outcomes['verified'][] = "$name $type";
        } catch (TypeError $error) {
            $outcomes[get_class($error)][] = "$name $type";
        } catch (ValueError $error) {
            $outcomes[get_class($error)][] = "$name $type";
        } catch (FedVerify\Exception $exception) {
            $outcomes[get_class($exception)][] = "$name $type";
        }
    }
}
ksort($outcomes);
echo "deprecated $deprecated\n";
foreach ($outcomes as $class => $which) {
    echo $class, ' ', count($which), "\n";
}
// What is verified all the same: a log that an object spells.
print_r($outcomes['verified']);
thrown(fn () => AuditLog::verify());
thrown(fn () => AuditLog::verify('a', 'b', 'c', 1, [], 2));
thrown(fn () => AuditLog::verify('a', 'b', unknown: 1));
thrown(fn () => $identity->verifyPackage('a'));
thrown(fn () => $identity->did(1));
thrown(fn () => AuditLog::verify([], 'b'));
thrown(fn () => $pin->compare());
thrown(fn () => $pin->compare($identity));
thrown(fn () => $pin->merge(null));
thrown(fn () => Pin::parse($identity->pin())->merge(other: $pin));
thrown(fn () => Directory::newest(['https://a.example' => $identity])->identity(1));
?>
--EXPECT--
deprecated 20
FedVerify\InvalidInputException 114
FedVerify\RejectedException 241
TypeError 289
ValueError 24
verified 12
Array
(
    [0] => AuditLog::verify $json Stringable
    [1] => Version::compare $a true
    [2] => Version::compare $a int
    [3] => Version::compare $a float
    [4] => Version::compare $a max
    [5] => Version::number $version true
    [6] => Version::number $version int
    [7] => Version::number $version float
    [8] => Version::number $version string
    [9] => Version::number $version nan
    [10] => Version::number $version min
    [11] => Version::number $version max
)
ArgumentCountError: FedVerify\AuditLog::verify() expects at least 2 arguments, 0 given
ArgumentCountError: FedVerify\AuditLog::verify() expects at most 5 arguments, 6 given
Error: Unknown named parameter $unknown
ArgumentCountError: FedVerify\Identity::verifyPackage() expects at least 2 arguments, 1 given
ArgumentCountError: FedVerify\Identity::did() expects exactly 0 arguments, 1 given
TypeError: FedVerify\AuditLog::verify(): Argument #1 ($json) must be of type string, array given
ArgumentCountError: FedVerify\Pin::compare() expects exactly 1 argument, 0 given
TypeError: FedVerify\Pin::compare(): Argument #1 ($other) must be of type FedVerify\Pin, FedVerify\Identity given
TypeError: FedVerify\Pin::merge(): Argument #1 ($other) must be of type FedVerify\Pin, null given
nothing thrown
ArgumentCountError: FedVerify\Newest::identity() expects exactly 0 arguments, 1 given
