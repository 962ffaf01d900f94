/*
 * What happens when the C library is called as it must not be, or from many threads. Meant to be run under sanitizers: no
 * call may read, write or free what is not its own. Prints what went wrong; exit status 1 if anything did.
 *
 *     misuse LOG METADATA PACKAGE DID
 */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#define THREADS 8
#define ROUNDS 20

static const char DID[] = "did:plc:z72i7hdynmk6r22z27h6tvur";
static const size_t DID_LEN = sizeof DID - 1;

/* ---- NULL ------------------------------------------------------------------------- */

static void null_is_never_looked_at(void)
{
    fedverify_identity *identity = (fedverify_identity *)&failures;
    fedverify_error *error = (fedverify_error *)&failures;
    /* What was in the places before does not matter, and afterwards one of them is NULL. */
    EXPECT(fedverify_identity_verify(NULL, 1, DID, DID_LEN, NULL, &identity, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(identity == NULL && error != NULL);
    EXPECT(is(fedverify_status_code(fedverify_error_status(error)), "api.argument"));
    EXPECT(fedverify_error_message(error).len > 0);
    fedverify_error_free(error);
    /* The error need not be wanted. */
    EXPECT(fedverify_identity_verify("[]", 2, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_PLC_LOG_EMPTY);
    /* A result needs a place. */
    EXPECT(fedverify_identity_verify("[]", 2, DID, DID_LEN, NULL, NULL, &error) == FEDVERIFY_API_ARGUMENT);
    fedverify_error_free(error);
    EXPECT(fedverify_identity_verify("[]", 2, DID, DID_LEN, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_release_verify(NULL, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_verification_finish(NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_report_verdict(NULL) == 0);
    EXPECT(fedverify_report_outcome(NULL, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(is(fedverify_error_message(error), "expected a report, found NULL"));
    fedverify_error_free(error);
    EXPECT(is_absent(fedverify_identity_head(NULL)));
    EXPECT(fedverify_identity_operation_count(NULL) == 0);
    EXPECT(fedverify_error_operation(NULL) == -1);
    EXPECT(fedverify_error_status(NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_verification_is_decided(NULL));
    EXPECT(is_absent(fedverify_operation_cid(NULL)));
    EXPECT(fedverify_operation_prev(NULL) == -1 && fedverify_operation_first_seen(NULL) == -1);
    EXPECT(!fedverify_identity_is_tombstoned(NULL));
}

static void null_may_be_freed(void)
{
    fedverify_alias_free(NULL);
    fedverify_artifact_free(NULL);
    fedverify_directories_free(NULL);
    fedverify_error_free(NULL);
    fedverify_identity_free(NULL);
    fedverify_key_free(NULL);
    fedverify_limits_free(NULL);
    fedverify_metadata_free(NULL);
    fedverify_newest_free(NULL);
    fedverify_operation_free(NULL);
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
    fedverify_request_free(NULL);
    fedverify_state_free(NULL);
    fedverify_string_free(NULL);
    fedverify_verification_free(NULL);
    fedverify_web_document_free(NULL);
}

/* ---- Lengths and strings ---------------------------------------------------------- */

static void lengths_are_believed_only_within_reason(void)
{
    static const size_t HUGE_LENGTHS[] = {SIZE_MAX, SIZE_MAX / 2 + 1};
    fedverify_identity *identity = NULL;
    fedverify_package_hasher *hasher = fedverify_package_hasher_new(NULL);
    fedverify_request *request = new_request(FEDVERIFY_KIND_PLC_LOG);
    fedverify_string *url = NULL;
    size_t index;
    for (index = 0; index < 2; index++) {
        size_t huge = HUGE_LENGTHS[index];
        EXPECT(fedverify_identity_verify("[]", huge, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_identity_verify("[]", 2, DID, huge, NULL, &identity, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_package_hasher_update(hasher, "x", huge, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_alias_confirm(NULL, NULL, huge, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_request_set_bytes(request, "log", 3, "[]", huge, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_request_set_string(request, "did", huge, DID, DID_LEN, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_request_input_type(request, "did", huge) == 0);
    }
    fedverify_request_free(request);
    /* Nothing is an input like any other. */
    EXPECT(fedverify_identity_verify(NULL, 0, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_INPUT_MALFORMED);
    EXPECT(fedverify_identity_verify("[]", 0, DID, DID_LEN, NULL, &identity, NULL) == FEDVERIFY_INPUT_MALFORMED);
    EXPECT(fedverify_identity_verify("[]", 2, NULL, 0, NULL, &identity, NULL) == FEDVERIFY_DID_INVALID);
    EXPECT(fedverify_package_hasher_update(hasher, NULL, 0, NULL) == FEDVERIFY_OK);
    fedverify_package_hasher_free(hasher);
    /* Strings end where their length says, whatever follows. */
    EXPECT(fedverify_web_document_url("did:web:a.exampleXXX", 17, &url, NULL) == FEDVERIFY_OK);
    EXPECT(is(fedverify_string_view(url), "https://a.example/.well-known/did.json"));
    fedverify_string_free(url);
    EXPECT(fedverify_web_document_url("did:web:\xff.example", 16, &url, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_web_document_url("did:web:a\0.example", 18, &url, NULL) == FEDVERIFY_DID_INVALID);
}

static void numbers_that_mean_nothing_are_refused(void)
{
    static const fedverify_status STATUSES[] = {-1, 1, 99999, INT32_MIN, INT32_MAX};
    fedverify_limits *limits = fedverify_limits_new();
    fedverify_error *error = NULL;
    uint64_t value = 7;
    int32_t order = 7;
    size_t index;
    for (index = 0; index < sizeof STATUSES / sizeof STATUSES[0]; index++) {
        EXPECT(is_absent(fedverify_status_code(STATUSES[index])));
        EXPECT(fedverify_status_is_undetermined(STATUSES[index]));
    }
    EXPECT(is_absent(fedverify_status_code(FEDVERIFY_OK)));
    EXPECT(!fedverify_status_is_undetermined(FEDVERIFY_OK));
    EXPECT(fedverify_limits_set(limits, "noSuchLimit", 11, 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_limits_get(limits, "noSuchLimit", 11, &value, &error) == FEDVERIFY_API_ARGUMENT && value == 0);
    EXPECT(strncmp(fedverify_error_message(error).data, "expected one of the limits ", 27) == 0);
    fedverify_error_free(error);
    EXPECT(fedverify_limits_get(limits, "logBytes", 8, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_limits_set(limits, "logBytes", 8, 0, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_limits_get(limits, "logBytes", 8, &value, NULL) == FEDVERIFY_OK && value == 0);
    EXPECT(fedverify_limits_get(NULL, "logBytes", 8, &value, NULL) == FEDVERIFY_OK && value == 8u << 20);
    fedverify_limits_free(limits);
    EXPECT(fedverify_version_compare("1.0", 3, "trunk", 5, NULL, &order, NULL) == FEDVERIFY_FAIR_VERSION_INVALID && order == 0);
    EXPECT(fedverify_version_compare("1.9", 3, "1.10", 4, NULL, &order, NULL) == FEDVERIFY_OK && order == -1);
    EXPECT(fedverify_version_compare("1.9", 3, "1.10", 4, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
}

/* ---- Requests and verifications ------------------------------------------------- */

static void a_request_takes_what_its_kind_takes(void)
{
    fedverify_request *request = NULL;
    EXPECT(fedverify_request_new("web-package", 11, &request, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(request == NULL);
    request = new_request(FEDVERIFY_KIND_PLC_LOG);
    EXPECT(fedverify_request_input_type(request, "log", 3) == FEDVERIFY_TYPE_BYTES);
    EXPECT(fedverify_request_input_type(request, "now", 3) == FEDVERIFY_TYPE_NUMBER);
    EXPECT(fedverify_request_input_type(request, "history", 7) == FEDVERIFY_TYPE_FLAG);
    EXPECT(fedverify_request_input_type(request, "challenge", 9) == 0);
    EXPECT(fedverify_request_input_type(request, "noSuchInput", 11) == 0);
    EXPECT(fedverify_request_input_type(NULL, "log", 3) == 0);
    /* Another kind's input, none, and the wrong type. */
    EXPECT(fedverify_request_set_string(request, "challenge", 9, "x", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_string(request, "noSuchInput", 11, "x", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_string(request, "log", 3, "[]", 2, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_bytes(request, "did", 3, DID, DID_LEN, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_number(request, "history", 7, 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_flag(request, "package", 7, true, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_limit(request, "noSuchLimit", 11, 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_string(request, "did", 3, "did:\xff", 5, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_bytes(NULL, "log", 3, "[]", 2, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_file(request, "log", 3, "", 0, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_file(request, "did", 3, "/", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_file(request, "metadata", 8, "/", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    /* Why an input cannot be read is one of the statuses that say so. */
    EXPECT(fedverify_request_set_unreadable(request, "log", 3, FEDVERIFY_OK, "x", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_unreadable(request, "log", 3, FEDVERIFY_PLC_LOG_EMPTY, "x", 1, NULL) ==
           FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_set_unreadable(request, "did", 3, FEDVERIFY_IO_FILE_MISSING, "x", 1, NULL) ==
           FEDVERIFY_API_ARGUMENT);
    fedverify_request_free(request);
}

/* A request keeps copies, is not used up, and its inputs are replaced. */
static void a_request_starts_many_verifications(void)
{
    char log[] = "[]";
    fedverify_request *request = new_request(FEDVERIFY_KIND_PLC_LOG);
    fedverify_verification *first, *second;
    fedverify_report *report = NULL, *early = NULL;
    fedverify_pin *pin = (fedverify_pin *)&failures;
    fedverify_error *error = NULL;
    EXPECT(fedverify_request_set_string(request, "did", 3, DID, DID_LEN, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_bytes(request, "log", 3, log, 2, NULL) == FEDVERIFY_OK);
    log[0] = '{';
    first = start(request);
    EXPECT(fedverify_request_set_unreadable(request, "log", 3, FEDVERIFY_IO_NETWORK_TIMEOUT, "a\x1b[31m", 6, NULL) ==
           FEDVERIFY_OK);
    second = start(request);
    fedverify_request_free(request);
    EXPECT(fedverify_verification_is_decided(first));
    EXPECT(fedverify_verification_report(first, &early, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_report_outcome(early, NULL) == FEDVERIFY_PLC_LOG_EMPTY);
    EXPECT(fedverify_verification_finish(first, &report, &error) == FEDVERIFY_PLC_LOG_EMPTY);
    EXPECT(fedverify_error_status(error) == FEDVERIFY_PLC_LOG_EMPTY);
    EXPECT(fedverify_report_verdict(report) == FEDVERIFY_VERDICT_REJECTED);
    EXPECT(is_absent(fedverify_report_trust(report)));
    EXPECT(fedverify_report_pin(report, &pin, NULL) == FEDVERIFY_OK && pin == NULL);
    EXPECT(is_absent(fedverify_report_warning_code(report, SIZE_MAX)));
    fedverify_verification_free(first);
    fedverify_error_free(error);
    EXPECT(fedverify_report_json(early).len == fedverify_report_json(report).len);
    fedverify_report_free(early);
    fedverify_report_free(report);
    EXPECT(fedverify_verification_finish(second, &report, NULL) == FEDVERIFY_IO_NETWORK_TIMEOUT);
    EXPECT(fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
    EXPECT(fedverify_report_outcome(report, &error) == FEDVERIFY_IO_NETWORK_TIMEOUT);
    EXPECT(is(fedverify_error_message(error), "a\\u{1b}[31m"));
    EXPECT(is(fedverify_error_check(error), FEDVERIFY_CHECK_PLC_JSON));
    fedverify_error_free(error);
    fedverify_report_free(report);
    fedverify_verification_free(second);
}

/* What a caller knows to be wrong comes out in a report, before anything is judged. */
static void a_refused_request_gives_a_report(void)
{
    fedverify_request *request = new_request(FEDVERIFY_KIND_PLC_LOG);
    fedverify_verification *verification;
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    EXPECT(fedverify_request_refuse(NULL, "x", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_refuse(request, "\xff", 1, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_request_refuse(request, "first\x1b", 6, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_refuse(request, "second", 6, NULL) == FEDVERIFY_OK);
    verification = start(request);
    fedverify_request_free(request);
    EXPECT(fedverify_verification_is_decided(verification));
    EXPECT(fedverify_verification_finish(verification, &report, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
    EXPECT(is(fedverify_error_message(error), "first\\u{1b}"));
    fedverify_error_free(error);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
}

static void a_verification_is_finished_once(void)
{
    fedverify_request *request = new_request(FEDVERIFY_KIND_KEY);
    fedverify_verification *verification = start(request);
    fedverify_report *report = (fedverify_report *)&failures;
    fedverify_alias *alias = NULL;
    fedverify_identity *identity = NULL;
    fedverify_web_document *document = NULL;
    fedverify_release *release = NULL;
    fedverify_error *error = NULL;
    EXPECT(fedverify_verification_alias(verification, &alias, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_verification_finish(verification, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(report != NULL && fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
    fedverify_report_free(report);
    report = (fedverify_report *)&failures;
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(report == NULL);
    EXPECT(fedverify_verification_is_decided(verification));
    EXPECT(fedverify_verification_report(verification, &report, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_identity(verification, &identity, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_web_document(verification, &document, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_release(verification, &release, &error) == FEDVERIFY_API_USED_UP);
    EXPECT(is(fedverify_error_message(error), "this verification is finished; start a new one"));
    fedverify_error_free(error);
    EXPECT(is_absent(fedverify_verification_wants_metadata_from(verification)));
    EXPECT(fedverify_verification_update(verification, "x", 1, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_restart(verification, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_fetch_from(verification, "x", 1, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_read_file(verification, "/", 1, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_give_metadata(verification, "{}", 2, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_give_txt(verification, NULL, 0, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_txt_unreadable(verification, "x", 1, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_compare_document(verification, "x", 1, "{}", 2, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_fail(verification, FEDVERIFY_IO_MEMORY, "x", 1, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_verification_alias(verification, &alias, NULL) == FEDVERIFY_API_USED_UP);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
}

/* What is never read to its end is never verified. */
static void inputs_that_are_not_wanted_change_nothing(char **argv)
{
    static const char MESSAGE[] = "the connection broke";
    size_t log_len, json_len, index;
    char *log = read_file(argv[1], &log_len), *json = read_file(argv[2], &json_len);
    fedverify_request *request = new_request(FEDVERIFY_KIND_FAIR_PACKAGE);
    fedverify_verification *verification;
    fedverify_release *release = NULL;
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    EXPECT(fedverify_request_set_string(request, "did", 3, argv[4], strlen(argv[4]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_bytes(request, "log", 3, log, log_len, NULL) == FEDVERIFY_OK);
    /* Without metadata, bytes come too early; without bytes, the package is a missing input. */
    verification = start(request);
    EXPECT(!fedverify_verification_is_decided(verification));
    EXPECT(fedverify_verification_report(verification, &report, NULL) == FEDVERIFY_OK && report == NULL);
    EXPECT(fedverify_verification_release(verification, &release, NULL) == FEDVERIFY_OK && release == NULL);
    EXPECT(fedverify_verification_wants_metadata_from(verification).len > 0);
    EXPECT(fedverify_verification_update(verification, "x", 1, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(is(fedverify_error_message(error), "expected the input metadata, found none"));
    EXPECT(is(fedverify_error_check(error), FEDVERIFY_CHECK_FAIR_METADATA));
    fedverify_error_free(error);
    EXPECT(fedverify_verification_is_decided(verification));
    EXPECT(fedverify_verification_give_metadata(verification, json, json_len, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(report != NULL && fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
    EXPECT(is(fedverify_report_trust(report), FEDVERIFY_TRUST_SELF_CERTIFIED));
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    for (index = 0; index < 3; index++) {
        static const fedverify_status WANTED[] = {FEDVERIFY_API_ARGUMENT, FEDVERIFY_IO_NETWORK_ANSWER,
                                                  FEDVERIFY_IO_FILE_UNREADABLE};
        verification = start(request);
        EXPECT(fedverify_verification_give_metadata(verification, json, json_len, NULL) == FEDVERIFY_OK);
        EXPECT(is_absent(fedverify_verification_wants_metadata_from(verification)));
        EXPECT(fedverify_verification_release(verification, &release, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_release_artifact_count(release) == 1);
        fedverify_release_free(release);
        if (index == 1)
            EXPECT(fedverify_verification_fail(verification, FEDVERIFY_IO_NETWORK_ANSWER, MESSAGE, sizeof MESSAGE - 1,
                                               NULL) == FEDVERIFY_OK);
        if (index == 2)
            EXPECT(fedverify_verification_read_file(verification, "/", 1, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_verification_fail(verification, FEDVERIFY_OK, "x", 1, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_verification_read_file(verification, "", 0, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_verification_finish(verification, &report, NULL) == WANTED[index]);
        fedverify_report_free(report);
        fedverify_verification_free(verification);
    }
    fedverify_request_free(request);
    free(json);
    free(log);
}

/* A download that starts again, as an artifact that the release does not have, of which nothing can be remembered. */
static void downloads_start_again(char **argv)
{
    static const char URL[] = "https://elsewhere.example/a.zip", MESSAGE[] = "the disk is full";
    fedverify_request *request = new_request(FEDVERIFY_KIND_FAIR_PACKAGE);
    fedverify_verification *verification;
    fedverify_report *report = NULL, *changed = NULL;
    fedverify_error *error = NULL;
    int round;
    EXPECT(fedverify_request_set_string(request, "did", 3, argv[4], strlen(argv[4]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_file(request, "log", 3, argv[1], strlen(argv[1]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_file(request, "metadata", 8, argv[2], strlen(argv[2]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_number(request, "now", 3, 1767225600, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_flag(request, "remember", 8, true, NULL) == FEDVERIFY_OK);
    for (round = 0; round < 2; round++) {
        size_t len;
        char *package = read_file(argv[3], &len);
        verification = start(request);
        EXPECT(fedverify_verification_update(verification, "broken off", 10, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_verification_restart(verification, NULL) == FEDVERIFY_OK);
        if (round == 1)
            EXPECT(fedverify_verification_fetch_from(verification, URL, sizeof URL - 1, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_verification_update(verification, package, len, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_verification_finish(verification, &report, NULL) ==
               (round == 0 ? FEDVERIFY_OK : FEDVERIFY_FAIR_ARTIFACT_MISSING));
        EXPECT(fedverify_report_not_remembered(report, MESSAGE, sizeof MESSAGE - 1, &changed, NULL) == FEDVERIFY_OK);
        fedverify_report_free(report);
        EXPECT(fedverify_report_verdict(changed) == FEDVERIFY_VERDICT_UNDETERMINED);
        EXPECT(fedverify_report_outcome(changed, &error) == FEDVERIFY_IO_FILE_UNWRITABLE);
        EXPECT(is(fedverify_error_message(error), MESSAGE));
        fedverify_error_free(error);
        fedverify_report_free(changed);
        fedverify_verification_free(verification);
        free(package);
    }
    fedverify_request_free(request);
}

/* Files are inputs like any other: what is above a limit is refused by the step that reads it. */
static void files_have_limits(char **argv)
{
    fedverify_request *request = new_request(FEDVERIFY_KIND_PLC_LOG);
    fedverify_verification *verification;
    fedverify_report *report = NULL;
    EXPECT(fedverify_request_set_string(request, "did", 3, argv[4], strlen(argv[4]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_limit(request, FEDVERIFY_LITERAL(FEDVERIFY_LIMIT_LOG_BYTES), 10, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_file(request, "log", 3, argv[1], strlen(argv[1]), NULL) == FEDVERIFY_OK);
    verification = start(request);
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_INPUT_TOO_LARGE);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    EXPECT(fedverify_request_set_file(request, "log", 3, "/no/such", 8, NULL) == FEDVERIFY_OK);
    verification = start(request);
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_IO_FILE_MISSING);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
    EXPECT(fedverify_pfn_challenge_check("", 0, NULL, NULL) == FEDVERIFY_PFN_CHALLENGE_MALFORMED);
    EXPECT(fedverify_pfn_challenge_check("{}", 2, NULL, NULL) == FEDVERIFY_PFN_CHALLENGE_AMBIGUOUS);
    EXPECT(fedverify_pfn_challenge_check("0b9f3c1e", 8, NULL, NULL) == FEDVERIFY_OK);
}

/* A pipe without a writer would never end. */
static void only_regular_files_are_read(void)
{
    char folder[] = "/tmp/fedverify-misuse-XXXXXX", path[sizeof folder + 5];
    fedverify_package_digests *digests = NULL;
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        exit(3);
    }
    snprintf(path, sizeof path, "%s/pipe", folder);
    EXPECT(mkfifo(path, 0600) == 0);
    EXPECT(fedverify_package_digests_from_file(path, strlen(path), NULL, &digests, NULL) == FEDVERIFY_IO_FILE_UNREADABLE);
    EXPECT(unlink(path) == 0);
    EXPECT(fedverify_package_digests_from_file(path, strlen(path), NULL, &digests, NULL) == FEDVERIFY_IO_FILE_MISSING);
    EXPECT(fedverify_package_digests_from_file("/dev/zero", 9, NULL, &digests, NULL) == FEDVERIFY_IO_FILE_UNREADABLE);
    EXPECT(fedverify_package_digests_from_file(folder, strlen(folder), NULL, &digests, NULL) ==
           FEDVERIFY_IO_FILE_UNREADABLE);
    EXPECT(fedverify_package_digests_from_file("", 0, NULL, &digests, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(rmdir(folder) == 0);
}

/* ---- Hashers ---------------------------------------------------------------------- */

static void a_hasher_is_used_once(void)
{
    fedverify_package_hasher *hasher = fedverify_package_hasher_new(NULL), *copy = NULL;
    fedverify_package_digests *digests = NULL;
    EXPECT(fedverify_package_hasher_update(hasher, "abc", 3, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_package_hasher_finish(hasher, &digests, NULL) == FEDVERIFY_OK);
    EXPECT(is(fedverify_package_digests_sha256(digests),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    fedverify_package_digests_free(digests);
    EXPECT(fedverify_package_hasher_finish(hasher, &digests, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(digests == NULL);
    EXPECT(fedverify_package_hasher_update(hasher, "abc", 3, NULL) == FEDVERIFY_API_USED_UP);
    EXPECT(fedverify_package_hasher_copy(hasher, &copy, NULL) == FEDVERIFY_API_USED_UP && copy == NULL);
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
    fedverify_request *request;
    fedverify_verification *verification;
    int wrong;
    pthread_mutex_t lock;
};

static bool verifies_once(struct shared *shared)
{
    fedverify_identity *identity = NULL;
    fedverify_release *release = NULL;
    fedverify_package_digests *digests = NULL;
    fedverify_package *package = NULL;
    fedverify_verification *verification = NULL;
    fedverify_report *report = NULL;
    bool verified =
        fedverify_identity_verify(shared->log, shared->log_len, shared->did, strlen(shared->did), shared->limits,
                                  &identity, NULL) == FEDVERIFY_OK &&
        fedverify_identity_release(shared->identity, shared->metadata, NULL, 0, &release, NULL) == FEDVERIFY_OK &&
        fedverify_package_digests_from_file(shared->package_path, strlen(shared->package_path), shared->limits, &digests,
                                          NULL) == FEDVERIFY_OK &&
        fedverify_release_verify(release, digests, &package, NULL) == FEDVERIFY_OK &&
        fedverify_request_set_limit(shared->request, "recordBytes", 11, 1u << 20, NULL) == FEDVERIFY_OK &&
        fedverify_verification_start(shared->request, &verification, NULL) == FEDVERIFY_OK &&
        fedverify_verification_read_file(verification, shared->package_path, strlen(shared->package_path), NULL) ==
            FEDVERIFY_OK &&
        fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_OK &&
        fedverify_report_verdict(report) == FEDVERIFY_VERDICT_VERIFIED && fedverify_report_json(report).len > 0 &&
        fedverify_identity_did_document(shared->identity).len > 0 &&
        fedverify_identity_head(shared->identity).len == fedverify_identity_head(identity).len &&
        fedverify_limits_set(shared->limits, "recordBytes", 11, 1u << 20, NULL) == FEDVERIFY_OK &&
        fedverify_package_hasher_update(shared->hasher, "abc", 3, NULL) == FEDVERIFY_OK &&
        fedverify_verification_update(shared->verification, "abc", 3, NULL) == FEDVERIFY_OK &&
        !fedverify_verification_is_decided(shared->verification);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
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
    fedverify_report *report = NULL;
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
    shared.request = new_request(FEDVERIFY_KIND_FAIR_PACKAGE);
    EXPECT(fedverify_request_set_string(shared.request, "did", 3, shared.did, strlen(shared.did), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_bytes(shared.request, "log", 3, shared.log, shared.log_len, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_bytes(shared.request, "metadata", 8, metadata, metadata_len, NULL) == FEDVERIFY_OK);
    shared.verification = start(shared.request);
    for (index = 0; index < THREADS; index++)
        EXPECT(pthread_create(&threads[index], NULL, work, &shared) == 0);
    for (index = 0; index < THREADS; index++)
        pthread_join(threads[index], NULL);
    EXPECT(shared.wrong == 0);
    /* Every update counted, and none came in between another's bytes. */
    EXPECT(fedverify_package_hasher_finish(shared.hasher, &digests, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_package_digests_size(digests) == 3u * THREADS * ROUNDS);
    fedverify_package_digests_free(digests);
    EXPECT(fedverify_verification_finish(shared.verification, &report, NULL) == FEDVERIFY_FAIR_CHECKSUM_MISMATCH);
    fedverify_report_free(report);
    fedverify_verification_free(shared.verification);
    fedverify_request_free(shared.request);
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
    null_may_be_freed();
    lengths_are_believed_only_within_reason();
    numbers_that_mean_nothing_are_refused();
    a_request_takes_what_its_kind_takes();
    a_request_starts_many_verifications();
    a_refused_request_gives_a_report();
    a_verification_is_finished_once();
    inputs_that_are_not_wanted_change_nothing(argv);
    downloads_start_again(argv);
    files_have_limits(argv);
    only_regular_files_are_read();
    a_hasher_is_used_once();
    part_of_a_package_never_passes_for_the_whole();
    threads_share_everything(argv);
    printf("misuse: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
