/*
 * The cheapest SMTP receiver there can be: takes every message, keeps none. With a delay every answer leaves so many
 * milliseconds later, which is what a far server's round trip costs: `sink PORT [DELAY_MS]`, ended by SIGTERM.
 * Offers PIPELINING, 8BITMIME and SIZE. Linux (epoll).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_FD 4096
#define MAX_LINE 2048
#define MAX_REPLY 1024
#define QUEUE 65536
#define END "\r\n.\r\n"
#define END_LENGTH 5

struct connection {
  int in_message;
  int is_leaving;
  char line[MAX_LINE];
  int line_length;
  /* The last bytes of a message so far: its end may come in pieces. */
  char tail[END_LENGTH - 1];
  int tail_length;
  char reply[MAX_REPLY];
  int reply_length;
};

/* All answers wait equally long, so the first in is the first out. */
struct answer {
  double due_ms;
  int fd;
  unsigned generation;
  int length;
  int is_last;
  char text[MAX_REPLY];
};

static struct connection *connections[MAX_FD];
static unsigned generations[MAX_FD];
static struct answer *answers;
static unsigned first_answer, next_answer;
static double delay_ms;
static volatile sig_atomic_t is_stopping;

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void stop(int signal) {
  (void)signal;
  is_stopping = 1;
}

static void hang_up(int fd) {
  free(connections[fd]);
  connections[fd] = NULL;
  generations[fd]++;
  close(fd);
}

static void put(int fd, const char *text, int length, int is_last) {
  if (length > 0 && write(fd, text, length) < 0) is_last = 1;
  if (is_last) hang_up(fd);
}

static void answer(int fd) {
  struct connection *c = connections[fd];
  if (c->reply_length == 0 && !c->is_leaving) return;
  int length = c->reply_length;
  c->reply_length = 0;
  if (delay_ms <= 0) {
    put(fd, c->reply, length, c->is_leaving);
    return;
  }
  struct answer *a = &answers[next_answer++ % QUEUE];
  if (next_answer - first_answer >= QUEUE) exit(2);
  a->due_ms = now_ms() + delay_ms;
  a->fd = fd;
  a->generation = generations[fd];
  a->length = length;
  a->is_last = c->is_leaving;
  memcpy(a->text, c->reply, length);
}

static void send_due(void) {
  double now = now_ms() + 0.05;
  while (first_answer != next_answer && answers[first_answer % QUEUE].due_ms <= now) {
    struct answer *a = &answers[first_answer++ % QUEUE];
    if (connections[a->fd] && generations[a->fd] == a->generation) put(a->fd, a->text, a->length, a->is_last);
  }
}

static void say(struct connection *c, const char *text) {
  int length = strlen(text);
  if (c->reply_length + length > MAX_REPLY) return;
  memcpy(c->reply + c->reply_length, text, length);
  c->reply_length += length;
}

static void obey(struct connection *c) {
  if (!strncasecmp(c->line, "EHLO", 4)) {
    say(c, "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 50000000\r\n");
  } else if (!strncasecmp(c->line, "DATA", 4)) {
    say(c, "354 Go on\r\n");
    c->in_message = 1;
    c->tail_length = 2;
    memcpy(c->tail, "\r\n", 2);
  } else if (!strncasecmp(c->line, "QUIT", 4)) {
    say(c, "221 2.0.0 Bye\r\n");
    c->is_leaving = 1;
  } else {
    say(c, "250 2.0.0 Ok\r\n");
  }
}

static int take_line(struct connection *c, const char *bytes, int count) {
  const char *end = memchr(bytes, '\n', count);
  int used = end ? end - bytes + 1 : count;
  if (c->line_length + used < MAX_LINE) {
    memcpy(c->line + c->line_length, bytes, used);
    c->line_length += used;
  }
  if (end) {
    c->line[c->line_length] = 0;
    c->line_length = 0;
    obey(c);
  }
  return used;
}

static void keep_tail(struct connection *c, const char *bytes, int count) {
  char joined[2 * END_LENGTH];
  int fresh = count < END_LENGTH - 1 ? count : END_LENGTH - 1;
  int length = c->tail_length + fresh;
  memcpy(joined, c->tail, c->tail_length);
  memcpy(joined + c->tail_length, bytes + count - fresh, fresh);
  int kept = length < END_LENGTH - 1 ? length : END_LENGTH - 1;
  memcpy(c->tail, joined + length - kept, kept);
  c->tail_length = kept;
}

static int take_message(struct connection *c, const char *bytes, int count) {
  char seam[2 * END_LENGTH];
  int fresh = count < END_LENGTH - 1 ? count : END_LENGTH - 1;
  memcpy(seam, c->tail, c->tail_length);
  memcpy(seam + c->tail_length, bytes, fresh);
  const char *end = memmem(seam, c->tail_length + fresh, END, END_LENGTH);
  int used = count;
  if (end) used = end - seam + END_LENGTH - c->tail_length;
  else if ((end = memmem(bytes, count, END, END_LENGTH))) used = end - bytes + END_LENGTH;
  if (end) {
    c->in_message = 0;
    say(c, "250 2.0.0 Ok: queued as 4XyZ1a2B3c\r\n");
  } else {
    keep_tail(c, bytes, count);
  }
  return used;
}

static void take(int fd, const char *bytes, int count) {
  struct connection *c = connections[fd];
  while (count > 0 && !c->is_leaving) {
    int used = c->in_message ? take_message(c, bytes, count) : take_line(c, bytes, count);
    bytes += used;
    count -= used;
  }
  answer(fd);
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void welcome(int epoll, int listener) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    if (fd >= MAX_FD) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections[fd] = calloc(1, sizeof(struct connection));
    watch(epoll, fd);
    say(connections[fd], "220 sink ESMTP\r\n");
    answer(fd);
  }
}

static int wait_for(int epoll, struct epoll_event *events, int most) {
  struct timespec left, *limit = NULL;
  if (first_answer != next_answer) {
    double ms = answers[first_answer % QUEUE].due_ms - now_ms();
    left.tv_sec = 0;
    left.tv_nsec = ms > 0 ? ms * 1e6 : 0;
    limit = &left;
  }
  int count = epoll_pwait2(epoll, events, most, limit, NULL);
  if (count >= 0 || errno == EINTR) return count;
  /* A kernel before 5.11: whole milliseconds. */
  return epoll_wait(epoll, events, most, limit ? left.tv_nsec / 1000000 : -1);
}

int main(int count, char **arguments) {
  static char bytes[1 << 18];
  if (count < 2) return 2;
  if (count > 2) delay_ms = atof(arguments[2]);
  answers = malloc(sizeof(struct answer) * QUEUE);
  signal(SIGPIPE, SIG_IGN);
  struct sigaction stopping = {.sa_handler = stop};
  sigaction(SIGTERM, &stopping, NULL);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) return 1;
  int epoll = epoll_create1(0);
  watch(epoll, listener);
  while (!is_stopping) {
    struct epoll_event events[128];
    int ready = wait_for(epoll, events, 128);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        welcome(epoll, listener);
      } else if (connections[fd]) {
        int length = read(fd, bytes, sizeof bytes);
        if (length > 0) take(fd, bytes, length);
        else if (length == 0 || errno != EAGAIN) hang_up(fd);
      }
    }
    send_due();
  }
  return 0;
}
