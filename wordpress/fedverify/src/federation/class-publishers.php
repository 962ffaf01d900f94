<?php
/**
 * The publishers whose keys the owner of the site trusts.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers keys. Only the owner changes them.
 */
final class Publishers {

	/**
	 * How many keys are remembered that the owner decided against, and how many that were replaced.
	 */
	private const DISMISSED = 50;

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
		$this->records->remove( Records::SHOWN_KEY, $source->to_string() );
	}

	/**
	 * The owner does not trust a source any more. Which bytes its versions had stays known.
	 *
	 * @param Source_Id $source The source.
	 * @return bool Whether there was one.
	 * @throws Refusal The database failed.
	 */
	public function forget( Source_Id $source ): bool {
		$this->records->remove( Records::SHOWN_KEY, $source->to_string() );
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
	 * The owner decides against a key that a node shows: it is not to be shown again.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $did_key The key.
	 * @param string    $node    The node's URL.
	 * @throws Refusal The database failed; `wordpress.federation.untrusted`.
	 */
	public function turn_down( Source_Id $source, string $did_key, string $node ): void {
		$publisher = $this->get( $source );
		if ( null === $publisher ) {
			throw self::untrusted( $source );
		}
		$turned_down = array( $node => $publisher->turned_down( $node ) + 1 ) + $publisher->all_turned_down();
		$this->change(
			$source,
			array(
				'dismissed'   => self::last( array_merge( $publisher->dismissed(), array( $did_key ) ) ),
				'turned_down' => array_slice( $turned_down, 0, self::DISMISSED, true ),
			)
		);
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
}
