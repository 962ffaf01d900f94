<?php

/**
 * Verifies a FAIR package through the C library, by PHP's own FFI: php verify.php LOG METADATA PACKAGE DID
 *
 * For hosts that have FFI but not the extension fedverify. Exit status: 0 verified, 1 rejected, 2 could not verify.
 */

declare(strict_types=1);

// What this program uses of fedverify.h.
const DECLARATIONS = <<<'C'
typedef struct fedverify_str { const char *data; size_t len; } fedverify_str;
typedef struct fedverify_error fedverify_error;
typedef struct fedverify_request fedverify_request;
typedef struct fedverify_verification fedverify_verification;
typedef struct fedverify_report fedverify_report;

uint32_t fedverify_abi_version(void);
fedverify_str fedverify_status_code(int32_t status);
bool fedverify_status_is_undetermined(int32_t status);
fedverify_str fedverify_error_message(const fedverify_error *error);
void fedverify_error_free(fedverify_error *error);

int32_t fedverify_request_new(const char *kind, size_t kind_len, fedverify_request **request, fedverify_error **error);
int32_t fedverify_request_set_bytes(fedverify_request *request, const char *name, size_t name_len, const char *bytes,
    size_t bytes_len, fedverify_error **error);
int32_t fedverify_request_set_string(fedverify_request *request, const char *name, size_t name_len,
    const char *string, size_t string_len, fedverify_error **error);
void fedverify_request_free(fedverify_request *request);

int32_t fedverify_verification_start(const fedverify_request *request, fedverify_verification **verification,
    fedverify_error **error);
int32_t fedverify_verification_read_file(fedverify_verification *verification, const char *path, size_t path_len,
    fedverify_error **error);
int32_t fedverify_verification_finish(fedverify_verification *verification, fedverify_report **report,
    fedverify_error **error);
void fedverify_verification_free(fedverify_verification *verification);

fedverify_str fedverify_report_json(const fedverify_report *report);
fedverify_str fedverify_report_subject(const fedverify_report *report);
void fedverify_report_free(fedverify_report *report);
C;

const ABI_VERSION = 4;

/** A call was wrong, or a file could not be read. */
final class Misuse extends RuntimeException
{
}

/** The C library. */
final class Library
{
    private FFI $ffi;

    public function __construct(string $path)
    {
        $this->ffi = FFI::cdef(DECLARATIONS, $path);
        if ($this->ffi->fedverify_abi_version() !== ABI_VERSION) {
            throw new Misuse('this libfedverify has another ABI');
        }
    }

    /**
     * Verifies a file by a request of any kind.
     *
     * @param array<string, string> $strings inputs that are strings
     * @param array<string, string> $bytes inputs that are bytes
     * @return array{status: int, subject: string, report: array} the status is 0 where the report is verified
     */
    public function verify(string $kind, array $strings, array $bytes, string $path): array
    {
        [$request, $verification, $report] = [$this->place('request'), $this->place('verification'), $this->place('report')];
        try {
            $this->call('request_new', $kind, strlen($kind), FFI::addr($request));
            foreach ($strings as $name => $value) {
                $this->call('request_set_string', $request, $name, strlen($name), $value, strlen($value));
            }
            foreach ($bytes as $name => $value) {
                $this->call('request_set_bytes', $request, $name, strlen($name), $value, strlen($value));
            }
            $this->call('verification_start', $request, FFI::addr($verification));
            $this->call('verification_read_file', $verification, $path, strlen($path));
            // Where there is a report, the status is its.
            $status = $this->ffi->fedverify_verification_finish($verification, FFI::addr($report), null);
            if (FFI::isNull($report)) {
                throw new Misuse('no report');
            }
            return [
                'status' => $status,
                'subject' => self::copied($this->ffi->fedverify_report_subject($report)),
                'report' => json_decode(self::copied($this->ffi->fedverify_report_json($report)), true),
            ];
        } finally {
            $this->ffi->fedverify_report_free($report);
            $this->ffi->fedverify_verification_free($verification);
            $this->ffi->fedverify_request_free($request);
        }
    }

    public function isUndetermined(int $status): bool
    {
        return $this->ffi->fedverify_status_is_undetermined($status);
    }

    private function place(string $type): FFI\CData
    {
        return $this->ffi->new("fedverify_$type *");
    }

    /** Calls what fails only where it is called wrongly. */
    private function call(string $function, ...$arguments): void
    {
        $error = $this->place('error');
        $status = $this->ffi->{"fedverify_$function"}(...array_merge($arguments, [FFI::addr($error)]));
        if ($status !== 0) {
            $message = self::copied($this->ffi->fedverify_error_message($error));
            $this->ffi->fedverify_error_free($error);
            throw new Misuse($message . ' [' . self::copied($this->ffi->fedverify_status_code($status)) . ']');
        }
    }

    /** Copies a string that a handle lends. */
    private static function copied(FFI\CData $view): string
    {
        return FFI::isNull($view->data) ? '' : FFI::string($view->data, $view->len);
    }
}

/** Reads a file, or says that nothing could be judged. */
function contents(string $path): string
{
    $bytes = @file_get_contents($path);
    if ($bytes === false) {
        throw new Misuse("$path cannot be read");
    }
    return $bytes;
}

function main(array $arguments): int
{
    if (count($arguments) !== 5) {
        fwrite(STDERR, "usage: php verify.php LOG METADATA PACKAGE DID\n");
        return 2;
    }
    [, $log, $metadata, $package, $did] = $arguments;
    try {
        $library = new Library(getenv('FEDVERIFY_LIBRARY') ?: 'libfedverify.so.0.1');
        $bytes = ['log' => contents($log), 'metadata' => contents($metadata)];
        $found = $library->verify('fair-package', ['did' => $did], $bytes, $package);
    } catch (Misuse $misuse) {
        fwrite(STDERR, $misuse->getMessage() . "\n");
        return 2;
    }
    if ($found['status'] !== 0) {
        ['message' => $message, 'code' => $code, 'remedy' => $remedy] = $found['report']['error'];
        fwrite(STDERR, "$message [$code]\n$remedy\n");
        return $library->isUndetermined($found['status']) ? 2 : 1;
    }
    echo "verified {$found['subject']}\n";
    return 0;
}

exit(main($argv));
