<?php

/**
 * Verifies a FAIR package through the C library, by PHP's own FFI: php verify.php LOG METADATA PACKAGE DID
 *
 * For hosts that have FFI but not the extension fedverify. Exit status: 0 verified, 1 rejected, 2 could not verify.
 */

declare(strict_types=1);

// What this program uses of fedverify.h.
const DECLARATIONS = <<<'C'
typedef struct { const char *data; size_t len; } fedverify_str;
typedef struct fedverify_error fedverify_error;
typedef struct fedverify_identity fedverify_identity;
typedef struct fedverify_metadata fedverify_metadata;
typedef struct fedverify_release fedverify_release;
typedef struct fedverify_package_digests fedverify_package_digests;
typedef struct fedverify_package fedverify_package;

uint32_t fedverify_abi_version(void);
fedverify_str fedverify_status_code(int32_t status);
fedverify_str fedverify_status_remedy(int32_t status);
bool fedverify_status_is_undetermined(int32_t status);
fedverify_str fedverify_error_message(const fedverify_error *error);
void fedverify_error_free(fedverify_error *error);

int32_t fedverify_identity_verify(const char *log, size_t log_len, const char *did, size_t did_len,
    const void *limits, fedverify_identity **identity, fedverify_error **error);
int32_t fedverify_metadata_parse(const char *json, size_t json_len, const void *limits,
    fedverify_metadata **metadata, fedverify_error **error);
int32_t fedverify_identity_release(const fedverify_identity *identity, const fedverify_metadata *metadata,
    const char *version, size_t version_len, fedverify_release **release, fedverify_error **error);
int32_t fedverify_package_digests_of_file(const char *path, size_t path_len, const void *limits,
    fedverify_package_digests **digests, fedverify_error **error);
int32_t fedverify_release_verify(const fedverify_release *release, const fedverify_package_digests *digests,
    fedverify_package **package, fedverify_error **error);
fedverify_str fedverify_package_version(const fedverify_package *package);
fedverify_str fedverify_package_key(const fedverify_package *package);

void fedverify_identity_free(fedverify_identity *identity);
void fedverify_metadata_free(fedverify_metadata *metadata);
void fedverify_release_free(fedverify_release *release);
void fedverify_package_digests_free(fedverify_package_digests *digests);
void fedverify_package_free(fedverify_package *package);
C;

const ABI_VERSION = 1;

/** Something was refused, or could not be judged. */
final class Refused extends RuntimeException
{
}

/** Values of the C library, each given back when nobody uses it any more. */
final class Handle
{
    public FFI\CData $pointer;
    private FFI $library;
    private string $type;

    /** Calls the function that makes a handle of this type; the places for handle and error are its last arguments. */
    public function __construct(FFI $library, string $type, string $function, ...$arguments)
    {
        $this->library = $library;
        $this->type = $type;
        $place = $library->new("$type *");
        $error = $library->new('fedverify_error *');
        $status = $library->$function(...array_merge($arguments, [FFI::addr($place), FFI::addr($error)]));
        if ($status !== 0) {
            $message = text($library->fedverify_error_message($error));
            $library->fedverify_error_free($error);
            $code = text($library->fedverify_status_code($status));
            $remedy = text($library->fedverify_status_remedy($status));
            $exit = $library->fedverify_status_is_undetermined($status) ? 2 : 1;
            throw new Refused("$message [$code]\n$remedy", $exit);
        }
        $this->pointer = $place;
    }

    public function __destruct()
    {
        if (isset($this->pointer)) {
            $this->library->{"{$this->type}_free"}($this->pointer);
        }
    }
}

/** Copies a text that a handle lends. */
function text(FFI\CData $view): string
{
    return FFI::isNull($view->data) ? '' : FFI::string($view->data, $view->len);
}

/** Reads a file, or says that nothing could be judged. */
function contents(string $path): string
{
    $bytes = @file_get_contents($path);
    if ($bytes === false) {
        throw new Refused("$path cannot be read", 2);
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
    $library = FFI::cdef(DECLARATIONS, getenv('FEDVERIFY_LIBRARY') ?: 'libfedverify.so.0.1');
    if ($library->fedverify_abi_version() !== ABI_VERSION) {
        fwrite(STDERR, "this libfedverify has another ABI\n");
        return 2;
    }
    $make = fn (string $type, string $function, ...$more) => new Handle($library, "fedverify_$type", $function, ...$more);
    try {
        $json = contents($log);
        $identity = $make('identity', 'fedverify_identity_verify', $json, strlen($json), $did, strlen($did), null);
        $json = contents($metadata);
        $document = $make('metadata', 'fedverify_metadata_parse', $json, strlen($json), null);
        $release = $make('release', 'fedverify_identity_release', $identity->pointer, $document->pointer, null, 0);
        $function = 'fedverify_package_digests_of_file';
        $digests = $make('package_digests', $function, $package, strlen($package), null);
        $verified = $make('package', 'fedverify_release_verify', $release->pointer, $digests->pointer);
    } catch (Refused $refused) {
        fwrite(STDERR, $refused->getMessage() . "\n");
        return $refused->getCode();
    }
    $version = text($library->fedverify_package_version($verified->pointer));
    $key = text($library->fedverify_package_key($verified->pointer));
    echo "verified $did $version, signed by $key\n";
    return 0;
}

exit(main($argv));
