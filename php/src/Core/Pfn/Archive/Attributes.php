<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** What an entry is, beside its name: a file or a folder, and nothing else (pfn.md, "Attributes of entries"). */
final class Attributes
{
    /** The type of a file in the mode that Unix keeps, which is the upper half of the attributes (POSIX, `sys/stat.h`). */
    private const TYPE = 0170000;

    private const FOLDER = 0040000;

    private const FILE = 0100000;

    /** The types that are refused. */
    private const SPECIAL = [
        0010000 => 'a FIFO',
        0020000 => 'a device',
        0060000 => 'a device',
        0120000 => 'a symbolic link',
        0140000 => 'a socket',
    ];

    /** What MS-DOS keeps of a file, in the lowest byte. */
    private const DOS_VOLUME_LABEL = 0x08;

    private const DOS_FOLDER = 0x10;

    /** What Windows adds to them in the byte above: the file is a reparse point, such as a link. */
    private const WINDOWS_REPARSE_POINT = 0x400;

    private function __construct()
    {
    }

    /**
     * Says what is wrong with the external attributes of an entry of this name, if anything is. Which system made the
     * entry does not matter: some unpackers do not ask either.
     */
    public static function fault(int $attributes, string $name): ?string
    {
        $type = $attributes >> 16 & self::TYPE;
        // 0: no mode, or one without a type, as Python writes it.
        if (!in_array($type, [0, self::FILE, self::FOLDER], true)) {
            return self::SPECIAL[$type] ?? 'a file of an unknown type';
        }
        if (($attributes & self::DOS_VOLUME_LABEL) !== 0) {
            return 'a volume label';
        }
        if (($attributes & self::WINDOWS_REPARSE_POINT) !== 0) {
            return 'a reparse point of Windows';
        }
        $isFolder = $type === self::FOLDER || ($attributes & self::DOS_FOLDER) !== 0;
        if ($isFolder && substr($name, -1) !== '/') {
            return 'a folder, but its name does not end with a slash';
        }
        // A name that ends with a slash is a folder's to every unpacker, whatever its mode says.
        return null;
    }
}
