/*
 * Puts the conformance corpus's cases of several directories through the C library: a case a line in, what it came to a line out, as
 * JSON. tests/ffi/directories.py sends the cases and judges the answers.
 *
 * A line is the DID and then, after tabs, the paths of the logs.
 */
#define _POSIX_C_SOURCE 200809L /* getline */
#include "check.h"

/* What the directory at a place is called. */
#define URL_FORMAT "https://%zu.example"

static void refused(fedverify_error *error)
{
    fedverify_str code = fedverify_status_code(fedverify_error_status(error));
    int64_t operation = fedverify_error_operation(error);
    printf("{\"code\": \"%.*s\", \"operation\": ", (int)code.len, code.data);
    printf(operation < 0 ? "null" : "%lld", (long long)operation);
    printf(", \"newest\": null, \"lagging\": []}\n");
    fedverify_error_free(error);
}

/* A warning names the directory that lags first. */
static void lagging(const fedverify_newest *newest, size_t index)
{
    fedverify_str message = fedverify_newest_warning_message(newest, index);
    char start[64];
    size_t place = SIZE_MAX;
    EXPECT(is(fedverify_newest_warning_code(newest, index), FEDVERIFY_WARNING_PLC_DIRECTORY_LAG));
    snprintf(start, sizeof start, "%.*s", (int)message.len, message.data);
    EXPECT(sscanf(start, "\"" URL_FORMAT "\"", &place) == 1);
    printf("%s%zu", index == 0 ? "" : ", ", place);
}

static void found(const fedverify_newest *newest)
{
    char url[64];
    size_t index, place = fedverify_newest_index(newest), count = fedverify_newest_warning_count(newest);
    snprintf(url, sizeof url, URL_FORMAT, place);
    EXPECT(is(fedverify_newest_url(newest), url));
    EXPECT(is_absent(fedverify_newest_warning_code(newest, count)) && is_absent(fedverify_newest_warning_message(newest, count)));
    printf("{\"code\": null, \"operation\": null, \"newest\": %zu, \"lagging\": [", place);
    for (index = 0; index < count; index++)
        lagging(newest, index);
    printf("]}\n");
}

/* Adds the log at the path. The identity is freed at once: the list keeps what it needs. */
static fedverify_status add(fedverify_directories *directories, size_t place, const char *did, const char *path,
                            fedverify_error **error)
{
    fedverify_identity *identity = NULL;
    fedverify_status status;
    char url[64];
    size_t len;
    char *log = read_file(path, &len);
    snprintf(url, sizeof url, URL_FORMAT, place);
    status = fedverify_identity_verify(log, len, did, strlen(did), NULL, &identity, error);
    if (status == FEDVERIFY_OK)
        EXPECT(fedverify_directories_add(directories, url, strlen(url), identity, NULL) == FEDVERIFY_OK);
    fedverify_identity_free(identity);
    free(log);
    return status;
}

static void run(char *line)
{
    fedverify_directories *directories = fedverify_directories_new();
    fedverify_newest *newest = NULL;
    fedverify_error *error = NULL;
    fedverify_status status = FEDVERIFY_OK;
    const char *did = strtok(line, "\t\n"), *path;
    size_t place = 0;
    while (status == FEDVERIFY_OK && (path = strtok(NULL, "\t\n")) != NULL)
        status = add(directories, place++, did, path, &error);
    if (status == FEDVERIFY_OK)
        status = fedverify_directories_newest(directories, &newest, &error);
    fedverify_directories_free(directories);
    if (status == FEDVERIFY_OK)
        found(newest);
    else
        refused(error);
    fedverify_newest_free(newest);
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) != -1)
        run(line);
    free(line);
    return failures == 0 ? 0 : 1;
}
