--TEST--
Arguments of every type that PHP has, with and without strict types
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;
use FedVerify\Pfn;
use FedVerify\Verifier;

final class Text
{
    public function __toString(): string
    {
        return example('fair/log.json');
    }
}

$identity = example_identity();
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
?>
--EXPECT--
deprecated 13
FedVerify\InvalidInputException 99
FedVerify\RejectedException 197
TypeError 183
ValueError 13
verified 1
Array
(
    [0] => AuditLog::verify $json Stringable
)
ArgumentCountError: FedVerify\AuditLog::verify() expects at least 2 arguments, 0 given
ArgumentCountError: FedVerify\AuditLog::verify() expects at most 5 arguments, 6 given
Error: Unknown named parameter $unknown
ArgumentCountError: FedVerify\Identity::verifyPackage() expects at least 2 arguments, 1 given
ArgumentCountError: FedVerify\Identity::did() expects exactly 0 arguments, 1 given
TypeError: FedVerify\AuditLog::verify(): Argument #1 ($json) must be of type string, array given
