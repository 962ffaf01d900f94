<?php

/** Who may let a browser verify: Routes and Tickets. What a browser then does is in tests/wordpress/browser.mjs. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Browser\Browser;
use FedVerify\WordPress\Browser\Routes;
use FedVerify\WordPress\Plugin;

function get_current_user_id(): int
{
    return $GLOBALS['login'][0];
}

function wp_get_session_token(): string
{
    return $GLOBALS['login'][1];
}

function wp_salt(string $scheme): string
{
    return 'a secret of the site';
}

Plugin::start('/plugins/fedverify/fedverify.php');
$routes = new Routes(Plugin::get());
/** What the routes answer to a user with this login and these capabilities: a code and a status, or true. */
$answer = static function (array $login, array $capabilities, bool $multisite = false) use ($routes, $site): string {
    $GLOBALS['login'] = $login;
    [$site->capabilities, $site->multisite] = [$capabilities, $multisite];
    $permission = $routes->permission();
    return $permission === true ? 'true' : $permission->get_error_data()['status'] . ' ' . $permission->get_error_code();
};

$none = '403 wordpress.browser.session';
$check('nobody', $answer([0, ''], []) === $none);
$check('who may not update', $answer([7, 'token'], ['edit_posts']) === $none);
$check('without a login of a browser', $answer([7, ''], ['update_plugins']) === $none);
$check('of one site among several', $answer([7, 'token'], ['update_plugins'], true) === $none);
$allowed = $answer([7, 'token'], ['update_plugins']);
$check('an administrator, whom only a server that verifies itself sends away', $allowed === (Browser::is_needed() ? 'true' : '409 wordpress.browser.not_needed'));
$check('of all sites', $answer([7, 'token'], ['update_plugins', 'manage_network_plugins'], true) === $allowed);

$site->multisite = false;
// Nor does a ticket serve whoever has lost the session that it was opened in, and none is opened without.
$tickets = Plugin::get()->tickets();
$ticket = $tickets->open(Browser::LOG, ['did' => 'did:plc:x']);
$check('a ticket', $tickets->read($ticket, Browser::LOG) === ['did' => 'did:plc:x']);
$GLOBALS['login'] = [7, 'another'];
$check('in another session', $refused(static function () use ($tickets, $ticket) {
    $tickets->read($ticket, Browser::LOG);
}) === 'rejected wordpress.browser.other_session');
$GLOBALS['login'] = [7, ''];
$check('without one', $refused(static function () use ($tickets, $ticket) {
    $tickets->read($ticket, Browser::LOG);
}) === 'rejected wordpress.browser.session');
$check('a new one', $refused(static function () use ($tickets) {
    $tickets->open(Browser::LOG, []);
}) === 'rejected wordpress.browser.session');

$finish('the browser\'s routes');
