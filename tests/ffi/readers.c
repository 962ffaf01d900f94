/*
 * Functions that give the C library its bytes: in pieces of all sizes, failing, lying, and calling fedverify themselves.
 * Prints what went wrong; exit status 1 if anything did.
 *
 *     readers LOG METADATA PACKAGE DID
 */
#include "check.h"

/* What a function reads from, and how. */
struct tape {
    const char *bytes;
    size_t len;
    size_t at;
    /* At most so many bytes a call; 0 for as many as fit. */
    size_t step;
    /* What is returned after the last byte. */
    int64_t end;
    size_t calls;
    /* What the function calls, if anything. */
    fedverify_verification *verification;
};

static int64_t read_tape(void *context, void *buffer, size_t len)
{
    struct tape *tape = context;
    size_t count = tape->len - tape->at < len ? tape->len - tape->at : len;
    tape->calls++;
    if (tape->step != 0 && count > tape->step)
        count = tape->step;
    if (count == 0)
        return tape->end;
    memcpy(buffer, tape->bytes + tape->at, count);
    tape->at += count;
    if (tape->verification != NULL) {
        fedverify_release *release = NULL;
        EXPECT(!fedverify_verification_is_decided(tape->verification));
        EXPECT(fedverify_verification_release(tape->verification, &release, NULL) == FEDVERIFY_OK && release != NULL);
        fedverify_release_free(release);
    }
    return (int64_t)count;
}

/* Writes nothing, and says whatever the context is. */
static int64_t lie(void *context, void *buffer, size_t len)
{
    (void)buffer;
    (void)len;
    return *(int64_t *)context;
}

/* Ends the verification that reads. */
static int64_t finish(void *context, void *buffer, size_t len)
{
    fedverify_report *report = NULL;
    EXPECT(fedverify_verification_finish(context, &report, NULL) == FEDVERIFY_FAIR_CHECKSUM_MISMATCH);
    fedverify_report_free(report);
    memset(buffer, 'x', len);
    return (int64_t)len;
}

static fedverify_request *example(char **argv, bool with_metadata)
{
    fedverify_request *request = new_request(FEDVERIFY_KIND_FAIR_PACKAGE);
    EXPECT(fedverify_request_set_string(request, "did", 3, argv[4], strlen(argv[4]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_file(request, "log", 3, argv[1], strlen(argv[1]), NULL) == FEDVERIFY_OK);
    if (with_metadata)
        EXPECT(fedverify_request_set_file(request, "metadata", 8, argv[2], strlen(argv[2]), NULL) == FEDVERIFY_OK);
    return request;
}

/* The status with which a verification ends that reads a tape. */
static fedverify_status outcome(char **argv, struct tape *tape, bool calls_back)
{
    fedverify_request *request = example(argv, true);
    fedverify_verification *verification = start(request);
    fedverify_report *report = NULL;
    fedverify_status status;
    tape->at = tape->calls = 0;
    tape->verification = calls_back ? verification : NULL;
    /* What came before is forgotten. */
    EXPECT(fedverify_verification_update(verification, "broken off", 10, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_verification_read(verification, read_tape, tape, NULL) == FEDVERIFY_OK);
    status = fedverify_verification_finish(verification, &report, NULL);
    EXPECT(report != NULL);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
    return status;
}

static void a_package_comes_in_pieces(char **argv, struct tape tape)
{
    static const size_t STEPS[] = {0, 1, 97, 4096};
    size_t index;
    for (index = 0; index < sizeof STEPS / sizeof STEPS[0]; index++) {
        tape.step = STEPS[index];
        EXPECT(outcome(argv, &tape, index % 2 == 0) == FEDVERIFY_OK);
        EXPECT(tape.at == tape.len && tape.calls >= 2);
    }
    tape.len--;
    EXPECT(outcome(argv, &tape, false) == FEDVERIFY_FAIR_CHECKSUM_MISMATCH);
    tape.len = 0;
    EXPECT(outcome(argv, &tape, false) == FEDVERIFY_FAIR_CHECKSUM_MISMATCH);
}

static void what_breaks_off_is_never_verified(char **argv, struct tape tape)
{
    static const int64_t ENDS[] = {-1, INT64_MIN, -FEDVERIFY_IO_NETWORK_TIMEOUT, -FEDVERIFY_PLC_LOG_EMPTY};
    static const fedverify_status WANTED[] = {FEDVERIFY_IO_FILE_UNREADABLE, FEDVERIFY_IO_FILE_UNREADABLE,
                                              FEDVERIFY_IO_NETWORK_TIMEOUT, FEDVERIFY_IO_FILE_UNREADABLE};
    fedverify_package_digests *digests = (fedverify_package_digests *)&failures;
    size_t index;
    for (index = 0; index < sizeof ENDS / sizeof ENDS[0]; index++) {
        tape.end = ENDS[index];
        EXPECT(outcome(argv, &tape, false) == WANTED[index]);
        tape.at = 0;
        EXPECT(fedverify_package_digests_from_reader(read_tape, &tape, NULL, &digests, NULL) == WANTED[index]);
        EXPECT(digests == NULL);
    }
}

static void more_than_was_asked_for_is_misuse(char **argv)
{
    int64_t lies[] = {65537, INT64_MAX};
    size_t index;
    for (index = 0; index < 2; index++) {
        fedverify_request *request = example(argv, true);
        fedverify_verification *verification = start(request);
        fedverify_pfn_archive *archive = NULL;
        fedverify_report *report = NULL;
        fedverify_error *error = NULL;
        EXPECT(fedverify_verification_read(verification, lie, &lies[index], &error) == FEDVERIFY_API_ARGUMENT);
        EXPECT(strncmp(fedverify_error_message(error).data, "expected at most 65536 bytes ", 29) == 0);
        fedverify_error_free(error);
        EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_API_ARGUMENT);
        EXPECT(fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
        EXPECT(fedverify_pfn_archive_from_reader(lie, &lies[index], NULL, &archive, NULL) == FEDVERIFY_API_ARGUMENT);
        fedverify_report_free(report);
        fedverify_verification_free(verification);
        fedverify_request_free(request);
    }
}

static void limits_hold_for_streams(struct tape tape)
{
    fedverify_limits *limits = fedverify_limits_new();
    fedverify_package_digests *digests = NULL;
    fedverify_pfn_archive *archive = NULL;
    EXPECT(fedverify_limits_set(limits, "packageBytes", 12, 10, NULL) == FEDVERIFY_OK);
    tape.step = 4;
    EXPECT(fedverify_package_digests_from_reader(read_tape, &tape, limits, &digests, NULL) == FEDVERIFY_INPUT_TOO_LARGE);
    /* Nothing is read after the piece that was too much. */
    EXPECT(tape.calls == 3);
    EXPECT(fedverify_pfn_archive_from_reader(read_tape, &tape, limits, &archive, NULL) == FEDVERIFY_INPUT_TOO_LARGE);
    fedverify_limits_free(limits);
    EXPECT(fedverify_package_digests_from_reader(NULL, &tape, NULL, &digests, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_pfn_archive_from_reader(read_tape, &tape, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
}

/* What comes at the wrong time is refused, and nothing is asked of the function. */
static void bytes_come_in_time(char **argv, struct tape tape)
{
    fedverify_request *request = example(argv, false);
    fedverify_verification *verification = start(request);
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    EXPECT(fedverify_verification_read(verification, read_tape, &tape, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(is(fedverify_error_message(error), "expected the input metadata, found none") && tape.calls == 0);
    fedverify_error_free(error);
    EXPECT(fedverify_verification_is_decided(verification));
    EXPECT(fedverify_verification_read(verification, read_tape, &tape, NULL) == FEDVERIFY_OK && tape.calls == 0);
    EXPECT(fedverify_verification_read(verification, NULL, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_verification_read(verification, read_tape, &tape, NULL) == FEDVERIFY_API_USED_UP && tape.calls == 0);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
}

static void a_function_may_end_its_own_verification(char **argv)
{
    fedverify_request *request = example(argv, true);
    fedverify_verification *verification = start(request);
    EXPECT(fedverify_verification_read(verification, finish, verification, NULL) == FEDVERIFY_API_USED_UP);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
}

int main(int argc, char **argv)
{
    struct tape tape = {NULL, 0, 0, 0, 0, 0, NULL};
    char *package;
    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 3;
    }
    package = read_file(argv[3], &tape.len);
    tape.bytes = package;
    a_package_comes_in_pieces(argv, tape);
    what_breaks_off_is_never_verified(argv, tape);
    more_than_was_asked_for_is_misuse(argv);
    limits_hold_for_streams(tape);
    bytes_come_in_time(argv, tape);
    a_function_may_end_its_own_verification(argv);
    free(package);
    printf("readers: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
