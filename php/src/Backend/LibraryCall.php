<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** One verification through the C library: its handles, which are given back at its end. */
final class LibraryCall
{
    private const KINDS = ['plc_log' => 1, 'fair_package' => 3, 'pfn_plugin' => 4, 'pfn_challenge' => 5, 'key' => 6];

    /** What a function makes, where its name does not say so. */
    private const MAKES = [
        'identity_verify' => 'identity',
        'identity_verify_remembering' => 'identity',
        'identity_release' => 'release',
        'release_verify' => 'package',
        'release_verify_from' => 'package',
        'package_hasher_finish' => 'package_digests',
        'package_digests_of_file' => 'package_digests',
        'pfn_archive_read_file' => 'pfn_archive',
        'pfn_plugin_with_archive' => 'pfn_plugin',
    ];

    /** @var \FFI */
    public $ffi;

    /** @var \FFI\CData */
    public $limits;

    /** @var \FFI\CData|null the identity that was proven */
    public $identity;

    /** @var \FFI\CData|null the release that was proven to be the identity's */
    public $release;

    /** @var list<array{string, \FFI\CData}> */
    private $handles = [];

    private function __construct(\FFI $ffi)
    {
        $this->ffi = $ffi;
    }

    /**
     * The JSON of the report that the work makes, or of the one on its refusal.
     *
     * @param array<string, int> $limits
     * @param callable(self): \FFI\CData $work
     */
    public static function reported(\FFI $ffi, string $kind, array $limits, callable $work): string
    {
        $call = new self($ffi);
        try {
            $call->limits = $call->keep('limits', $ffi->fedverify_limits_new());
            try {
                foreach ($limits as $name => $limit) {
                    $call->check('limits_set', $call->limits, $name, strlen($name), $limit);
                }
                $report = $work($call);
            } catch (LibraryRefusal $refusal) {
                $why = $refusal->error;
                $report = $call->make('report_refused', self::KINDS[$kind], $why, $call->identity, $call->release);
            }
            $json = $ffi->fedverify_report_json($report);
            return \FFI::string($json->data, $json->len);
        } finally {
            $call->giveBack();
        }
    }

    /**
     * Calls a function that makes a handle.
     *
     * @param mixed ...$arguments
     * @throws LibraryRefusal
     */
    public function make(string $function, ...$arguments): \FFI\CData
    {
        $handle = $this->ffi->new('void *');
        $arguments[] = \FFI::addr($handle);
        $this->check($function, ...$arguments);
        return $this->keep(self::MAKES[$function] ?? self::madeBy($function), $handle);
    }

    /** `pin_parse` makes a `pin`; whatever ends in `report` or starts so, a `report`. */
    private static function madeBy(string $function): string
    {
        return strpos($function, 'report') !== false ? 'report' : preg_replace('/_[a-z]+$/', '', $function);
    }

    /**
     * Calls a function that answers a status.
     *
     * @param mixed ...$arguments
     * @throws LibraryRefusal
     */
    public function check(string $function, ...$arguments): void
    {
        $error = $this->ffi->new('void *');
        $arguments[] = \FFI::addr($error);
        $status = $this->ffi->{"fedverify_$function"}(...$arguments);
        if ($status !== 0) {
            throw new LibraryRefusal($this->keep('error', $error));
        }
    }

    /** Keeps a handle of this type until the end. */
    public function keep(string $type, \FFI\CData $handle): \FFI\CData
    {
        $this->handles[] = [$type, $handle];
        return $handle;
    }

    private function giveBack(): void
    {
        foreach ($this->handles as [$type, $handle]) {
            $this->ffi->{"fedverify_{$type}_free"}($handle);
        }
        $this->handles = [];
    }
}
