/*
 * A worker of `make bench`, and of tests/instructions.sh: what is measured in C. It speaks as benches/rust does, but what it
 * measures is a file, known by its path: a package if its name starts so, or a log.
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

static void verify(const char *log, size_t log_len, const char *did)
{
    fedverify_request *request = NULL;
    fedverify_verification *verification = NULL;
    fedverify_report *report = NULL;
    if (fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_PLC_LOG), &request, NULL) != FEDVERIFY_OK ||
        fedverify_request_set_string(request, FEDVERIFY_LITERAL("did"), did, strlen(did), NULL) != FEDVERIFY_OK ||
        fedverify_request_set_bytes(request, FEDVERIFY_LITERAL("log"), log, log_len, NULL) != FEDVERIFY_OK ||
        fedverify_verification_start(request, &verification, NULL) != FEDVERIFY_OK ||
        fedverify_verification_finish(verification, &report, NULL) != FEDVERIFY_OK)
        exit(2);
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
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

static long long measure_log(const char *path, long count)
{
    size_t log_len;
    char did[33], *log = read_file(path, &log_len);
    struct timespec start;
    did_of(log, did);
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (count-- > 0)
        verify(log, log_len, did);
    free(log);
    return since(start);
}

int main(void)
{
    char path[1024];
    long count;
    puts("PATH");
    fflush(stdout);
    while (scanf("%1023s %ld", path, &count) == 2) {
        bool is_package = strstr(path, "/package-") != NULL;
        printf("%lld\n", is_package ? measure_package(path, count) : measure_log(path, count));
        fflush(stdout);
    }
    return 0;
}
