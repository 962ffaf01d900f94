<?php
/**
 * What a verified archive must turn out to be.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Packages\Working_Folder;
use FedVerify\WordPress\Verification\Verified_Archive;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Ties the archive that was verified to the folder into which WordPress unpacks it.
 */
final class Expectation {

	/**
	 * What was to be installed.
	 *
	 * @var Subject
	 */
	private $subject;

	/**
	 * The archive. It is removed with this object.
	 *
	 * @var Verified_Archive
	 */
	private $archive;

	/**
	 * The path of the archive, which WordPress unpacks.
	 *
	 * @var string
	 */
	private $path;

	/**
	 * Makes one.
	 *
	 * @param Subject          $subject What was to be installed.
	 * @param Verified_Archive $archive The archive that was verified for it.
	 */
	public function __construct( Subject $subject, Verified_Archive $archive ) {
		$this->subject = $subject;
		$this->archive = $archive;
		$this->path    = $archive->path();
	}

	/**
	 * What was to be installed.
	 */
	public function subject(): Subject {
		return $this->subject;
	}

	/**
	 * The archive.
	 */
	public function archive(): Verified_Archive {
		return $this->archive;
	}

	/**
	 * The path of the archive.
	 */
	public function path(): string {
		return $this->path;
	}

	/**
	 * Whether a folder is the one into which WordPress unpacks this archive.
	 *
	 * @param string $folder The path of the folder.
	 */
	public function is_unpacked_in( string $folder ): bool {
		return Working_Folder::is_of( $this->path, $folder );
	}
}
