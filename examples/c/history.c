/*
 * Verifies the log of a FAIR identity, and prints its history: who signed each operation, what became of it, and which
 * rotation keys it set.
 *
 *     cc history.c $(pkg-config --cflags --libs fedverify) -o history
 *     ./history log.json DID
 *
 * Exit status: 0 verified, 1 rejected, 2 could not verify.
 */
#include <fedverify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For printf's "%.*s". */
#define SHOW(string) (int)(string).len, (string).data

/* The library takes no longer log, so one byte more is enough to show it. */
#define LOG_BYTES (8u << 20)

/* NULL where the file cannot be read. */
static char *read_log(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file == NULL ? NULL : (char *)malloc(LOG_BYTES + 1);
    if (bytes != NULL) {
        *len = fread(bytes, 1, LOG_BYTES + 1, file);
        if (ferror(file)) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (file != NULL)
        fclose(file);
    return bytes;
}

/* Says why, and returns the exit status. */
static int refused(fedverify_error *error)
{
    fedverify_status status = fedverify_error_status(error);
    fedverify_str code = fedverify_status_code(status), message = fedverify_error_message(error);
    fprintf(stderr, "%.*s [%.*s]\n", SHOW(message), SHOW(code));
    fedverify_error_free(error);
    return fedverify_status_is_undetermined(status) ? 2 : 1;
}

static void print_state(const fedverify_state *state)
{
    size_t index;
    /* The one reason for NULL: a tombstone sets no state. */
    if (state == NULL)
        printf("   the identity was deactivated\n");
    for (index = 0; index < fedverify_state_rotation_key_count(state); index++) {
        fedverify_str key = fedverify_state_rotation_key(state, index);
        printf("   rotation key %zu: %.*s\n", index, SHOW(key));
    }
}

static int print_operation(const fedverify_identity *identity, size_t index)
{
    fedverify_operation *operation = NULL;
    fedverify_state *state = NULL;
    fedverify_error *error = NULL;
    int exit_status = 0;
    if (fedverify_identity_operation(identity, index, &operation, &error) ||
        fedverify_operation_state(operation, &state, &error)) {
        exit_status = refused(error);
    } else {
        fedverify_str type = fedverify_operation_type(operation), cid = fedverify_operation_cid(operation);
        fedverify_str time = fedverify_operation_created_at(operation), key = fedverify_operation_signer_key(operation);
        int64_t undone_by = fedverify_operation_nullified_by(operation);
        printf("%zu. %.*s %.*s\n", index, SHOW(type), SHOW(cid));
        /* Absent for one reason, too: a bare log has no times. */
        if (time.data != NULL)
            printf("   accepted %.*s\n", SHOW(time));
        printf("   signed by %.*s\n", SHOW(key));
        if (undone_by >= 0)
            printf("   undone by operation %lld\n", (long long)undone_by);
        print_state(state);
    }
    fedverify_state_free(state);
    fedverify_operation_free(operation);
    return exit_status;
}

int main(int argc, char **argv)
{
    fedverify_identity *identity = NULL;
    fedverify_error *error = NULL;
    size_t len, index;
    char *log;
    int exit_status = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: %s LOG DID\n", argv[0]);
        return 2;
    }
    log = read_log(argv[1], &len);
    if (log == NULL) {
        perror(argv[1]);
        return 2;
    }
    if (fedverify_identity_verify(log, len, argv[2], strlen(argv[2]), NULL, &identity, &error))
        exit_status = refused(error);
    for (index = 0; exit_status == 0 && index < fedverify_identity_operation_count(identity); index++)
        exit_status = print_operation(identity, index);
    fedverify_identity_free(identity);
    free(log);
    return exit_status;
}
