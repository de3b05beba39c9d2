/*
 * Loaded into a process under test with LD_PRELOAD: counts the calls by which it changes the disk or tells somebody
 * something, and ends it with SIGKILL just before the one that the test named.
 *
 * The test and this library share one small file (PREMURA_TRAP): the test writes into it where to strike, this library
 * how far the process came and a line for each step. A step is a call on a file under PREMURA_TRAP_FOLDER or on a socket
 * (a local one leads to the page or to PostgreSQL, the others to the hub or to desks). Several writes in a row into one
 * file are one step unless the test asks for each. No headers, so that a compiler without a C library's can build it.
 */
typedef long ssize_t_;
typedef unsigned long size_t_;
struct trap {
  volatile int strike_at;   /* 0: let it live */
  volatile int each_write;  /* 1: every write is a step of its own */
  volatile int steps;
  volatile int last_written; /* the descriptor that the previous step wrote to, plus one; 0: it was no write */
  char strike_on[64];        /* strikes at the first step whose line contains this, where it is not empty */
  char lines[];
};
enum { LINE = 96, NAME = 80, MOST = 4000, SIZE = 80 + LINE * MOST };

extern void *dlsym(void *, const char *);
extern char *getenv(const char *);
extern int open64(const char *, int, ...);
extern void *mmap(void *, size_t_, int, int, int, long);
extern int kill(int, int);
extern int getpid(void);
extern ssize_t_ readlink(const char *, char *, size_t_);
extern int snprintf(char *, size_t_, const char *, ...);
extern int strncmp(const char *, const char *, size_t_);
extern size_t_ strlen(const char *);
extern char *strstr(const char *, const char *);
extern int pause(void);
extern int getsockname(int, void *, unsigned *);
extern int pthread_mutex_lock(void *);
extern int pthread_mutex_unlock(void *);

static struct trap *trap;
static const char *folder;
static int talk_is_one; /* what is said in a row on one local socket is one step */
static long mutex[16]; /* a pthread_mutex_t is all zeros when it is fresh, and smaller */

__attribute__((constructor)) static void prepare(void) {
  const char *path = getenv("PREMURA_TRAP");
  int file;
  folder = getenv("PREMURA_TRAP_FOLDER");
  talk_is_one = getenv("PREMURA_TRAP_PAGE") != 0;
  if (path == 0 || folder == 0) return;
  file = open64(path, 2);
  if (file < 0) return;
  trap = mmap(0, SIZE, 3, 1, file, 0);
  if (trap == (void *)-1) trap = 0;
}

/* The text to strike on is "call name": the call as a whole and a part of the name. */
static int matches(const char *line) {
  const char *name = strstr(trap->strike_on, " ");
  return name != 0 && strncmp(line, trap->strike_on, name - trap->strike_on + 1) == 0 && strstr(line, name + 1) != 0;
}

static void step(const char *call, const char *name, int written) {
  char line[LINE];
  size_t_ length = strlen(name);
  if (length > NAME) name += length - NAME;
  pthread_mutex_lock(mutex);
  if (written != 0 && written == trap->last_written && !trap->each_write) {
    pthread_mutex_unlock(mutex);
    return;
  }
  trap->last_written = written;
  trap->steps += 1;
  snprintf(line, LINE, "%s %s", call, name);
  if (trap->steps <= MOST) snprintf(trap->lines + (trap->steps - 1) * LINE, LINE, "%s", line);
  if (trap->strike_at == trap->steps || (trap->strike_on[0] != 0 && matches(line))) {
    kill(getpid(), 9);
    for (;;) pause();
  }
  pthread_mutex_unlock(mutex);
}

static const char *under(const char *path) {
  return strncmp(path, folder, strlen(folder)) == 0 ? path + strlen(folder) : 0;
}

static void on_path(const char *call, const char *path) {
  const char *name = trap != 0 && path != 0 ? under(path) : 0;
  if (name != 0) step(call, name, 0);
}

static void on_file(const char *call, int file, int is_write) {
  char link[64], path[512];
  ssize_t_ length;
  const char *name;
  if (trap == 0) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = 0;
  if (strncmp(path, "socket:", 7) == 0) {
    unsigned short address[64] = {0};
    unsigned size = sizeof address;
    getsockname(file, address, &size);
    step("send", address[0] == 1 ? "local" : "network", address[0] == 1 && talk_is_one ? file + 1 : 0);
    return;
  }
  name = under(path);
  if (name != 0) step(call, name, is_write ? file + 1 : 0);
}

#define FORWARD(type, name, parameters, arguments, note) \
  type name parameters { \
    static type (*next) parameters; \
    if (next == 0) next = dlsym((void *)-1, #name); \
    note; \
    return next arguments; \
  }

FORWARD(ssize_t_, write, (int file, const void *bytes, size_t_ count), (file, bytes, count), on_file("write", file, 1))
FORWARD(ssize_t_, writev, (int file, const void *parts, int count), (file, parts, count), on_file("write", file, 1))
FORWARD(ssize_t_, pwrite, (int file, const void *bytes, size_t_ count, long at), (file, bytes, count, at), on_file("write", file, 1))
FORWARD(ssize_t_, pwrite64, (int file, const void *bytes, size_t_ count, long at), (file, bytes, count, at), on_file("write", file, 1))
FORWARD(ssize_t_, sendmsg, (int file, const void *message, int flags), (file, message, flags), on_file("send", file, 1))
FORWARD(int, fsync, (int file), (file), on_file("sync", file, 0))
FORWARD(int, fdatasync, (int file), (file), on_file("sync", file, 0))
FORWARD(int, ftruncate, (int file, long length), (file, length), on_file("truncate", file, 0))
FORWARD(int, ftruncate64, (int file, long length), (file, length), on_file("truncate", file, 0))
FORWARD(int, unlink, (const char *path), (path), on_path("unlink", path))
FORWARD(int, rmdir, (const char *path), (path), on_path("rmdir", path))
FORWARD(int, mkdir, (const char *path, unsigned mode), (path, mode), on_path("mkdir", path))
FORWARD(int, rename, (const char *from, const char *to), (from, to), on_path("rename", to))
FORWARD(int, link, (const char *from, const char *to), (from, to), on_path("link", to))
