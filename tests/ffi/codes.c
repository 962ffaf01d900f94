/*
 * The codes that no verification comes to by its inputs alone, through the C library. Meant to be run under sanitizers. Prints what
 * went wrong; exit status 1 if anything did.
 *
 *     codes LOG METADATA PACKAGE DID
 */
#include "check.h"

/* Whoever reads or fetches the inputs says why there is none. */
static void what_could_not_be_read_is_no_verdict(void)
{
    static const struct {
        fedverify_status status;
        const char *code;
    } REASONS[] = {
        {FEDVERIFY_IO_NETWORK_DNS, "io.network.dns"},
        {FEDVERIFY_IO_NETWORK_CONNECT, "io.network.connect"},
        {FEDVERIFY_IO_NETWORK_TLS, "io.network.tls"},
        {FEDVERIFY_IO_NETWORK_TIMEOUT, "io.network.timeout"},
        {FEDVERIFY_IO_NETWORK_STATUS, "io.network.status"},
        {FEDVERIFY_IO_NETWORK_REDIRECT, "io.network.redirect"},
        {FEDVERIFY_IO_NETWORK_INSECURE, "io.network.insecure"},
        {FEDVERIFY_IO_NETWORK_ANSWER, "io.network.answer"},
        {FEDVERIFY_IO_DIRECTORY_UNKNOWN, "io.directory.unknown"},
        {FEDVERIFY_IO_DIRECTORY_DEACTIVATED, "io.directory.deactivated"},
        {FEDVERIFY_IO_FILE_MISSING, "io.file.missing"},
        {FEDVERIFY_IO_FILE_UNREADABLE, "io.file.unreadable"},
        {FEDVERIFY_IO_MEMORY, "io.memory"},
    };
    size_t index;
    for (index = 0; index < sizeof REASONS / sizeof *REASONS; index++) {
        static const char DID[] = "did:plc:z72i7hdynmk6r22z27h6tvur";
        fedverify_request *request = new_request(FEDVERIFY_KIND_PLC_LOG);
        fedverify_verification *verification;
        fedverify_report *report = NULL;
        fedverify_error *error = NULL;
        EXPECT(fedverify_request_set_string(request, "did", 3, DID, sizeof DID - 1, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_request_set_unreadable(request, "log", 3, REASONS[index].status, "why", 3, NULL) == FEDVERIFY_OK);
        verification = start(request);
        fedverify_request_free(request);
        EXPECT(fedverify_verification_finish(verification, &report, &error) == REASONS[index].status);
        EXPECT(fedverify_report_verdict(report) == FEDVERIFY_VERDICT_UNDETERMINED);
        EXPECT(is(fedverify_status_code(fedverify_error_status(error)), REASONS[index].code));
        fedverify_error_free(error);
        fedverify_report_free(report);
        fedverify_verification_free(verification);
    }
}

static void a_served_document_that_differs_is_a_warning(char **argv)
{
    static const char URL[] = "https://directory.example";
    fedverify_request *request = new_request(FEDVERIFY_KIND_PLC_LOG);
    fedverify_verification *verification;
    fedverify_report *report = NULL;
    EXPECT(fedverify_request_set_string(request, "did", 3, argv[4], strlen(argv[4]), NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_file(request, "log", 3, argv[1], strlen(argv[1]), NULL) == FEDVERIFY_OK);
    verification = start(request);
    fedverify_request_free(request);
    EXPECT(fedverify_verification_compare_document(verification, URL, sizeof URL - 1, "{}", 2, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_report_warning_count(report) == 1);
    EXPECT(is(fedverify_report_warning_code(report, 0), "plc.document.differs"));
    fedverify_report_free(report);
    fedverify_verification_free(verification);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 3;
    }
    what_could_not_be_read_is_no_verdict();
    a_served_document_that_differs_is_a_warning(argv);
    printf("codes: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
