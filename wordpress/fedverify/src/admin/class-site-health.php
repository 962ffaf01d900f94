<?php
/**
 * The tests of Site Health.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds tests to Site Health. They read what is remembered; no server is asked.
 */
final class Site_Health {

	/** The schedule verifies twice a day. After three days it does not run. */
	private const LATE = 3 * DAY_IN_SECONDS;

	/** Recovery windows are days; minutes do not matter. */
	private const CLOCK = 15 * MINUTE_IN_SECONDS;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes the tests.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Adds the tests. Hooked to `site_status_tests`.
	 *
	 * @param mixed $tests The tests.
	 * @return mixed
	 */
	public function add( $tests ) {
		if ( ! is_array( $tests ) || ! is_array( $tests['direct'] ?? null ) ) {
			return $tests;
		}
		foreach ( $this->names() as $name ) {
			$tests['direct'][ 'fedverify_' . $name ] = array(
				'label' => 'fedverify',
				'test'  => Guard::filter(
					array( $this, $name ),
					static function () use ( $name ): array {
						$text = __( 'fedverify failed. The recent verdicts say why.', 'fedverify' );
						return self::result( $name, 'recommended', __( 'fedverify could not be tested', 'fedverify' ), self::paragraph( $text ) );
					}
				),
			);
		}
		return $tests;
	}

	/**
	 * The tests. Those of witnesses and of the federation only where there is something of it.
	 *
	 * @return string[]
	 */
	private function names(): array {
		$names = array( 'backend', 'mode', 'pins', 'held', 'clock', 'schedule' );
		if ( array() !== $this->plugin->settings()->witnesses() ) {
			$names[] = 'witnesses';
		}
		if ( array() !== $this->plugin->federation()->plugins() || array() !== $this->plugin->settings()->federation_nodes() ) {
			$names[] = 'federation';
		}
		return $names;
	}

	/**
	 * Whether plugins of the Plugin Federation Network get their updates.
	 *
	 * @return array
	 */
	public function federation(): array {
		$findings = Federation_Health::findings( $this->plugin, time() - self::LATE );
		if ( array() === $findings ) {
			$text = __( 'Your nodes were asked about each plugin of the federation, and nothing waits or was refused.', 'fedverify' );
			return self::result( 'federation', 'good', __( 'Plugins of the federation are checked', 'fedverify' ), self::paragraph( $text ) );
		}
		$list = '<ul><li>' . implode( '</li><li>', array_map( 'esc_html', $findings ) ) . '</li></ul>';
		return self::result( 'federation', 'recommended', __( 'Plugins of the federation need your attention', 'fedverify' ), $list );
	}

	/**
	 * Whether packages can be verified here.
	 *
	 * @return array
	 */
	public function backend(): array {
		$name  = Backend_State::name();
		$notes = '<ul><li>' . implode( '</li><li>', array_map( 'esc_html', explode( "\n", Backend_State::explanation() ) ) ) . '</li></ul>';
		if ( null === $name ) {
			$why = $this->plugin->settings()->is_enforcing()
				? __( 'Updates of packages with an identity are held. Ask your host for the PHP extension openssl.', 'fedverify' )
				: __( 'Packages with an identity are installed unverified. Ask your host for the PHP extension openssl.', 'fedverify' );
			return self::result( 'backend', 'critical', __( 'This server cannot verify packages', 'fedverify' ), '<p>' . esc_html( $why ) . '</p>' . $notes );
		}
		return self::result( 'backend', 'good', __( 'This server can verify packages', 'fedverify' ), '<p>' . esc_html( Backend_State::sentence( $name ) ) . '</p>' . $notes );
	}

	/**
	 * Whether what is not verified is refused.
	 *
	 * @return array
	 */
	public function mode(): array {
		$problems = $this->plugin->settings()->problems();
		if ( array() !== $problems ) {
			/* translators: %s: names of constants and settings */
			$text = sprintf( __( 'These cannot be used, so their defaults apply: %s', 'fedverify' ), implode( ', ', $problems ) );
			return self::result( 'mode', 'recommended', __( 'Settings of fedverify cannot be used', 'fedverify' ), self::paragraph( $text ) );
		}
		if ( ! $this->plugin->settings()->is_enforcing() ) {
			$text = __( 'Packages that cannot be verified are reported but still installed. Change this in the settings, or in wp-config.php.', 'fedverify' );
			return self::result( 'mode', 'recommended', __( 'fedverify only reports', 'fedverify' ), self::paragraph( $text ) );
		}
		$text = __( 'Plugins and themes with a decentralised identifier (DID) are installed only if their publisher signed them.', 'fedverify' );
		return self::result( 'mode', 'good', __( 'fedverify refuses packages that cannot be verified', 'fedverify' ), self::paragraph( $text ) );
	}

	/**
	 * Whether what was seen of each identity is remembered.
	 *
	 * @return array
	 */
	public function pins(): array {
		$missing = array();
		foreach ( Known_Package::all( $this->plugin ) as $package ) {
			$is_plc = 0 === strpos( $package->did(), 'did:plc:' );
			if ( $is_plc && ( null === $package->record() || null === $package->record()->pin() ) ) {
				$missing[] = Plain_Text::name( $package->name() );
			}
		}
		if ( array() === $missing ) {
			$text = __( 'What was seen of each identity is remembered, so a directory cannot take it back unnoticed.', 'fedverify' );
			return self::result( 'pins', 'good', __( 'The identities of all packages are remembered', 'fedverify' ), self::paragraph( $text ) );
		}
		/* translators: %s: names of plugins and themes */
		$text = sprintf( __( 'Not verified by this site yet: %s. Verify them on the page “Verification”.', 'fedverify' ), implode( ', ', $missing ) );
		return self::result( 'pins', 'recommended', __( 'Some identities have never been verified', 'fedverify' ), self::paragraph( $text ) );
	}

	/**
	 * Whether updates wait.
	 *
	 * @return array
	 */
	public function held(): array {
		$held = $this->plugin->fresh_keys()->waiting();
		if ( ! $this->plugin->settings()->is_enforcing() ) {
			$text = __( 'fedverify only reports: an update that it would hold is still installed.', 'fedverify' );
			return self::result( 'held', 'good', __( 'No update is held', 'fedverify' ), self::paragraph( $text ) );
		}
		if ( array() === $held ) {
			$text = __( 'No update waits for a verification or for a new key.', 'fedverify' );
			return self::result( 'held', 'good', __( 'No update is held', 'fedverify' ), self::paragraph( $text ) );
		}
		$names = array_map(
			static function ( array $update ): string {
				return Plain_Text::name( (string) ( $update['name'] ?? '' ), (string) ( $update['version'] ?? '' ) );
			},
			array_values( $held )
		);
		/* translators: %s: names and versions of plugins and themes */
		$text = sprintf( __( 'Waiting: %s. The page “Verification” says why and until when.', 'fedverify' ), implode( ', ', $names ) );
		return self::result( 'held', 'recommended', __( 'Updates are held', 'fedverify' ), self::paragraph( $text ) );
	}

	/**
	 * Whether the clock of this server is right.
	 *
	 * @return array
	 */
	public function clock(): array {
		$note = Clock_Note::read();
		if ( null === $note ) {
			$text = __( 'It will be compared when an identity is verified.', 'fedverify' );
			return self::result( 'clock', 'good', __( 'The clock of this server has not been compared yet', 'fedverify' ), self::paragraph( $text ) );
		}
		if ( abs( $note['difference'] ) <= self::CLOCK ) {
			$text = __( 'It agrees with the clock of the directory of identities.', 'fedverify' );
			return self::result( 'clock', 'good', __( 'The clock of this server is right', 'fedverify' ), self::paragraph( $text ) );
		}
		$length = human_time_diff( $note['at'], $note['at'] + $note['difference'] );
		$text   = $note['difference'] > 0
			/* translators: %s: a length of time, such as "2 hours" */
			? sprintf( __( 'It is %s behind the clock of the directory of identities. It decides until when a new key can be undone: ask your host to set it.', 'fedverify' ), $length )
			/* translators: %s: a length of time, such as "2 hours" */
			: sprintf( __( 'It is %s ahead of the clock of the directory of identities. It decides until when a new key can be undone: ask your host to set it.', 'fedverify' ), $length );
		return self::result( 'clock', 'recommended', __( 'The clock of this server seems to be wrong', 'fedverify' ), self::paragraph( $text ) );
	}

	/**
	 * Whether the witnesses answer.
	 *
	 * @return array
	 */
	public function witnesses(): array {
		$silent = Silence_Note::witnesses()->silent( $this->plugin->settings()->witnesses(), time() - self::LATE );
		if ( array() === $silent ) {
			$text = __( 'Their logs are compared with the directory’s at each verification.', 'fedverify' );
			return self::result( 'witnesses', 'good', __( 'No witness has been silent for long', 'fedverify' ), self::paragraph( $text ) );
		}
		$lines = array();
		foreach ( $silent as $witness => $note ) {
			/* translators: 1: the URL of a directory, 2: a length of time, such as "4 days", 3: a code */
			$lines[] = esc_html( sprintf( __( '%1$s: no answer for %2$s (%3$s)', 'fedverify' ), $witness, human_time_diff( $note['since'], time() ), $note['code'] ) );
		}
		$text = __( 'Their logs are not compared with the directory’s, so a directory that leaves something out is less likely to be noticed. Check their addresses in the settings, or name others.', 'fedverify' );
		return self::result( 'witnesses', 'recommended', __( 'Witnesses have not answered for days', 'fedverify' ), '<ul><li>' . implode( '</li><li>', $lines ) . '</li></ul>' . self::paragraph( $text ) );
	}

	/**
	 * Whether identities are verified regularly.
	 *
	 * @return array
	 */
	public function schedule(): array {
		$late = array();
		$last = 0;
		foreach ( Known_Package::all( $this->plugin ) as $package ) {
			$at   = null === $package->record() ? 0 : (int) $package->record()->verified_at();
			$last = max( $last, $at );
			if ( $at > 0 && time() - $at > self::LATE ) {
				$late[] = Plain_Text::name( $package->name() );
			}
		}
		if ( array() === $late ) {
			$text = 0 === $last
				? __( 'No installed package has an identity.', 'fedverify' )
				/* translators: %s: a length of time ago, such as "2 hours ago" */
				: sprintf( __( 'The last verification was %s.', 'fedverify' ), Moment::distance( $last, time() ) );
			return self::result( 'schedule', 'good', __( 'Identities are verified regularly', 'fedverify' ), self::paragraph( $text ) );
		}
		/* translators: %s: names of plugins and themes */
		$text = sprintf( __( 'Not verified for three days: %s. Either scheduled events do not run on this site, or the verification fails; the page “Verification” says which.', 'fedverify' ), implode( ', ', $late ) );
		return self::result( 'schedule', 'recommended', __( 'Some identities have not been verified lately', 'fedverify' ), self::paragraph( $text ) );
	}

	/**
	 * A paragraph, escaped.
	 *
	 * @param string $text What it says.
	 * @return string HTML.
	 */
	private static function paragraph( string $text ): string {
		return '<p>' . esc_html( $text ) . '</p>';
	}

	/**
	 * A result as Site Health takes it.
	 *
	 * @param string $name        The test.
	 * @param string $status      `good`, `recommended` or `critical`.
	 * @param string $label       The heading.
	 * @param string $description HTML, escaped.
	 * @return array
	 */
	private static function result( string $name, string $status, string $label, string $description ): array {
		$colours = array(
			'good'        => 'blue',
			'recommended' => 'orange',
			'critical'    => 'red',
		);
		return array(
			'label'       => esc_html( $label ),
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Security', 'fedverify' ),
				'color' => $colours[ $status ],
			),
			'description' => $description,
			'actions'     => current_user_can( Menu::capability() )
				? '<p>' . Markup::link( Menu::url(), __( 'Verification of packages', 'fedverify' ) ) . '</p>'
				: '',
			'test'        => 'fedverify_' . $name,
		);
	}
}
