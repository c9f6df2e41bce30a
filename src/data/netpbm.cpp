#include <mica/data/netpbm.hpp>

#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

constexpr int most = 65535;

bool is_digit(int c) { return c >= '0' && c <= '9'; }
bool is_blank(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

// Spaces and comments.
void NetpbmReader::pass_blanks() {
  for (;;) {
    if (is_blank(bytes_.peek())) {
      bytes_.take();
    } else if (bytes_.peek() == '#') {
      while (bytes_.peek() != end && bytes_.peek() != '\n' && bytes_.peek() != '\r') bytes_.take();
    } else {
      return;
    }
  }
}

// A whole number in digits, which ends where no digit stands.
Status NetpbmReader::number(const char* what, int least, int largest, int& value) {
  pass_blanks();
  const unsigned long long place = bytes_.position();
  const bool any = is_digit(bytes_.peek());
  value = 0;
  while (is_digit(bytes_.peek()) && value <= largest) value = 10 * value + (bytes_.take() - '0');
  if (bytes_.failed()) return unreadable(*source_, bytes_.position());
  const int behind = bytes_.peek();
  const bool ends = behind == end || is_blank(behind) || behind == '#';
  if (any && ends && value >= least && value <= largest) return {};
  Status::Message text;
  text << *source_ << ", byte " << place << ": the " << what << " should stand here, a whole number from " << least;
  text << " to " << largest;
  if (!any) return Status::error(text << (behind == end ? ", but the file ends." : ", but something else does."));
  return Status::error(text << ", but it is another number or no number.");
}

Status NetpbmReader::read_header() {
  const int p = bytes_.take(), kind = bytes_.take();
  if (bytes_.failed()) return unreadable(*source_, bytes_.position());
  if (p != 'P' || (kind != '2' && kind != '3' && kind != '5' && kind != '6')) {
    Status::Message text;
    return Status::error(text << *source_ << " is no PGM or PPM image: it does not begin with P2, P3, P5 or P6.");
  }
  in_words_ = kind == '2' || kind == '3';
  channels_ = kind == '2' || kind == '5' ? 1 : 3;
  if (Status status = number("width", 1, most, width_); !status.ok()) return status;
  if (Status status = number("height", 1, most, height_); !status.ok()) return status;
  if (Status status = number("largest value", 1, most, white_); !status.ok()) return status;
  if (in_words_) return {};
  // One space or line end, and from there on bytes.
  bytes_.take();
  const std::uint64_t begin = bytes_.position();
  const std::uint64_t expected = std::uint64_t{white_ > 255 ? 2u : 1u} * static_cast<unsigned>(channels_) *
                                 static_cast<unsigned>(width_) * static_cast<unsigned>(height_);
  const std::uint64_t found = source_->size() - begin;
  if (found == expected) return {};
  Status::Message text;
  text << *source_ << " holds " << static_cast<unsigned long long>(found)
       << " bytes behind its header, but an image of ";
  text << height_ << 'x' << width_ << " pixels takes " << static_cast<unsigned long long>(expected);
  return Status::error(text << (found < expected ? " (cut short)." : " (too long)."));
}

Status NetpbmReader::open(const io::ByteSource& source) {
  NetpbmReader opened;
  opened.source_ = &source;
  opened.bytes_ = Bytes(source, 0);
  if (Status status = opened.read_header(); !status.ok()) return status;
  opened.rows_begin_ = opened.bytes_.position();
  *this = opened;
  return {};
}

Status NetpbmReader::next(int& value) {
  if (in_words_) return number("next pixel", 0, white_, value);
  value = bytes_.take();
  if (white_ > 255 && value >= 0) {
    const int low = bytes_.take();
    value = low < 0 ? low : 256 * value + low;
  }
  if (bytes_.failed() || value < 0) return unreadable(*source_, bytes_.position());
  if (value <= white_) return {};
  Status::Message text;
  return Status::error(text << *source_ << ": a pixel in row " << row_ + 1 << " is " << value
                            << ", above the largest value of " << white_ << '.');
}

// Behind the last row only blanks may stand.
Status NetpbmReader::finish_row() {
  if (++row_ < height_) return {};
  if (in_words_) pass_blanks();
  if (bytes_.failed()) return unreadable(*source_, bytes_.position());
  if (bytes_.peek() == end) return {};
  Status::Message text;
  return Status::error(text << *source_ << " goes on behind its last pixel.");
}

Status NetpbmReader::read_row(std::uint16_t* row) {
  if (row_ >= height_) {
    Status::Message text;
    return Status::error(text << "A row behind the last of " << height_ << " was asked for.");
  }
  for (int i = 0; i < width_ * channels_; ++i) {
    int value = 0;
    if (Status status = next(value); !status.ok()) return status;
    row[i] = static_cast<std::uint16_t>(value);
  }
  return finish_row();
}

Status NetpbmReader::read_row(std::uint8_t* row) {
  if (row_ >= height_) return read_row(static_cast<std::uint16_t*>(nullptr));
  for (int i = 0; i < width_ * channels_; ++i) {
    int value = 0;
    if (Status status = next(value); !status.ok()) return status;
    row[i] = static_cast<std::uint8_t>((value * 255 + white_ / 2) / white_);
  }
  return finish_row();
}

Status NetpbmReader::read(std::uint8_t* pixels) {
  bytes_ = Bytes(*source_, rows_begin_);
  row_ = 0;
  for (int row = 0; row < height_; ++row, pixels += width_ * channels_) {
    if (Status status = read_row(pixels); !status.ok()) return status;
  }
  return {};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
