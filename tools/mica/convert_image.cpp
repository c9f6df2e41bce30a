#include <mica/data/netpbm.hpp>
#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "convert.hpp"

namespace mica::command {

namespace {

// Grey images stay bytes; colours become numbers from 0 to 1, or grey if that is wanted.
void add_image(const std::string& path, const ConvertOptions& options, ConvertedData& data) {
  io::FileSource file;
  models::check(file.open(path.c_str()));
  NetpbmReader image;
  models::check(image.open(file));
  // In words a short file can claim any size.
  const auto count = static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height()) *
                     static_cast<std::size_t>(image.channels());
  if (count > file.size()) models::refuse(path + " claims more pixels than the file has bytes.");
  std::vector<std::uint8_t> pixels(count);
  models::check(image.read(pixels.data()));

  const bool becomes_grey = options.grey && image.channels() == 3;
  const int channels = becomes_grey ? 1 : image.channels();
  if (becomes_grey) {
    // The weights of ITU-R BT.601.
    for (std::size_t i = 0; i < count / 3; ++i) {
      const int sum = 299 * pixels[3 * i] + 587 * pixels[3 * i + 1] + 114 * pixels[3 * i + 2];
      pixels[i] = static_cast<std::uint8_t>((sum + 500) / 1000);
    }
    pixels.resize(count / 3);
  }
  const std::vector<int> shape{image.height(), image.width(), channels};
  if (data.labels.empty()) {
    data.shape = shape;
    data.in_bytes = channels == 1;
  }
  const auto in_words = [](const std::vector<int>& extents) {
    return std::to_string(extents[0]) + "x" + std::to_string(extents[1]) +
           (extents[2] == 3 ? " in colour" : " in grey");
  };
  if (shape != data.shape) {
    models::refuse(path + " is an image of " + in_words(shape) + ", but those before are of " + in_words(data.shape) +
                   ".");
  }
  if (data.in_bytes) {
    data.bytes.insert(data.bytes.end(), pixels.begin(), pixels.end());
  } else {
    for (const std::uint8_t pixel : pixels) data.numbers.push_back(static_cast<float>(pixel) / 255);
  }
}

}  // namespace

AddFile image_adder(const ConvertOptions& options) {
  return [options](const std::string& path, ConvertedData& data) { add_image(path, options, data); };
}

}  // namespace mica::command
