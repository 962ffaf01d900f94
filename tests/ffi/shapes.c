/*
 * Documents of the greatest size, each full of what costs a reader most (fedverify-kit shapes FOLDER), through the C library: each
 * is refused, as a request and by the typed function that reads it, within so many bytes of the heap, and all of them are given
 * back. And the log that takes the most signature checks: how many they are is counted. Exit status 1 if anything is wrong.
 *
 *     shapes KIND INPUT FILE [NAME VALUE]...     prints the code, and the bytes of the request and of the typed function
 *     shapes signatures FILE DID
 */
#include "check.h"
#include "counting.h"

/* What core may take for a document, and its copy in the request: core/tests/memory.rs. */
static const size_t MOST_BYTES = 100 * 1000 * 1000 + (8 << 20);

/* The documents, which are larger than some kinds' own limit. */
static const uint64_t DOCUMENT_BYTES = 8 << 20;

static char *whole_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(DOCUMENT_BYTES + 1);
    if (file == NULL || bytes == NULL) {
        perror(path);
        exit(3);
    }
    *len = fread(bytes, 1, DOCUMENT_BYTES + 1, file);
    fclose(file);
    return bytes;
}

static const char *text_of(char **pairs, const char *name)
{
    for (; pairs[0] != NULL; pairs += 2)
        if (strcmp(pairs[0], name) == 0)
            return pairs[1];
    return "";
}

/* Sets an input that is no document: a text, or a number where the library says that it is one. */
static void set(fedverify_request *request, const char *name, const char *value)
{
    size_t len = strlen(name);
    fedverify_status status;
    switch (fedverify_request_input_type(request, name, len)) {
    case FEDVERIFY_TYPE_NUMBER:
        status = fedverify_request_set_number(request, name, len, strtoull(value, NULL, 10), NULL);
        break;
    case FEDVERIFY_TYPE_BYTES:
        status = fedverify_request_set_bytes(request, name, len, value, strlen(value), NULL);
        break;
    default:
        status = fedverify_request_set_string(request, name, len, value, strlen(value), NULL);
    }
    EXPECT(status == FEDVERIFY_OK);
}

/* argv is KIND INPUT FILE [NAME VALUE]... */
static fedverify_status by_request(char **argv, const char *document, size_t len)
{
    fedverify_request *request = new_request(argv[0]);
    fedverify_verification *verification;
    fedverify_report *report = NULL;
    fedverify_status status;
    char **pairs;
    for (pairs = argv + 3; pairs[0] != NULL; pairs += 2)
        set(request, pairs[0], pairs[1]);
    EXPECT(fedverify_request_set_limit(request, "recordBytes", 11, DOCUMENT_BYTES, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_request_set_bytes(request, argv[1], strlen(argv[1]), document, len, NULL) == FEDVERIFY_OK);
    verification = start(request);
    status = fedverify_verification_finish(verification, &report, NULL);
    EXPECT(fedverify_report_outcome(report, NULL) == status && fedverify_report_json(report).len > 0);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
    return status;
}

/* Reads the document with the function that is for its kind alone. */
static fedverify_status by_function(char **argv, const char *document, size_t len)
{
    fedverify_limits *limits = fedverify_limits_new();
    const char *did = text_of(argv + 3, "did");
    fedverify_identity *identity = NULL;
    fedverify_metadata *metadata = NULL;
    fedverify_pfn_author_data *author_data = NULL;
    fedverify_web_document *web_document = NULL;
    fedverify_status status;
    EXPECT(fedverify_limits_set(limits, "recordBytes", 11, DOCUMENT_BYTES, NULL) == FEDVERIFY_OK);
    if (strcmp(argv[0], "plc-log") == 0)
        status = fedverify_identity_verify(document, len, did, strlen(did), limits, &identity, NULL);
    else if (strcmp(argv[0], "fair-metadata") == 0)
        status = fedverify_metadata_parse(document, len, limits, &metadata, NULL);
    else if (strcmp(argv[0], "pfn-author-data") == 0)
        status = fedverify_pfn_author_data_parse(document, len, limits, &author_data, NULL);
    else
        status = fedverify_web_document_parse(document, len, did, strlen(did), 0, limits, &web_document, NULL);
    fedverify_identity_free(identity);
    fedverify_metadata_free(metadata);
    fedverify_pfn_author_data_free(author_data);
    fedverify_web_document_free(web_document);
    fedverify_limits_free(limits);
    return status;
}

/* The bytes that one of them takes at most. */
static size_t taken(fedverify_status (*read)(char **, const char *, size_t), char **argv, const char *document, size_t len,
                    fedverify_status *status)
{
    size_t before = heap_now;
    heap_most = heap_now;
    *status = read(argv, document, len);
    EXPECT(heap_now == before);
    EXPECT(heap_most - before < MOST_BYTES);
    return heap_most - before;
}

static void a_document(char **argv)
{
    size_t len, of_request, of_function;
    char *document = whole_file(argv[2], &len);
    fedverify_status status, same;
    fedverify_str code;
    /* What is made once and kept: tables of curves, a buffer of standard error. */
    by_request(argv, "{}", 2);
    of_request = taken(by_request, argv, document, len, &status);
    of_function = taken(by_function, argv, document, len, &same);
    code = fedverify_status_code(status);
    EXPECT(status != FEDVERIFY_OK && !fedverify_status_is_undetermined(status));
    /* The metadata document alone says nothing of the log that it is read with. */
    EXPECT(same == status || (same == FEDVERIFY_OK && strcmp(argv[0], "fair-metadata") == 0));
    printf("%.*s %lu %lu\n", (int)code.len, code.data, (unsigned long)of_request, (unsigned long)of_function);
    free(document);
}

/* Each of the operations has ten rotation keys, and is signed by the one that is tried last. */
static void the_most_signatures(char **argv)
{
    static const uint64_t KEYS = 10, MOST_CHECKS = 20000;
    size_t len;
    char *log = whole_file(argv[0], &len);
    const char *did = argv[1];
    fedverify_limits *limits = fedverify_limits_new();
    fedverify_identity *identity = NULL;
    fedverify_error *error = NULL;
    uint64_t operations, checks;
    EXPECT(fedverify_identity_verify(log, len, did, strlen(did), NULL, &identity, &error) == FEDVERIFY_PLC_LOG_TOO_MUCH_WORK);
    EXPECT(fedverify_error_operation(error) == (int64_t)(MOST_CHECKS / KEYS));
    fedverify_error_free(error);
    EXPECT(fedverify_limits_set(limits, "logSignatureChecks", 18, UINT64_MAX, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_identity_verify(log, len, did, strlen(did), limits, &identity, NULL) == FEDVERIFY_OK);
    operations = fedverify_identity_operation_count(identity);
    checks = fedverify_identity_signature_checks(identity);
    EXPECT(operations > MOST_CHECKS / KEYS && checks == KEYS * operations);
    printf("%lu operations, %lu signature checks\n", (unsigned long)operations, (unsigned long)checks);
    fedverify_identity_free(identity);
    fedverify_limits_free(limits);
    free(log);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "signatures") == 0) {
        the_most_signatures(argv + 2);
    } else if (argc >= 4 && argc % 2 == 0) {
        a_document(argv + 1);
    } else {
        fprintf(stderr, "usage: %s KIND INPUT FILE [NAME VALUE]... | signatures FILE DID\n", argv[0]);
        return 3;
    }
    return failures == 0 ? 0 : 1;
}
