#pragma once

#include <cstdint>

#include <mica/io/source_bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// NetpbmReader: images in the formats PGM (grey: P2 in words, P5 in bytes) and PPM (red, green, blue: P3, P6) of Netpbm
// (https://netpbm.sourceforge.net/doc/pgm.html), row by row through a small buffer, so that no image must fit into memory.
// Comments, from # to the end of the line, are passed over where words stand. Numbers above 255 take two bytes, the
// higher first. The source must outlive the reader.
// Memory: 280 bytes. Errors: another kind of file, words that are no numbers, sides of 0 or above 65535, a largest value of
// 0 or above 65535, pixels above it, a file that ends too early or goes on, a failing device.
class NetpbmReader {
 public:
  Status open(const io::ByteSource& source);

  int width() const { return width_; }
  int height() const { return height_; }
  int channels() const { return channels_; }  // 1 or 3
  int white() const { return white_; }        // the largest value a pixel can have

  // The next row: width * channels numbers from 0 to white(). After the last one, what follows is looked at.
  Status read_row(std::uint16_t* row);
  // The next row as bytes, 0 to 255; other largest values are stretched, to the nearest.
  Status read_row(std::uint8_t* row);
  // All rows, from the first on.
  Status read(std::uint8_t* pixels);

 private:
  using Bytes = io::SourceBytes<224>;
  static constexpr int end = Bytes::end;

  void pass_blanks();
  Status read_header();
  Status number(const char* what, int least, int largest, int& value);
  Status next(int& value);
  Status finish_row();

  const io::ByteSource* source_ = nullptr;
  std::uint64_t rows_begin_ = 0;
  int width_ = 0, height_ = 0, channels_ = 0, white_ = 0;
  int row_ = 0;
  bool in_words_ = false;
  Bytes bytes_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
