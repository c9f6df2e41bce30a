// ticks() by the timer that is in every Cortex-M. It counts down; its first reading starts it.
#include "board.hpp"

namespace {

struct SysTick {
  volatile std::uint32_t control, reload, value;
};
SysTick& systick() { return *reinterpret_cast<SysTick*>(0xE000E010); }
constexpr std::uint32_t period = 1u << 24;
volatile std::uint32_t periods = 0;

}  // namespace

extern "C" void SysTick_Handler() { periods = periods + 1; }

namespace board {

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

}  // namespace board
