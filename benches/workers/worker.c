/*
 * A worker of `make bench`: what is measured in C. It speaks as benches/rust does, but knows a log by its path.
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
    memcpy(did, start, 32);
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

int main(void)
{
    char path[1024], did[33];
    long count, done;
    puts("PATH");
    fflush(stdout);
    while (scanf("%1023s %ld", path, &count) == 2) {
        size_t log_len;
        char *log = read_file(path, &log_len);
        struct timespec start, end;
        did_of(log, did);
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (done = 0; done < count; done++)
            verify(log, log_len, did);
        clock_gettime(CLOCK_MONOTONIC, &end);
        printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
        fflush(stdout);
        free(log);
    }
    return 0;
}
