#include <mica/data/permutation.hpp>
#include <mica/data/synthetic_digits.hpp>

#include "canvas.hpp"
#include "digit_strokes.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

using digit_strokes::Point;

// What the generator of one digit is forked for.
enum : std::uint32_t { for_strokes = 0, for_noise = 1, for_labels = 0x80000000 };

// A number in (-1, 1), small ones more often: the difference of two uniform ones, the halves of one word.
float triangular(Random random, std::uint32_t element) {
  const std::uint32_t bits = random.bits(element);
  return static_cast<float>(static_cast<std::int32_t>(bits >> 16) - static_cast<std::int32_t>(bits & 0xffff)) *
         0x1p-16f;
}

// Maps hundredths of the digit's height, jittered, to pixels.
struct Pen {
  Random random;
  float jitter;
  float xx, xy, yx, yy, middle_x, middle_y;

  Position operator()(const Point* point) const {
    const std::uint32_t element = 16 + 2 * static_cast<std::uint32_t>(point - digit_strokes::points);
    const float x = static_cast<float>(point->x) * 0.01f + jitter * triangular(random, element);
    const float y = static_cast<float>(point->y) * 0.01f + jitter * triangular(random, element + 1);
    return {middle_x + (xx * x + xy * y), middle_y + (yx * x + yy * y)};
  }
};

Pen pen_for(Random random, int height, int width, const Distortion& distortion) {
  const float extent = static_cast<float>(height);
  const float tall = extent * distortion.height * (1.0f + distortion.scale * triangular(random, 0));
  const float wide = tall * (1.0f + distortion.stretch * triangular(random, 1));
  const float slant = distortion.slant * triangular(random, 2);
  // With t = tan(angle / 2): cos = (1 - t^2) / (1 + t^2), sin = 2 t / (1 + t^2).
  const float t = 0.5f * distortion.rotation * triangular(random, 3);
  const float cosine = (1.0f - t * t) / (1.0f + t * t);
  const float sine = 2.0f * t / (1.0f + t * t);
  // First scale and slant, (x, y) -> (wide x - tall slant y, tall y), then rotate.
  return {random,
          distortion.jitter,
          cosine * wide,
          -(cosine * (tall * slant)) - sine * tall,
          sine * wide,
          cosine * tall - sine * (tall * slant),
          0.5f * static_cast<float>(width) + extent * distortion.shift * triangular(random, 4),
          0.5f * extent + extent * distortion.shift * triangular(random, 5)};
}

// A Catmull-Rom spline through a, b, c, d, between b and c:
// p(t) = b + t/2 ((c - a) + t ((2a - 5b + 4c - d) + t (3b - 3c + d - a))).
float spline(float t, float a, float b, float c, float d) {
  const float cubic = 3.0f * (b - c) + (d - a);
  const float square = (2.0f * a - 5.0f * b) + (4.0f * c - d);
  return b + 0.5f * t * ((c - a) + t * (square + t * cubic));
}

// The spline's curve as straight pieces.
void draw_curve(const Canvas& canvas, Position a, Position b, Position c, Position d) {
  constexpr int pieces = 3;
  Position from = b;
  for (int piece = 1; piece <= pieces; ++piece) {
    const float t = static_cast<float>(piece) / static_cast<float>(pieces);
    const Position to{spline(t, a.x, b.x, c.x, d.x), spline(t, a.y, b.y, c.y, d.y)};
    canvas.line(from, to);
    from = to;
  }
}

// One stroke: a curve for every pair of neighbours, whose tangents look one point further on both sides.
// Returns where the next stroke begins, one behind the mark that ends this one.
const Point* draw_stroke(const Canvas& canvas, const Pen& pen, const Point* point) {
  Position before = pen(point), from = before;
  for (; point[1].x != digit_strokes::pen_up.x; ++point) {
    // A corner: the same point again, jittered alike. The curve before it ended here, the next one starts afresh.
    if (point[1] == point[0]) {
      before = from;
      continue;
    }
    const Position to = pen(point + 1);
    const bool last = point[2].x == digit_strokes::pen_up.x || point[2] == point[1];
    draw_curve(canvas, before, from, to, last ? to : pen(point + 2));
    before = from;
    from = to;
  }
  return point + 2;
}

const Point* find_digit(int label, std::uint32_t way) {
  for (int earlier = 0; earlier < label; ++earlier) way += digit_strokes::ways[earlier];
  const Point* point = digit_strokes::points;
  for (; way > 0; ++point) way -= *point == digit_strokes::finish ? 1 : 0;
  return point;
}

// Adds uniform noise to every pixel, eight from one block.
void add_noise(Random random, float noise, int count, std::uint8_t* pixels) {
  const auto range = static_cast<std::int32_t>(noise * 255.0f);
  for (int i = 0; i < count; i += 8) {
    const Random::Block block = random.block({static_cast<std::uint32_t>(i), 0});
    for (int j = 0; j < 8 && i + j < count; ++j) {
      const std::uint32_t byte = ((j < 4 ? block.first : block.second) >> 8 * (j % 4)) & 255;
      const int value = pixels[i + j] + (static_cast<std::int32_t>(byte) - 128) * range / 128;
      pixels[i + j] = static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
    }
  }
}

}  // namespace

std::uint8_t digit_label(Random random, std::uint32_t index) {
  const Permutation order(10, random.fork(for_labels).fork(index / 10));
  return static_cast<std::uint8_t>(order(index % 10));
}

std::uint8_t draw_digit(Random random, std::uint32_t index, int height, int width, const Distortion& distortion,
                        std::uint8_t* pixels) {
  const std::uint8_t label = digit_label(random, index);
  const Random digit = random.fork(index);
  const Random strokes = digit.fork(for_strokes);

  const float radius =
      static_cast<float>(height) * distortion.thickness * (1.0f + distortion.thickness_range * triangular(strokes, 6));
  const float ink = 1.0f - distortion.ink * strokes.uniform(7);
  const Canvas canvas(height, width, radius, ink, pixels);
  const Pen pen = pen_for(strokes, height, width, distortion);
  const Point* point = find_digit(label, strokes.below(digit_strokes::ways[label], 8));
  do point = draw_stroke(canvas, pen, point);
  while (!(point[-1] == digit_strokes::finish));

  add_noise(digit.fork(for_noise), distortion.noise, height * width, pixels);
  return label;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
