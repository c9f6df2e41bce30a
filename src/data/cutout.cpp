#include <mica/data/cutout.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// What lies within the image of `size` pixels around `middle`.
struct Range {
  int begin, end;
  Range(int middle, int size, int extent) : begin(middle - size / 2), end(begin + size) {
    if (begin < 0) begin = 0;
    if (end > extent) end = extent;
  }
};

}  // namespace

void Cutout::change(ImageView image, Random random) const {
  const auto middle = [random](int extent, std::uint32_t element) {
    return static_cast<int>(random.below(static_cast<std::uint32_t>(extent), element));
  };
  const Range rows(middle(image.height, 0), size_, image.height);
  const Range columns(middle(image.width, 1), size_, image.width);
  for (int row = rows.begin; row < rows.end; ++row) {
    for (float* x = image.pixel(row, columns.begin); x < image.pixel(row, columns.end); ++x) *x = value_;
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
