#include "picture_drawing.hpp"

namespace mica::command {
namespace {

using models::Picture;

// Small pictures are drawn twice as large.
constexpr int small_height = 16;

Picture doubled(const Picture& from) {
  Picture to{2 * from.height, 2 * from.width, {}};
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      to.pixels.push_back(from.pixels[static_cast<std::size_t>(y / 2 * from.width + x / 2)]);
    }
  }
  return to;
}

int pixel(const Picture& picture, int y, int x) {
  return y < picture.height ? picture.pixels[static_cast<std::size_t>(y * picture.width + x)] : 0;
}

// The upper half is drawn in the foreground's grey, the lower one in the background's: colours 232 to 255.
std::string greys(int upper, int lower) {
  constexpr int first = 232, steps = 24;
  const auto grey = [](int value) { return std::to_string(first + value * (steps - 1) / 255); };
  return "\x1b[38;5;" + grey(upper) + ";48;5;" + grey(lower) + "m▀";
}

std::string half_block(int upper, int lower) {
  constexpr int dark = 100;
  if (upper < dark) return lower < dark ? " " : "▄";
  return lower < dark ? "▀" : "█";
}

std::string letter(int upper, int lower) {
  constexpr char letters[] = " .:-=+*#%@";
  return std::string(1, letters[(upper + lower) * 9 / 510]);
}

}  // namespace

TextPicture draw(const Picture& original, const Terminal& terminal) {
  const Picture picture = original.height < small_height ? doubled(original) : original;
  TextPicture text{picture.width, {}};
  for (int y = 0; y < picture.height; y += 2) {
    std::string line;
    for (int x = 0; x < picture.width; ++x) {
      const int upper = pixel(picture, y, x), lower = pixel(picture, y + 1, x);
      line += terminal.colours   ? greys(upper, lower)
              : terminal.unicode ? half_block(upper, lower)
                                 : letter(upper, lower);
    }
    text.lines.push_back(terminal.colours ? line + "\x1b[0m" : line);
  }
  return text;
}

}  // namespace mica::command
