<?php

/** Refusal, Codes and Guard. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\Backend\BackendMissingException;
use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Refusal;

$catch = static function (callable $call): Throwable {
    try {
        $call();
    } catch (Throwable $thrown) {
        return $thrown;
    }
    throw new LogicException('nothing was thrown');
};

$rejected = Refusal::from($catch(static function () {
    FedVerify\Pin::parse('{"torn"');
}));
$check('a rejection keeps code and remedy', $rejected->verdict() === 'rejected' && $rejected->error_code() === 'pin.malformed');
$check('the message has no code in it', strpos($rejected->getMessage(), '[pin.malformed]') === false && $rejected->getMessage() !== '');
$check('the remedy is the library\'s', $rejected->remedy() === FedVerify\Code::remedy('pin.malformed'));

$elsewhere = Refusal::rejected('fair.checksum.mismatch', 'm', FedVerify\Code::remedy('fair.checksum.mismatch'));
$check('but not where it does not fit WordPress', strpos($elsewhere->remedy(), 'WordPress downloads') !== false
    && $elsewhere->remedy() === Codes::remedy('fair.checksum.mismatch') && $elsewhere->remedy() === Codes::remedy('pfn.archive.unreadable'));
foreach (FedVerify\Core\Tables\Codes::REMEDIES as $code => $remedy) {
    // WordPress downloads, and the verifier's limits are in nobody's hands here.
    $check("a remedy for site owners: $code", preg_match('/Download it again|Raise the limit|Allow downgrades|Give the process/', Codes::remedy($code)) === 0);
}

$log = Refusal::from($catch(static function () {
    FedVerify\AuditLog::verify('[]', 'did:plc:ewvi7nxzyoun6zhxrhs64oiz');
}));
$check('a judged log is rejected, with its report', $log->verdict() === 'rejected' && $log->report() !== null);

$unusable = Refusal::from($catch(static function () {
    FedVerify\Pin::parse('{}', ['noSuchLimit' => 1]);
}));
$check('an unusable call judges nothing', $unusable->verdict() === 'undetermined' && $unusable->error_code() === 'api.argument');

// The last second in which the owner can undo the key.
$now = 1767488400;
$corpus = __DIR__ . '/../../corpus';
$fresh = Refusal::from($catch(static function () use ($now, $corpus) {
    FedVerify\Verifier::verify('fair-package', [
        'did' => 'did:plc:qlwfxy4kcfeqfnkjxglvt3gx', 'log' => ['file' => "$corpus/fair/fresh/new-key.log.json"],
        'metadata' => ['file' => "$corpus/fair/fresh/new-key.metadata.json"], 'package' => "$corpus/shared/hello-fair-1.0.0.zip",
        'now' => $now, 'waitRecoveryWindow' => true,
    ]);
}));
$check('a fresh key holds', $fresh->verdict() === 'held' && $fresh->error_code() === 'wordpress.held.fresh_key' && $fresh->report() !== null);
$check('until it cannot be undone any more', $fresh->until() === $now + 1);

$missing = Refusal::from(new BackendMissingException('none'));
$check('no backend holds', $missing->verdict() === 'held' && $missing->error_code() === 'wordpress.held.no_backend');

$foreign = Refusal::from(new TypeError('whatever'));
$check('anything else is undetermined', $foreign->verdict() === 'undetermined' && $foreign->error_code() === 'wordpress.internal');
$check('a refusal stays what it is', Refusal::from($foreign) === $foreign);
$check('held until', Refusal::held('wordpress.held.fresh_key', 'm', 7)->until() === 7);

$error = Refusal::rejected('wordpress.foreign_url', 'message')->to_wp_error();
$check('as an error of WordPress', $error->get_error_code() === 'fedverify.wordpress.foreign_url');
$check('whose message is all that people read where a button updates', $error->get_error_message() === implode(' ', [
    Codes::meaning('wordpress.foreign_url'), 'message.', Codes::remedy('wordpress.foreign_url'), '(wordpress.foreign_url)',
]));
$check('its data lets nothing through', array_keys($error->get_error_data()) === ['verdict', 'code', 'remedy']);

foreach (Codes::table() as $code => $texts) {
    $check("$code says what and what to do", count(array_filter($texts)) === 2 && Codes::meaning($code) === $texts[0]);
}
// The codes of a verification are those of the library, whose tests reach them all (tests/kit/src/codes).
$tests = '';
foreach (['*.mjs', '*/*.mjs', '*/test-*.php', 'scenarios/*.php'] as $files) {
    foreach (glob(__DIR__ . "/../$files") as $path) {
        $tests .= realpath($path) === __FILE__ ? '' : file_get_contents($path);
    }
}
// In a string: a comment tests nothing.
$tests = preg_replace('~^\s*(?://|/?\*).*$~m', '', $tests);
foreach (array_keys(Codes::table()) as $code) {
    $check("a test names $code", preg_match('~[\'"`](?:[^\'"`\n]* )?' . preg_quote($code, '~') . '(?![a-z_.]*[a-z_])~', $tests) === 1);
}
$check('the library\'s codes', Codes::meaning('plc.tombstoned') === FedVerify\Code::meaning('plc.tombstoned'));
$check('no such code', Codes::meaning('no.such') !== '' && Codes::remedy('no.such') !== '');

$filter = Guard::filter(
    static function ($value) {
        return $value . '!';
    },
    static function ($value, Throwable $failure) {
        return get_class($failure);
    }
);
$check('a filter answers', $filter('a') === 'a!');
$check('a failing filter answers by its fallback', $filter([]) !== '' && is_string($filter(new stdClass())));

$failing = static function () {
    throw new Error('fails');
};
$refuses = Guard::filter($failing, $failing);
$check('a failing fallback refuses', $refuses('a') instanceof WP_Error);
$check('untouched', Guard::filter($failing, [Guard::class, 'untouched'])('a') === 'a');
Guard::action($failing)('a');
$check('an action lets nothing out', true);

$finish('refusals');
