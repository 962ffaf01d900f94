/*
 * What happens when the C library is called as it must not be, or from many threads. Meant to be run under sanitizers: no
 * call may read, write or free what is not its own. Prints what went wrong; exit status 1 if anything did.
 *
 *     misuse LOG METADATA PACKAGE DID
 */
#define _POSIX_C_SOURCE 200809L
#include <fedverify.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 8
#define ROUNDS 20

static int failures = 0;

#define EXPECT(condition)                                                                                             \
    do {                                                                                                              \
        if (!(condition)) {                                                                                           \
            fprintf(stderr, "misuse.c:%d: expected %s\n", __LINE__, #condition);                                      \
            failures++;                                                                                               \
        }                                                                                                             \
    } while (0)

static const char DID[] = "did:plc:z72i7hdynmk6r22z27h6tvur";
static const size_t DID_LEN = sizeof DID - 1;

static bool is(fedverify_str text, const char *expected)
{
    return text.len == strlen(expected) && memcmp(text.data, expected, text.len) == 0;
}

static bool is_absent(fedverify_str text)
{
    return text.data == NULL && text.len == 0;
}

/* ---- NULL ------------------------------------------------------------------------- */

static void null_is_never_looked_at(void)
{
    fedverify_identity *identity = (fedverify_identity *)&failures;
    fedverify_error *error = (fedverify_error *)&failures;
    /* What stood in the places before does not matter, and afterwards one of them is NULL. */
    EXPECT(fedverify_identity_verify(NULL, 1, DID, DID_LEN, NULL, &identity, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(identity == NULL && error != NULL);
    EXPECT(is(fedverify_status_code(fedverify_error_status(error)), "api.argument"));
    EXPECT(fedverify_error_message(error).len > 0);
    fedverify_error_free(error);
    /* Nobody has to want the error. */
    EXPECT(fedverify_identity_verify("[]", 2, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_PLC_LOG_EMPTY);
    /* A result that has no place is none. */
    EXPECT(fedverify_identity_verify("[]", 2, DID, DID_LEN, NULL, NULL, &error) == FEDVERIFY_API_ARGUMENT);
    fedverify_error_free(error);
    EXPECT(fedverify_identity_verify("[]", 2, DID, DID_LEN, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_release_verify(NULL, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_identity_report(NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_report_refused(FEDVERIFY_KIND_PLC_LOG, NULL, NULL, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(is_absent(fedverify_identity_head(NULL)));
    EXPECT(fedverify_identity_operation_count(NULL) == 0);
    EXPECT(fedverify_error_operation(NULL) == -1);
    EXPECT(fedverify_error_status(NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_identity_pin(NULL) == NULL);
    EXPECT(!fedverify_identity_is_tombstoned(NULL));
}

static void null_may_be_given_back(void)
{
    fedverify_alias_free(NULL);
    fedverify_error_free(NULL);
    fedverify_identity_free(NULL);
    fedverify_key_free(NULL);
    fedverify_limits_free(NULL);
    fedverify_metadata_free(NULL);
    fedverify_package_digests_free(NULL);
    fedverify_package_free(NULL);
    fedverify_package_hasher_free(NULL);
    fedverify_pfn_archive_free(NULL);
    fedverify_pfn_author_data_free(NULL);
    fedverify_pfn_challenge_free(NULL);
    fedverify_pfn_federation_info_free(NULL);
    fedverify_pfn_key_free(NULL);
    fedverify_pfn_plugin_free(NULL);
    fedverify_pin_free(NULL);
    fedverify_release_free(NULL);
    fedverify_report_free(NULL);
    fedverify_text_free(NULL);
    fedverify_web_identity_free(NULL);
}

/* ---- Lengths and texts ------------------------------------------------------------ */

static void lengths_are_believed_only_within_reason(void)
{
    static const size_t HUGE_LENGTHS[] = {SIZE_MAX, SIZE_MAX / 2 + 1};
    fedverify_identity *identity = NULL;
    fedverify_package_hasher *hasher = fedverify_package_hasher_new(NULL);
    fedverify_text *url = NULL;
    size_t index;
    for (index = 0; index < 2; index++) {
        size_t huge = HUGE_LENGTHS[index];
        EXPECT(fedverify_identity_verify("[]", huge, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_identity_verify("[]", 2, DID, huge, NULL, &identity, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_package_hasher_update(hasher, "x", huge, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_alias_confirm(NULL, NULL, huge, NULL) == FEDVERIFY_API_ARGUMENT);
    }
    /* Nothing is an input like any other. */
    EXPECT(fedverify_identity_verify(NULL, 0, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_INPUT_MALFORMED);
    EXPECT(fedverify_identity_verify("[]", 0, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_INPUT_MALFORMED);
    EXPECT(fedverify_identity_verify("[]", 2, NULL, 0, NULL, &identity, NULL) == FEDVERIFY_DID_INVALID);
    EXPECT(fedverify_package_hasher_update(hasher, NULL, 0, NULL) == FEDVERIFY_OK);
    fedverify_package_hasher_free(hasher);
    /* Texts end where their length says, whatever follows. */
    EXPECT(fedverify_web_document_url("did:web:a.exampleXXX", 17, &url, NULL) == FEDVERIFY_OK);
    EXPECT(is(fedverify_text_view(url), "https://a.example/.well-known/did.json"));
    fedverify_text_free(url);
    EXPECT(fedverify_web_document_url("did:web:\xff.example", 16, &url, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_web_document_url("did:web:a\0.example", 18, &url, NULL) == FEDVERIFY_DID_INVALID);
}

static void numbers_that_mean_nothing_are_refused(void)
{
    static const fedverify_status STATUSES[] = {-1, 1, 99999, INT32_MIN, INT32_MAX};
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    fedverify_limits *limits = fedverify_limits_new();
    size_t index;
    for (index = 0; index < sizeof STATUSES / sizeof STATUSES[0]; index++) {
        EXPECT(is_absent(fedverify_status_code(STATUSES[index])));
        EXPECT(fedverify_status_is_undetermined(STATUSES[index]));
    }
    EXPECT(is_absent(fedverify_status_code(FEDVERIFY_OK)));
    EXPECT(!fedverify_status_is_undetermined(FEDVERIFY_OK));
    EXPECT(fedverify_limits_set(limits, "noSuchLimit", 11, 1, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_report_refused(0, error, NULL, NULL, &report, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_report_refused(FEDVERIFY_KIND_KEY, error, NULL, NULL, &report, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
    EXPECT(is_absent(fedverify_report_warning_code(report, SIZE_MAX)));
    fedverify_report_free(report);
    fedverify_error_free(error);
    EXPECT(fedverify_limits_get(limits, "noSuchLimit", 11) == 0);
    EXPECT(fedverify_limits_get(limits, "logBytes", 8) == 8u << 20);
    fedverify_limits_free(limits);
}

/* ---- Hashers ---------------------------------------------------------------------- */

static void a_hasher_is_used_once(void)
{
    fedverify_package_hasher *hasher = fedverify_package_hasher_new(NULL);
    fedverify_package_digests *digests = NULL;
    EXPECT(fedverify_package_hasher_update(hasher, "abc", 3, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_package_hasher_finish(hasher, &digests, NULL) == FEDVERIFY_OK);
    EXPECT(is(fedverify_package_digests_sha256(digests),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    fedverify_package_digests_free(digests);
    EXPECT(fedverify_package_hasher_finish(hasher, &digests, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(digests == NULL);
    EXPECT(fedverify_package_hasher_update(hasher, "abc", 3, NULL) == FEDVERIFY_API_USED_UP);
    fedverify_package_hasher_free(hasher);
}

static void part_of_a_package_never_passes_for_the_whole(void)
{
    fedverify_limits *limits = fedverify_limits_new();
    fedverify_package_hasher *hasher;
    fedverify_package_digests *digests = NULL;
    EXPECT(fedverify_limits_set(limits, "packageBytes", 12, 4, NULL) == FEDVERIFY_OK);
    hasher = fedverify_package_hasher_new(limits);
    fedverify_limits_free(limits);
    EXPECT(fedverify_package_hasher_update(hasher, "abcd", 4, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_package_hasher_update(hasher, "e", 1, NULL) == FEDVERIFY_INPUT_TOO_LARGE);
    EXPECT(fedverify_package_hasher_update(hasher, "", 0, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_package_hasher_finish(hasher, &digests, NULL) == FEDVERIFY_API_USED_UP);
    fedverify_package_hasher_free(hasher);
}

/* ---- Threads ---------------------------------------------------------------------- */

/* What all threads share. */
struct shared {
    char *log;
    size_t log_len;
    const char *did;
    const char *package_path;
    fedverify_identity *identity;
    fedverify_metadata *metadata;
    fedverify_limits *limits;
    fedverify_package_hasher *hasher;
    int wrong;
    pthread_mutex_t lock;
};

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    if (file == NULL || bytes == NULL) {
        perror(path);
        exit(3);
    }
    *len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static bool verifies_once(struct shared *shared)
{
    fedverify_identity *identity = NULL;
    fedverify_release *release = NULL;
    fedverify_package_digests *digests = NULL;
    fedverify_package *package = NULL;
    fedverify_report *report = NULL;
    bool verified =
        fedverify_identity_verify(shared->log, shared->log_len, shared->did, strlen(shared->did), shared->limits,
                                  &identity, NULL) == FEDVERIFY_OK &&
        fedverify_identity_release(shared->identity, shared->metadata, NULL, 0, &release, NULL) == FEDVERIFY_OK &&
        fedverify_package_digests_of_file(shared->package_path, strlen(shared->package_path), shared->limits, &digests,
                                          NULL) == FEDVERIFY_OK &&
        fedverify_release_verify(release, digests, &package, NULL) == FEDVERIFY_OK &&
        fedverify_package_report(package, &report, NULL) == FEDVERIFY_OK &&
        fedverify_report_verdict(report) == FEDVERIFY_VERDICT_VERIFIED && fedverify_report_json(report).len > 0 &&
        fedverify_identity_did_document(shared->identity).len > 0 &&
        fedverify_identity_head(shared->identity).len == fedverify_identity_head(identity).len &&
        fedverify_limits_set(shared->limits, "recordBytes", 11, 1u << 20, NULL) == FEDVERIFY_OK &&
        fedverify_package_hasher_update(shared->hasher, "abc", 3, NULL) == FEDVERIFY_OK;
    fedverify_report_free(report);
    fedverify_package_free(package);
    fedverify_package_digests_free(digests);
    fedverify_release_free(release);
    fedverify_identity_free(identity);
    return verified;
}

static void *work(void *argument)
{
    struct shared *shared = argument;
    int round, wrong = 0;
    for (round = 0; round < ROUNDS; round++)
        wrong += verifies_once(shared) ? 0 : 1;
    pthread_mutex_lock(&shared->lock);
    shared->wrong += wrong;
    pthread_mutex_unlock(&shared->lock);
    return NULL;
}

static void threads_share_everything(char **argv)
{
    struct shared shared;
    pthread_t threads[THREADS];
    size_t metadata_len, index;
    char *metadata = read_file(argv[2], &metadata_len);
    fedverify_package_digests *digests = NULL;
    memset(&shared, 0, sizeof shared);
    shared.log = read_file(argv[1], &shared.log_len);
    shared.package_path = argv[3];
    shared.did = argv[4];
    shared.limits = fedverify_limits_new();
    shared.hasher = fedverify_package_hasher_new(NULL);
    pthread_mutex_init(&shared.lock, NULL);
    EXPECT(fedverify_identity_verify(shared.log, shared.log_len, shared.did, strlen(shared.did), NULL,
                                     &shared.identity, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_metadata_parse(metadata, metadata_len, NULL, &shared.metadata, NULL) == FEDVERIFY_OK);
    for (index = 0; index < THREADS; index++)
        EXPECT(pthread_create(&threads[index], NULL, work, &shared) == 0);
    for (index = 0; index < THREADS; index++)
        pthread_join(threads[index], NULL);
    EXPECT(shared.wrong == 0);
    /* Every update counted, and none came in between another's bytes. */
    EXPECT(fedverify_package_hasher_finish(shared.hasher, &digests, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_package_digests_size(digests) == 3u * THREADS * ROUNDS);
    fedverify_package_digests_free(digests);
    fedverify_package_hasher_free(shared.hasher);
    fedverify_limits_free(shared.limits);
    fedverify_metadata_free(shared.metadata);
    fedverify_identity_free(shared.identity);
    pthread_mutex_destroy(&shared.lock);
    free(metadata);
    free(shared.log);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 3;
    }
    null_is_never_looked_at();
    null_may_be_given_back();
    lengths_are_believed_only_within_reason();
    numbers_that_mean_nothing_are_refused();
    a_hasher_is_used_once();
    part_of_a_package_never_passes_for_the_whole();
    threads_share_everything(argv);
    printf("misuse: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
