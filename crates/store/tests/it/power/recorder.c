/* Preloaded into a process, records what it does to the files of one folder, and in which order, so that a test can
 * rebuild what a disk would hold after a power loss at any moment.
 *
 * RECORD_FOLDER: the folder; RECORD_LOG: where to write. A record is
 *   u8 op ('w' write, 't' truncate, 's' sync, 'u' unlink), u16 length of the name, name,
 *   u64 offset (or size), u64 length, data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
static char *names[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static const char *folder;

#define REAL(result, name, ...) \
    static result (*real_##name)(__VA_ARGS__); \
    if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

static ssize_t raw_write(int fd, const void *data, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    const char *at = data;
    while (length > 0) {
        ssize_t done = real_write(fd, at, length);
        if (done <= 0) abort();
        at += done;
        length -= (size_t)done;
    }
    return 0;
}

static int start(void) {
    if (log_fd >= 0) return 1;
    folder = getenv("RECORD_FOLDER");
    const char *log = getenv("RECORD_LOG");
    if (!folder || !log) return 0;
    REAL(int, open, const char *, int, ...);
    log_fd = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return log_fd >= 0;
}

static void record(char op, const char *name, uint64_t offset, uint64_t length, const void *data) {
    char head[19 + PATH_MAX];
    uint16_t named = (uint16_t)strlen(name);
    size_t at = 0;
    head[at++] = op;
    memcpy(head + at, &named, 2), at += 2;
    memcpy(head + at, name, named), at += named;
    memcpy(head + at, &offset, 8), at += 8;
    memcpy(head + at, &length, 8), at += 8;
    raw_write(log_fd, head, at);
    if (data) raw_write(log_fd, data, length);
}

static void opened(int fd, const char *path) {
    if (fd < 0 || fd >= FILES) return;
    pthread_mutex_lock(&lock);
    free(names[fd]);
    names[fd] = NULL;
    if (start() && !strncmp(path, folder, strlen(folder))) names[fd] = strdup(path + strlen(folder) + 1);
    pthread_mutex_unlock(&lock);
}

static const char *name_of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

#define OPEN(symbol) \
    int symbol(const char *path, int flags, ...) { \
        REAL(int, symbol, const char *, int, ...); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        int fd = real_##symbol(path, flags, mode); \
        opened(fd, path); \
        return fd; \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(int, close, int);
    if (name_of(fd)) {
        pthread_mutex_lock(&lock);
        free(names[fd]);
        names[fd] = NULL;
        pthread_mutex_unlock(&lock);
    }
    return real_close(fd);
}

static ssize_t recorded(ssize_t done, int fd, const void *data, off64_t offset) {
    if (done > 0) record('w', names[fd], (uint64_t)offset, (uint64_t)done, data);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (!name_of(fd)) return real_write(fd, data, length);
    pthread_mutex_lock(&lock);
    off64_t offset = lseek64(fd, 0, SEEK_CUR);
    ssize_t done = recorded(real_write(fd, data, length), fd, data, offset);
    pthread_mutex_unlock(&lock);
    return done;
}

#define PWRITE(symbol, type) \
    ssize_t symbol(int fd, const void *data, size_t length, type offset) { \
        REAL(ssize_t, symbol, int, const void *, size_t, type); \
        if (!name_of(fd)) return real_##symbol(fd, data, length, offset); \
        pthread_mutex_lock(&lock); \
        ssize_t done = recorded(real_##symbol(fd, data, length, offset), fd, data, offset); \
        pthread_mutex_unlock(&lock); \
        return done; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(symbol, type) \
    int symbol(int fd, type size) { \
        REAL(int, symbol, int, type); \
        if (!name_of(fd)) return real_##symbol(fd, size); \
        pthread_mutex_lock(&lock); \
        int done = real_##symbol(fd, size); \
        if (!done) record('t', names[fd], (uint64_t)size, 0, NULL); \
        pthread_mutex_unlock(&lock); \
        return done; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* What is recorded before the call is what the call promises: the record follows the real one. */
#define SYNC(symbol) \
    int symbol(int fd) { \
        REAL(int, symbol, int); \
        int done = real_##symbol(fd); \
        if (!done && name_of(fd)) { \
            pthread_mutex_lock(&lock); \
            record('s', names[fd], 0, 0, NULL); \
            pthread_mutex_unlock(&lock); \
        } \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    int done = real_unlink(path);
    pthread_mutex_lock(&lock);
    if (!done && start() && !strncmp(path, folder, strlen(folder))) record('u', path + strlen(folder) + 1, 0, 0, NULL);
    pthread_mutex_unlock(&lock);
    return done;
}
