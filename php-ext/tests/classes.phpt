--TEST--
Objects come from verifications only: no new, no clone, no serialisation, no properties
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\ArchiveSignature;
use FedVerify\AuditLog;
use FedVerify\Code;
use FedVerify\Directory;
use FedVerify\Identity;
use FedVerify\Limits;
use FedVerify\Newest;
use FedVerify\Pfn;
use FedVerify\Pin;
use FedVerify\Release;
use FedVerify\Report;
use FedVerify\Verifier;
use FedVerify\Version;
use FedVerify\WarningCode;
use FedVerify\WebDocument;

$classes = [
    AuditLog::class, Identity::class, WebDocument::class, Release::class, Report::class, Pfn::class, Verifier::class,
    ArchiveSignature::class, Pin::class, Version::class, Limits::class, Directory::class, Newest::class,
];
foreach ($classes as $class) {
    $reflection = new ReflectionClass($class);
    echo $class, $reflection->isFinal() ? ' final' : ' open', $reflection->isInstantiable() ? ' new' : '', "\n";
    thrown(fn () => new $class());
    thrown(fn () => $reflection->newInstanceWithoutConstructor());
    thrown(fn () => unserialize(sprintf('O:%d:"%s":0:{}', strlen($class), $class)));
}
foreach ([Code::class, WarningCode::class] as $class) {
    echo $class, (new ReflectionClass($class))->isFinal() ? ' final' : ' open', "\n";
    thrown(fn () => new $class());
}
$identity = example_identity();
$document = WebDocument::verify('{"id":"did:web:a.example"}', 'did:web:a.example', 1);
$release = $identity->release(example('fair/metadata.json'));
[$pin, $newest] = [Pin::parse($identity->pin()), Directory::newest(['https://a.example' => $identity])];
foreach ([$identity, $release, $document, $identity->report(), $pin, $newest] as $object) {
    thrown(fn () => clone $object);
    thrown(fn () => serialize($object));
    thrown(function () use ($object) {
        $object->property = 1;
    });
    thrown(function () use ($object) {
        (new ReflectionMethod($object, '__construct'))->invoke($object);
    });
    // PHP sees what `==` compares, and nothing else of what an object holds.
    echo implode(' ', array_map(fn (string $name) => strtr($name, "\0", ' '), array_keys((array) $object))), "\n";
    var_dump($object == $identity, $object == $identity->report());
}
echo $identity->did(), "\n";
?>
--EXPECT--
FedVerify\AuditLog final
Error: Call to private FedVerify\AuditLog::__construct() from global scope
ReflectionException: Class FedVerify\AuditLog is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\AuditLog' is not allowed
FedVerify\Identity final
Error: Call to private FedVerify\Identity::__construct() from global scope
ReflectionException: Class FedVerify\Identity is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Identity' is not allowed
FedVerify\WebDocument final
Error: Call to private FedVerify\WebDocument::__construct() from global scope
ReflectionException: Class FedVerify\WebDocument is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\WebDocument' is not allowed
FedVerify\Release final
Error: Call to private FedVerify\Release::__construct() from global scope
ReflectionException: Class FedVerify\Release is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Release' is not allowed
FedVerify\Report final
Error: Call to private FedVerify\Report::__construct() from global scope
ReflectionException: Class FedVerify\Report is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Report' is not allowed
FedVerify\Pfn final
Error: Call to private FedVerify\Pfn::__construct() from global scope
ReflectionException: Class FedVerify\Pfn is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Pfn' is not allowed
FedVerify\Verifier final
Error: Call to private FedVerify\Verifier::__construct() from global scope
ReflectionException: Class FedVerify\Verifier is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Verifier' is not allowed
FedVerify\ArchiveSignature final
Error: Call to private FedVerify\ArchiveSignature::__construct() from global scope
ReflectionException: Class FedVerify\ArchiveSignature is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\ArchiveSignature' is not allowed
FedVerify\Pin final
Error: Call to private FedVerify\Pin::__construct() from global scope
ReflectionException: Class FedVerify\Pin is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Pin' is not allowed
FedVerify\Version final
Error: Call to private FedVerify\Version::__construct() from global scope
ReflectionException: Class FedVerify\Version is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Version' is not allowed
FedVerify\Limits final
Error: Call to private FedVerify\Limits::__construct() from global scope
ReflectionException: Class FedVerify\Limits is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Limits' is not allowed
FedVerify\Directory final
Error: Call to private FedVerify\Directory::__construct() from global scope
ReflectionException: Class FedVerify\Directory is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Directory' is not allowed
FedVerify\Newest final
Error: Call to private FedVerify\Newest::__construct() from global scope
ReflectionException: Class FedVerify\Newest is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Unserialization of 'FedVerify\Newest' is not allowed
FedVerify\Code final
Error: Call to private FedVerify\Code::__construct() from global scope
FedVerify\WarningCode final
Error: Call to private FedVerify\WarningCode::__construct() from global scope
Error: Trying to clone an uncloneable object of class FedVerify\Identity
Exception: Serialization of 'FedVerify\Identity' is not allowed
Error: Cannot create dynamic property FedVerify\Identity::$property
Exception: an identity is what FedVerify\AuditLog::verify() proves
 FedVerify\Identity report
bool(true)
bool(false)
Error: Trying to clone an uncloneable object of class FedVerify\Release
Exception: Serialization of 'FedVerify\Release' is not allowed
Error: Cannot create dynamic property FedVerify\Release::$property
Exception: a release is what release() of FedVerify\Identity or FedVerify\WebDocument proves
 FedVerify\Release report
bool(false)
bool(false)
Error: Trying to clone an uncloneable object of class FedVerify\WebDocument
Exception: Serialization of 'FedVerify\WebDocument' is not allowed
Error: Cannot create dynamic property FedVerify\WebDocument::$property
Exception: a document is what FedVerify\WebDocument::verify() proves
 FedVerify\WebDocument report
bool(false)
bool(false)
Error: Trying to clone an uncloneable object of class FedVerify\Report
Exception: Serialization of 'FedVerify\Report' is not allowed
Error: Cannot create dynamic property FedVerify\Report::$property
Exception: a report is what a verification gives
 FedVerify\Report json
bool(false)
bool(true)
Error: Trying to clone an uncloneable object of class FedVerify\Pin
Exception: Serialization of 'FedVerify\Pin' is not allowed
Error: Cannot create dynamic property FedVerify\Pin::$property
Exception: a pin is what FedVerify\Pin::parse() reads
 FedVerify\Pin json  FedVerify\Pin limits
bool(false)
bool(false)
Error: Trying to clone an uncloneable object of class FedVerify\Newest
Exception: Serialization of 'FedVerify\Newest' is not allowed
Error: Cannot create dynamic property FedVerify\Newest::$property
Exception: the newest is what FedVerify\Directory::newest() chooses
 FedVerify\Newest url  FedVerify\Newest identity  FedVerify\Newest warnings
bool(false)
bool(false)
did:plc:6fub4jd3yfiuvzi5yhcmvrax
