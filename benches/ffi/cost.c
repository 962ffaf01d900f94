/*
 * Verifies a package again and again through the C library, and prints the nanoseconds that each time took.
 * ffi/benches/cost.rs does the same in Rust, and runs this program in turns with itself.
 *
 *     cost LOG METADATA PACKAGE DID TIMES
 */
#define _POSIX_C_SOURCE 200809L
#include <fedverify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char *read_file(const char *path, size_t *len)
{
    const size_t most = 1 << 20;
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

static fedverify_request *new_request(const char *log, size_t log_len, const char *json, size_t json_len, const char *did)
{
    fedverify_request *request = NULL;
    if (fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_FAIR_PACKAGE), &request, NULL) != FEDVERIFY_OK ||
        fedverify_request_set_string(request, FEDVERIFY_LITERAL("did"), did, strlen(did), NULL) != FEDVERIFY_OK ||
        fedverify_request_set_bytes(request, FEDVERIFY_LITERAL("log"), log, log_len, NULL) != FEDVERIFY_OK ||
        fedverify_request_set_bytes(request, FEDVERIFY_LITERAL("metadata"), json, json_len, NULL) != FEDVERIFY_OK)
        exit(2);
    return request;
}

static bool verify(const char *log, size_t log_len, const char *json, size_t json_len, const char *path, const char *did)
{
    fedverify_request *request = new_request(log, log_len, json, json_len, did);
    fedverify_verification *verification = NULL;
    fedverify_report *report = NULL;
    bool verified = fedverify_verification_start(request, &verification, NULL) == FEDVERIFY_OK &&
                    fedverify_verification_read_file(verification, path, strlen(path), NULL) == FEDVERIFY_OK &&
                    fedverify_verification_finish(verification, &report, NULL) == FEDVERIFY_OK;
    fedverify_report_free(report);
    fedverify_verification_free(verification);
    fedverify_request_free(request);
    return verified;
}

int main(int argc, char **argv)
{
    size_t log_len, json_len;
    char *log, *json;
    long times, round;
    struct timespec start, end;
    if (argc != 6)
        return 2;
    log = read_file(argv[1], &log_len);
    json = read_file(argv[2], &json_len);
    times = strtol(argv[5], NULL, 10);
    /* The process is new each time, and the other side's is not: let it warm up first. */
    for (round = 0; round < times / 5; round++)
        if (!verify(log, log_len, json, json_len, argv[3], argv[4]))
            return 1;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (round = 0; round < times; round++)
        if (!verify(log, log_len, json, json_len, argv[3], argv[4]))
            return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.0f\n", ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / (double)times);
    free(json);
    free(log);
    return 0;
}
