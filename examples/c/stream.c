/*
 * Verifies a FAIR package while it comes from a stream, here the standard input, which is neither a file nor in memory.
 *
 *     cc stream.c $(pkg-config --cflags --libs fedverify) -o stream
 *     curl https://publisher.example/package.zip | ./stream log.json metadata.json DID
 *
 * Exit status: 0 verified, 1 rejected, 2 could not verify.
 */
#include <fedverify.h>
#include <stdio.h>
#include <string.h>

/* A fedverify_reader: the context is the stream. */
static int64_t read_stream(void *context, void *buffer, size_t len)
{
    FILE *stream = (FILE *)context;
    size_t count = fread(buffer, 1, len, stream);
    return count == 0 && ferror(stream) ? -FEDVERIFY_IO_FILE_UNREADABLE : (int64_t)count;
}

int main(int argc, char **argv)
{
    fedverify_request *request = NULL;
    fedverify_verification *verification = NULL;
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    int exit_status = 0;

    if (argc != 4) {
        fprintf(stderr, "usage: %s LOG METADATA DID < PACKAGE\n", argv[0]);
        return 2;
    }
    if (fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_FAIR_PACKAGE), &request, &error) ||
        fedverify_request_set_string(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_DID), argv[3], strlen(argv[3]), &error) ||
        fedverify_request_set_file(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_LOG), argv[1], strlen(argv[1]), &error) ||
        fedverify_request_set_file(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_METADATA), argv[2], strlen(argv[2]), &error) ||
        fedverify_verification_start(request, &verification, &error) ||
        fedverify_verification_read(verification, read_stream, stdin, &error) ||
        fedverify_verification_finish(verification, &report, &error)) {
        fedverify_status status = fedverify_error_status(error);
        fedverify_str code = fedverify_status_code(status), message = fedverify_error_message(error);
        fprintf(stderr, "%.*s [%.*s]\n", (int)message.len, message.data, (int)code.len, code.data);
        exit_status = fedverify_status_is_undetermined(status) ? 2 : 1;
    } else {
        fedverify_str subject = fedverify_report_subject(report);
        printf("verified %.*s\n", (int)subject.len, subject.data);
    }
    fedverify_error_free(error);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
    return exit_status;
}
