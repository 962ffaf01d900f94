<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** fedverify as the C library, through PHP's FFI: include/fedverify.h says what its functions do. */
final class Library implements Engine
{
    /** FEDVERIFY_ABI_VERSION of the header that the declarations are from. */
    private const ABI_VERSION = 1;

    /** By its soname: while the major number is 0, every minor number has an interface of its own. */
    private const SONAME = 'libfedverify.so.0.1';

    /** The scope of a preloaded header: docs/php.md. */
    private const SCOPE = 'FEDVERIFY';

    /** @var \FFI */
    private $ffi;

    /** @var string */
    private $version;

    private function __construct(\FFI $ffi, string $version)
    {
        $this->ffi = $ffi;
        $this->version = $version;
    }

    /** @throws BackendMissingException */
    public static function load(?string $path): self
    {
        if (!extension_loaded('ffi')) {
            throw new BackendMissingException("PHP's extension FFI is not loaded");
        }
        $path = $path ?? (getenv('FEDVERIFY_LIBRARY') ?: self::SONAME);
        try {
            $ffi = self::isAllowed() ? \FFI::cdef(self::declarations(), $path) : \FFI::scope(self::SCOPE);
        } catch (\FFI\Exception $fault) {
            $allowed = self::isAllowed() ? '' : 'ffi.enable allows preloaded headers only, and fedverify\'s is not one: ';
            throw new BackendMissingException($allowed . $fault->getMessage());
        }
        $found = $ffi->fedverify_abi_version();
        if ($found !== self::ABI_VERSION) {
            $expected = self::ABI_VERSION;
            throw new BackendMissingException("$path has the interface $found, this library calls $expected");
        }
        $version = $ffi->fedverify_version();
        return new self($ffi, \FFI::string($version->data, $version->len));
    }

    /** Whether any program may load libraries: in a web server `ffi.enable=preload`, the default, forbids it. */
    private static function isAllowed(): bool
    {
        $setting = strtolower((string) ini_get('ffi.enable'));
        return $setting === 'preload' ? PHP_SAPI === 'cli' : in_array($setting, ['1', 'on', 'true', 'yes'], true);
    }

    /** The declarations, without the lines that are for FFI::load() alone. */
    private static function declarations(): string
    {
        return preg_replace('/^#define.*$/m', '', file_get_contents(__DIR__ . '/../../fedverify-ffi.h'));
    }

    public function describe(): string
    {
        return "the C library, fedverify $this->version";
    }

    public function verifyLog(string $log, string $did, ?string $pin, int $now, array $limits): string
    {
        return LibraryCall::reported($this->ffi, 'plc_log', $limits, static function (LibraryCall $call) use (
            $log,
            $did,
            $pin,
            $now
        ): \FFI\CData {
            $call->identity = self::identity($call, $log, $did, $pin, $now);
            return $call->make('identity_report', $call->identity);
        });
    }

    /** Where the pin cannot be used, the log is judged by itself first: then the report says truly which steps passed. */
    private static function identity(
        LibraryCall $call,
        string $log,
        string $did,
        ?string $pin,
        int $now
    ): \FFI\CData {
        $known = null;
        if ($pin !== null) {
            try {
                $known = $call->make('pin_parse', $pin, strlen($pin), $call->limits);
            } catch (LibraryRefusal $refusal) {
                $call->make('identity_verify', $log, strlen($log), $did, strlen($did), $call->limits);
                throw $refusal;
            }
        }
        return $call->make(
            'identity_verify_remembering',
            $log,
            strlen($log),
            $did,
            strlen($did),
            $known,
            $now,
            $call->limits
        );
    }

    public function verifyPackage(
        string $log,
        string $did,
        string $pin,
        int $now,
        string $metadata,
        LocalFile $package,
        ?string $version,
        ?string $artifactUrl,
        bool $noDowngrade,
        array $limits
    ): string {
        return LibraryCall::reported($this->ffi, 'fair_package', $limits, static function (LibraryCall $call) use (
            $log,
            $did,
            $pin,
            $now,
            $metadata,
            $package,
            $version,
            $artifactUrl,
            $noDowngrade
        ): \FFI\CData {
            $call->identity = self::identity($call, $log, $did, $pin, $now);
            $document = $call->make('metadata_parse', $metadata, strlen($metadata), $call->limits);
            $release = $call->make('identity_release', $call->identity, $document, $version, strlen($version ?? ''));
            if ($noDowngrade) {
                $call->check('release_refuse_downgrade', $release);
            }
            $call->release = $release;
            $digests = self::digests($call, $package);
            $proven = $artifactUrl === null
                ? $call->make('release_verify', $release, $digests)
                : $call->make('release_verify_from', $release, $artifactUrl, strlen($artifactUrl), $digests);
            return $call->make('package_report', $proven);
        });
    }

    /** Hashes what PHP opened, piece by piece. */
    private static function digests(LibraryCall $call, LocalFile $package): \FFI\CData
    {
        $stream = $package->stream();
        if ($stream === null) {
            return $call->make('package_digests_of_file', LocalFile::NOWHERE, strlen(LocalFile::NOWHERE), $call->limits);
        }
        $hasher = $call->keep('package_hasher', $call->ffi->fedverify_package_hasher_new($call->limits));
        while (($piece = fread($stream, 1 << 16)) !== '' && $piece !== false) {
            $call->check('package_hasher_update', $hasher, $piece, strlen($piece));
        }
        return $call->make('package_hasher_finish', $hasher);
    }

    public function verifyPlugin(
        string $key,
        string $record,
        ?string $signature,
        ?LocalFile $archive,
        ?string $archiveSignature,
        array $limits
    ): string {
        return LibraryCall::reported($this->ffi, 'pfn_plugin', $limits, static function (LibraryCall $call) use (
            $key,
            $record,
            $signature,
            $archive,
            $archiveSignature,
            $limits
        ): \FFI\CData {
            $publisher = $call->make('pfn_key_parse', $key, strlen($key), $call->limits);
            $plugin = $call->make(
                'pfn_plugin_verify',
                $record,
                strlen($record),
                $publisher,
                $signature,
                strlen($signature ?? ''),
                $call->limits
            );
            if ($archive !== null) {
                $plugin = $call->make(
                    'pfn_plugin_with_archive',
                    $plugin,
                    self::archive($call, $archive, $limits),
                    $archiveSignature,
                    strlen($archiveSignature ?? '')
                );
            }
            return $call->make('pfn_plugin_report', $plugin);
        });
    }

    /**
     * Reads an archive. The library opens it by a path, so it is a private copy of what PHP opened.
     *
     * @param array<string, int> $limits
     */
    private static function archive(LibraryCall $call, LocalFile $archive, array $limits): \FFI\CData
    {
        $scratch = new Scratch();
        try {
            $path = $archive->stream() === null ? LocalFile::NOWHERE : $scratch->file('archive.zip', '');
            if ($archive->stream() !== null) {
                // One byte more than may be, so that the library sees that it is too large.
                $most = ($limits['packageBytes'] ?? 512 << 20) + 1;
                stream_copy_to_stream($archive->stream(), fopen($path, 'wb'), $most);
            }
            return $call->make('pfn_archive_read_file', $path, strlen($path), $call->limits);
        } finally {
            $scratch->remove();
        }
    }

    public function verifyChallenge(string $key, string $challenge, string $signature, array $limits): string
    {
        return LibraryCall::reported($this->ffi, 'pfn_challenge', $limits, static function (LibraryCall $call) use (
            $key,
            $challenge,
            $signature
        ): \FFI\CData {
            $publisher = $call->make('pfn_key_parse', $key, strlen($key), $call->limits);
            $answered = $call->make(
                'pfn_challenge_verify',
                $challenge,
                strlen($challenge),
                $publisher,
                $signature,
                strlen($signature),
                $call->limits
            );
            return $call->make('pfn_challenge_report', $answered);
        });
    }

    public function keyType(string $didKey): ?string
    {
        $report = LibraryCall::reported($this->ffi, 'key', [], static function (LibraryCall $call) use (
            $didKey
        ): \FFI\CData {
            return $call->make('key_report', $call->make('key_read', $didKey, strlen($didKey), $call->limits));
        });
        return json_decode($report)->key->type ?? null;
    }
}
