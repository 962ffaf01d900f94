/*
 * What the getters of the C library tell, on the example identity of examples/README.md: that NULL, -1 and absent strings
 * have one reason each, and indexes their bounds. Prints what went wrong; exit status 1 if anything did.
 *
 *     getters LOG METADATA PACKAGE DID
 */
#include "check.h"

/* What the example's log is. */
#define OPERATIONS 5
#define NULLIFIED 2
#define RECOVERY 3
#define NOW 1767225600

static const char *did;
static char *log_json;
static size_t log_len;

static fedverify_identity *verified(bool remembering)
{
    fedverify_identity *identity = NULL;
    fedverify_status status =
        remembering ? fedverify_identity_verify_remembering(log_json, log_len, did, strlen(did), NULL, NOW, NULL,
                                                            &identity, NULL)
                    : fedverify_identity_verify(log_json, log_len, did, strlen(did), NULL, &identity, NULL);
    EXPECT(status == FEDVERIFY_OK);
    return identity;
}

static fedverify_operation *operation_at(const fedverify_identity *identity, size_t index)
{
    fedverify_operation *operation = NULL;
    EXPECT(fedverify_identity_operation(identity, index, &operation, NULL) == FEDVERIFY_OK);
    return operation;
}

/* ---- Operations ------------------------------------------------------------------- */

static void every_operation_tells_of_itself(void)
{
    fedverify_identity *identity = verified(false);
    fedverify_operation *genesis = operation_at(identity, 0);
    size_t index;
    EXPECT(fedverify_identity_operation_count(identity) == OPERATIONS);
    EXPECT(fedverify_operation_prev(genesis) == -1 && is_absent(fedverify_operation_prev_cid(genesis)));
    for (index = 0; index < OPERATIONS; index++) {
        fedverify_operation *operation = operation_at(identity, index);
        int64_t prev = fedverify_operation_prev(operation);
        EXPECT(is(fedverify_operation_type(operation), "plc_operation"));
        EXPECT(fedverify_operation_cid(operation).len == 59 && fedverify_operation_size(operation) > 100);
        EXPECT(prev == (index == RECOVERY ? 1 : (int64_t)index - 1));
        EXPECT((fedverify_operation_prev_cid(operation).len == 59) == (index > 0));
        EXPECT(fedverify_operation_created_at(operation).len == 24);
        EXPECT(fedverify_operation_nullified_by(operation) == (index == NULLIFIED ? RECOVERY : -1));
        EXPECT(fedverify_operation_signer(operation) == (index == RECOVERY ? 0 : 1));
        EXPECT(strncmp(fedverify_operation_signer_key(operation).data, "did:key:z", 9) == 0);
        EXPECT(fedverify_operation_first_seen(operation) == -1);
        fedverify_operation_free(operation);
    }
    fedverify_operation_free(genesis);
    fedverify_identity_free(identity);
}

static void what_is_remembered_has_a_time(void)
{
    fedverify_identity *identity = verified(true), *forgetful = verified(false);
    fedverify_operation *operation = operation_at(identity, OPERATIONS - 1);
    fedverify_pin *pin = NULL;
    EXPECT(fedverify_operation_first_seen(operation) == NOW);
    EXPECT(fedverify_identity_pin(identity, &pin, NULL) == FEDVERIFY_OK && pin != NULL);
    fedverify_pin_free(pin);
    EXPECT(fedverify_identity_pin(forgetful, &pin, NULL) == FEDVERIFY_OK && pin == NULL);
    EXPECT(fedverify_identity_pin(NULL, &pin, NULL) == FEDVERIFY_API_ARGUMENT);
    fedverify_operation_free(operation);
    fedverify_identity_free(forgetful);
    fedverify_identity_free(identity);
}

/* Neither the identity nor the operation is needed any more. */
static void states_live_on_their_own(void)
{
    fedverify_identity *identity = verified(false);
    fedverify_operation *operation = operation_at(identity, NULLIFIED);
    fedverify_state *stolen = NULL, *now = NULL;
    fedverify_error *error = NULL;
    EXPECT(fedverify_operation_state(operation, &stolen, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_identity_state(identity, &now, NULL) == FEDVERIFY_OK);
    fedverify_operation_free(operation);
    fedverify_identity_free(identity);
    EXPECT(fedverify_state_rotation_key_count(now) == 2 && fedverify_state_rotation_key(now, 1).len > 8);
    EXPECT(is_absent(fedverify_state_rotation_key(now, 2)) && is_absent(fedverify_state_rotation_key(now, SIZE_MAX)));
    EXPECT(fedverify_state_service_count(now) == 1);
    EXPECT(is(fedverify_state_service_type(now, 0), "FairPackageManagementRepo"));
    EXPECT(fedverify_state_service_id(now, 0).len > 0 && fedverify_state_service_endpoint(now, 0).len > 0);
    EXPECT(strncmp(fedverify_state_service_endpoint(stolen, 0).data, "https://thief.", 14) == 0);
    EXPECT(is_absent(fedverify_state_service_endpoint(now, 1)));
    EXPECT(fedverify_state_verification_method_count(now) == 1);
    EXPECT(fedverify_state_verification_method_id(now, 0).len > 0 && is_absent(fedverify_state_verification_method_id(now, 1)));
    EXPECT(fedverify_state_verification_method_key(now, 0).len > 0);
    EXPECT(is_absent(fedverify_state_also_known_as(now, fedverify_state_also_known_as_count(now))));
    fedverify_state_free(stolen);
    fedverify_state_free(now);
    EXPECT(fedverify_operation_state(NULL, &now, &error) == FEDVERIFY_API_ARGUMENT && now == NULL);
    EXPECT(is(fedverify_error_message(error), "expected an operation, found NULL"));
    fedverify_error_free(error);
}

/* ---- Bounds ----------------------------------------------------------------------- */

static void indexes_have_bounds(const char *metadata_path)
{
    size_t len;
    char *json = read_file(metadata_path, &len);
    fedverify_identity *identity = verified(false);
    fedverify_operation *operation = (fedverify_operation *)&failures;
    fedverify_metadata *metadata = NULL;
    fedverify_release *release = NULL;
    fedverify_artifact *artifact = NULL;
    fedverify_error *error = NULL;
    EXPECT(fedverify_identity_operation(identity, OPERATIONS, &operation, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(operation == NULL && is(fedverify_error_message(error), "expected the index of one of 5 operations, found 5"));
    fedverify_error_free(error);
    EXPECT(fedverify_identity_operation(identity, SIZE_MAX, &operation, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_identity_operation(identity, 0, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_metadata_parse(json, len, NULL, &metadata, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_identity_release(identity, metadata, NULL, 0, &release, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_release_artifact(release, 0, &artifact, NULL) == FEDVERIFY_OK);
    fedverify_release_free(release);
    EXPECT(fedverify_artifact_url(artifact).len > 8 && strncmp(fedverify_artifact_checksum(artifact).data, "sha256:", 7) == 0);
    EXPECT(!fedverify_artifact_requires_auth(artifact) && !fedverify_artifact_is_release_asset(artifact));
    fedverify_artifact_free(artifact);
    EXPECT(fedverify_release_artifact(NULL, 0, &artifact, NULL) == FEDVERIFY_API_ARGUMENT && artifact == NULL);
    EXPECT(fedverify_identity_release(identity, metadata, NULL, 0, &release, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_release_artifact(release, 1, &artifact, &error) == FEDVERIFY_API_ARGUMENT && artifact == NULL);
    EXPECT(is(fedverify_error_message(error), "expected the index of one of 1 artifacts, found 1"));
    fedverify_error_free(error);
    fedverify_release_free(release);
    /* A version that was meant, and is not there, is not the latest one. */
    EXPECT(fedverify_identity_release(identity, metadata, NULL, 5, &release, NULL) == FEDVERIFY_API_ARGUMENT && release == NULL);
    fedverify_metadata_free(metadata);
    fedverify_identity_free(identity);
    free(json);
}

/* Neither NULL nor a small number: Go ends a program that finds one of those in a pointer. */
static void an_empty_string_has_an_address(void)
{
    static const char JSON[] = "{\"version\":\"1.0.0\",\"features\":[\"\"],"
                               "\"assetInfo\":{\"domain\":\"https://a.example\",\"namingScheme\":\"author/slug.zip\"}}";
    fedverify_pfn_federation_info *info = NULL;
    fedverify_str empty;
    EXPECT(fedverify_pfn_federation_info_parse(JSON, sizeof JSON - 1, NULL, &info, NULL) == FEDVERIFY_OK);
    empty = fedverify_pfn_federation_info_feature(info, 0);
    EXPECT(empty.len == 0 && (uintptr_t)empty.data > 4096);
    EXPECT(is_absent(fedverify_pfn_federation_info_feature(info, 1)));
    fedverify_pfn_federation_info_free(info);
}

/* ---- Publishers ------------------------------------------------------------------- */

/* A repository is there, or it is said why not. */
static void a_repository_is_told_or_refused(void)
{
    static const char DID[] = "did:web:a.example", EMPTY[] = "{\"id\": \"did:web:a.example\"}";
    fedverify_identity *identity = verified(false);
    fedverify_web_document *document = NULL;
    fedverify_error *error = NULL;
    fedverify_str url = {EMPTY, 1};
    EXPECT(fedverify_identity_repository(identity, &url, NULL) == FEDVERIFY_OK && url.len > 8);
    EXPECT(fedverify_identity_repository(identity, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_identity_repository(NULL, &url, NULL) == FEDVERIFY_API_ARGUMENT && is_absent(url));
    EXPECT(fedverify_web_document_parse(EMPTY, sizeof EMPTY - 1, DID, sizeof DID - 1, NOW, NULL, &document, NULL) ==
           FEDVERIFY_OK);
    EXPECT(fedverify_web_document_repository(document, &url, &error) == FEDVERIFY_FAIR_SERVICE_MISSING && is_absent(url));
    EXPECT(fedverify_error_message(error).len > 0);
    EXPECT(fedverify_web_document_service_count(document) == 0 && is_absent(fedverify_web_document_service_id(document, 0)));
    fedverify_error_free(error);
    fedverify_web_document_free(document);
    fedverify_identity_free(identity);
}

static void a_served_document_is_compared(void)
{
    static const char URL[] = "https://directory.example";
    fedverify_identity *identity = verified(false);
    fedverify_str document = fedverify_identity_did_document(identity);
    fedverify_string *difference = (fedverify_string *)&failures;
    EXPECT(fedverify_identity_compare_document(identity, URL, sizeof URL - 1, document.data, document.len, NULL, &difference,
                                               NULL) == FEDVERIFY_OK);
    EXPECT(difference == NULL);
    EXPECT(fedverify_identity_compare_document(identity, URL, sizeof URL - 1, "{}", 2, NULL, &difference, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_string_view(difference).len > sizeof URL);
    fedverify_string_free(difference);
    EXPECT(fedverify_identity_compare_document(NULL, URL, sizeof URL - 1, "{}", 2, NULL, &difference, NULL) ==
           FEDVERIFY_API_ARGUMENT);
    fedverify_identity_free(identity);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 3;
    }
    log_json = read_file(argv[1], &log_len);
    did = argv[4];
    every_operation_tells_of_itself();
    what_is_remembered_has_a_time();
    states_live_on_their_own();
    indexes_have_bounds(argv[2]);
    an_empty_string_has_an_address();
    a_repository_is_told_or_refused();
    a_served_document_is_compared();
    free(log_json);
    printf("getters: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
