/* What the test programs of the C library share. */
#ifndef CHECK_H
#define CHECK_H

#include <fedverify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define EXPECT(condition)                                                                                             \
    do {                                                                                                              \
        if (!(condition)) {                                                                                           \
            fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__, #condition);                                  \
            failures++;                                                                                               \
        }                                                                                                             \
    } while (0)

static inline bool is(fedverify_str string, const char *expected)
{
    return string.len == strlen(expected) && memcmp(string.data, expected, string.len) == 0;
}

static inline bool is_absent(fedverify_str string)
{
    return string.data == NULL && string.len == 0;
}

static inline fedverify_request *new_request(const char *kind)
{
    fedverify_request *request = NULL;
    EXPECT(fedverify_request_new(kind, strlen(kind), &request, NULL) == FEDVERIFY_OK);
    return request;
}

static inline fedverify_verification *start(const fedverify_request *request)
{
    fedverify_verification *verification = NULL;
    EXPECT(fedverify_verification_start(request, &verification, NULL) == FEDVERIFY_OK);
    return verification;
}

static inline char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    if (file == NULL || bytes == NULL) {
        perror(path);
        exit(3);
    }
    *len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

#endif /* CHECK_H */
