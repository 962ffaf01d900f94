<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Memory;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\InputType;

/** One verification through the C library: a request, the verification that it starts, and the report. */
final class LibraryCall
{
    /** @var \FFI */
    private $ffi;

    /** @var \FFI\CData */
    private $request;

    /** @var \FFI\CData */
    private $verification;

    /** @var \FFI\CData */
    private $report;

    /** @var LocalFile|null the package or the archive */
    private $stream;

    public function __construct(\FFI $ffi, string $kind)
    {
        $this->ffi = $ffi;
        $this->request = $ffi->new('void *');
        $this->verification = $ffi->new('void *');
        $this->report = $ffi->new('void *');
        $this->expect('request_new', $kind, strlen($kind), \FFI::addr($this->request));
    }

    /** Says that the call cannot be used. The first fault counts. */
    public function refuse(string $fault): void
    {
        $this->expect('request_refuse', $this->request, $fault, strlen($fault));
    }

    public function limit(string $name, int $limit): void
    {
        $this->set('limit', $name, $limit);
    }

    /** @param string|int|bool|LocalFile $input */
    public function input(string $name, $input): void
    {
        $type = InputName::TYPES[$name] ?? null;
        if ($input instanceof LocalFile && $type === InputType::STREAM) {
            $this->stream = $input;
            $this->set('flag', $name, true);
        } elseif ($input instanceof LocalFile) {
            $this->set('unreadable', $name, ...self::unreadable($input));
        } elseif (is_string($input)) {
            $this->set($type === InputType::STRING ? 'string' : 'bytes', $name, $input, strlen($input));
        } else {
            $this->set(is_bool($input) ? 'flag' : 'number', $name, $input);
        }
    }

    /** Verifies, and returns the report as JSON. */
    public function report(): string
    {
        $this->expect('verification_start', $this->request, \FFI::addr($this->verification));
        if ($this->stream !== null) {
            $this->read($this->stream);
        }
        // The status is that of the report.
        $this->ffi->fedverify_verification_finish($this->verification, \FFI::addr($this->report), null);
        if (\FFI::isNull($this->report)) {
            throw new \RuntimeException('fedverify gave no report');
        }
        $json = $this->ffi->fedverify_report_json($this->report);
        if (Memory::lacks($json->len)) {
            $message = "memory_limit has no room for a report of {$json->len} bytes";
            throw Refusal::of(new Fault(Code::IO_MEMORY, $message));
        }
        return self::copied($json);
    }

    public function free(): void
    {
        $this->ffi->fedverify_report_free($this->report);
        $this->ffi->fedverify_verification_free($this->verification);
        $this->ffi->fedverify_request_free($this->request);
    }

    private function read(LocalFile $file): void
    {
        while ($file->fault() === null && !$this->ffi->fedverify_verification_is_decided($this->verification)) {
            $piece = $file->read();
            if ($piece === null) {
                break;
            }
            // A package that comes before its metadata is refused, which the report tells.
            $this->call('verification_update', $this->verification, $piece, strlen($piece));
        }
        if ($file->fault() !== null) {
            $this->call('verification_fail', $this->verification, ...self::unreadable($file));
        }
    }

    /** @return array{int, string, int} status, message and its length */
    private static function unreadable(LocalFile $file): array
    {
        [$code, $message] = $file->fault();
        return [Codes::NUMBERS[$code], $message, strlen($message)];
    }

    /**
     * Sets something of the request by its name. What cannot be set refuses the request.
     *
     * @param mixed ...$value
     */
    private function set(string $what, string $name, ...$value): void
    {
        $fault = $this->call("request_set_$what", $this->request, $name, strlen($name), ...$value);
        if ($fault !== null) {
            $this->refuse($fault);
        }
    }

    /**
     * Calls a function that fails only where this class calls it wrongly.
     *
     * @param mixed ...$arguments
     */
    private function expect(string $function, ...$arguments): void
    {
        $fault = $this->call($function, ...$arguments);
        if ($fault !== null) {
            throw new \RuntimeException("fedverify_$function: $fault");
        }
    }

    /**
     * Calls a function that returns a status.
     *
     * @param mixed ...$arguments
     * @return string|null the message of its error
     */
    private function call(string $function, ...$arguments): ?string
    {
        $error = $this->ffi->new('void *');
        $arguments[] = \FFI::addr($error);
        if ($this->ffi->{"fedverify_$function"}(...$arguments) === 0) {
            return null;
        }
        $message = self::copied($this->ffi->fedverify_error_message($error));
        $this->ffi->fedverify_error_free($error);
        return $message;
    }

    /** Copies a string that a handle lends. */
    private static function copied(\FFI\CData $view): string
    {
        return \FFI::isNull($view->data) ? '' : \FFI::string($view->data, $view->len);
    }
}
