// The board's functions by semihosting: a breakpoint instruction that the debugger or emulator understands as a call.
#include "board.hpp"

namespace {

long call(int operation, const void* block) {
  register long r0 asm("r0") = operation;
  register const void* r1 asm("r1") = block;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory", "r2", "r3", "ip", "lr", "cc");
  return r0;
}

constexpr int open = 0x01, write = 0x05, get_command_line = 0x15, exit_extended = 0x20;

struct SysTick {
  volatile std::uint32_t control, reload, value;
};
SysTick& systick() { return *reinterpret_cast<SysTick*>(0xE000E010); }
constexpr std::uint32_t period = 1u << 24;
volatile std::uint32_t periods = 0;

}  // namespace

extern "C" void SysTick_Handler() { periods = periods + 1; }

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

// The processor's own timer counts down; its first reading starts it.
std::uint32_t ticks() {
  SysTick& timer = systick();
  if (timer.control == 0) {
    timer.reload = period - 1;
    timer.value = 0;
    timer.control = 7;  // on, with an interrupt at every 0, at the processor's clock
    while (timer.value == 0) {
    }
  }
  std::uint32_t before, value;
  do {
    before = periods;
    value = timer.value;
  } while (periods != before);
  return before * period + (period - 1 - value);
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
