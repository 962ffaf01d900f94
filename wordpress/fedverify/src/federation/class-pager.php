<?php
/**
 * The pages of a list.
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
 * Asks a node for a list page by page, as many entries to a page as fit. A node may list fewer than it is asked for, so it counts how
 * many it says there are, if it does.
 */
final class Pager {

	/**
	 * How many entries to ask for at first, and how many after each response that was too large. A node takes records of up to
	 * 5,000 characters with 50 tags, which may have close to 100 kilobytes: five of those fit.
	 */
	private const SIZES = array( self::LARGEST, 5, 1 );

	/**
	 * How many entries one page has at most.
	 */
	public const LARGEST = 50;

	/**
	 * How many requests a list may take, for each 50 entries of it. The longest records that a node takes need eleven: one whose
	 * response is too large, and ten with five records each.
	 */
	private const QUESTIONS = 12;

	/**
	 * Asks for a page: how many entries come before it, and how many it may have.
	 *
	 * @var callable(int, int): array{0: mixed[], 1: int|null}
	 */
	private $ask;

	/**
	 * How many entries are wanted.
	 *
	 * @var int
	 */
	private $most;

	/**
	 * How many entries were found.
	 *
	 * @var int
	 */
	private $found = 0;

	/**
	 * Which of the sizes is asked for.
	 *
	 * @var int
	 */
	private $size = 0;

	/**
	 * How many questions are left.
	 *
	 * @var int
	 */
	private $left = self::QUESTIONS;

	/**
	 * Why a response was too large; null where none was.
	 *
	 * @var Refusal|null
	 */
	private $too_large;

	/**
	 * Makes one.
	 *
	 * @param callable $ask  Asks for a page: gives its entries, and how many there are on all pages, if the node says so.
	 * @param int      $most How many entries are wanted.
	 */
	public function __construct( callable $ask, int $most ) {
		$this->ask  = $ask;
		$this->most = $most;
	}

	/**
	 * The pages.
	 *
	 * @return \Generator<mixed[]> At least one page. Returns whether the node lists more.
	 * @throws Refusal As the question; `wordpress.federation.malformed`.
	 */
	public function pages(): \Generator {
		$last = null;
		do {
			list( $entries, $total ) = $this->next();
			if ( $entries === $last ) {
				// It does not know `offset`, and gives its newest again: what comes after them cannot be asked for.
				return true;
			}
			yield $entries;
			$last = $entries;
			if ( $this->is_end( count( $entries ), $total ) ) {
				return false;
			}
		} while ( $this->goes_on( count( $entries ) ) );
		return true;
	}

	/**
	 * The next page, a smaller one where the response is too large.
	 *
	 * @return array{0: mixed[], 1: int|null}
	 * @throws Refusal As the question; `wordpress.federation.malformed`.
	 */
	private function next(): array {
		while ( $this->left > 0 && isset( self::SIZES[ $this->size ] ) ) {
			--$this->left;
			try {
				return ( $this->ask )( $this->found, self::SIZES[ $this->size ] );
			} catch ( Refusal $refusal ) {
				if ( 'input.too_large' !== $refusal->error_code() ) {
					throw $refusal;
				}
				$this->too_large = $refusal;
				++$this->size;
			}
		}
		throw $this->malformed();
	}

	/**
	 * Whether a page was the last one. Counts its entries.
	 *
	 * @param int      $entries How many it has.
	 * @param int|null $total   How many the node says there are.
	 */
	private function is_end( int $entries, ?int $total ): bool {
		$this->found += $entries;
		return 0 === $entries || ( null === $total ? $entries < self::SIZES[ $this->size ] : $this->found >= $total );
	}

	/**
	 * Whether another page is asked for.
	 *
	 * @param int $entries How many entries the last one had.
	 * @throws Refusal `wordpress.federation.malformed`.
	 */
	private function goes_on( int $entries ): bool {
		if ( $this->found >= $this->most ) {
			return false;
		}
		if ( intdiv( $this->found, self::LARGEST ) > intdiv( $this->found - $entries, self::LARGEST ) ) {
			// The next ones may be short again.
			$this->size = 0;
			$this->left = self::QUESTIONS;
		}
		if ( 0 === $this->left && null !== $this->too_large ) {
			throw $this->malformed();
		}
		// Otherwise it answers with less than it is asked for, again and again.
		return $this->left > 0;
	}

	/**
	 * That responses are too large: they are no list of plugins, and say nothing about the publisher.
	 */
	private function malformed(): Refusal {
		return Refusal::undetermined( 'wordpress.federation.malformed', null === $this->too_large ? '' : $this->too_large->getMessage() );
	}
}
