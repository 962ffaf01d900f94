<?php
/**
 * The archive that is being installed.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Packages\Working_Folder;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Holds what the Archive_Gate verified, until it is installed or refused. WordPress installs one package after the other.
 */
final class Under_Way {

	/**
	 * The archive that was verified last.
	 *
	 * @var Federated_Archive|null
	 */
	private $archive;

	/**
	 * What it was verified for.
	 *
	 * @var Wanted|null
	 */
	private $wanted;

	/**
	 * Whether what was unpacked is what was verified.
	 *
	 * @var bool
	 */
	private $is_met = false;

	/**
	 * Whether the archive was refused, which is only reported.
	 *
	 * @var bool
	 */
	private $is_reported = false;

	/**
	 * An archive was verified.
	 *
	 * @param Wanted            $wanted  What it was verified for.
	 * @param Federated_Archive $archive The archive.
	 */
	public function set( Wanted $wanted, Federated_Archive $archive ): void {
		$this->wanted  = $wanted;
		$this->archive = $archive;
		$this->is_met  = false;
	}

	/**
	 * The next package begins, or this one is done.
	 */
	public function clear(): void {
		$this->archive     = null;
		$this->wanted      = null;
		$this->is_met      = false;
		$this->is_reported = false;
	}

	/**
	 * The archive was refused, which is only reported.
	 */
	public function report(): void {
		$this->is_reported = true;
	}

	/**
	 * Whether a refusal was only reported: what follows from it need not be, too.
	 */
	public function is_reported(): bool {
		return $this->is_reported;
	}

	/**
	 * Whether a response is the archive that was verified for this URL or path.
	 *
	 * @param mixed $reply  What was answered.
	 * @param mixed $source The URL or the path.
	 */
	public function is_of( $reply, $source ): bool {
		return null !== $this->archive && $this->archive->path() === $reply && $this->wanted->subject()->source() === $source;
	}

	/**
	 * The archive that was unpacked into a folder.
	 *
	 * @param mixed $folder The path of the folder.
	 */
	public function unpacked_in( $folder ): ?Federated_Archive {
		$is_its = null !== $this->archive && is_string( $folder ) && Working_Folder::is_of( $this->archive->path(), $folder );
		return $is_its ? $this->archive : null;
	}

	/**
	 * What was unpacked is what was verified.
	 */
	public function meet(): void {
		$this->is_met = null !== $this->archive;
	}

	/**
	 * The archive that was installed. It is handed out once.
	 */
	public function take_met(): ?Federated_Archive {
		$met = $this->is_met ? $this->archive : null;
		$this->clear();
		return $met;
	}
}
