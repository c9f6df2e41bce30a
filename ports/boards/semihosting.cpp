// The board's put() and exit() by semihosting: a breakpoint instruction that the debugger or emulator understands as a call.
#include "board.hpp"

namespace {

long call(int operation, const void* block) {
  register long r0 asm("r0") = operation;
  register const void* r1 asm("r1") = block;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory", "r2", "r3", "ip", "lr", "cc");
  return r0;
}

constexpr int open = 0x01, write = 0x05, get_command_line = 0x15, exit_extended = 0x20;

}  // namespace

namespace board {

void put(const char* text, std::size_t length) {
  static long console = -1;
  if (console < 0) {
    const struct {
      const char* name;
      std::uint32_t mode, length;
    } block = {":tt", 4, 3};
    console = call(open, &block);
  }
  const struct {
    long file;
    const char* text;
    std::size_t length;
  } block = {console, text, length};
  call(write, &block);
}

void exit(int status) {
  const std::uint32_t block[2] = {0x20026, static_cast<std::uint32_t>(status)};  // the application has exited
  call(exit_extended, block);
  for (;;) {
  }
}

// What the emulator was told to pass on, separated by blanks; empty if there is nothing. Used by c_library.cpp.
void command_line(char* text, std::size_t size) {
  const struct {
    char* text;
    std::size_t size;
  } block = {text, size};
  if (call(get_command_line, &block) != 0) text[0] = '\0';
}

}  // namespace board
