/*
 * Puts the conformance corpus through the C library: a case a line in, its report a line out. tests/ffi/corpus.py sends the
 * cases and judges the reports.
 *
 * A line is the kind of the case and then, after tabs, its inputs as name=value, values in hexadecimal. The library says
 * what an input is: of bytes and streams the value is a path. Limits are limit.<name>=<number>. served=<path> is the DID document
 * that a directory serves beside the log.
 */
#define _POSIX_C_SOURCE 200809L /* getline */
#include <errno.h>
#include <fedverify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *why, const char *what)
{
    fprintf(stderr, "corpus.c: %s: %s\n", why, what);
    exit(3);
}

/* A case has no wrong calls: what it is about is in the report. */
static void must(fedverify_status status, fedverify_error *error, const char *what)
{
    fedverify_str message = fedverify_error_message(error);
    if (status == FEDVERIFY_OK)
        return;
    fprintf(stderr, "corpus.c: %s: %.*s\n", what, (int)message.len, message.data);
    exit(3);
}

/* A step that comes too early is in the report, too. */
static void in_time(fedverify_status status, fedverify_error *error, const char *what)
{
    if (status != FEDVERIFY_API_ARGUMENT)
        must(status, error, what);
    fedverify_error_free(error);
}

/* ---- Reading cases ---------------------------------------------------------------- */

/* Bytes with their number. */
struct bytes {
    char *data;
    size_t len;
};

static struct bytes from_hex(const char *hex)
{
    struct bytes bytes;
    size_t index;
    bytes.len = strlen(hex) / 2;
    bytes.data = malloc(bytes.len + 1);
    if (bytes.data == NULL)
        die("no memory for", hex);
    for (index = 0; index < bytes.len; index++) {
        unsigned value = 0;
        if (sscanf(hex + 2 * index, "%2x", &value) != 1)
            die("not hexadecimal", hex);
        bytes.data[index] = (char)value;
    }
    /* Paths go to fopen. fedverify is never told of this byte. */
    bytes.data[bytes.len] = '\0';
    return bytes;
}

/* The content of a file, or errno. Its length is exact, so that a sanitizer sees whoever reads beyond it. */
static int content(const char *path, struct bytes *bytes)
{
    FILE *file = fopen(path, "rb");
    char piece[4096];
    size_t count;
    int failure = 0;
    bytes->data = malloc(1);
    bytes->len = 0;
    if (file == NULL)
        return errno;
    errno = 0;
    while ((count = fread(piece, 1, sizeof piece, file)) > 0) {
        char *grown = realloc(bytes->data, bytes->len + count);
        if (grown == NULL)
            die("no memory for", path);
        memcpy(grown + bytes->len, piece, count);
        bytes->data = grown;
        bytes->len += count;
    }
    if (ferror(file))
        failure = errno;
    fclose(file);
    return failure;
}

static void set_file(fedverify_request *request, const char *name, const char *path)
{
    fedverify_error *error = NULL;
    struct bytes bytes;
    int failure = content(path, &bytes);
    if (failure == 0) {
        must(fedverify_request_set_bytes(request, name, strlen(name), bytes.data, bytes.len, &error), error, name);
    } else {
        fedverify_status why = failure == ENOENT ? FEDVERIFY_IO_FILE_MISSING : FEDVERIFY_IO_FILE_UNREADABLE;
        const char *message = strerror(failure);
        must(fedverify_request_set_unreadable(request, name, strlen(name), why, message, strlen(message), &error), error,
             name);
    }
    free(bytes.data);
}

/* Sets an input by its name, and returns the path of a stream. */
static char *set_input(fedverify_request *request, const char *name, struct bytes value)
{
    fedverify_error *error = NULL;
    fedverify_status status = FEDVERIFY_OK;
    size_t len = strlen(name);
    switch (fedverify_request_input_type(request, name, len)) {
    case FEDVERIFY_TYPE_BYTES:
        set_file(request, name, value.data);
        break;
    case FEDVERIFY_TYPE_NUMBER:
        status = fedverify_request_set_number(request, name, len, strtoull(value.data, NULL, 10), &error);
        break;
    case FEDVERIFY_TYPE_FLAG:
        status = fedverify_request_set_flag(request, name, len, strcmp(value.data, "true") == 0, &error);
        break;
    case FEDVERIFY_TYPE_STREAM:
        status = fedverify_request_set_flag(request, name, len, true, &error);
        must(status, error, name);
        return value.data;
    default:
        /* A string, or a name that there is not, which the library refuses. */
        status = fedverify_request_set_string(request, name, len, value.data, value.len, &error);
    }
    must(status, error, name);
    free(value.data);
    return NULL;
}

/* The request of a line, the path of its stream, and that of a served document; NULL where it has none. */
static fedverify_request *read_case(char *line, char **stream, char **served)
{
    fedverify_request *request = NULL;
    fedverify_error *error = NULL;
    char *field = strtok(line, "\t\n");
    if (field == NULL)
        die("a line without a kind", "");
    must(fedverify_request_new(field, strlen(field), &request, &error), error, field);
    *stream = *served = NULL;
    while ((field = strtok(NULL, "\t\n")) != NULL) {
        char *value = strchr(field, '=');
        if (value == NULL)
            die("not an input", field);
        *value++ = '\0';
        if (strncmp(field, "limit.", 6) == 0) {
            must(fedverify_request_set_limit(request, field + 6, strlen(field + 6), strtoull(value, NULL, 10), &error), error,
                 field);
        } else if (strcmp(field, "served") == 0) {
            *served = from_hex(value).data;
        } else {
            char *path = set_input(request, field, from_hex(value));
            if (path != NULL)
                *stream = path;
        }
    }
    return request;
}

/* ---- Verifying ------------------------------------------------------------------ */

static fedverify_verification *start(const fedverify_request *request)
{
    fedverify_verification *verification = NULL;
    fedverify_error *error = NULL;
    must(fedverify_verification_start(request, &verification, &error), error, "start");
    return verification;
}

/* The status and the report must say the same. */
static fedverify_report *finish(fedverify_verification *verification)
{
    fedverify_report *report = NULL;
    fedverify_error *error = NULL;
    fedverify_status status = fedverify_verification_finish(verification, &report, &error);
    bool verified = status == FEDVERIFY_OK;
    if (report == NULL)
        must(status, error, "finish");
    if (verified != (fedverify_report_verdict(report) == FEDVERIFY_VERDICT_VERIFIED) || verified != (error == NULL) ||
        status != fedverify_report_outcome(report, NULL) || status != fedverify_error_status(error))
        die("the status is another than the report's", fedverify_report_json(report).data);
    fedverify_error_free(error);
    fedverify_verification_free(verification);
    return report;
}

static void compare_document(fedverify_verification *verification, const char *path)
{
    static const char URL[] = "https://a.example";
    fedverify_error *error = NULL;
    struct bytes bytes;
    if (content(path, &bytes) != 0)
        die("cannot be read", path);
    must(fedverify_verification_compare_document(verification, URL, sizeof URL - 1, bytes.data, bytes.len, &error), error, path);
    free(bytes.data);
}

static fedverify_report *read_from_file(const fedverify_request *request, const char *path, const char *served)
{
    fedverify_verification *verification = start(request);
    fedverify_error *error = NULL;
    if (served != NULL)
        compare_document(verification, served);
    if (path != NULL && !fedverify_verification_is_decided(verification))
        in_time(fedverify_verification_read_file(verification, path, strlen(path), &error), error, path);
    return finish(verification);
}

/* The same in pieces of all sizes. */
static fedverify_report *read_in_pieces(const fedverify_request *request, const struct bytes *bytes)
{
    fedverify_verification *verification = start(request);
    fedverify_error *error = NULL;
    size_t at, step;
    for (at = 0; at < bytes->len; at += step) {
        step = at % 97 + 1 < bytes->len - at ? at % 97 + 1 : bytes->len - at;
        in_time(fedverify_verification_update(verification, bytes->data + at, step, &error), error, "a piece");
    }
    return finish(verification);
}

static void run(const fedverify_request *request, const char *path, const char *served)
{
    fedverify_report *report = read_from_file(request, path, served);
    fedverify_str json = fedverify_report_json(report);
    struct bytes bytes;
    if (path != NULL && content(path, &bytes) == 0) {
        fedverify_report *in_pieces = read_in_pieces(request, &bytes);
        fedverify_str other = fedverify_report_json(in_pieces);
        if (json.len != other.len || memcmp(json.data, other.data, json.len) != 0)
            die("in pieces there is another report on", path);
        fedverify_report_free(in_pieces);
    }
    if (path != NULL)
        free(bytes.data);
    fwrite(json.data, 1, json.len, stdout);
    printf("\n");
    fedverify_report_free(report);
}

int main(void)
{
    char *line = NULL, *stream, *served;
    size_t size = 0;
    while (getline(&line, &size, stdin) != -1) {
        fedverify_request *request = read_case(line, &stream, &served);
        run(request, stream, served);
        fedverify_request_free(request);
        free(stream);
        free(served);
    }
    free(line);
    return 0;
}
