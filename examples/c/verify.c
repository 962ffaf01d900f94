/*
 * Verifies a FAIR package through the C library.
 *
 *     cc verify.c $(pkg-config --cflags --libs fedverify) -o verify
 *     ./verify log.json metadata.json package.zip DID
 *
 * Exit status: 0 verified, 1 rejected, 2 could not verify.
 */
#include <fedverify.h>
#include <stdio.h>
#include <string.h>

/* Says why, and returns the exit status. */
static int refused(const fedverify_error *error)
{
    fedverify_status status = fedverify_error_status(error);
    fedverify_str code = fedverify_status_code(status);
    fedverify_str remedy = fedverify_status_remedy(status);
    fedverify_str message = fedverify_error_message(error);
    fprintf(stderr, "%.*s [%.*s]\n%.*s\n", (int)message.len, message.data, (int)code.len, code.data, (int)remedy.len,
            remedy.data);
    return fedverify_status_is_undetermined(status) ? 2 : 1;
}

int main(int argc, char **argv)
{
    fedverify_request *request = NULL;
    fedverify_verification *verification = NULL;
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    size_t index;
    int exit_status = 0;

    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 2;
    }
    /* Only the last call says whether the package is verified; the others fail where they are called wrongly. */
    if (fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_FAIR_PACKAGE), &request, &error) ||
        fedverify_request_set_string(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_DID), argv[4], strlen(argv[4]), &error) ||
        fedverify_request_set_file(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_LOG), argv[1], strlen(argv[1]), &error) ||
        fedverify_request_set_file(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_METADATA), argv[2], strlen(argv[2]), &error) ||
        fedverify_verification_start(request, &verification, &error) ||
        fedverify_verification_read_file(verification, argv[3], strlen(argv[3]), &error) ||
        fedverify_verification_finish(verification, &report, &error)) {
        exit_status = refused(error);
    } else {
        fedverify_str subject = fedverify_report_subject(report);
        for (index = 0; index < fedverify_report_warning_count(report); index++) {
            fedverify_str warning = fedverify_report_warning_message(report, index);
            fprintf(stderr, "warning: %.*s\n", (int)warning.len, warning.data);
        }
        printf("verified %.*s\n", (int)subject.len, subject.data);
    }

    fedverify_error_free(error);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
    return exit_status;
}
