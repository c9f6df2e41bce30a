#include "canvas.hpp"

#include <cstring>

#include "../kernels/port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

using P = kernels::PortOf<float>;

P::Float within_one(P::Float x) { return P::min(P::max(x, P::set(0.0f)), P::set(1.0f)); }

// A pixel's distance from the first one of its vector.
constexpr float steps[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static_assert(P::lanes <= 16, "Canvas needs one step per lane.");

// The pixel that holds x, kept within 0 ... limit; 0 for what is no number.
int pixel_at(float x, int limit) {
  if (!(x > 0.0f)) return 0;
  return x < static_cast<float>(limit) ? static_cast<int>(x) : limit;
}

}  // namespace

Canvas::Canvas(int height, int width, float radius, float ink, std::uint8_t* pixels)
    : pixels_(pixels), height_(height), width_(width), outer_(radius + 0.5f), ink_(255.0f * ink) {
  std::memset(pixels, 0, static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
}

void Canvas::line(Position from, Position to) const {
  const float dx = to.x - from.x, dy = to.y - from.y;
  const float length_squared = dx * dx + dy * dy;
  const float per_length = length_squared > 0.0f ? 1.0f / length_squared : 0.0f;

  // Only the pixels whose middle may be near enough.
  const int left = pixel_at((dx < 0.0f ? to.x : from.x) - outer_, width_);
  const int right = pixel_at((dx < 0.0f ? from.x : to.x) + outer_ + 1.0f, width_);
  const int top = pixel_at((dy < 0.0f ? to.y : from.y) - outer_, height_);
  const int bottom = pixel_at((dy < 0.0f ? from.y : to.y) + outer_ + 1.0f, height_);

  // One vector of a row at a time, without branches: most pixels lie near an edge, where they would be guessed wrongly.
  for (int row = top; row < bottom; ++row) {
    const float y = static_cast<float>(row) + 0.5f - from.y;
    for (int column = left; column < right; column += P::lanes) {
      const P::Float middle = P::add(P::set(static_cast<float>(column) + 0.5f), P::load(steps));
      const P::Float x = P::sub(middle, P::set(from.x));
      // The nearest point of the line is from + nearest (to - from).
      const P::Float along = P::mul(P::add(P::mul(x, P::set(dx)), P::set(y * dy)), P::set(per_length));
      const P::Float nearest = within_one(along);
      const P::Float away_x = P::sub(x, P::mul(nearest, P::set(dx)));
      const P::Float away_y = P::sub(P::set(y), P::mul(nearest, P::set(dy)));
      const P::Float distance = P::sqrt(P::add(P::mul(away_x, away_x), P::mul(away_y, away_y)));
      const P::Float coverage = within_one(P::sub(P::set(outer_), distance));
      float values[P::lanes];
      P::store(values, P::add(P::mul(coverage, P::set(ink_)), P::set(0.5f)));
      std::uint8_t* pixels = pixels_ + row * width_ + column;
      for (int lane = 0; lane < P::lanes && lane < right - column; ++lane) {
        const auto value = static_cast<std::uint8_t>(values[lane]);
        pixels[lane] = value > pixels[lane] ? value : pixels[lane];
      }
    }
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
