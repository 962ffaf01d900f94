<?php
/**
 * The publishers whose keys the owner of the site trusts.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers keys. Only the owner changes them. That a node shows another one is a warning for the owner: what the trusted key signed is
 * offered and installed as before, or one node that lies would keep the updates of a publisher from every site.
 */
final class Publishers {

	/**
	 * How many keys are remembered that the owner decided against, and how many that were replaced.
	 */
	private const DISMISSED = 50;

	/**
	 * How many keys of one node the owner decides against before no further one of it is shown, until the owner trusts another key.
	 */
	private const TURNED_DOWN = 3;

	/**
	 * The rows.
	 *
	 * @var Records
	 */
	private $records;

	/**
	 * Makes one.
	 *
	 * @param Records $records The rows.
	 */
	public function __construct( Records $records ) {
		$this->records = $records;
	}

	/**
	 * All of them.
	 *
	 * @return Publisher[]
	 * @throws Refusal The database failed.
	 */
	public function all(): array {
		$all = array();
		foreach ( $this->records->all( Records::PUBLISHER ) as $source => $entry ) {
			$all[] = new Publisher( (string) $source, $entry );
		}
		return $all;
	}

	/**
	 * The publisher of a source.
	 *
	 * @param Source_Id $source The source.
	 * @return Publisher|null Null where the owner trusts no key of it.
	 * @throws Refusal The database failed.
	 */
	public function get( Source_Id $source ): ?Publisher {
		$entry = $this->records->all( Records::PUBLISHER )[ $source->to_string() ] ?? null;
		return null === $entry ? null : new Publisher( $source->to_string(), $entry );
	}

	/**
	 * The publisher of a source, where something of it may be installed.
	 *
	 * @param Source_Id $source The source.
	 * @throws Refusal `wordpress.federation.untrusted`; the database failed or is damaged.
	 */
	public function trusted( Source_Id $source ): Publisher {
		$publisher = $this->get( $source );
		if ( null === $publisher ) {
			throw self::untrusted( $source );
		}
		if ( '' === $publisher->did_key() ) {
			throw self::damaged( $source );
		}
		return $publisher;
	}

	/**
	 * The owner trusts a key, in the place of an earlier one. That may be a mistake, so the earlier one is not taken for turned down.
	 *
	 * @param Source_Id     $source The source.
	 * @param Publisher_Key $key    The key.
	 * @param string        $by     The node that showed it; empty where somebody pasted it.
	 * @throws Refusal The database failed.
	 */
	public function trust( Source_Id $source, Publisher_Key $key, string $by = '' ): void {
		$before    = $this->get( $source );
		$replaced  = null === $before ? array() : array_diff( array_merge( $before->replaced(), array( $before->did_key() ) ), array( $key->did_key() ) );
		$dismissed = null === $before ? array() : array_diff( $before->dismissed(), array( $key->did_key() ) );
		$this->records->put(
			Records::PUBLISHER,
			$source->to_string(),
			array(
				'key'       => $key->text(),
				'did_key'   => $key->did_key(),
				'since'     => time(),
				'by'        => $by,
				'unsigned'  => null !== $before && $before->did_key() === $key->did_key() && $before->allows_unsigned(),
				'replaced'  => self::last( $replaced ),
				'dismissed' => self::last( $dismissed ),
			)
		);
		$this->records->remove( Records::SEEN_KEY, $source->to_string() );
	}

	/**
	 * The owner does not trust a source any more. Which bytes its versions had stays known.
	 *
	 * @param Source_Id $source The source.
	 * @return bool Whether there was one.
	 * @throws Refusal The database failed.
	 */
	public function forget( Source_Id $source ): bool {
		$this->records->remove( Records::SEEN_KEY, $source->to_string() );
		return $this->records->remove( Records::PUBLISHER, $source->to_string() );
	}

	/**
	 * The owner decides about archives whose bytes nothing binds.
	 *
	 * @param Source_Id $source    The source.
	 * @param bool      $is_wanted Whether they are taken.
	 * @throws Refusal The database failed; `wordpress.federation.untrusted`.
	 */
	public function allow_unsigned( Source_Id $source, bool $is_wanted ): void {
		$this->change( $source, array( 'unsigned' => $is_wanted ) );
	}

	/**
	 * The last ones of keys.
	 *
	 * @param string[] $keys The keys.
	 * @return string[]
	 */
	private static function last( array $keys ): array {
		return array_slice( array_values( array_unique( array_filter( $keys ) ) ), -self::DISMISSED );
	}

	/**
	 * A node shows a key. Another one than the trusted one is shown to the owner, one at a time; one that was replaced only where the node
	 * does not say that the trusted one is the key of today, as old versions are listed with the key by which they were signed.
	 *
	 * @param Source_Id          $source The source.
	 * @param Publisher_Key      $key    The key.
	 * @param string             $node   The node's URL.
	 * @param Publisher_Key|null $today  The key that the source has today, as the node says; null: this one.
	 * @throws Refusal The database failed or is damaged.
	 */
	public function compare( Source_Id $source, Publisher_Key $key, string $node, ?Publisher_Key $today = null ): void {
		$publisher = $this->get( $source );
		if ( null === $publisher || $publisher->did_key() === $key->did_key() || $publisher->has_dismissed( $key->did_key() ) ) {
			return;
		}
		if ( '' === $publisher->did_key() ) {
			throw self::damaged( $source );
		}
		if ( null !== $today && $today->did_key() === $publisher->did_key() && $publisher->has_replaced( $key->did_key() ) ) {
			return;
		}
		if ( null === $this->seen( $source ) && $publisher->turned_down( $node ) < self::TURNED_DOWN ) {
			$this->records->put( Records::SEEN_KEY, $source->to_string(), self::entry( $key, $node ) );
		}
	}

	/**
	 * That a node shows another key, about which the owner has not decided.
	 *
	 * @param Source_Id $source The source.
	 * @return Refusal|null Null where none does, or no key is trusted. It stops nothing by itself.
	 * @throws Refusal The database failed.
	 */
	public function warning( Source_Id $source ): ?Refusal {
		$publisher = $this->get( $source );
		$seen      = $this->seen( $source );
		return null === $publisher || null === $seen ? null : self::changed( $publisher, $seen );
	}

	/**
	 * Why a version is no update that another key signed, about which the owner is not asked. It is not written about: any node can list
	 * such a version.
	 *
	 * @param Listed_Version $listed The version.
	 */
	public static function not_trusted( Listed_Version $listed ): Refusal {
		/* translators: 1: the URL of a node, 2: a version, 3: a key. */
		$message = __( '%1$s lists version %2$s, signed by a key that this site does not trust: %3$s. You are not asked about it: it is an earlier key, or was turned down, or three other keys of this node were.', 'fedverify' );
		$message = sprintf( $message, Plain_Text::word( $listed->node() ), Plain_Text::word( $listed->version() ), $listed->signer() ?? '' );
		$remedy  = __( 'Ask the publisher which key is theirs. If it is this one, trust it on the federation page.', 'fedverify' );
		return Refusal::undetermined( 'wordpress.federation.key_changed', $message, $remedy );
	}

	/**
	 * A node was asked for the key of a source. It counts for nothing until the owner confirms it.
	 *
	 * @param Source_Id     $source The source.
	 * @param Publisher_Key $key    The key.
	 * @param string        $node   The node's URL.
	 * @throws Refusal The database failed; as compare() where a key is trusted already.
	 */
	public function show( Source_Id $source, Publisher_Key $key, string $node ): void {
		if ( null !== $this->get( $source ) ) {
			$this->compare( $source, $key, $node );
			return;
		}
		$this->records->put( Records::SEEN_KEY, $source->to_string(), self::entry( $key, $node ) );
	}

	/**
	 * The keys that nodes show and about which the owner has not decided. A damaged one is left out: the next check finds it again.
	 *
	 * @return array<string, array> key, did_key, node, at, by source.
	 * @throws Refusal The database failed.
	 */
	public function undecided(): array {
		return array_filter( $this->records->all( Records::SEEN_KEY ) );
	}

	/**
	 * What is stored of a key that a node shows.
	 *
	 * @param Publisher_Key $key  The key.
	 * @param string        $node The node's URL.
	 * @return array{key: string, did_key: string, node: string, at: int}
	 */
	private static function entry( Publisher_Key $key, string $node ): array {
		return array(
			'key'     => $key->text(),
			'did_key' => $key->did_key(),
			'node'    => $node,
			'at'      => time(),
		);
	}

	/**
	 * The other key that a node shows, about which the owner has not decided.
	 *
	 * @param Source_Id $source The source.
	 * @return array|null key, did_key, node, at.
	 * @throws Refusal The database failed.
	 */
	public function seen( Source_Id $source ): ?array {
		return $this->undecided()[ $source->to_string() ] ?? null;
	}

	/**
	 * The owner trusts the other key that a node shows.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $did_key The key that the owner saw and confirms.
	 * @return bool Whether that is the key.
	 * @throws Refusal The database failed.
	 */
	public function confirm( Source_Id $source, string $did_key ): bool {
		$seen = $this->seen( $source );
		if ( null === $seen ) {
			return false;
		}
		$key = Publisher_Key::read( (string) ( $seen['key'] ?? '' ) );
		if ( $key->did_key() !== $did_key ) {
			return false;
		}
		$this->trust( $source, $key, (string) ( $seen['node'] ?? '' ) );
		return true;
	}

	/**
	 * The owner goes on trusting the key that is trusted.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $did_key The other key, which is not to be shown again.
	 * @return bool Whether that is the key.
	 * @throws Refusal The database failed; `wordpress.federation.untrusted`.
	 */
	public function keep( Source_Id $source, string $did_key ): bool {
		$seen = $this->seen( $source );
		if ( null === $seen || ( $seen['did_key'] ?? null ) !== $did_key ) {
			return false;
		}
		$publisher = $this->get( $source );
		if ( null === $publisher ) {
			return $this->records->remove( Records::SEEN_KEY, $source->to_string() );
		}
		$node = is_string( $seen['node'] ?? null ) ? $seen['node'] : '';
		$this->change(
			$source,
			array(
				'dismissed'   => self::last( array_merge( $publisher->dismissed(), array( $did_key ) ) ),
				'turned_down' => array_slice( array( $node => $publisher->turned_down( $node ) + 1 ) + $publisher->all_turned_down(), 0, self::DISMISSED, true ),
			)
		);
		$this->records->remove( Records::SEEN_KEY, $source->to_string() );
		return true;
	}

	/**
	 * Changes what is stored of a source.
	 *
	 * @param Source_Id            $source  The source.
	 * @param array<string, mixed> $changes What is to be stored.
	 * @throws Refusal The database failed; `wordpress.federation.untrusted`.
	 */
	private function change( Source_Id $source, array $changes ): void {
		$entry = $this->records->get( Records::PUBLISHER, $source->to_string() );
		if ( null === $entry ) {
			throw self::untrusted( $source );
		}
		$this->records->put( Records::PUBLISHER, $source->to_string(), $changes + $entry );
	}

	/**
	 * The refusal of what comes while no key is trusted.
	 *
	 * @param Source_Id $source The source.
	 */
	private static function untrusted( Source_Id $source ): Refusal {
		/* translators: %s: a federation source such as alice@plugins.example. */
		return Refusal::held( 'wordpress.federation.untrusted', sprintf( __( 'This site trusts no key of %s.', 'fedverify' ), $source->to_string() ) );
	}

	/**
	 * The refusal of what comes while it is not known which key is trusted.
	 *
	 * @param Source_Id $source The source.
	 */
	private static function damaged( Source_Id $source ): Refusal {
		/* translators: %s: a federation source such as alice@plugins.example. */
		return Refusal::undetermined( 'wordpress.memory.damaged', sprintf( __( 'The stored key of %s is damaged. Trust the key again.', 'fedverify' ), $source->to_string() ) );
	}

	/**
	 * That a key is not decided about: why a version is no update that is signed by another one than the trusted.
	 *
	 * @param Publisher $publisher The publisher.
	 * @param array     $seen      The other key.
	 */
	private static function changed( Publisher $publisher, array $seen ): Refusal {
		/* translators: 1: the URL of a node, 2: a federation source, 3: a key, 4: a key. */
		$message = __( '%1$s shows another key of %2$s: %3$s. This site trusts %4$s.', 'fedverify' );
		$message = sprintf( $message, Plain_Text::word( (string) ( $seen['node'] ?? '' ) ), $publisher->source(), Plain_Text::word( (string) ( $seen['did_key'] ?? '' ) ), $publisher->did_key() );
		return Refusal::rejected( 'wordpress.federation.key_changed', $message );
	}
}
