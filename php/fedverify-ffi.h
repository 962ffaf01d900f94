#define FFI_SCOPE "FEDVERIFY"
#define FFI_LIB "libfedverify.so.0.1"

/*
 * What the Composer library calls of the C library (include/fedverify.h), for PHP's FFI; opaque handles are void.
 * The first two lines are for ffi.preload, and must come first; Library.php leaves them out.
 */

typedef int32_t fedverify_status;
typedef struct fedverify_str { const char *data; size_t len; } fedverify_str;

uint32_t fedverify_abi_version(void);
fedverify_str fedverify_version(void);
fedverify_str fedverify_error_message(const void *error);
void fedverify_error_free(void *error);
fedverify_status fedverify_request_new(const char *kind, size_t kind_len, void **request, void **error);
void fedverify_request_free(void *request);
fedverify_status fedverify_request_set_bytes(void *request, const char *name, size_t name_len, const char *bytes, size_t bytes_len, void **error);
fedverify_status fedverify_request_set_unreadable(void *request, const char *name, size_t name_len, fedverify_status why, const char *message, size_t message_len, void **error);
fedverify_status fedverify_request_set_string(void *request, const char *name, size_t name_len, const char *string, size_t string_len, void **error);
fedverify_status fedverify_request_set_number(void *request, const char *name, size_t name_len, uint64_t number, void **error);
fedverify_status fedverify_request_set_flag(void *request, const char *name, size_t name_len, bool is_set, void **error);
fedverify_status fedverify_request_set_limit(void *request, const char *name, size_t name_len, uint64_t value, void **error);
fedverify_status fedverify_request_refuse(void *request, const char *message, size_t message_len, void **error);
fedverify_status fedverify_verification_start(const void *request, void **verification, void **error);
void fedverify_verification_free(void *verification);
bool fedverify_verification_is_decided(const void *verification);
fedverify_status fedverify_verification_update(void *verification, const char *bytes, size_t bytes_len, void **error);
fedverify_status fedverify_verification_fail(void *verification, fedverify_status why, const char *message, size_t message_len, void **error);
fedverify_status fedverify_verification_finish(void *verification, void **report, void **error);
void fedverify_report_free(void *report);
fedverify_str fedverify_report_json(const void *report);
