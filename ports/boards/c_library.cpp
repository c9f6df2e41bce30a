// What the C library (newlib) asks of a system, for programs that print with it or use the heap: the tests. Firmware
// built on Mica alone does without this file.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <sys/stat.h>
#include <sys/time.h>

#include "board.hpp"

namespace board {
[[gnu::weak]] void command_line(char* text, std::size_t size);
}

extern "C" {
extern char __heap_start, __heap_end;

int main_with_arguments(int count, char** arguments) asm("main");

int run_main() {
  static char text[512];
  static char* arguments[16];
  int count = 0;
  if (board::command_line != nullptr) board::command_line(text, sizeof text);
  for (char* at = text; *at != '\0' && count < 15;) {
    while (*at == ' ') *at++ = '\0';
    if (*at != '\0') arguments[count++] = at;
    while (*at != '\0' && *at != ' ') ++at;
  }
  std::exit(main_with_arguments(count, arguments));
}

[[noreturn]] void _exit(int status) { board::exit(status); }

int _write(int, const char* text, int length) {
  board::put(text, static_cast<std::size_t>(length));
  return length;
}

// The heap lies between the variables and the end of the memory.
void* _sbrk(std::ptrdiff_t bytes) {
  static char* end = &__heap_start;
  if (bytes > &__heap_end - end) {
    errno = ENOMEM;
    return reinterpret_cast<void*>(-1);
  }
  char* const before = end;
  end += bytes;
  return before;
}

// There are no files and no other processes.
int _open(const char*, int, int) {
  errno = ENOENT;
  return -1;
}
int _read(int, char*, int) { return 0; }
int _close(int) { return -1; }
int _lseek(int, int, int) { return 0; }
int _link(const char*, const char*) { return -1; }
int _unlink(const char*) { return -1; }
int _isatty(int) { return 1; }
int _fstat(int, struct stat* about) {
  about->st_mode = S_IFCHR;
  return 0;
}
int _gettimeofday(struct timeval* time, void*) {
  time->tv_sec = static_cast<time_t>(board::ticks() / 1000000);
  time->tv_usec = static_cast<suseconds_t>(board::ticks() % 1000000);
  return 0;
}
int _getpid() { return 1; }
int _kill(int, int signal) { board::exit(128 + signal); }
void _init() {}
void _fini() {}
}
