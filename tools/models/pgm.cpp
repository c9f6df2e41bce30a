#include "pgm.hpp"

#include <mica/data/netpbm.hpp>
#include <mica/io/file.hpp>

#include "refusal.hpp"

namespace mica::models {

Picture read_pgm(const std::string& path) {
  io::FileSource file;
  check(file.open(path.c_str()));
  NetpbmReader image;
  check(image.open(file));
  if (image.channels() != 1) refuse(path + " is a PPM image, in colour; a grey one was expected, PGM.");
  Picture picture{image.height(), image.width(), {}};
  const auto count = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
  // In words a short file can claim any size.
  if (count > file.size()) refuse(path + " claims more pixels than the file has bytes.");
  picture.pixels.resize(count);
  check(image.read(picture.pixels.data()));
  return picture;
}

}  // namespace mica::models
