<?php
/**
 * One operation of an identity's history.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What one operation did, by which key, when, and whether it holds. A value; Timeline makes it.
 */
final class Timeline_Entry {

	/**
	 * The facts, by name.
	 *
	 * @var array
	 */
	private $facts;

	/**
	 * Makes an entry.
	 *
	 * @param array $facts The facts, by the names of the methods below.
	 */
	public function __construct( array $facts ) {
		$this->facts = $facts;
	}

	/**
	 * The place in the log, counted from 0.
	 *
	 * @return int
	 */
	public function number(): int {
		return $this->facts['number'];
	}

	/**
	 * The CID.
	 *
	 * @return string
	 */
	public function cid(): string {
		return $this->facts['cid'];
	}

	/**
	 * What it did: `genesis`, `tombstone`, `recovery`, `rotation_keys`, `keys`, `services`, `names`, `several`, `nothing` or `unknown`.
	 *
	 * @return string
	 */
	public function kind(): string {
		return $this->facts['kind'];
	}

	/**
	 * When the directory says that it accepted it.
	 *
	 * @return int|null Seconds since 1970.
	 */
	public function created_at(): ?int {
		return $this->facts['created_at'];
	}

	/**
	 * When this site first saw it.
	 *
	 * @return int|null Seconds since 1970.
	 */
	public function first_seen(): ?int {
		return $this->facts['first_seen'];
	}

	/**
	 * Whether a recovery undid it.
	 *
	 * @return bool
	 */
	public function is_undone(): bool {
		return $this->facts['undone'];
	}

	/**
	 * Whether it made the current state.
	 *
	 * @return bool
	 */
	public function is_head(): bool {
		return $this->facts['head'];
	}

	/**
	 * Whether the operation before it holds while it does not: where a branch leaves the line.
	 *
	 * @return bool
	 */
	public function starts_branch(): bool {
		return $this->facts['branch'];
	}

	/**
	 * The key that signed it.
	 *
	 * @return string|null A did:key.
	 */
	public function key(): ?string {
		return $this->facts['key'];
	}

	/**
	 * Which of the rotation keys signed it, counted from 1, and of how many. The first has the most authority.
	 *
	 * @return int[] Two numbers.
	 */
	public function signer(): array {
		return $this->facts['signer'];
	}

	/**
	 * What is different since the operation before it.
	 *
	 * @return array[] Each with `sign` (`+`, `-`, or `~` where keys were reordered), `kind` (`rotation_keys`, `keys`, `services` or `names`), `label`, `value`.
	 */
	public function changes(): array {
		return $this->facts['changes'];
	}

	/**
	 * Until when its keys' owner can still undo it.
	 *
	 * @return int|null Seconds since 1970; null where it cannot be undone any more.
	 */
	public function undoable_until(): ?int {
		return $this->facts['until'];
	}

	/**
	 * The rotation keys that can still undo it.
	 *
	 * @return string[] did:key strings.
	 */
	public function undoable_by(): array {
		return $this->facts['by'];
	}
}
