#include "bar.hpp"

#include <algorithm>

namespace mica::command {

std::string bar(double share, int width, const Terminal& terminal) {
  static const char* const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
  const double filled = width * std::clamp(share, 0.0, 1.0);
  std::string text;
  for (int i = 0; i < width; ++i) {
    const double here = std::clamp(filled - i, 0.0, 1.0);
    text += terminal.unicode ? eighths[static_cast<int>(here * 8 + 0.5)] : here >= 0.5 ? "#" : ".";
  }
  return text;
}

}  // namespace mica::command
