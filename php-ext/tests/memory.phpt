--TEST--
What memory_limit has no room for is refused, before PHP would end the request
--EXTENSIONS--
fedverify
--INI--
memory_limit=16M
--FILE--
<?php
// Small to write, and large as PHP's arrays.
$plugins = implode(',', array_map(fn (int $number) => "{\"id\":\"a$number\"}", range(1, 30000)));
$report = FedVerify\Verifier::verify('pfn-author-data', ['document' => "{\"username\":\"alice\",\"plugins\":[$plugins]}"]);
unset($plugins);
foreach (['author', 'toArray', 'jsonSerialize'] as $method) {
    try {
        $report->$method();
        echo "no exception\n";
    } catch (FedVerify\InvalidInputException $exception) {
        echo $exception->errorCode(), ' ', $exception->getMessage(), "\n";
        var_dump($exception->report());
    }
}
ini_set('memory_limit', '-1');
echo count($report->author()['plugins']), "\n";
?>
--EXPECTF--
io.memory memory_limit has no room for a report of %d bytes [io.memory]
NULL
io.memory memory_limit has no room for a report of %d bytes [io.memory]
NULL
io.memory memory_limit has no room for a report of %d bytes [io.memory]
NULL
30000
