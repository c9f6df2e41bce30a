#pragma once

#include <string>
#include <vector>

#include "../models/picture.hpp"
#include "terminal.hpp"

namespace mica::command {

// A picture as lines of text of `width` characters each, two rows of pixels to a line (a character is about twice as
// high as it is wide): colours where the terminal has them, else half blocks, else letters from light to dark.
struct TextPicture {
  int width;
  std::vector<std::string> lines;
};

TextPicture draw(const models::Picture& picture, const Terminal& terminal);

}  // namespace mica::command
