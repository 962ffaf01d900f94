/*
 * Values of the C library that need no verification: limits by name, pins and versions compared, several directories' logs, and an
 * archive's signature by its digest. Prints what went wrong; exit status 1 if anything did.
 *
 *     values LOG METADATA PACKAGE DID
 */
#include "check.h"

#define NOW 1767225600

static const char *did;
static char *log_json;
static size_t log_len;

/* The identity, as a visit at this time proves it by this log. */
static fedverify_identity *verified_by(const char *log, size_t len, uint64_t now)
{
    fedverify_identity *identity = NULL;
    EXPECT(fedverify_identity_verify_remembering(log, len, did, strlen(did), NULL, now, NULL, &identity, NULL) ==
           FEDVERIFY_OK);
    return identity;
}

static fedverify_identity *verified(uint64_t now)
{
    return verified_by(log_json, log_len, now);
}

static fedverify_pin *pin_of(fedverify_identity *identity)
{
    fedverify_pin *pin = NULL;
    EXPECT(fedverify_identity_pin(identity, &pin, NULL) == FEDVERIFY_OK && pin != NULL);
    fedverify_identity_free(identity);
    return pin;
}

static fedverify_pin *pin_at(uint64_t now)
{
    return pin_of(verified(now));
}

/* The pin of a visit at which the log had only its first entries. */
static fedverify_pin *pin_of_first(int entries, uint64_t now)
{
    char *shorter = malloc(log_len + 1);
    fedverify_pin *pin;
    size_t len = 0;
    int depth = 0, in_string = 0;
    EXPECT(shorter != NULL);
    while (entries > 0 && len < log_len) {
        char byte = log_json[len];
        shorter[len++] = byte;
        if (byte == '"' && log_json[len - 2] != '\\') {
            in_string = !in_string;
        } else if (!in_string && (byte == '{' || byte == '}')) {
            depth += byte == '{' ? 1 : -1;
            entries -= byte == '}' && depth == 0;
        }
    }
    shorter[len++] = ']';
    pin = pin_of(verified_by(shorter, len, now));
    free(shorter);
    return pin;
}

/* 9999-12-31T23:59:59Z; a second later no clock is right. */
static void a_clock_has_an_end(void)
{
    const uint64_t latest = 253402300799;
    fedverify_identity *identity = NULL;
    fedverify_pin *pin = pin_at(latest);
    EXPECT(fedverify_pin_last_visit(pin) == latest);
    fedverify_pin_free(pin);
    EXPECT(fedverify_identity_verify_remembering(log_json, log_len, did, strlen(did), NULL, latest + 1, NULL, &identity,
                                                 NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(identity == NULL);
}

/* ---- Limits ------------------------------------------------------------------------ */

/* In the order of the header. */
static const char *const LIMITS[] = {
    FEDVERIFY_LIMIT_LOG_BYTES,
    FEDVERIFY_LIMIT_METADATA_BYTES,
    FEDVERIFY_LIMIT_PACKAGE_BYTES,
    FEDVERIFY_LIMIT_RECORD_BYTES,
    FEDVERIFY_LIMIT_PIN_BYTES,
    FEDVERIFY_LIMIT_JSON_DEPTH,
    FEDVERIFY_LIMIT_JSON_VALUES,
    FEDVERIFY_LIMIT_LOG_OPERATIONS,
    FEDVERIFY_LIMIT_LOG_SIGNATURE_CHECKS,
    FEDVERIFY_LIMIT_OPERATION_BYTES,
    FEDVERIFY_LIMIT_ROTATION_KEYS,
    FEDVERIFY_LIMIT_VERIFICATION_METHODS,
    FEDVERIFY_LIMIT_SERVICES,
    FEDVERIFY_LIMIT_ALSO_KNOWN_AS,
    FEDVERIFY_LIMIT_SIGNING_KEYS,
    FEDVERIFY_LIMIT_VERSION_BYTES,
    FEDVERIFY_LIMIT_PACKAGE_ARTIFACTS,
    FEDVERIFY_LIMIT_PACKAGE_SIGNATURE_CHECKS,
    FEDVERIFY_LIMIT_CHALLENGE_BYTES,
    FEDVERIFY_LIMIT_ARCHIVE_ENTRIES,
};

static void limits_are_listed_by_name(void)
{
    size_t index, count = fedverify_limits_count();
    EXPECT(count == sizeof LIMITS / sizeof LIMITS[0]);
    for (index = 0; index < count && index < sizeof LIMITS / sizeof LIMITS[0]; index++) {
        EXPECT(is(fedverify_limits_name(index), LIMITS[index]));
    }
    for (index = 0; index < count; index++) {
        fedverify_str name = fedverify_limits_name(index), meaning = fedverify_limits_meaning(name.data, name.len);
        uint64_t value = 0;
        EXPECT(fedverify_limits_get(NULL, name.data, name.len, &value, NULL) == FEDVERIFY_OK && value > 0);
        EXPECT(meaning.len > 10 && meaning.data[meaning.len - 1] == '.');
    }
    EXPECT(is_absent(fedverify_limits_name(count)) && is_absent(fedverify_limits_name(SIZE_MAX)));
    EXPECT(is(fedverify_limits_meaning("logBytes", 8), "Bytes of a log."));
    EXPECT(is_absent(fedverify_limits_meaning("logBytes", 7)) && is_absent(fedverify_limits_meaning("noSuchLimit", 11)));
    EXPECT(is_absent(fedverify_limits_meaning("\xff", 1)) && is_absent(fedverify_limits_meaning("logBytes", SIZE_MAX)));
}

/* ---- Pins -------------------------------------------------------------------------- */

static void pins_have_an_order(void)
{
    fedverify_pin *older = pin_at(NOW), *newer = pin_at(NOW + 1), *same = pin_at(NOW);
    /* The log counts before the visit. */
    fedverify_pin *shorter = pin_of_first(2, NOW + 2);
    fedverify_error *error = NULL;
    int32_t order = 7;
    EXPECT(fedverify_pin_compare(older, newer, &order, NULL) == FEDVERIFY_OK && order == -1);
    EXPECT(fedverify_pin_compare(newer, older, &order, NULL) == FEDVERIFY_OK && order == 1);
    EXPECT(fedverify_pin_compare(older, same, &order, &error) == FEDVERIFY_OK && order == 0 && error == NULL);
    EXPECT(fedverify_pin_compare(shorter, newer, &order, NULL) == FEDVERIFY_OK && order == -1);
    EXPECT(fedverify_pin_compare(newer, shorter, &order, NULL) == FEDVERIFY_OK && order == 1);
    order = 7;
    EXPECT(fedverify_pin_compare(older, NULL, &order, &error) == FEDVERIFY_API_ARGUMENT && order == 0);
    EXPECT(is(fedverify_error_message(error), "expected a pin, found NULL"));
    fedverify_error_free(error);
    EXPECT(fedverify_pin_compare(older, newer, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    fedverify_pin_free(shorter);
    fedverify_pin_free(same);
    fedverify_pin_free(newer);
    fedverify_pin_free(older);
}

/* ---- Several directories ------------------------------------------------------------ */

static void a_list_is_asked_again(void)
{
    static const char URL[] = "https://a.example";
    fedverify_directories *directories = fedverify_directories_new();
    fedverify_identity *identity = verified(NOW);
    fedverify_newest *newest = (fedverify_newest *)&failures;
    fedverify_error *error = NULL;
    int round;
    EXPECT(fedverify_directories_newest(directories, &newest, &error) == FEDVERIFY_PLC_LOG_EMPTY && newest == NULL);
    EXPECT(is(fedverify_error_message(error), "no directory served a log"));
    fedverify_error_free(error);
    EXPECT(fedverify_directories_add(directories, URL, sizeof URL - 1, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_directories_add(directories, "\xff", 1, identity, NULL) == FEDVERIFY_API_ARGUMENT);
    EXPECT(fedverify_directories_newest(directories, &newest, NULL) == FEDVERIFY_PLC_LOG_EMPTY);
    for (round = 0; round < 2; round++) {
        EXPECT(fedverify_directories_add(directories, URL, sizeof URL - 1, identity, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_directories_newest(directories, &newest, NULL) == FEDVERIFY_OK);
        EXPECT(fedverify_newest_index(newest) == 0 && is(fedverify_newest_url(newest), URL));
        EXPECT(fedverify_newest_warning_count(newest) == 0 && is_absent(fedverify_newest_warning_code(newest, 0)));
        fedverify_newest_free(newest);
    }
    EXPECT(fedverify_directories_newest(directories, NULL, NULL) == FEDVERIFY_API_ARGUMENT);
    fedverify_identity_free(identity);
    fedverify_directories_free(directories);
}

/* ---- Versions ---------------------------------------------------------------------- */

static void a_version_has_a_number(void)
{
    static const char *const SPELLINGS[] = {"1", "1.0", "v1.0.0", "1.0.0+build"};
    fedverify_string *number = NULL;
    size_t index;
    for (index = 0; index < sizeof SPELLINGS / sizeof SPELLINGS[0]; index++) {
        EXPECT(fedverify_version_number(SPELLINGS[index], strlen(SPELLINGS[index]), NULL, &number, NULL) == FEDVERIFY_OK);
        EXPECT(is(fedverify_string_view(number), "1.0.0"));
        fedverify_string_free(number);
    }
    EXPECT(fedverify_version_number("trunk", 5, NULL, &number, NULL) == FEDVERIFY_OK);
    EXPECT(is(fedverify_string_view(number), "trunk"));
    fedverify_string_free(number);
    EXPECT(fedverify_version_number("", 0, NULL, &number, NULL) == FEDVERIFY_FAIR_VERSION_INVALID && number == NULL);
}

/* ---- Archives ---------------------------------------------------------------------- */

/* That a key signed a digest is in tests/ffi/python_values.py, on an archive of the corpus. */
static void a_listed_digest_has_a_form(void)
{
    static const char KEY[] = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    char digest[97];
    fedverify_pfn_key *key = NULL;
    fedverify_error *error = NULL;
    memset(digest, 'f', sizeof digest);
    EXPECT(fedverify_pfn_key_parse(KEY, sizeof KEY - 1, NULL, &key, NULL) == FEDVERIFY_OK);
    EXPECT(fedverify_pfn_archive_check_signature(key, digest, 97, "AA", 2, &error) == FEDVERIFY_API_ARGUMENT);
    EXPECT(is(fedverify_error_message(error), "expected a SHA-384 digest of 96 hexadecimal digits"));
    fedverify_error_free(error);
    EXPECT(fedverify_pfn_archive_check_signature(key, digest, 96, "AA", 2, NULL) == FEDVERIFY_PFN_SIGNATURE_ENCODING);
    EXPECT(fedverify_pfn_archive_check_signature(NULL, digest, 96, "AA", 2, NULL) == FEDVERIFY_API_ARGUMENT);
    fedverify_pfn_key_free(key);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s LOG METADATA PACKAGE DID\n", argv[0]);
        return 3;
    }
    log_json = read_file(argv[1], &log_len);
    did = argv[4];
    a_clock_has_an_end();
    limits_are_listed_by_name();
    pins_have_an_order();
    a_list_is_asked_again();
    a_version_has_a_number();
    a_listed_digest_has_a_form();
    free(log_json);
    printf("values: %d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
