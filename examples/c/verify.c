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
#include <stdlib.h>
#include <string.h>

/* Reads a file of at most the size that fedverify takes, and a byte more, so that fedverify sees that it is too large. */
static size_t read_file(const char *path, const char *limit, char **bytes)
{
    fedverify_limits *limits = fedverify_limits_new();
    size_t most = (size_t)fedverify_limits_get(limits, limit, strlen(limit)) + 1;
    size_t len = 0;
    FILE *file = fopen(path, "rb");
    fedverify_limits_free(limits);
    *bytes = malloc(most);
    if (file == NULL || *bytes == NULL) {
        perror(path);
        exit(2);
    }
    len = fread(*bytes, 1, most, file);
    if (ferror(file)) {
        perror(path);
        exit(2);
    }
    fclose(file);
    return len;
}

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
    char *log = NULL, *json = NULL;
    size_t log_len, json_len, index;
    int exit_status = 0;

    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 2;
    }
    log_len = read_file(argv[1], FEDVERIFY_LIMIT_LOG_BYTES, &log);
    json_len = read_file(argv[2], FEDVERIFY_LIMIT_METADATA_BYTES, &json);

    /* Only the last call says whether the package is verified; the others fail where they are called wrongly. */
    if (fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_FAIR_PACKAGE), &request, &error) ||
        fedverify_request_set_string(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_DID), argv[4], strlen(argv[4]), &error) ||
        fedverify_request_set_bytes(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_LOG), log, log_len, &error) ||
        fedverify_request_set_bytes(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_METADATA), json, json_len, &error) ||
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
    free(json);
    free(log);
    return exit_status;
}
