<?php

declare(strict_types=1);

/** fedverify itself as a package: what wordpress/build-zip.sh makes for its publisher. */
final class OwnPlugin
{
    public const EARLIER = '0.0.9';

    private function __construct()
    {
    }

    /** The version that the repository is at. */
    public static function version(): string
    {
        preg_match('/^ \* Version: +(\S+)/m', (string) file_get_contents(self::root() . '/wordpress/fedverify/fedverify.php'), $match);
        return $match[1];
    }

    /** The ZIP of this version, with the publisher's DID in it. */
    public static function archive(string $did): string
    {
        $path = tempnam(sys_get_temp_dir(), 'fedverify-zip-');
        Shell::run([self::root() . '/wordpress/build-zip.sh', '--plugin-id', $did, '--output', $path]);
        $bytes = (string) file_get_contents($path);
        unlink($path);
        return $bytes;
    }

    /** The same, as if it were the release before. */
    public static function earlier(string $archive): string
    {
        $path = tempnam(sys_get_temp_dir(), 'fedverify-zip-');
        file_put_contents($path, $archive);
        $zip = new ZipArchive();
        $zip->open($path);
        $main = str_replace(self::version(), self::EARLIER, (string) $zip->getFromName('fedverify/fedverify.php'));
        $zip->addFromString('fedverify/fedverify.php', $main);
        $zip->close();
        $bytes = (string) file_get_contents($path);
        unlink($path);
        return $bytes;
    }

    private static function root(): string
    {
        return dirname(__DIR__, 3);
    }
}
