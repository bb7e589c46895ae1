/* Preloaded (LD_PRELOAD): every fsync and fdatasync takes SYNC_US microseconds more, as on a slower disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void delay(void) {
  static int us = -1;
  if (us < 0) {
    const char *given = getenv("SYNC_US");
    us = given ? atoi(given) : 0;
  }
  usleep(us);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  delay();
  return real(fd);
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  delay();
  return real(fd);
}
