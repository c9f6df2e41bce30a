// Starts over, as after a reset by the power supply: alike on every Cortex-M.
#pragma once

#include <cstdint>

namespace board {

// Everything begins with start-up; what was in RAM is gone.
[[noreturn]] inline void restart() {
  constexpr std::uintptr_t application_interrupt_and_reset_control = 0xE000ED0C;
  constexpr std::uint32_t key = 0x05FAu << 16, system_reset_request = 1u << 2;
  *reinterpret_cast<volatile std::uint32_t*>(application_interrupt_and_reset_control) = key | system_reset_request;
  for (;;) {
  }
}

}  // namespace board
