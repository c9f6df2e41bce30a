#include "pgm.hpp"

#include <cstring>

#include <mica/io/file.hpp>

#include "refusal.hpp"

namespace mica::models {
namespace {

constexpr int longest_side = 4096;

// Reads through the characters of a file and names the place where they are not what they should be.
class Scanner {
 public:
  explicit Scanner(const std::string& path) : path_(path) {
    check(file_.open(path.c_str()));
    const std::uint64_t most = std::uint64_t{longest_side} * longest_side * 4 + 64;
    if (file_.size() > most) refuse(path + " has " + std::to_string(file_.size()) + " bytes, too many for an image.");
    text_.resize(static_cast<std::size_t>(file_.size()));
    if (!file_.read(0, text_.data(), text_.size())) refuse(path + " could not be read.");
  }

  std::string take(std::size_t count) {
    const std::string taken = text_.substr(position_, count);
    position_ += taken.size();
    return taken;
  }

  // The next whole number, behind spaces and, if `comments`, behind comments from # to the line's end.
  int number(const char* what, int most) {
    skip();
    const std::size_t first = position_;
    int value = 0;
    while (position_ < text_.size() && text_[position_] >= '0' && text_[position_] <= '9' && value <= most) {
      value = 10 * value + (text_[position_++] - '0');
    }
    if (position_ == first || value > most) {
      refuse(path_ + ": at byte " + std::to_string(first) + " the " + what +
             " should stand, a whole number of at most " + std::to_string(most) + ", but " + found(first) + ".");
    }
    return value;
  }

  std::size_t left() const { return text_.size() - position_; }

  void expect_end() {
    skip();
    if (position_ < text_.size())
      refuse(path_ + " goes on at byte " + std::to_string(position_) + " behind its last pixel.");
  }

 private:
  void skip() {
    for (; position_ < text_.size(); ++position_) {
      if (text_[position_] == '#') position_ = std::min(text_.find('\n', position_), text_.size() - 1);
      if (std::strchr(" \t\r\n\v\f#", text_[position_]) == nullptr) return;
    }
  }
  std::string found(std::size_t place) const {
    if (place >= text_.size()) return "the file ends";
    std::size_t end = place;
    while (end < text_.size() && text_[end] > ' ' && text_[end] <= '~' && end - place < 12) ++end;
    return end == place ? "something else does" : "it is \"" + text_.substr(place, end - place) + "\"";
  }

  const std::string& path_;
  io::FileSource file_;
  std::string text_;
  std::size_t position_ = 0;
};

}  // namespace

Picture read_pgm(const std::string& path) {
  Scanner scanner(path);
  const std::string magic = scanner.take(2);
  if (magic != "P5" && magic != "P2") refuse(path + " is no PGM image: it does not begin with P5 or P2.");

  Picture picture;
  picture.width = scanner.number("width", longest_side);
  picture.height = scanner.number("height", longest_side);
  const int white = scanner.number("largest value", 255);
  const std::string size = std::to_string(picture.height) + "x" + std::to_string(picture.width);
  if (picture.width == 0 || picture.height == 0 || white == 0) {
    refuse(path + " claims " + size + " pixels with a largest value of " + std::to_string(white) +
           "; none of the three may be 0.");
  }

  const std::size_t count = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
  std::string bytes;
  if (magic == "P5") {
    scanner.take(1);  // one space or line end stands before the pixels
    bytes = scanner.take(count);
    if (bytes.size() < count || scanner.left() > 0) {
      refuse(path + " should hold " + std::to_string(count) + " bytes for " + size + " pixels, but it holds " +
             std::to_string(bytes.size() + scanner.left()) + ".");
    }
  }
  picture.pixels.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const int value = magic == "P5" ? static_cast<unsigned char>(bytes[i]) : scanner.number("next pixel", white);
    if (value > white) {
      refuse(path + ": pixel " + std::to_string(i) + " is " + std::to_string(value) + ", above the largest value of " +
             std::to_string(white) + ".");
    }
    picture.pixels.push_back(static_cast<std::uint8_t>((value * 255 + white / 2) / white));
  }
  if (magic == "P2") scanner.expect_end();
  return picture;
}

}  // namespace mica::models
