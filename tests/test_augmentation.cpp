// Augmentations one by one: where the picture goes, by hand and exactly; what is drawn, by its distribution.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <doctest/doctest.h>

#include <mica/data/augmentation.hpp>
#include <mica/data/cutout.hpp>
#include <mica/data/flip.hpp>
#include <mica/data/mixup.hpp>
#include <mica/data/noise.hpp>
#include <mica/data/rotate.hpp>
#include <mica/data/scale.hpp>
#include <mica/data/shift.hpp>
#include <mica/shape.hpp>

#include "support.hpp"

namespace {

using mica::AffineMap;
using mica::Random;
using Pixels = std::vector<float>;

constexpr float outside = -7;

// An image of one channel after a movement.
Pixels moved(const AffineMap& map, int height, int width, const Pixels& x) {
  Pixels y(x.size());
  mica::resample(map, &outside, x.data(), {y.data(), height, width, 1});
  return y;
}

template <class Augmentation>
AffineMap map_of(const Augmentation& augmentation, Random random = Random(0)) {
  AffineMap map;
  augmentation.move(map, random);
  return map;
}

const Pixels nine{1, 2, 3,  //
                  4, 5, 6,  //
                  7, 8, 9};

// How far the shares of `counts` are from even ones, in deviations of the whole (chi-square, normal for many cells).
double unevenness(const std::vector<int>& counts) {
  double total = 0, sum = 0;
  for (const int count : counts) total += count;
  const double expected = total / static_cast<double>(counts.size());
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  const double freedom = static_cast<double>(counts.size()) - 1;
  return (sum - freedom) / std::sqrt(2 * freedom);
}

// The largest distance between the distribution of the numbers and F, times sqrt(n) (Kolmogorov and Smirnov).
template <class Distribution>
double distance(std::vector<double> numbers, Distribution f) {
  std::sort(numbers.begin(), numbers.end());
  const double n = static_cast<double>(numbers.size());
  double most = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double value = f(numbers[i]), below = static_cast<double>(i) / n;
    most = std::fmax(most, std::fmax(std::fabs(value - below), std::fabs(value - below - 1 / n)));
  }
  return most * std::sqrt(n);
}

}  // namespace

TEST_CASE("an image that is not moved stays as it is, bit for bit") {
  CHECK(moved(AffineMap(), 3, 3, nine) == nine);
  tests::Numbers numbers(1);
  for (int height = 1; height < 12; ++height) {
    for (int width = 1; width < 12; ++width) {
      Pixels x(static_cast<std::size_t>(height * width));
      for (float& pixel : x) pixel = numbers.wide();
      CHECK(moved(AffineMap(), height, width, x) == x);
    }
  }
}

TEST_CASE("shifted by whole pixels, pixels keep their bits and the border is filled") {
  AffineMap down, right, corner, away;
  down.shift(1, 0);
  CHECK(moved(down, 3, 3, nine) == Pixels{outside, outside, outside, 1, 2, 3, 4, 5, 6});
  right.shift(0, 1);
  CHECK(moved(right, 3, 3, nine) == Pixels{outside, 1, 2, outside, 4, 5, outside, 7, 8});
  corner.shift(-2, -1);
  CHECK(moved(corner, 3, 3, nine) == Pixels{8, 9, outside, outside, outside, outside, outside, outside, outside});
  away.shift(3, 0);
  CHECK(moved(away, 3, 3, nine) == Pixels(9, outside));
  // Half a pixel lies between two.
  AffineMap half;
  half.shift(0, 0.5f);
  CHECK(moved(half, 1, 3, {1, 2, 4}) == Pixels{(outside + 1) / 2, 1.5f, 3});
}

TEST_CASE("a quarter of a turn is exact, counterclockwise, and also where the image is not square") {
  const AffineMap quarter = map_of(mica::Rotate(90, 90));
  CHECK(moved(quarter, 3, 3, nine) == Pixels{3, 6, 9, 2, 5, 8, 1, 4, 7});
  CHECK(moved(map_of(mica::Rotate(180, 180)), 3, 3, nine) == Pixels{9, 8, 7, 6, 5, 4, 3, 2, 1});
  CHECK(moved(map_of(mica::Rotate(-90, -90)), 3, 3, nine) == Pixels{7, 4, 1, 8, 5, 2, 9, 6, 3});
  CHECK(moved(map_of(mica::Rotate(360, 360)), 3, 3, nine) == nine);
  // Rows 0 and 2 have no room in a wide image; columns 0 and 4 come from outside.
  const Pixels wide{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  CHECK(moved(quarter, 3, 5, wide) ==
        Pixels{outside, 4, 9, 14, outside, outside, 3, 8, 13, outside, outside, 2, 7, 12, outside});
  const Pixels even{1, 2, 3, 4};
  CHECK(moved(quarter, 2, 2, even) == Pixels{2, 4, 1, 3});
}

TEST_CASE("flips are exact") {
  CHECK(moved(map_of(mica::HorizontalFlip{1}), 3, 3, nine) == Pixels{3, 2, 1, 6, 5, 4, 9, 8, 7});
  CHECK(moved(map_of(mica::VerticalFlip{1}), 3, 3, nine) == Pixels{7, 8, 9, 4, 5, 6, 1, 2, 3});
  CHECK(moved(map_of(mica::HorizontalFlip{0}), 3, 3, nine) == nine);
  CHECK(moved(map_of(mica::VerticalFlip{0}), 3, 3, nine) == nine);
  CHECK(moved(map_of(mica::HorizontalFlip{1}), 1, 4, {1, 2, 3, 4}) == Pixels{4, 3, 2, 1});
}

TEST_CASE("twice and half the size by hand") {
  // 16 rows + 4 columns: what lies between is exact.
  Pixels slope;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column) slope.push_back(static_cast<float>(16 * row + 4 * column));
  }
  const Pixels twice = moved(map_of(mica::Scale(2, 2)), 4, 4, slope);
  const float from[] = {0.75f, 1.25f, 1.75f, 2.25f};
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column) {
      CHECK(twice[static_cast<std::size_t>(4 * row + column)] == 16 * from[row] + 4 * from[column]);
    }
  }
  // Places -1.5, 0.5, 2.5 and 4.5: the outer ones are a pixel and more away.
  const Pixels half = moved(map_of(mica::Scale(0.5f, 0.5f)), 4, 4, slope);
  CHECK(half == Pixels{outside, outside, outside, outside, outside, 10, 18, outside,  //
                       outside, 42, 50, outside, outside, outside, outside, outside});
}

TEST_CASE("movements are applied in their order and resampled once") {
  // Right by one, then a quarter counterclockwise: up by one. The other way round it stays to the right.
  AffineMap first, second;
  first.shift(0, 1);
  first.rotate(1, 0);
  second.rotate(1, 0);
  second.shift(0, 1);
  const Pixels dot{0, 0, 0, 0, 1, 0, 0, 0, 0};
  CHECK(moved(first, 3, 3, dot)[1] == 1);
  CHECK(moved(second, 3, 3, dot)[5] == 1);
  // There and back is the same image, though no step alone falls on whole pixels.
  AffineMap both;
  both.shift(0.25f, 0.5f);
  both.scale(4);
  both.flip_horizontally();
  both.flip_horizontally();
  both.scale(0.25f);
  both.shift(-0.25f, -0.5f);
  CHECK(moved(both, 3, 3, nine) == nine);
  AffineMap turned;
  mica::Rotate(30, 30).move(turned, Random(1));
  mica::Rotate(-30, -30).move(turned, Random(2));
  const Pixels back = moved(turned, 3, 3, nine);
  for (std::size_t i = 0; i < 9; ++i) CHECK(static_cast<double>(back[i]) == doctest::Approx(nine[i]).epsilon(1e-5));
}

TEST_CASE("all channels of a pixel move together, each with its own surroundings") {
  const float fill[] = {-1, -2, -3};
  Pixels x, y(2 * 2 * 3);
  for (int i = 0; i < 12; ++i) x.push_back(static_cast<float>(i));
  AffineMap map;
  map.shift(0, 1);
  mica::resample(map, fill, x.data(), {y.data(), 2, 2, 3});
  CHECK(y == Pixels{-1, -2, -3, 0, 1, 2, -1, -2, -3, 6, 7, 8});
  AffineMap between;
  between.shift(0.5f, 0.5f);
  mica::resample(between, fill, x.data(), {y.data(), 2, 2, 3});
  for (int c = 0; c < 3; ++c) CHECK(y[static_cast<std::size_t>(9 + c)] == static_cast<float>(c) + 4.5f);
  CHECK(y[0] == -0.75f);  // three quarters of the surroundings
}

TEST_CASE("maps that leave every range are all fill, and read nothing outside") {
  for (const float far : {1e9f, -1e9f, 3e38f, std::nanf("")}) {
    AffineMap map;
    map.row = far;
    CHECK(moved(map, 3, 3, nine) == Pixels(9, outside));
    AffineMap stretched;
    stretched.column_by_column = far;
    const Pixels y = moved(stretched, 3, 3, nine);
    for (const float pixel : y) CHECK((pixel == outside || (pixel >= 1 && pixel <= 9)));
  }
  for (const float factor : {1e-30f, 1e30f}) {
    const Pixels y = moved(map_of(mica::Scale(factor, factor)), 3, 3, nine);
    CHECK(y[4] == 5);
  }
}

TEST_CASE("rotation follows sine and cosine for every degree") {
  double worst = 0;
  for (int degrees = -360; degrees <= 360; ++degrees) {
    const AffineMap map = map_of(mica::Rotate(degrees, degrees));
    const double angle = degrees * 3.14159265358979323846 / 180;
    worst = std::fmax(worst, std::fabs(static_cast<double>(map.row_by_row) - std::cos(angle)));
    worst = std::fmax(worst, std::fabs(static_cast<double>(map.row_by_column) - std::sin(angle)));
    CHECK(map.row_by_row == map.column_by_column);
    CHECK(map.row_by_column == -map.column_by_row);
  }
  std::printf("largest error of sine and cosine: %.3g\n", worst);
  CHECK(worst < 0x1p-23);
}

TEST_CASE("shifts are drawn evenly from all places, rows and columns apart") {
  std::vector<int> counts(5 * 7);
  for (std::uint32_t i = 0; i < 35000; ++i) {
    const AffineMap map = map_of(mica::Shift(2, 3), Random(7).fork(i));
    const int row = static_cast<int>(-map.row) + 2, column = static_cast<int>(-map.column) + 3;
    REQUIRE((row >= 0 && row < 5 && column >= 0 && column < 7));
    ++counts[static_cast<std::size_t>(7 * row + column)];
  }
  CHECK(std::fabs(unevenness(counts)) < 4);
  CHECK(map_of(mica::Shift(0)).row == 0);
}

TEST_CASE("angles, factors and flips have the distribution they say") {
  std::vector<double> angles, factors;
  int horizontal = 0, vertical = 0;
  const int n = 20000;
  for (std::uint32_t i = 0; i < n; ++i) {
    const Random random = Random(8).fork(i);
    const auto turn = static_cast<std::int32_t>(mica::Rotate(30).angle(random));
    angles.push_back(turn * 360.0 / 0x1p32);
    CHECK(std::fabs(angles.back()) <= 30);
    factors.push_back(1 / static_cast<double>(map_of(mica::Scale(0.8f, 1.25f), random).row_by_row));
    horizontal += map_of(mica::HorizontalFlip(), random).column_by_column < 0 ? 1 : 0;
    vertical += map_of(mica::VerticalFlip{0.25f}, random).row_by_row < 0 ? 1 : 0;
  }
  // 1.95 is passed once in a thousand times.
  CHECK(distance(angles, [](double angle) { return (angle + 30) / 60; }) < 1.95);
  CHECK(distance(factors, [](double factor) { return (factor - 0.8) / 0.45; }) < 1.95);
  CHECK(std::fabs(horizontal - n / 2) < 4 * std::sqrt(n / 4.0));
  CHECK(std::fabs(vertical - n / 4) < 4 * std::sqrt(n * 3 / 16.0));
  // A whole turn and more is drawn evenly, too.
  std::vector<int> quarters(8);
  for (std::uint32_t i = 0; i < n; ++i) ++quarters[mica::Rotate(360).angle(Random(9).fork(i)) >> 29];
  CHECK(std::fabs(unevenness(quarters)) < 4);
}

TEST_CASE("noise is normal, also behind the last whole vector") {
  using Sample = mica::Shape<7, 11, 3>;
  std::vector<double> values;
  for (std::uint32_t i = 0; i < 100; ++i) {
    float x[Sample::size + 1];
    for (float& v : x) v = 3;
    mica::Noise{0.5f}.change(mica::view_image<Sample>(x), Random(10).fork(i));
    CHECK(x[Sample::size] == 3);
    for (int j = 0; j < Sample::size; ++j) values.push_back((static_cast<double>(x[j]) - 3) / 0.5);
  }
  CHECK(distance(values, [](double z) { return 0.5 * std::erfc(-z * std::sqrt(0.5)); }) < 1.95);
}

TEST_CASE("cutout covers one square, whose middle is drawn evenly, in all channels") {
  using Sample = mica::Shape<6, 9, 2>;
  std::vector<int> covered(6 * 9), expected(6 * 9);
  const int n = 54000;
  for (std::uint32_t i = 0; i < n; ++i) {
    float x[Sample::size];
    for (float& v : x) v = 1;
    mica::Cutout(4, -2.0f).change(mica::view_image<Sample>(x), Random(11).fork(i));
    int top = 6, bottom = -1, left = 9, right = -1, count = 0;
    for (int row = 0; row < 6; ++row) {
      for (int column = 0; column < 9; ++column) {
        const float* const pixel = x + 2 * (9 * row + column);
        CHECK(pixel[0] == pixel[1]);
        if (pixel[0] == 1) continue;
        CHECK(pixel[0] == -2);
        ++count, ++covered[static_cast<std::size_t>(9 * row + column)];
        top = std::min(top, row), bottom = std::max(bottom, row);
        left = std::min(left, column), right = std::max(right, column);
      }
    }
    CHECK(count == (bottom - top + 1) * (right - left + 1));
    CHECK((bottom - top + 1 == 4 || top == 0 || bottom == 5));
    CHECK((right - left + 1 == 4 || left == 0 || right == 8));
  }
  // A pixel is covered by as many middles as lie from 1 pixel above it to 2 below, and likewise across.
  for (int row = 0; row < 6; ++row) {
    for (int column = 0; column < 9; ++column) {
      int middles = 0;
      for (int r = row - 1; r <= row + 2; ++r) {
        for (int c = column - 1; c <= column + 2; ++c) middles += r >= 0 && r < 6 && c >= 0 && c < 9 ? 1 : 0;
      }
      const double share = middles / 54.0, found = covered[static_cast<std::size_t>(9 * row + column)];
      CHECK(std::fabs(found - n * share) < 5 * std::sqrt(n * share * (1 - share)));
    }
  }
  // One larger than the image covers all of it, wherever its middle is.
  float x[Sample::size];
  for (float& v : x) v = 1;
  mica::Cutout(20).change(mica::view_image<Sample>(x), Random(12));
  for (const float v : x) CHECK(v == 0);
}

TEST_CASE("shares of mixup have the beta distribution") {
  const auto drawn = [](float alpha) {
    std::vector<double> shares;
    for (std::uint32_t i = 0; i < 20000; ++i) {
      shares.push_back(static_cast<double>(mica::Mixup(alpha).share(Random(13).fork(i))));
      CHECK((shares.back() >= 0 && shares.back() <= 1));
    }
    return shares;
  };
  const double half_pi = 1.57079632679489661923;
  CHECK(distance(drawn(0.5f), [&](double x) { return std::asin(std::sqrt(x)) / half_pi; }) < 1.95);
  CHECK(distance(drawn(1), [](double x) { return x; }) < 1.95);
  CHECK(distance(drawn(2), [](double x) { return x * x * (3 - 2 * x); }) < 1.95);
  CHECK(distance(drawn(3), [](double x) { return x * x * x * (10 - 15 * x + 6 * x * x); }) < 1.95);
  // Where the distribution has no such form: mean 1/2, variance 1 / (4 (2 alpha + 1)), 1/4 of the variance's square
  // more.
  for (const float alpha : {0.01f, 0.1f, 0.2f, 0.4f, 20.0f, 1000.0f}) {
    double sum = 0, squares = 0;
    const auto shares = drawn(alpha);
    for (const double share : shares) sum += share, squares += (share - 0.5) * (share - 0.5);
    const double n = static_cast<double>(shares.size()), variance = 1 / (4 * (2 * static_cast<double>(alpha) + 1));
    CHECK(std::fabs(sum / n - 0.5) < 4 * std::sqrt(variance / n));
    CHECK(squares / n == doctest::Approx(variance).epsilon(0.05));
  }
}
