<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** fedverify as the C library, through PHP's FFI: include/fedverify.h says what its functions do. */
final class Library implements Engine
{
    /** FEDVERIFY_ABI_VERSION of the header that the declarations are from. */
    private const ABI_VERSION = 4;

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
            throw new BackendMissingException("expected $path to have the ABI $expected, found $found");
        }
        $view = $ffi->fedverify_version();
        $version = \FFI::string($view->data, $view->len);
        Series::check($path, $version);
        return new self($ffi, $version);
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

    public function verify(string $kind, array $inputs, array $limits, ?string $fault): string
    {
        $call = new LibraryCall($this->ffi, $kind);
        try {
            if ($fault !== null) {
                $call->refuse($fault);
            }
            foreach ($limits as $name => $limit) {
                $call->limit((string) $name, $limit);
            }
            foreach ($inputs as $name => $input) {
                $call->input((string) $name, $input);
            }
            return $call->report();
        } finally {
            $call->free();
        }
    }
}
