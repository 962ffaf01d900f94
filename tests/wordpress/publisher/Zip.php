<?php

declare(strict_types=1);

/** ZIP files whose entries are not compressed, so that what is in them can be found by its bytes. */
final class Zip
{
    private function __construct()
    {
    }

    /** @param array<string, string> $files by name */
    public static function of(array $files): string
    {
        $entries = $directory = '';
        foreach ($files as $name => $content) {
            // 1 January 2026.
            $common = pack('vvvvVVVvv', 0, 0, 0, 0x5c21, crc32($content), strlen($content), strlen($content), strlen($name), 0);
            $directory .= "PK\1\2\x14\0\x14\0$common" . pack('vvvVV', 0, 0, 0, 0, strlen($entries)) . $name;
            $entries .= "PK\3\4\x14\0$common$name$content";
        }
        $count = count($files);
        $end = pack('vvvvVVv', 0, 0, $count, $count, strlen($directory), strlen($entries), 0);
        return "$entries{$directory}PK\5\6$end";
    }
}
