/*
 * Counts the bytes that the program and the libraries it is linked with have of the heap: what they call is found here before
 * glibc's own, to which it is passed on. The bytes of a block are those that glibc says it has.
 */
#ifndef COUNTING_H
#define COUNTING_H

#include <errno.h>
#include <malloc.h>
#include <stddef.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

/* Of all threads. The library starts none, and the program has one. */
static size_t heap_now = 0;
static size_t heap_most = 0;

static void *counted(void *block)
{
    heap_now += malloc_usable_size(block);
    if (heap_now > heap_most)
        heap_most = heap_now;
    return block;
}

void *malloc(size_t size)
{
    return counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    size_t before = malloc_usable_size(block);
    void *grown = __libc_realloc(block, size);
    if (grown == NULL && size != 0)
        return NULL;
    /* It may have been copied: then both were there for a moment. */
    if (grown != block && heap_now + malloc_usable_size(grown) > heap_most)
        heap_most = heap_now + malloc_usable_size(grown);
    heap_now -= before;
    return counted(grown);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return counted(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    *block = counted(__libc_memalign(alignment, size));
    return *block == NULL ? ENOMEM : 0;
}

void free(void *block)
{
    heap_now -= malloc_usable_size(block);
    __libc_free(block);
}

#endif /* COUNTING_H */
