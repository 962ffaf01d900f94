--TEST--
Pins as values: Pin::parse(), compare(), merge()
--EXTENSIONS--
fedverify
--FILE--
<?php
require __DIR__ . '/example.inc';

use FedVerify\AuditLog;
use FedVerify\Pin;

$short = json_encode(array_slice(json_decode(example('fair/log.json')), 0, 2), JSON_UNESCAPED_SLASHES);
$before = AuditLog::verify($short, example_did(), null, 1776000000)->pin();
$now = AuditLog::verify(example('fair/log.json'), example_did(), null, 1776000100);
$installed = $now->verifyPackage(example('fair/metadata.json'), EXAMPLES . '/fair/hello-fair-1.1.0.zip')->pin();

[$older, $newer, $withPackage] = array_map([Pin::class, 'parse'], [$before, $now->pin(), $installed]);
var_dump($newer->did() === example_did(), $newer->head() === $now->head(), $newer->lastVisit());
var_dump($newer->releases(), $newer->highestVersion(), $withPackage->highestVersion());
echo json_encode($withPackage->releases(), JSON_PRETTY_PRINT), "\n";
echo $older->compare($newer), ' ', $newer->compare($older), ' ', $newer->compare($newer), ' ', $newer->compare($withPackage), "\n";
$merged = $older->merge($withPackage);
var_dump($merged->toJson() === $withPackage->merge($older)->toJson(), $merged->head() === $now->head());
var_dump($newer == Pin::parse($now->pin()), $newer == $older, $newer->toJson() === $now->pin());
echo "damaged: ";
thrown(fn () => Pin::parse(substr($installed, 0, -1)));
echo "nothing: ";
thrown(fn () => Pin::parse(''));
echo "above a limit: ";
thrown(fn () => Pin::parse($installed, ['pinBytes' => 10]));
echo "no such limit: ";
thrown(fn () => Pin::parse($installed, ['noSuchLimit' => 10]));
echo "no text: ";
thrown(fn () => Pin::parse($installed, ["\xff" => 10]));
echo "no limit: ";
thrown(fn () => Pin::parse($installed, ['pinBytes' => '10']));
echo "too large for both: ";
thrown(fn () => Pin::parse($now->pin(), ['pinBytes' => strlen($now->pin())])->merge($withPackage));
try {
    Pin::parse('{}', ['pinBytes' => 1]);
} catch (FedVerify\RejectedException $exception) {
    echo $exception->getMessage(), ' ', $exception->limit(), ' ', $exception->getCode(), ' ', json_encode($exception->report()), "\n";
}
?>
--EXPECT--
bool(true)
bool(true)
int(1776000100)
array(0) {
}
NULL
string(5) "1.1.0"
[
    {
        "version": "1.1.0",
        "packages": [
            {
                "sha256": "ecf7ef52247cb8cda225ef41ccf8636503011978b358610291bb98ec8b89dc2d",
                "sha384": "d8194e48f9d1861e5efeb222072ced9c5bce01e781e3b78eda503e37734ebca10746496c4749841b8700751c4ceff958"
            }
        ]
    }
]
-1 1 0 0
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
damaged: FedVerify\RejectedException pin.malformed
nothing: FedVerify\RejectedException pin.malformed
above a limit: FedVerify\RejectedException pin.malformed
no such limit: FedVerify\InvalidInputException api.argument
no text: FedVerify\InvalidInputException api.argument
no limit: FedVerify\InvalidInputException api.argument
too large for both: FedVerify\RejectedException pin.too_large
invalid pin: the pin has more bytes than 1, the limit pinBytes [pin.malformed] pinBytes 701 null
