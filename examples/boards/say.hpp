// Sends a line to the board's console, without the C library.
#pragma once

#include <mica/text.hpp>

#include "board.hpp"

using Line = mica::Text<120>;

inline void say(Line& line) {
  line << '\n';
  board::put(line.c_str(), line.size());
}

// Thousandths, as 0.123.
inline Line& add_thousandths(Line& line, float value) {
  const int n = static_cast<int>(value * 1000 + 0.5f);
  return line << n / 1000 << '.' << n / 100 % 10 << n / 10 % 10 << n % 10;
}
