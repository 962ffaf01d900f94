<?php
/**
 * The keys that nodes show.
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
 * Remembers other keys than the trusted ones, about which the owner decides. That a node shows one is a warning for the owner: what the
 * trusted key signed is offered and installed as before, or one node that lies would keep the updates of a publisher from every site.
 */
final class Shown_Keys {

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
	 * The keys that the owner trusts.
	 *
	 * @var Publishers
	 */
	private $publishers;

	/**
	 * Makes one.
	 *
	 * @param Records    $records    The rows.
	 * @param Publishers $publishers The keys that the owner trusts.
	 */
	public function __construct( Records $records, Publishers $publishers ) {
		$this->records    = $records;
		$this->publishers = $publishers;
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
		if ( null !== $this->publishers->get( $source ) ) {
			$this->compare( $source, $key, $node );
			return;
		}
		$this->records->put( Records::SHOWN_KEY, $source->to_string(), self::entry( $key, $node ) );
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
		$publisher = $this->publishers->get( $source );
		if ( null === $publisher || $publisher->did_key() === $key->did_key() || $publisher->has_dismissed( $key->did_key() ) ) {
			return;
		}
		// Not where the stored key is damaged: then it is not known which one is trusted.
		$this->publishers->trusted( $source );
		if ( null !== $today && $today->did_key() === $publisher->did_key() && $publisher->has_replaced( $key->did_key() ) ) {
			return;
		}
		if ( null === $this->of( $source ) && $publisher->turned_down( $node ) < self::TURNED_DOWN ) {
			$this->records->put( Records::SHOWN_KEY, $source->to_string(), self::entry( $key, $node ) );
		}
	}

	/**
	 * The keys that nodes show and about which the owner has not decided. A damaged one is left out: the next check finds it again.
	 *
	 * @return array<string, array> key, did_key, node, at, by source.
	 * @throws Refusal The database failed.
	 */
	public function undecided(): array {
		return array_filter( $this->records->all( Records::SHOWN_KEY ) );
	}

	/**
	 * The other key that a node shows, about which the owner has not decided.
	 *
	 * @param Source_Id $source The source.
	 * @return array|null key, did_key, node, at.
	 * @throws Refusal The database failed.
	 */
	public function of( Source_Id $source ): ?array {
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
		$seen = $this->of( $source );
		if ( null === $seen ) {
			return false;
		}
		$key = Publisher_Key::read( (string) ( $seen['key'] ?? '' ) );
		if ( $key->did_key() !== $did_key ) {
			return false;
		}
		$this->publishers->trust( $source, $key, (string) ( $seen['node'] ?? '' ) );
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
		$seen = $this->of( $source );
		if ( null === $seen || ( $seen['did_key'] ?? null ) !== $did_key ) {
			return false;
		}
		if ( null === $this->publishers->get( $source ) ) {
			return $this->records->remove( Records::SHOWN_KEY, $source->to_string() );
		}
		$this->publishers->turn_down( $source, $did_key, is_string( $seen['node'] ?? null ) ? $seen['node'] : '' );
		$this->records->remove( Records::SHOWN_KEY, $source->to_string() );
		return true;
	}

	/**
	 * That a node shows another key, about which the owner has not decided.
	 *
	 * @param Source_Id $source The source.
	 * @return Refusal|null Null where none does, or no key is trusted. It stops nothing by itself.
	 * @throws Refusal The database failed.
	 */
	public function warning( Source_Id $source ): ?Refusal {
		$publisher = $this->publishers->get( $source );
		$seen      = $this->of( $source );
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
		$remedy  = __( 'Ask the publisher which key is theirs. If it is this one, paste this key on the federation page.', 'fedverify' );
		return Refusal::undetermined( 'wordpress.federation.key_changed', $message, $remedy );
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
}
