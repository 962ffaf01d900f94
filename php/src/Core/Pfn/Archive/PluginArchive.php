<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Tables\Check;

/**
 * What an archive says about itself: its folder, and its own plugin headers (pfn.md, "Archive consistency"). Untrusted;
 * VerifiedPlugin::withArchive() compares it with what was signed.
 *
 * None of this is proof. An archive whose bytes are not signed can say whatever its maker likes; comparing it with the
 * signed record finds mix-ups, old versions and careless forgeries.
 */
final class PluginArchive
{
    /** @var PackageDigests */
    private $digests;

    /** @var string */
    private $folder;

    /** @var non-empty-list<PluginHeader> two of a file that one WordPress reads otherwise than another */
    private $headers;

    /** @param non-empty-list<PluginHeader> $headers */
    private function __construct(PackageDigests $digests, string $folder, array $headers)
    {
        $this->digests = $digests;
        $this->folder = $folder;
        $this->headers = $headers;
    }

    /**
     * Reads the list of entries and the start of the PHP files in the plugin's folder, as WordPress does to find a
     * plugin: of each file the first 8 KiB, whatever its size.
     *
     * The digests must be of the same bytes: compute them first, in one pass over the same open file.
     *
     * Everything is in one folder; `__MACOSX`, which WordPress does not unpack, is ignored. An entry that occurs twice
     * is refused, and so are names that some systems read differently: with `..`, `.` or an empty part, with a
     * backslash, a colon, a semicolon or a control character, with a dot or a space at the end of a part, or with bytes
     * that are not UTF-8 (pfn.md, "Names of entries"). So is an entry whose own header says something else than the
     * list (pfn.md, "Headers of entries"), and a file with two end records, or with bytes after its end, because two
     * readers could see two archives (pfn.md, "ZIP end records").
     *
     * @param string|resource $reader the bytes, or a stream that can seek
     * @throws Fault pfn.archive.unreadable, also for encrypted archives, and for more entries than archiveEntries;
     *     pfn.archive.inconsistent if it is not one folder; io.file.unreadable if the stream fails, or has another size
     *     than the digests
     */
    public static function read($reader, PackageDigests $digests, Limits $limits): self
    {
        try {
            return self::readFrom(new Source($reader, $digests->size()), $digests, $limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_ARCHIVE);
        }
    }

    private static function readFrom(Source $source, PackageDigests $digests, Limits $limits): self
    {
        $listing = Entries::list($source, End::check($source), $limits);
        $content = new Content($source);
        $headers = [];
        foreach ($listing->phpFiles as $file) {
            array_push($headers, ...PluginHeader::readings($file->name, $content->startOf($file)));
        }
        if ($headers === []) {
            $folder = Refusal::quoteBytes($listing->folder);
            throw Refusal::unreadable("no PHP file directly in $folder has a Plugin Name in its first 8 KiB");
        }
        return new self($digests, $listing->folder, $headers);
    }

    /** Size and digests of the archive. */
    public function digests(): PackageDigests
    {
        return $this->digests;
    }

    /**
     * Compares the folder and every plugin header with what was signed.
     *
     * @throws Fault pfn.archive.inconsistent
     */
    public function compare(string $id, ?string $name, ?string $version): void
    {
        if ($this->folder !== $id) {
            throw Refusal::differs("the plugin's folder", $this->folder, $id);
        }
        foreach ($this->headers as $header) {
            $file = Refusal::quoteBytes($header->file());
            if ($name !== null && $header->name() !== $name) {
                throw Refusal::differs("the Plugin Name in $file", $header->name(), $name);
            }
            if ($version !== null && $header->version() !== $version) {
                throw Refusal::differs("the Version in $file", $header->version(), $version);
            }
        }
    }
}
