#include "picture_drawing.hpp"

namespace mica::command {
namespace {

using models::Picture;

// Small pictures are drawn twice as large.
constexpr int small_height = 16;

Picture doubled(const Picture& from) {
  Picture to{2 * from.height, 2 * from.width, {}, from.channels};
  for (int y = 0; y < to.height; ++y) {
    for (int i = 0; i < to.width * to.channels; ++i) {
      const int x = i / to.channels / 2, channel = i % to.channels;
      to.pixels.push_back(from.pixels[static_cast<std::size_t>((y / 2 * from.width + x) * from.channels + channel)]);
    }
  }
  return to;
}

// A channel of a pixel; below the picture it is black.
int value(const Picture& picture, int y, int x, int channel) {
  if (y >= picture.height) return 0;
  return picture.pixels[static_cast<std::size_t>((y * picture.width + x) * picture.channels + channel)];
}

int grey(const Picture& picture, int y, int x) {
  if (picture.channels == 1) return value(picture, y, x, 0);
  // How bright red, green and blue look: ITU-R BT.601.
  return (299 * value(picture, y, x, 0) + 587 * value(picture, y, x, 1) + 114 * value(picture, y, x, 2)) / 1000;
}

// The number of a pixel's colour among 256: the 24 greys, or the cube of six reds, greens and blues.
std::string colour(const Picture& picture, int y, int x) {
  constexpr int first_grey = 232, greys = 24, first_of_cube = 16;
  if (picture.channels == 1) return std::to_string(first_grey + value(picture, y, x, 0) * (greys - 1) / 255);
  const auto level = [&](int channel) { return (value(picture, y, x, channel) * 5 + 127) / 255; };
  return std::to_string(first_of_cube + 36 * level(0) + 6 * level(1) + level(2));
}

// The upper half is drawn in the foreground's colour, the lower one in the background's.
std::string coloured(const Picture& picture, int y, int x) {
  return "\x1b[38;5;" + colour(picture, y, x) + ";48;5;" + colour(picture, y + 1, x) + "m▀";
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
      const int upper = grey(picture, y, x), lower = grey(picture, y + 1, x);
      line += terminal.colours   ? coloured(picture, y, x)
              : terminal.unicode ? half_block(upper, lower)
                                 : letter(upper, lower);
    }
    text.lines.push_back(terminal.colours ? line + "\x1b[0m" : line);
  }
  return text;
}

}  // namespace mica::command
