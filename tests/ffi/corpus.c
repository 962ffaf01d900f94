/*
 * Puts the conformance corpus through the C library: a case a line in, its report a line out. tests/ffi/corpus.py sends the
 * cases and judges the reports.
 *
 * A line is the kind of the case and then, after tabs, its inputs as name=value, values in hexadecimal; an input whose name
 * ends in .file is a path. Limits are limit.<name>=<number>.
 */
#define _POSIX_C_SOURCE 200809L /* getline */
#include <fedverify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_INPUTS 32

/* Bytes with their number; data is NULL where there are none. */
struct bytes {
    char *data;
    size_t len;
};

struct input {
    const char *name;
    struct bytes value;
};

struct test_case {
    const char *kind;
    struct input inputs[MAX_INPUTS];
    size_t count;
    fedverify_limits *limits;
};

static void die(const char *why, const char *what)
{
    fprintf(stderr, "corpus.c: %s: %s\n", why, what);
    exit(3);
}

/* ---- Reading cases ---------------------------------------------------------------- */

static struct bytes from_hex(const char *hex)
{
    struct bytes bytes;
    size_t index;
    bytes.len = strlen(hex) / 2;
    bytes.data = malloc(bytes.len + 1);
    if (bytes.data == NULL)
        die("no memory for", hex);
    for (index = 0; index < bytes.len; index++) {
        unsigned value = 0;
        if (sscanf(hex + 2 * index, "%2x", &value) != 1)
            die("not hexadecimal", hex);
        bytes.data[index] = (char)value;
    }
    /* Paths go to fopen. fedverify is never told of this byte. */
    bytes.data[bytes.len] = '\0';
    return bytes;
}

static void read_case(struct test_case *test, char *line)
{
    char *field = strtok(line, "\t\n");
    if (field == NULL)
        die("a line without a kind", "");
    test->kind = field;
    test->count = 0;
    test->limits = fedverify_limits_new();
    while ((field = strtok(NULL, "\t\n")) != NULL) {
        char *value = strchr(field, '=');
        if (value == NULL || test->count == MAX_INPUTS)
            die("not an input", field);
        *value++ = '\0';
        if (strncmp(field, "limit.", 6) == 0) {
            const char *name = field + 6;
            if (fedverify_limits_set(test->limits, name, strlen(name), strtoull(value, NULL, 10), NULL) != FEDVERIFY_OK)
                die("no such limit", name);
        } else {
            test->inputs[test->count].name = field;
            test->inputs[test->count].value = from_hex(value);
            test->count++;
        }
    }
}

static void free_case(struct test_case *test)
{
    size_t index;
    for (index = 0; index < test->count; index++)
        free(test->inputs[index].value.data);
    fedverify_limits_free(test->limits);
}

/* An input; its data is NULL where the case has none of this name. */
static struct bytes input(const struct test_case *test, const char *name)
{
    struct bytes none = {NULL, 0};
    size_t index;
    for (index = 0; index < test->count; index++)
        if (strcmp(test->inputs[index].name, name) == 0)
            return test->inputs[index].value;
    return none;
}

/* The content of the file that an input names. Its length is exact, so that a sanitizer sees whoever reads beyond it. */
static struct bytes content(const struct test_case *test, const char *name)
{
    struct bytes path = input(test, name), bytes = {NULL, 0};
    FILE *file = path.data == NULL ? NULL : fopen(path.data, "rb");
    long size;
    if (file == NULL)
        die("cannot be opened", path.data == NULL ? name : path.data);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    if (size < 0)
        die("has no size", path.data);
    bytes.len = (size_t)size;
    bytes.data = malloc(bytes.len == 0 ? 1 : bytes.len);
    if (bytes.data == NULL || fread(bytes.data, 1, bytes.len, file) != bytes.len)
        die("cannot be read", path.data);
    fclose(file);
    return bytes;
}

/* ---- Writing what came out ---------------------------------------------------------- */

static void print(fedverify_str text)
{
    fwrite(text.data, 1, text.len, stdout);
}

/* Prints a text that holds nothing that JSON escapes: codes, addresses, versions. */
static void print_member(const char *name, fedverify_str text)
{
    if (text.data == NULL)
        return;
    if (memchr(text.data, '"', text.len) != NULL || memchr(text.data, '\\', text.len) != NULL)
        die("needs escaping", name);
    printf(",\"%s\":\"", name);
    print(text);
    printf("\"");
}

static void print_report(fedverify_report *report)
{
    print(fedverify_report_json(report));
    printf("\n");
    fedverify_report_free(report);
}

/* Of documents there are no reports: the outcome in the shape of one. */
static void print_refusal(const char *kind, fedverify_error *error)
{
    fedverify_str code = fedverify_status_code(fedverify_error_status(error));
    printf("{\"kind\":\"%s\",\"verdict\":\"rejected\",\"warnings\":[],\"error\":{\"x\":0", kind);
    print_member("code", code);
    printf("}}\n");
    fedverify_error_free(error);
}

static void print_document(const char *kind, const char *name, fedverify_str fact)
{
    printf("{\"kind\":\"%s\",\"verdict\":\"verified\",\"warnings\":[],\"error\":null,\"document\":{\"x\":0", kind);
    if (name != NULL)
        print_member(name, fact);
    printf("}}\n");
}

static void print_refused_report(int kind, fedverify_error *error, const fedverify_identity *identity,
                                 const fedverify_release *release)
{
    fedverify_report *report = NULL;
    if (fedverify_report_refused(kind, error, identity, release, &report, NULL) != FEDVERIFY_OK)
        die("no report on a refusal", "");
    print_report(report);
    fedverify_error_free(error);
}

/* ---- The kinds of cases --------------------------------------------------------------- */

static fedverify_status verify_log(const struct test_case *test, fedverify_identity **identity, fedverify_error **error)
{
    struct bytes log, did = input(test, "did"), now = input(test, "now"), json;
    fedverify_pin *pin = NULL;
    fedverify_status status = FEDVERIFY_OK;
    if (now.data != NULL) {
        json = content(test, "pin.file");
        status = fedverify_pin_parse(json.data, json.len, test->limits, &pin, error);
        free(json.data);
        if (status != FEDVERIFY_OK)
            return status;
    }
    log = content(test, "log.file");
    if (now.data == NULL)
        status = fedverify_identity_verify(log.data, log.len, did.data, did.len, test->limits, identity, error);
    else
        status = fedverify_identity_verify_remembering(log.data, log.len, did.data, did.len, pin,
                                                       strtoull(now.data, NULL, 10), test->limits, identity, error);
    free(log.data);
    fedverify_pin_free(pin);
    return status;
}

/* Hashes the package in each of the three ways, which must agree. */
static fedverify_status hash_package(const struct test_case *test, fedverify_package_digests **digests,
                                     fedverify_error **error)
{
    struct bytes path = input(test, "package.file"), bytes;
    fedverify_package_digests *whole = NULL, *pieces = NULL;
    fedverify_package_hasher *hasher;
    fedverify_str a, b, c;
    size_t at, step;
    fedverify_status status =
        fedverify_package_digests_of_file(path.data, path.len, test->limits, digests, error);
    if (status != FEDVERIFY_OK)
        return status;
    bytes = content(test, "package.file");
    hasher = fedverify_package_hasher_new(test->limits);
    for (at = 0; at < bytes.len; at += step) {
        step = at % 97 + 1 < bytes.len - at ? at % 97 + 1 : bytes.len - at;
        if (fedverify_package_hasher_update(hasher, bytes.data + at, step, NULL) != FEDVERIFY_OK)
            die("a piece was refused", path.data);
    }
    if (fedverify_package_hasher_finish(hasher, &pieces, NULL) != FEDVERIFY_OK ||
        fedverify_package_digests_of_bytes(bytes.data, bytes.len, test->limits, &whole, NULL) != FEDVERIFY_OK)
        die("was hashed from a file only", path.data);
    a = fedverify_package_digests_sha384(*digests);
    b = fedverify_package_digests_sha384(whole);
    c = fedverify_package_digests_sha384(pieces);
    if (memcmp(a.data, b.data, a.len) != 0 || memcmp(a.data, c.data, a.len) != 0)
        die("has several digests", path.data);
    fedverify_package_hasher_free(hasher);
    fedverify_package_digests_free(whole);
    fedverify_package_digests_free(pieces);
    free(bytes.data);
    return FEDVERIFY_OK;
}

static fedverify_status verify_package(const struct test_case *test, const fedverify_release *release,
                                       fedverify_package **package, fedverify_error **error)
{
    struct bytes url = input(test, "artifactUrl");
    fedverify_package_digests *digests = NULL;
    fedverify_status status = hash_package(test, &digests, error);
    if (status == FEDVERIFY_OK && url.data != NULL)
        status = fedverify_release_verify_from(release, url.data, url.len, digests, package, error);
    else if (status == FEDVERIFY_OK)
        status = fedverify_release_verify(release, digests, package, error);
    fedverify_package_digests_free(digests);
    return status;
}

static fedverify_status parse_metadata(const struct test_case *test, fedverify_metadata **metadata,
                                       fedverify_error **error)
{
    struct bytes json = content(test, "metadata.file");
    fedverify_status status = fedverify_metadata_parse(json.data, json.len, test->limits, metadata, error);
    free(json.data);
    return status;
}

static void run_log(const struct test_case *test)
{
    fedverify_identity *identity = NULL;
    fedverify_error *error = NULL;
    fedverify_report *report = NULL;
    if (verify_log(test, &identity, &error) != FEDVERIFY_OK) {
        print_refused_report(FEDVERIFY_KIND_PLC_LOG, error, NULL, NULL);
        return;
    }
    if (fedverify_identity_report(identity, &report, NULL) != FEDVERIFY_OK)
        die("no report on an identity", "");
    /* The report outlives what it is about. */
    fedverify_identity_free(identity);
    print_report(report);
}

static void run_package(const struct test_case *test)
{
    struct bytes version = input(test, "release");
    fedverify_identity *identity = NULL;
    fedverify_metadata *metadata = NULL;
    fedverify_release *release = NULL;
    fedverify_package *package = NULL;
    fedverify_error *error = NULL;
    fedverify_report *report = NULL;
    fedverify_status status = verify_log(test, &identity, &error);
    if (status == FEDVERIFY_OK)
        status = parse_metadata(test, &metadata, &error);
    if (status == FEDVERIFY_OK)
        status = fedverify_identity_release(identity, metadata, version.data, version.len, &release, &error);
    if (status == FEDVERIFY_OK && input(test, "noDowngrade").data != NULL) {
        status = fedverify_release_refuse_downgrade(release, &error);
        if (status != FEDVERIFY_OK) {
            fedverify_release_free(release);
            release = NULL;
        }
    }
    if (status == FEDVERIFY_OK)
        status = verify_package(test, release, &package, &error);
    if (status != FEDVERIFY_OK)
        print_refused_report(FEDVERIFY_KIND_FAIR_PACKAGE, error, identity, release);
    else if (fedverify_package_report(package, &report, NULL) == FEDVERIFY_OK)
        print_report(report);
    else
        die("no report on a package", "");
    fedverify_identity_free(identity);
    fedverify_metadata_free(metadata);
    fedverify_release_free(release);
    fedverify_package_free(package);
}

static void run_web_package(const struct test_case *test)
{
    struct bytes did = input(test, "did"), document = content(test, "document.file");
    fedverify_web_identity *identity = NULL;
    fedverify_metadata *metadata = NULL;
    fedverify_release *release = NULL;
    fedverify_package *package = NULL;
    fedverify_error *error = NULL;
    fedverify_status status = fedverify_web_identity_parse(document.data, document.len, did.data, did.len,
                                                           test->limits, &identity, &error);
    if (status == FEDVERIFY_OK)
        status = parse_metadata(test, &metadata, &error);
    if (status == FEDVERIFY_OK)
        status = fedverify_web_identity_release(identity, metadata, NULL, 0, &release, &error);
    if (status == FEDVERIFY_OK)
        status = verify_package(test, release, &package, &error);
    if (status != FEDVERIFY_OK)
        print_refusal(test->kind, error);
    else {
        printf("{\"kind\":\"%s\",\"verdict\":\"verified\",\"warnings\":[],\"error\":null,\"document\":{\"x\":0",
               test->kind);
        print_member("version", fedverify_package_version(package));
        print_member("keyId", fedverify_package_key_id(package));
        printf("}}\n");
    }
    fedverify_web_identity_free(identity);
    fedverify_metadata_free(metadata);
    fedverify_release_free(release);
    fedverify_package_free(package);
    free(document.data);
}

static void run_alias(const struct test_case *test)
{
    struct bytes txt = input(test, "txt");
    fedverify_str records[64];
    size_t count = 0;
    fedverify_identity *identity = NULL;
    fedverify_alias *alias = NULL;
    fedverify_error *error = NULL;
    char *line = txt.data == NULL ? NULL : strtok(txt.data, "\n");
    fedverify_status status = verify_log(test, &identity, &error);
    for (; line != NULL && count < 64; line = strtok(NULL, "\n")) {
        records[count].data = line;
        records[count++].len = strlen(line);
    }
    if (status == FEDVERIFY_OK)
        status = fedverify_identity_alias(identity, &alias, &error);
    if (status == FEDVERIFY_OK && alias != NULL)
        status = fedverify_alias_confirm(alias, records, count, &error);
    if (status != FEDVERIFY_OK)
        print_refusal(test->kind, error);
    else
        print_document(test->kind, "domain", fedverify_alias_domain(alias));
    fedverify_identity_free(identity);
    fedverify_alias_free(alias);
}

static fedverify_status parse_key(const struct test_case *test, fedverify_pfn_key **key, fedverify_error **error)
{
    struct bytes text = content(test, "key.file");
    fedverify_status status = fedverify_pfn_key_parse(text.data, text.len, test->limits, key, error);
    free(text.data);
    return status;
}

static fedverify_status check_archive(const struct test_case *test, fedverify_pfn_plugin **plugin,
                                      fedverify_error **error)
{
    struct bytes path = input(test, "archive.file"), signature = input(test, "archiveSignature");
    fedverify_pfn_archive *archive = NULL;
    fedverify_pfn_plugin *bare = *plugin;
    fedverify_status status =
        fedverify_pfn_archive_read_file(path.data, path.len, test->limits, &archive, error);
    if (status == FEDVERIFY_OK) {
        status = fedverify_pfn_plugin_with_archive(bare, archive, signature.data, signature.len, plugin, error);
        fedverify_pfn_plugin_free(bare);
    }
    fedverify_pfn_archive_free(archive);
    return status;
}

static void run_plugin(const struct test_case *test)
{
    struct bytes signature = input(test, "signature"), record;
    fedverify_pfn_key *key = NULL;
    fedverify_pfn_plugin *plugin = NULL;
    fedverify_error *error = NULL;
    fedverify_report *report = NULL;
    fedverify_status status = parse_key(test, &key, &error);
    if (status == FEDVERIFY_OK) {
        record = content(test, "plugin.file");
        status = fedverify_pfn_plugin_verify(record.data, record.len, key, signature.data, signature.len,
                                             test->limits, &plugin, &error);
        free(record.data);
    }
    if (status == FEDVERIFY_OK && input(test, "archive.file").data != NULL)
        status = check_archive(test, &plugin, &error);
    if (status != FEDVERIFY_OK)
        print_refused_report(FEDVERIFY_KIND_PFN_PLUGIN, error, NULL, NULL);
    else if (fedverify_pfn_plugin_report(plugin, &report, NULL) == FEDVERIFY_OK)
        print_report(report);
    else
        die("no report on a plugin", "");
    fedverify_pfn_key_free(key);
    fedverify_pfn_plugin_free(plugin);
}

static void run_challenge(const struct test_case *test)
{
    struct bytes text = input(test, "challenge"), signature = input(test, "signature");
    fedverify_pfn_key *key = NULL;
    fedverify_pfn_challenge *challenge = NULL;
    fedverify_error *error = NULL;
    fedverify_report *report = NULL;
    fedverify_status status = parse_key(test, &key, &error);
    if (status == FEDVERIFY_OK)
        status = fedverify_pfn_challenge_verify(text.data, text.len, key, signature.data, signature.len,
                                                test->limits, &challenge, &error);
    if (status != FEDVERIFY_OK)
        print_refused_report(FEDVERIFY_KIND_PFN_CHALLENGE, error, NULL, NULL);
    else if (fedverify_pfn_challenge_report(challenge, &report, NULL) == FEDVERIFY_OK)
        print_report(report);
    else
        die("no report on a challenge", "");
    fedverify_pfn_key_free(key);
    fedverify_pfn_challenge_free(challenge);
}

static void run_key(const struct test_case *test)
{
    struct bytes text = content(test, "key.file");
    fedverify_key *key = NULL;
    fedverify_error *error = NULL;
    fedverify_report *report = NULL;
    if (fedverify_key_read(text.data, text.len, test->limits, &key, &error) != FEDVERIFY_OK)
        print_refused_report(FEDVERIFY_KIND_KEY, error, NULL, NULL);
    else if (fedverify_key_report(key, &report, NULL) == FEDVERIFY_OK)
        print_report(report);
    else
        die("no report on a key", "");
    fedverify_key_free(key);
    free(text.data);
}

static void run_author_data(const struct test_case *test)
{
    struct bytes json = content(test, "document.file");
    fedverify_pfn_author_data *author_data = NULL;
    fedverify_error *error = NULL;
    fedverify_str nothing = {NULL, 0};
    if (fedverify_pfn_author_data_parse(json.data, json.len, test->limits, &author_data, &error) != FEDVERIFY_OK)
        print_refusal(test->kind, error);
    else
        print_document(test->kind, NULL, nothing);
    fedverify_pfn_author_data_free(author_data);
    free(json.data);
}

static void run_federation_info(const struct test_case *test)
{
    struct bytes json = content(test, "document.file");
    struct bytes author = input(test, "author"), slug = input(test, "slug");
    fedverify_pfn_federation_info *info = NULL;
    fedverify_text *url = NULL;
    fedverify_error *error = NULL;
    fedverify_status status =
        fedverify_pfn_federation_info_parse(json.data, json.len, test->limits, &info, &error);
    if (status == FEDVERIFY_OK && author.data != NULL)
        status = fedverify_pfn_federation_info_asset_url(info, author.data, author.len, slug.data, slug.len, &url,
                                                         &error);
    if (status != FEDVERIFY_OK)
        print_refusal(test->kind, error);
    else
        print_document(test->kind, "url", fedverify_text_view(url));
    fedverify_pfn_federation_info_free(info);
    fedverify_text_free(url);
    free(json.data);
}

static const struct {
    const char *kind;
    void (*run)(const struct test_case *);
} RUNNERS[] = {
    {"plc-log", run_log},
    {"fair-package", run_package},
    {"web-package", run_web_package},
    {"fair-alias", run_alias},
    {"pfn-plugin", run_plugin},
    {"pfn-challenge", run_challenge},
    {"key", run_key},
    {"pfn-author-data", run_author_data},
    {"pfn-federation-info", run_federation_info},
    {"pfn-asset-url", run_federation_info},
};

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) != -1) {
        struct test_case test;
        size_t index = 0;
        read_case(&test, line);
        while (index < sizeof RUNNERS / sizeof RUNNERS[0] && strcmp(RUNNERS[index].kind, test.kind) != 0)
            index++;
        if (index == sizeof RUNNERS / sizeof RUNNERS[0])
            die("no runner for", test.kind);
        RUNNERS[index].run(&test);
        free_case(&test);
    }
    free(line);
    return 0;
}
