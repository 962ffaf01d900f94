/*
 * A worker of `make bench`, and of tests/instructions.sh: what is measured in C. It speaks as benches/rust does, but what it
 * measures is a file, known by how its name starts: a package, of which both digests are made; a plugin, whose archive is
 * verified with the publisher.pem and plugin.json beside it; a log on a second visit, with the pin of the first; or a log.
 *
 *     worker
 */
#define _POSIX_C_SOURCE 200809L
#include <fedverify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char *read_file(const char *path, size_t *len)
{
    const size_t most = 1 << 22;
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(most);
    if (file == NULL || bytes == NULL) {
        perror(path);
        exit(2);
    }
    *len = fread(bytes, 1, most, file);
    fclose(file);
    return bytes;
}

/* The DID of the log: the text after the first "did":" of the entries. */
static void did_of(const char *log, char did[33])
{
    const char *start = strstr(log, "did:plc:");
    if (start == NULL)
        exit(2);
    memcpy(did, start, 32); /* did:plc: and 24 characters */
    did[32] = '\0';
}

static void check(fedverify_status status)
{
    if (status != FEDVERIFY_OK)
        exit(2);
}

static void set_bytes(fedverify_request *request, const char *name, const void *bytes, size_t len)
{
    check(fedverify_request_set_bytes(request, name, strlen(name), bytes, len, NULL));
}

/* A log, which is read once. */
static fedverify_request *log_request(const char *path)
{
    fedverify_request *request = NULL;
    size_t log_len;
    char did[33], *log = read_file(path, &log_len);
    did_of(log, did);
    check(fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_PLC_LOG), &request, NULL));
    check(fedverify_request_set_string(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_DID), did, strlen(did), NULL));
    set_bytes(request, FEDVERIFY_REQUEST_INPUT_LOG, log, log_len);
    free(log);
    return request;
}

/* A plugin, with its record and its publisher's key. */
static fedverify_request *plugin_request(const char *archive)
{
    static const char *const names[] = {FEDVERIFY_REQUEST_INPUT_KEY, FEDVERIFY_REQUEST_INPUT_PLUGIN};
    static const char *const files[] = {"publisher.pem", "plugin.json"};
    const int folder = (int)(strrchr(archive, '/') - archive);
    fedverify_request *request = NULL;
    check(fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_PFN_PLUGIN), &request, NULL));
    check(fedverify_request_set_flag(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_ARCHIVE), true, NULL));
    for (size_t i = 0; i < 2; i++) {
        char path[1100], *bytes;
        size_t len;
        snprintf(path, sizeof path, "%.*s/%s", folder, archive, files[i]);
        bytes = read_file(path, &len);
        set_bytes(request, names[i], bytes, len);
        free(bytes);
    }
    return request;
}

/* One verification; of its archive, if there is one, and with the pin put into `pin`, if that is not NULL. */
static void verify(const fedverify_request *request, const char *archive, fedverify_pin **pin)
{
    fedverify_verification *verification = NULL;
    fedverify_report *report = NULL;
    check(fedverify_verification_start(request, &verification, NULL));
    if (archive != NULL)
        check(fedverify_verification_read_file(verification, archive, strlen(archive), NULL));
    check(fedverify_verification_finish(verification, &report, NULL));
    if (pin != NULL)
        check(fedverify_report_pin(report, pin, NULL));
    fedverify_report_free(report);
    fedverify_verification_free(verification);
}

/* A first visit, whose pin the others get. */
static void remember(fedverify_request *request)
{
    fedverify_pin *pin = NULL;
    fedverify_str json;
    check(fedverify_request_set_number(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_NOW), 2000000000, NULL));
    check(fedverify_request_set_flag(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_REMEMBER), true, NULL));
    verify(request, NULL, &pin);
    json = fedverify_pin_json(pin);
    set_bytes(request, FEDVERIFY_REQUEST_INPUT_PIN, json.data, json.len);
    fedverify_pin_free(pin);
}

static void digest(const char *path)
{
    fedverify_package_digests *digests = NULL;
    if (fedverify_package_digests_from_file(path, strlen(path), NULL, &digests, NULL) != FEDVERIFY_OK)
        exit(2);
    fedverify_package_digests_free(digests);
}

static long long since(struct timespec start)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec;
}

static long long measure_package(const char *path, long count)
{
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (count-- > 0)
        digest(path);
    return since(start);
}

static long long measure_requests(fedverify_request *request, const char *archive, long count)
{
    struct timespec start;
    long long nanoseconds;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (count-- > 0)
        verify(request, archive, NULL);
    nanoseconds = since(start);
    fedverify_request_free(request);
    return nanoseconds;
}

static long long measure(const char *path, long count)
{
    fedverify_request *request;
    if (strstr(path, "/package-") != NULL)
        return measure_package(path, count);
    if (strstr(path, "/plugin-") != NULL)
        return measure_requests(plugin_request(path), path, count);
    request = log_request(path);
    if (strstr(path, "/revisit-") != NULL)
        remember(request);
    return measure_requests(request, NULL, count);
}

int main(void)
{
    char path[1024];
    long count;
    puts("PATH");
    fflush(stdout);
    while (scanf("%1023s %ld", path, &count) == 2) {
        printf("%lld\n", measure(path, count));
        fflush(stdout);
    }
    return 0;
}
