<?php
/**
 * The nodes that the owner of the site subscribes to.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\Core\Memory;
use FedVerify\PrivateCopy;
use FedVerify\WordPress\Gates\Time_Budget;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads what nodes list of sources and plugins, and takes archives from them. Nothing of it is believed here.
 */
final class Nodes {

	/**
	 * That a node lists more versions of a plugin than are read.
	 */
	public const LONG_LIST = 'wordpress.federation.long_list';

	/**
	 * How many versions of one list a search looks at, how many of one plugin are kept, and how many the newest are.
	 */
	public const SEARCHED   = 500;
	private const OF_PLUGIN = 200;
	public const NEWEST     = Pager::LARGEST;

	/**
	 * How deep a list may be nested.
	 */
	private const DEPTH = 8;

	/**
	 * Asks them.
	 *
	 * @var Node_Requests
	 */
	private $requests;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes one.
	 *
	 * @param Node_Requests $requests Asks them.
	 * @param Settings      $settings The settings.
	 */
	public function __construct( Node_Requests $requests, Settings $settings ) {
		$this->requests = $requests;
		$this->settings = $settings;
	}

	/**
	 * Their URLs.
	 *
	 * @return string[]
	 * @throws Refusal `wordpress.federation.no_node`.
	 */
	public function urls(): array {
		$urls = $this->settings->federation_nodes();
		if ( array() === $urls ) {
			throw Refusal::held( 'wordpress.federation.no_node', __( 'This site subscribes to no node of the Plugin Federation Network.', 'fedverify' ) );
		}
		return $urls;
	}

	/**
	 * What a node lists of a plugin: all pages of it, as a node lists first what it mirrored last, and that need not be the highest
	 * version. What was found before a page failed counts: long records of old versions must not hide new ones. A list that uses up the time
	 * was asked for all the same: the check that asked must not begin with it again and again. What comes behind the most that are read
	 * may be anything, so such a list is not the whole one either.
	 *
	 * @param string           $node      The node's URL.
	 * @param Source_Id        $source    The source.
	 * @param string           $plugin    The plugin's id.
	 * @param Refusal|null     $failed    Set to why some of it or all is missing: `network.*`, `wordpress.federation.malformed`, LONG_LIST.
	 * @param Listed_Version[] $withdrawn Set to the versions that the node says it has withdrawn.
	 * @return Listed_Version[] What can be used of it.
	 */
	public function versions( string $node, Source_Id $source, string $plugin, ?Refusal &$failed = null, ?array &$withdrawn = null ): array {
		$found     = array();
		$asked     = false;
		$failed    = null;
		$withdrawn = array();
		$pages     = $this->pages( $node, self::named( $source, $plugin ), self::OF_PLUGIN, $this->requests->pages( $node ) );
		try {
			foreach ( $pages as $entries ) {
				$asked = true;
				foreach ( self::of_source( $entries, $source ) as $entry ) {
					$found[]     = Listed_Version::of( $entry, $node, $plugin );
					$withdrawn[] = Listed_Version::of_withdrawn( $entry, $node, $plugin );
				}
			}
			$failed = $pages->getReturn() ? self::long_list( $node, $source->of_plugin( $plugin ) ) : null;
		} catch ( Refusal $refusal ) {
			$failed = $asked && in_array( $refusal->error_code(), Node_Requests::NOT_ASKED, true )
				? Refusal::unanswered( Refusal::TOO_LATE, $refusal->getMessage() )
				: $refusal;
		}
		$withdrawn = array_values( array_filter( $withdrawn ) );
		return array_values( array_filter( $found ) );
	}

	/**
	 * That a list was not read to its end.
	 *
	 * @param string $node   The node's URL.
	 * @param string $plugin The name of the plugin and its source.
	 */
	private static function long_list( string $node, string $plugin ): Refusal {
		/* translators: 1: the URL of a node, 2: the name of a plugin and its source. */
		$message = __( '%1$s lists more versions of %2$s than could be read.', 'fedverify' );
		return Refusal::undetermined( self::LONG_LIST, sprintf( $message, Plain_Text::word( $node ), Plain_Text::word( $plugin ) ) );
	}

	/**
	 * What a node lists, whatever source it is of. What was found before a failure comes before it.
	 *
	 * @param string                $node  The node's URL.
	 * @param array<string, string> $query `plugin` or `tag`; empty: the newest.
	 * @param int                   $most  How many versions are looked at, at most.
	 * @return \Generator<array{0: Source_Id, 1: Listed_Version}> What can be used of it. Returns whether the node lists more.
	 * @throws Refusal `network.*`, `wordpress.federation.malformed`.
	 */
	public function search( string $node, array $query, int $most ): \Generator {
		$pages = $this->pages( $node, $query, $most );
		foreach ( $pages as $entries ) {
			foreach ( array_filter( $entries, 'is_array' ) as $entry ) {
				try {
					$source = Source_Id::parse( is_string( $entry['source_id'] ?? null ) ? $entry['source_id'] : '' );
				} catch ( Refusal $none ) {
					continue;
				}
				$listed = Listed_Version::of( $entry, $node, is_string( $entry['id'] ?? null ) ? $entry['id'] : '' );
				if ( null !== $listed ) {
					yield array( $source, $listed );
				}
			}
		}
		return $pages->getReturn();
	}

	/**
	 * The key that a node shows of a source: the one that it says the source has today. An older node says only by which key each version
	 * was signed, so of it that is the key of the newest.
	 *
	 * @param string    $node   The node's URL.
	 * @param Source_Id $source The source.
	 * @throws Refusal As search(); `wordpress.federation.not_listed`.
	 */
	public function key( string $node, Source_Id $source ): Publisher_Key {
		$entries = self::of_source( $this->pages( $node, self::named( $source ), self::NEWEST )->current(), $source );
		$today   = array_filter( array_map( array( Listed_Version::class, 'source_key' ), $entries ) );
		$keys    = array_merge( $today, array_filter( array_column( $entries, 'public_key' ), 'is_string' ) );
		if ( array() !== $keys ) {
			return Publisher_Key::read( $keys[0] );
		}
		/* translators: 1: the URL of a node, 2: a federation source such as alice@plugins.example. */
		$message = __( '%1$s lists no plugin of %2$s.', 'fedverify' );
		throw Refusal::undetermined( 'wordpress.federation.not_listed', sprintf( $message, Plain_Text::word( $node ), $source->to_string() ) );
	}

	/**
	 * The key that the nodes show of a source, where all that answer show the same one.
	 *
	 * @param Source_Id $source The source.
	 * @return array{0: Publisher_Key, 1: string} The key, and the URL of the first node that shows it.
	 * @throws Refusal As urls() and key(); `wordpress.federation.key_changed`: they show several.
	 */
	public function key_of_all( Source_Id $source ): array {
		$found  = null;
		$failed = null;
		foreach ( $this->urls() as $node ) {
			try {
				$key = $this->key( $node, $source );
			} catch ( Refusal $refusal ) {
				$failed = $failed ?? $refusal;
				continue;
			}
			if ( null !== $found && $found[0]->did_key() !== $key->did_key() ) {
				/* translators: 1: the URL of a node, 2: a key, 3: the URL of another node, 4: another key. */
				$message = __( '%1$s shows the key %2$s, but %3$s shows %4$s.', 'fedverify' );
				$message = sprintf( $message, Plain_Text::word( $found[1] ), $found[0]->did_key(), Plain_Text::word( $node ), $key->did_key() );
				throw Refusal::rejected( 'wordpress.federation.key_changed', $message );
			}
			$found = $found ?? array( $key, $node );
		}
		if ( null === $found ) {
			throw $failed ?? Refusal::undetermined( 'wordpress.internal', 'no node' );
		}
		return $found;
	}

	/**
	 * What a URL downloads from one of the nodes.
	 *
	 * @param string $url The URL.
	 * @return Download_Url|null Null where it is no such URL.
	 * @throws Refusal As Download_Url::parse().
	 */
	public function download_of( string $url ): ?Download_Url {
		return Download_Url::parse( $url, $this->settings->federation_nodes() );
	}

	/**
	 * Downloads a version.
	 *
	 * @param string      $url        The URL.
	 * @param bool        $has_others Whether further nodes have it: then one that is slow must leave time for them.
	 * @param Time_Budget $time       How long all downloads of this archive may take.
	 * @throws Refusal `network.*`, `input.too_large`, `io.*`.
	 */
	public function download( string $url, bool $has_others, Time_Budget $time ): PrivateCopy {
		return $this->requests->archive( $url, $has_others, $time );
	}

	/**
	 * What a list is asked for.
	 *
	 * @param Source_Id   $source The source.
	 * @param string|null $plugin The plugin's id; null: all of them.
	 * @return array<string, string>
	 */
	private static function named( Source_Id $source, ?string $plugin = null ): array {
		return array( 'source' => $source->to_string() ) + ( null === $plugin ? array() : array( 'plugin' => $plugin ) );
	}

	/**
	 * The entries of a page that are of a source. A node may list whatever it likes: what is of others is left out.
	 *
	 * @param mixed[]   $entries The page.
	 * @param Source_Id $source  The source.
	 * @return array[]
	 */
	private static function of_source( array $entries, Source_Id $source ): array {
		$is_of_source = static fn( $entry ): bool => is_array( $entry ) && $source->to_string() === ( $entry['source_id'] ?? null );
		return array_values( array_filter( $entries, $is_of_source ) );
	}

	/**
	 * The entries of a list, the newest first, page by page.
	 *
	 * @param string                $node  The node's URL.
	 * @param array<string, string> $query What is asked for.
	 * @param int                   $most  How many entries, at most.
	 * @param Time_Budget|null      $time  As Node_Requests::body() takes it.
	 * @return \Generator<mixed[]> As Pager::pages().
	 * @throws Refusal As search().
	 */
	private function pages( string $node, array $query, int $most, ?Time_Budget $time = null ): \Generator {
		$ask = fn( int $before, int $versions ): array => $this->page( $node, $query, $before, $versions, $time );
		return ( new Pager( $ask, $most ) )->pages();
	}

	/**
	 * One page of a list.
	 *
	 * @param string                $node     The node's URL.
	 * @param array<string, string> $query    What is asked for.
	 * @param int                   $before   How many come before them.
	 * @param int                   $versions How many to ask for.
	 * @param Time_Budget|null      $time     As Node_Requests::body() takes it.
	 * @return array{0: mixed[], 1: int|null} The entries, with what can be used of them, and how many there are on all pages, if the
	 *     node says so.
	 * @throws Refusal As search(); `input.too_large`.
	 */
	private function page( string $node, array $query, int $before, int $versions, ?Time_Budget $time ): array {
		$query = $query + array( 'limit' => (string) $versions ) + ( 0 === $before ? array() : array( 'offset' => (string) $before ) );
		$url   = $node . '/federation/plugins?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
		$json  = $this->requests->body( $node, $url, $time );
		if ( Memory::lacks( 2 * Memory::ofDecoded( $json ) ) ) {
			// PHP would end the request, and with it the checks of all other plugins. Twice: what can be used of it is copied. A page with
			// fewer entries may fit.
			/* translators: %s: the URL of a node. */
			$message = __( 'PHP does not have enough memory (memory_limit) for the response of %s.', 'fedverify' );
			throw Refusal::rejected( 'input.too_large', sprintf( $message, Plain_Text::word( $url ) ) );
		}
		$list = json_decode( $json, true, self::DEPTH );
		if ( ! is_array( $list ) || ! is_array( $list['plugins'] ?? null ) ) {
			/* translators: %s: the URL of a node. */
			throw Refusal::undetermined( 'wordpress.federation.malformed', sprintf( __( 'The response of %s is not a list of plugins.', 'fedverify' ), Plain_Text::word( $url ) ) );
		}
		$entries = array_map( array( self::class, 'texts' ), array_slice( array_values( $list['plugins'] ), 0, $versions ) );
		return array( $entries, is_int( $list['total'] ?? null ) ? $list['total'] : null );
	}

	/**
	 * An entry without what its lists have, which would take a hundred times their bytes in memory. Of its doubts the codes are left.
	 *
	 * @param mixed $entry What a node lists.
	 * @return mixed
	 */
	private static function texts( $entry ) {
		$emptied = static fn( $member ) => is_array( $member ) ? array() : $member;
		return is_array( $entry ) ? array( 'doubts' => Doubts::codes( $entry['doubts'] ?? null ) ) + array_map( $emptied, $entry ) : $entry;
	}
}
