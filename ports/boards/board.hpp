// All that a program asks of a board. semihosting.cpp has it through a debugger or an emulator; a board of your own has
// it through a UART, a timer and an endless loop (docs/porting.md).
#pragma once

#include <cstddef>
#include <cstdint>

namespace board {

// Sends characters to whoever listens.
void put(const char* text, std::size_t length);

// Counts up at a steady rate of the board's choice and starts over at 2^32.
std::uint32_t ticks();

// Ends the program: 0 is success.
[[noreturn]] void exit(int status);

}  // namespace board
