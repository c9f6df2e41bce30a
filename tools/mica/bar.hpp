#pragma once

#include <string>

#include "terminal.hpp"

namespace mica::command {

// A bar of `width` characters of which a share (0 to 1) is filled, to an eighth of a character where blocks are shown.
std::string bar(double share, int width, const Terminal& terminal);

}  // namespace mica::command
