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
        return self::changed($archive, static function (string $name, string $content): string {
            return $name === 'fedverify/fedverify.php' ? str_replace(self::version(), self::EARLIER, $content) : $content;
        });
    }

    /** The same, whose classes tell where they are loaded into a process that runs another release. */
    public static function telling(string $archive): string
    {
        $tell = "if ( FEDVERIFY_VERSION !== '" . self::version() . "' ) { " . trim(str_replace('// ' . Product::MARK, '', Product::payload())) . ' }';
        return self::changed($archive, static function (string $name, string $content) use ($tell): string {
            $isPhp = substr($name, -4) === '.php';
            return $isPhp ? preg_replace('/^(?=(final |abstract )*(class|interface|trait) )/m', "$tell\n", $content, 1) : $content;
        });
    }

    /** @param Closure(string, string): string $change of a file, by its name and content */
    private static function changed(string $archive, Closure $change): string
    {
        $path = tempnam(sys_get_temp_dir(), 'fedverify-zip-');
        file_put_contents($path, $archive);
        $zip = new ZipArchive();
        $zip->open($path);
        for ($i = 0; $i < $zip->numFiles; $i++) {
            $name = (string) $zip->getNameIndex($i);
            $content = (string) $zip->getFromIndex($i);
            if ($change($name, $content) !== $content) {
                $zip->addFromString($name, $change($name, $content));
            }
        }
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
