<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Core\Fault;
use FedVerify\Core\Index;

/** What is known of the entries read so far. */
final class Lister
{
    /** The longest name of an entry, in bytes; bounds memory. Paths within plugins have a few hundred at most. */
    private const MAX_NAME_BYTES = 1024;

    /**
     * The most PHP files that are read. 256: few plugins have ten directly in their folder. Bounds the work: 8 KiB of
     * each are inflated.
     */
    private const MAX_PHP_FILES = 256;

    /** What macOS adds to an archive. WordPress does not unpack it (`unzip_file`). */
    private const MACOS_PREFIX = '__MACOSX/';

    /** @var string|null */
    private $folder;

    /** @var list<PhpFile> */
    private $phpFiles = [];

    /** @var Index where these entries are unpacked to */
    private $places;

    /** @var OwnHeaders */
    private $ownHeaders;

    public function __construct(OwnHeaders $ownHeaders)
    {
        $this->ownHeaders = $ownHeaders;
        $this->places = new Index();
    }

    /** @throws Fault pfn.archive.unreadable, pfn.archive.inconsistent */
    public function add(Entry $entry): void
    {
        $name = $entry->name;
        $fault = self::faultInName($name);
        if ($fault !== null) {
            throw Refusal::unreadable("an entry's name $fault: " . Refusal::quoteBytes($name));
        }
        if ($entry->isEncrypted) {
            throw Refusal::unreadable('the entry ' . Refusal::quoteBytes($name) . ' is encrypted');
        }
        $what = Attributes::fault($entry->attributes, $name);
        if ($what !== null) {
            throw Refusal::unreadable('the entry ' . Refusal::quoteBytes($name) . " is $what");
        }
        $offset = $this->ownHeaders->check($entry);
        if ($this->places->insert(self::placeOf($name), 0) !== null) {
            throw Refusal::unreadable('the entry ' . Refusal::quoteBytes($name) . ' occurs twice');
        }
        if (strncmp($name, self::MACOS_PREFIX, strlen(self::MACOS_PREFIX)) === 0) {
            return;
        }
        $this->checkFolder($name);
        if (self::isPhpFile($name)) {
            $this->addPhpFile(new PhpFile($entry, $offset));
        }
    }

    /**
     * What came of the entries, which are all now.
     *
     * @throws Fault pfn.archive.unreadable where something is between the last one and the list, pfn.archive.inconsistent
     *     where there is no folder
     */
    public function listing(): Listing
    {
        $this->ownHeaders->checkEnd();
        if ($this->folder === null) {
            throw Refusal::inconsistent('it has no folder');
        }
        return new Listing($this->folder, $this->phpFiles);
    }

    private function addPhpFile(PhpFile $file): void
    {
        if (count($this->phpFiles) === self::MAX_PHP_FILES) {
            $max = self::MAX_PHP_FILES;
            throw Refusal::unreadable("it has more than $max PHP files directly in its folder");
        }
        $this->phpFiles[] = $file;
    }

    private function checkFolder(string $name): void
    {
        $slash = strpos($name, '/');
        if ($slash === false) {
            throw Refusal::inconsistent(Refusal::quoteBytes($name) . ' is not in a folder');
        }
        $top = substr($name, 0, $slash);
        $this->folder = $this->folder ?? $top;
        if ($this->folder !== $top) {
            $folders = Refusal::quoteBytes($this->folder) . ' and ' . Refusal::quoteBytes($top);
            throw Refusal::inconsistent("it has two folders, $folders");
        }
    }

    /**
     * Where an entry is unpacked to: a folder and a file of one name are one place. Names of PHP files are compared
     * without regard to case, folders and all, as the file systems of Windows and macOS do: one file would overwrite the
     * other.
     */
    private static function placeOf(string $name): string
    {
        $place = self::withoutLastSlash($name);
        return self::isPhp($place) ? PluginHeader::lowerCase($place) : $place;
    }

    private static function withoutLastSlash(string $name): string
    {
        return substr($name, -1) === '/' ? substr($name, 0, -1) : $name;
    }

    /**
     * Says what is wrong with a name, if anything is: whatever some unpacker would put somewhere else (pfn.md, "Names
     * of entries").
     */
    private static function faultInName(string $name): ?string
    {
        if (strlen($name) > self::MAX_NAME_BYTES) {
            return 'is too long';
        }
        if (preg_match('/[\x00-\x1f\x7f\\\\]/', $name) !== 0) {
            return 'has a backslash or a control character';
        }
        // Readers decode such bytes each in their way, and unzip drops 0xff: x.php with it is x.php.
        if (preg_match('//u', $name) !== 1) {
            return 'is not UTF-8';
        }
        // On Windows a colon ends a drive letter, and starts the name of a stream: x.php::$DATA is x.php. After a
        // semicolon, unzip drops the version of a file of OpenVMS: x.php;1 is x.php.
        if (strpbrk($name, ':;') !== false) {
            return 'has a colon or a semicolon';
        }
        $path = self::withoutLastSlash($name);
        $parts = explode('/', $path);
        foreach ($parts as $part) {
            if (in_array($part, ['', '.', '..'], true)) {
                return 'has an empty part, . or ..';
            }
        }
        foreach ($parts as $part) {
            // Windows drops them: x.php. and x.php with a space after it are x.php.
            if (in_array(substr($part, -1), ['.', ' '], true)) {
                return 'has a part that ends with a dot or a space';
            }
        }
        // Unpackers and file systems fold, change or drop such characters, anywhere in a name: é.php and É.php are one file
        // on macOS.
        $ascii = preg_replace('/[\x80-\xff]++/', '', $path);
        return $ascii !== $path && self::isPhp((string) $ascii) ? 'is that of a PHP file, but is not ASCII' : null;
    }

    /** Whether the name is that of a PHP file directly in a folder. */
    private static function isPhpFile(string $name): bool
    {
        return substr_count($name, '/') === 1 && self::isPhp($name);
    }

    /**
     * Whether the name is that of a PHP file. WordPress wants `.php` in lower case; a file system that ignores case would
     * find the others too.
     */
    private static function isPhp(string $name): bool
    {
        return PluginHeader::lowerCase((string) substr($name, -4)) === '.php';
    }
}
