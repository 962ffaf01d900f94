#define FFI_SCOPE "FEDVERIFY"
#define FFI_LIB "libfedverify.so.0.1"

/*
 * What the Composer library calls of the C library (include/fedverify.h), for PHP's FFI; opaque handles are void.
 * The first two lines are for ffi.preload, and must come first; Library.php leaves them out.
 */

typedef int32_t fedverify_status;
typedef struct { const char *data; size_t len; } fedverify_str;

uint32_t fedverify_abi_version(void);
fedverify_str fedverify_version(void);
void *fedverify_limits_new(void);
void fedverify_limits_free(void *limits);
fedverify_status fedverify_limits_set(void *limits, const char *name, size_t name_len, uint64_t value, void **error);
void fedverify_error_free(void *error);
fedverify_status fedverify_identity_verify(const char *log, size_t log_len, const char *did, size_t did_len, const void *limits, void **identity, void **error);
fedverify_status fedverify_identity_verify_remembering(const char *log, size_t log_len, const char *did, size_t did_len, const void *pin, uint64_t now, const void *limits, void **identity, void **error);
void fedverify_identity_free(void *identity);
fedverify_status fedverify_identity_report(const void *identity, void **report, void **error);
fedverify_status fedverify_pin_parse(const char *json, size_t json_len, const void *limits, void **pin, void **error);
void fedverify_pin_free(void *pin);
fedverify_status fedverify_metadata_parse(const char *json, size_t json_len, const void *limits, void **metadata, void **error);
void fedverify_metadata_free(void *metadata);
fedverify_status fedverify_identity_release(const void *identity, const void *metadata, const char *version, size_t version_len, void **release, void **error);
void fedverify_release_free(void *release);
fedverify_status fedverify_release_refuse_downgrade(const void *release, void **error);
fedverify_status fedverify_package_digests_of_file(const char *path, size_t path_len, const void *limits, void **digests, void **error);
void fedverify_package_digests_free(void *digests);
void *fedverify_package_hasher_new(const void *limits);
void fedverify_package_hasher_free(void *hasher);
fedverify_status fedverify_package_hasher_update(void *hasher, const char *bytes, size_t bytes_len, void **error);
fedverify_status fedverify_package_hasher_finish(void *hasher, void **digests, void **error);
fedverify_status fedverify_release_verify(const void *release, const void *digests, void **package, void **error);
fedverify_status fedverify_release_verify_from(const void *release, const char *url, size_t url_len, const void *digests, void **package, void **error);
void fedverify_package_free(void *package);
fedverify_status fedverify_package_report(const void *package, void **report, void **error);
fedverify_status fedverify_pfn_key_parse(const char *text, size_t text_len, const void *limits, void **key, void **error);
void fedverify_pfn_key_free(void *key);
fedverify_status fedverify_pfn_archive_read_file(const char *path, size_t path_len, const void *limits, void **archive, void **error);
void fedverify_pfn_archive_free(void *archive);
fedverify_status fedverify_pfn_plugin_verify(const char *record, size_t record_len, const void *key, const char *signature, size_t signature_len, const void *limits, void **plugin, void **error);
fedverify_status fedverify_pfn_plugin_with_archive(const void *plugin, const void *archive, const char *signature, size_t signature_len, void **with_archive, void **error);
void fedverify_pfn_plugin_free(void *plugin);
fedverify_status fedverify_pfn_plugin_report(const void *plugin, void **report, void **error);
fedverify_status fedverify_pfn_challenge_verify(const char *text, size_t text_len, const void *key, const char *signature, size_t signature_len, const void *limits, void **challenge, void **error);
void fedverify_pfn_challenge_free(void *challenge);
fedverify_status fedverify_pfn_challenge_report(const void *challenge, void **report, void **error);
fedverify_status fedverify_key_read(const char *text, size_t text_len, const void *limits, void **key, void **error);
void fedverify_key_free(void *key);
fedverify_status fedverify_key_report(const void *key, void **report, void **error);
fedverify_status fedverify_report_refused(int32_t kind, const void *why, const void *identity, const void *release, void **report, void **error);
void fedverify_report_free(void *report);
fedverify_str fedverify_report_json(const void *report);
