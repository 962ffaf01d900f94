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

/* Says why a step failed, and answers the exit status. */
static int refused(const char *step, fedverify_error *error)
{
    fedverify_status status = fedverify_error_status(error);
    fedverify_str code = fedverify_status_code(status);
    fedverify_str remedy = fedverify_status_remedy(status);
    fedverify_str message = fedverify_error_message(error);
    fprintf(stderr, "%s: %.*s [%.*s]\n%.*s\n", step, (int)message.len, message.data, (int)code.len, code.data,
            (int)remedy.len, remedy.data);
    fedverify_error_free(error);
    return fedverify_status_is_undetermined(status) ? 2 : 1;
}

int main(int argc, char **argv)
{
    fedverify_identity *identity = NULL;
    fedverify_metadata *metadata = NULL;
    fedverify_release *release = NULL;
    fedverify_package_digests *digests = NULL;
    fedverify_package *package = NULL;
    fedverify_error *error = NULL;
    char *log = NULL, *json = NULL;
    size_t log_len, json_len;
    int exit_status = 0;

    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 2;
    }
    log_len = read_file(argv[1], "logBytes", &log);
    json_len = read_file(argv[2], "metadataBytes", &json);

    /* Each step needs what the one before proved. */
    if (fedverify_identity_verify(log, log_len, argv[4], strlen(argv[4]), NULL, &identity, &error) != FEDVERIFY_OK)
        exit_status = refused("the log", error);
    else if (fedverify_metadata_parse(json, json_len, NULL, &metadata, &error) != FEDVERIFY_OK)
        exit_status = refused("the metadata", error);
    else if (fedverify_identity_release(identity, metadata, NULL, 0, &release, &error) != FEDVERIFY_OK)
        exit_status = refused("the release", error);
    else if (fedverify_package_digests_of_file(argv[3], strlen(argv[3]), NULL, &digests, &error) != FEDVERIFY_OK)
        exit_status = refused("the package", error);
    else if (fedverify_release_verify(release, digests, &package, &error) != FEDVERIFY_OK)
        exit_status = refused("the package", error);
    else {
        fedverify_str version = fedverify_package_version(package);
        fedverify_str key = fedverify_package_key(package);
        printf("verified %s %.*s, signed by %.*s\n", argv[4], (int)version.len, version.data, (int)key.len, key.data);
    }

    fedverify_package_free(package);
    fedverify_package_digests_free(digests);
    fedverify_release_free(release);
    fedverify_metadata_free(metadata);
    fedverify_identity_free(identity);
    free(json);
    free(log);
    return exit_status;
}
