/* A server of threads, as PHP with ZTS is for: each runs the script as a request of its own, all at the same time.
 *
 * usage: host INI THREADS SCRIPT [ARGUMENT...]    exits with the number of threads whose script failed
 */
#include <sapi/embed/php_embed.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static const char *script;

/* PHP's exit status of the script, in a thread that PHP has not seen before. */
static void *request(void *failed)
{
    (void) ts_resource(0);
    *(int *) failed = 1;
    if (php_request_startup() == SUCCESS) {
        zend_file_handle file;
        zend_stream_init_filename(&file, script);
        zend_first_try {
            /* No use asking what this returns: a script that ends itself has failed by that. A fatal error sets a status. */
            (void) php_execute_script(&file);
            *(int *) failed = EG(exit_status) != 0;
        } zend_end_try();
        zend_destroy_file_handle(&file);
        php_request_shutdown(NULL);
    }
    ts_free_thread();
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: host INI THREADS SCRIPT [ARGUMENT...]\n", stderr);
        return 2;
    }
    int count = atoi(argv[2]), failures = 0;
    pthread_t *threads = calloc((size_t) count, sizeof *threads);
    int *failed = calloc((size_t) count, sizeof *failed);
    if (count < 1 || threads == NULL || failed == NULL) {
        return 2;
    }
    script = argv[3];
    php_embed_module.php_ini_path_override = argv[1];
    /* What the script sees as its arguments starts with itself. */
    if (php_embed_init(argc - 3, argv + 3) != SUCCESS) {
        return 2;
    }
    for (int thread = 0; thread < count; thread++) {
        if (pthread_create(&threads[thread], NULL, request, &failed[thread]) != 0) {
            return 2;
        }
    }
    for (int thread = 0; thread < count; thread++) {
        pthread_join(threads[thread], NULL);
        failures += failed[thread];
    }
    php_embed_shutdown();
    printf("%d threads at once, %d failed\n", count, failures);
    return failures;
}
