--TEST--
What exceptions say: code, number, remedy, operation, CID, partial report, file, line, trace
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;
use FedVerify\Exception;
use FedVerify\InvalidInputException;
use FedVerify\RejectedException;

$log = str_replace('old.publisher', 'thief', example('fair/log.json'));
try {
    AuditLog::verify($log, example_did());
} catch (Exception $exception) {
    echo get_class($exception), ' ', $exception->errorCode(), ' ', $exception->getCode(), "\n";
    echo $exception->getMessage(), "\n";
    echo $exception->remedy(), "\n";
    echo $exception->operation(), ' ', $exception->cid(), "\n";
    echo basename($exception->getFile()), ' ', $exception->getLine(), ' ', count($exception->getTrace()), "\n";
    $report = $exception->report();
    echo $report->verdict(), ' ', $report->error()['code'], ' ', $report->error()['operation'], "\n";
    echo $report->error()['remedy'] === $exception->remedy() ? "same remedy\n" : "another remedy\n";
    echo implode(' ', array_column($report->checks(), 'outcome')), "\n";
}
try {
    example_identity()->verifyPackage(example('fair/metadata.json'), '/nothing/at/all.zip');
} catch (InvalidInputException $exception) {
    echo $exception->errorCode(), ' ', $exception->report()->verdict(), "\n";
    var_dump($exception->operation(), $exception->cid(), $exception->limit());
}
try {
    AuditLog::verify($log, example_did(), null, null, ['logBytes' => 10]);
} catch (RejectedException $above) {
    var_dump($above->errorCode(), $above->limit(), unserialize(serialize($above))->limit());
}
var_dump((new ReflectionClass(RejectedException::class))->isFinal(), (new ReflectionClass(InvalidInputException::class))->isFinal());
var_dump(is_subclass_of(RejectedException::class, Exception::class), is_subclass_of(Exception::class, \Exception::class));
// Made by hand, an exception has nothing to tell.
$made = new RejectedException('by hand', 7);
var_dump($made->errorCode(), $made->remedy(), $made->operation(), $made->cid(), $made->report(), $made->getMessage(), $made->getCode());
thrown(fn () => $made->errorCode(1));
// Written down and read back, an exception tells the same, and claims nothing of a verification.
$read = unserialize(serialize($exception));
echo get_class($read), ' ', $read->errorCode(), ' ', $read->getCode(), ' ', $read->remedy(), "\n";
var_dump($read->getMessage() === $exception->getMessage(), $read->operation(), $read->report());
foreach (['{}', '{s:9:"errorCode";i:1;}', '{s:7:"message";s:1:"a";}'] as $data) {
    $members = substr_count($data, 'errorCode') + substr_count($data, 'message');
    thrown(fn () => unserialize(sprintf('O:%d:"%s":%d:%s', strlen(RejectedException::class), RejectedException::class, $members, $data)));
}
thrown(fn () => $exception->__unserialize(['message' => []] + $exception->__serialize()));
thrown(fn () => $exception->__unserialize(7));
?>
--EXPECT--
FedVerify\RejectedException plc.cid.mismatch 411
operation 0: expected the CID bafyreicxw2v7cqflnfzcj2ngj2crxuljfn24musnblwabzj7uk3mysrgnu (computed from the operation), found "bafyreihrnapci66bkffokhobytfmifygqztjhsojr7hvfz6j5yrdytx7pm" [plc.cid.mismatch]
Ask another directory or mirror for the log; the operation or its CID was changed.
0 bafyreicxw2v7cqflnfzcj2ngj2crxuljfn24musnblwabzj7uk3mysrgnu
exceptions.php 11 1
rejected plc.cid.mismatch 0
same remedy
pass pass pass fail not-reached not-reached not-reached not-reached not-reached not-reached not-reached
io.file.missing undetermined
NULL
NULL
NULL
string(15) "input.too_large"
string(8) "logBytes"
string(8) "logBytes"
bool(true)
bool(true)
bool(true)
bool(true)
string(0) ""
string(0) ""
NULL
NULL
NULL
string(7) "by hand"
int(7)
ArgumentCountError: FedVerify\Exception::errorCode() expects exactly 0 arguments, 1 given
FedVerify\InvalidInputException io.file.missing 801 Check the path.
bool(true)
NULL
NULL
Exception: Invalid serialization data for FedVerify\Exception object
Exception: Invalid serialization data for FedVerify\Exception object
Exception: Invalid serialization data for FedVerify\Exception object
Exception: Invalid serialization data for FedVerify\Exception object
TypeError: FedVerify\Exception::__unserialize(): Argument #1 ($data) must be of type array, int given
