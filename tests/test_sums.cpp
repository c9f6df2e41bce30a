// Sums and softmax: the written order, the same bits on every port, and an error that does not grow with the length.
#include <cmath>
#include <cstdio>
#include <vector>

#include <doctest/doctest.h>

#include "../src/kernels/reductions.hpp"
#include "../src/kernels/softmax.hpp"
#include "support.hpp"

using namespace tests;
namespace on = mica::kernels::on;

namespace {

constexpr int reach = Native::lanes > 8 ? Native::lanes : 8;

// The order in words: within a block of 1024, lane l takes elements l, l + 32, ...; then lanes l and l + 16, l + 8, ...
float block_in_order(const float* x, int n, bool squares) {
  float lane[32] = {};
  for (int i = 0; i < n; ++i) lane[i % 32] = squares ? Scalar::fma(x[i], x[i], lane[i % 32]) : lane[i % 32] + x[i];
  for (int half = 16; half > 0; half /= 2) {
    for (int l = 0; l < half; ++l) lane[l] = lane[l] + lane[l + half];
  }
  return lane[0];
}

// Blocks pairwise, the left half the larger one.
float in_order(const std::vector<float>& blocks, std::size_t first, std::size_t count) {
  if (count == 1) return blocks[first];
  const std::size_t left = (count + 1) / 2;
  return in_order(blocks, first, left) + in_order(blocks, first + left, count - left);
}
float sum_in_order(const float* x, int n, bool squares) {
  std::vector<float> blocks;
  for (int i = 0; i < n || i == 0; i += 1024)
    blocks.push_back(block_in_order(x + i, n - i < 1024 ? n - i : 1024, squares));
  return in_order(blocks, 0, blocks.size());
}

void check_sums(int n, int offset, Numbers& numbers) {
  CAPTURE(n);
  CAPTURE(offset);
  Guarded x(n, offset);
  for (int i = 0; i < n; ++i) x[i] = numbers.wide();
  CHECK(bits_of(on::sum<Native>(n, x.data())) == bits_of(sum_in_order(x.data(), n, false)));
  CHECK(bits_of(on::sum<Scalar>(n, x.data())) == bits_of(sum_in_order(x.data(), n, false)));
  CHECK(bits_of(on::sum_of_squares<Native>(n, x.data())) == bits_of(sum_in_order(x.data(), n, true)));
  CHECK(bits_of(on::sum_of_squares<Scalar>(n, x.data())) == bits_of(sum_in_order(x.data(), n, true)));
}

}  // namespace

TEST_CASE("sums are taken in the written order") {
  Numbers numbers(1);
  for (int n = 0; n <= 100; ++n) {
    for (int offset = 0; offset < reach; ++offset) check_sums(n, offset, numbers);
  }
  for (const int n : {1023, 1024, 1025, 2047, 2048, 2049, 3000, 4097, 5 * 1024, 7 * 1024 + 33, 100003}) {
    check_sums(n, n % reach, numbers);
  }
}

TEST_CASE("the error of a long sum does not grow with its length") {
  for (const int n : {1000, 30000, 1000000, 4000000}) {
    CAPTURE(n);
    if (on_board && n > 1000000) {
      std::printf("left out on a board: sums of %d numbers, two arrays of 16 MB\n", n);
      break;
    }
    const std::vector<float> ones(static_cast<std::size_t>(n), 1.0f), tenths(static_cast<std::size_t>(n), 0.1f);
    CHECK(on::sum<Native>(n, ones.data()) == static_cast<float>(n));
    CHECK(on::sum_of_squares<Native>(n, ones.data()) == static_cast<float>(n));
    const double exact = static_cast<double>(n) * static_cast<double>(0.1f);
    const double square = exact * static_cast<double>(0.1f);
    CHECK(std::fabs(static_cast<double>(on::sum<Native>(n, tenths.data())) - exact) <= 1e-6 * exact);
    CHECK(std::fabs(static_cast<double>(on::sum_of_squares<Native>(n, tenths.data())) - square) <= 1e-6 * square);
  }
}

TEST_CASE("NaN and infinity are not lost in a sum") {
  std::vector<float> x(5000, 1.0f);
  for (const std::size_t at : {std::size_t{0}, std::size_t{31}, std::size_t{1024}, std::size_t{4999}}) {
    x[at] = NAN;
    CHECK(is_nan(on::sum<Native>(5000, x.data())));
    x[at] = HUGE_VALF;
    CHECK(on::sum<Native>(5000, x.data()) == HUGE_VALF);
    CHECK(on::sum_of_squares<Native>(5000, x.data()) == HUGE_VALF);
    x[at] = 1;
  }
}

TEST_CASE("add_rows adds each column in blocks of 64 rows") {
  Numbers numbers(2);
  for (const int rows : {0, 1, 2, 31, 63, 64, 65, 128, 130, 1000}) {
    for (int columns = 1; columns <= 4 * reach + reach + 1; ++columns) {
      CAPTURE(rows);
      CAPTURE(columns);
      Guarded x(rows * columns, columns % reach), total(columns, 3), scalar(columns), expected(columns);
      for (int i = 0; i < x.size(); ++i) x[i] = numbers.even();
      for (int j = 0; j < columns; ++j) {
        float sum = total[j] = scalar[j] = numbers.even();
        for (int first = 0; first < rows; first += 64) {
          float block = 0;
          for (int i = first; i < rows && i < first + 64; ++i) block = block + x[i * columns + j];
          sum = sum + block;
        }
        expected[j] = sum;
      }
      on::add_rows<Native>(rows, columns, x.data(), total.data());
      on::add_rows<Scalar>(rows, columns, x.data(), scalar.data());
      int wrong = total.intact() ? 0 : 1;
      for (int j = 0; j < columns; ++j) {
        wrong += bits_of(total[j]) == bits_of(expected[j]) && bits_of(scalar[j]) == bits_of(expected[j]) ? 0 : 1;
      }
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("the mean of a long column does not drift") {
  const int rows = 1000000;
  const std::vector<float> x(static_cast<std::size_t>(rows), 0.1f);
  float total = 0;
  on::add_rows<Native>(rows, 1, x.data(), &total);
  const double exact = rows * static_cast<double>(0.1f);
  CHECK(std::fabs(static_cast<double>(total) - exact) <= 2e-4 * exact);
}

TEST_CASE("softmax: Native is Scalar, in place or not, and close to the exact values") {
  Numbers numbers(3);
  for (int columns = 1; columns <= 3 * reach; ++columns) {
    const int rows = 1 + columns % 4;
    Guarded x(rows * columns, columns % reach), y(rows * columns, 3), z(rows * columns);
    for (int i = 0; i < x.size(); ++i) x[i] = 10 * numbers.even();
    on::softmax<Native>(rows, columns, x.data(), y.data());
    on::softmax<Scalar>(rows, columns, x.data(), z.data());
    for (int row = 0; row < rows; ++row) {
      double total = 0;
      for (int j = 0; j < columns; ++j) total += std::exp(static_cast<double>(x[row * columns + j]));
      for (int j = 0; j < columns; ++j) {
        const int i = row * columns + j;
        CHECK(bits_of(y[i]) == bits_of(z[i]));
        const double exact = std::exp(static_cast<double>(x[i])) / total;
        // Rounding x - max alone moves the result by up to 20 * 2^-24.
        CHECK(std::fabs(static_cast<double>(y[i]) - exact) <= 2e-6 * exact);
      }
    }
    CHECK(y.intact());
    on::softmax<Native>(rows, columns, x.data(), x.data());
    for (int i = 0; i < x.size(); ++i) CHECK(bits_of(x[i]) == bits_of(y[i]));
    CHECK(x.intact());
  }
}

TEST_CASE("softmax: terms more than 44 below the largest are exactly 0, large scores do not overflow") {
  const float x[] = {3e38f, -3e38f, 0, 1000, 1000 - 43.9375f, 1000 - 44.0625f, -HUGE_VALF, -5};
  float y[8];
  on::softmax<Native>(1, 8, x, y);
  CHECK(y[0] == 1.0f);
  for (int i = 1; i < 8; ++i) CHECK(bits_of(y[i]) == 0);
  on::softmax<Native>(1, 5, x + 3, y);
  CHECK(y[0] == 1.0f);
  CHECK(y[1] > 0x1p-64f);
  for (int i = 2; i < 5; ++i) CHECK(bits_of(y[i]) == 0);
  const float with_nan[] = {1, NAN, 2};
  on::softmax<Native>(1, 3, with_nan, y);
  CHECK(is_nan(y[0]));
  CHECK(is_nan(y[1]));
}

TEST_CASE("softmax backward") {
  Numbers numbers(4);
  for (int columns = 1; columns <= 3 * reach; ++columns) {
    const int rows = 3, n = rows * columns;
    Guarded x(n), y(n, 1), dy(n, 2), dx(n, 3), z(n, 4);
    for (int i = 0; i < n; ++i) x[i] = 3 * numbers.even(), dy[i] = numbers.even();
    on::softmax<Native>(rows, columns, x.data(), y.data());
    on::softmax_backward<Native>(rows, columns, y.data(), dy.data(), dx.data());
    on::softmax_backward<Scalar>(rows, columns, y.data(), dy.data(), z.data());
    for (int i = 0; i < n; ++i) {
      double total = 0;
      for (int j = i / columns * columns; j < (i / columns + 1) * columns; ++j) {
        total += static_cast<double>(dy[j]) * static_cast<double>(y[j]);
      }
      const double exact = static_cast<double>(y[i]) * (static_cast<double>(dy[i]) - total);
      CHECK(bits_of(dx[i]) == bits_of(z[i]));
      CHECK(std::fabs(static_cast<double>(dx[i]) - exact) <= 1e-6);
    }
    CHECK(dx.intact());
    Guarded y_before = y;
    on::softmax_backward<Native>(rows, columns, y.data(), dy.data(), dy.data());
    for (int i = 0; i < n; ++i) {
      CHECK(bits_of(dy[i]) == bits_of(dx[i]));
      CHECK(bits_of(y[i]) == bits_of(y_before[i]));
    }
  }
}

TEST_CASE_TEMPLATE("softmax and cross-entropy in one", Label, std::uint8_t, std::uint16_t) {
  Numbers numbers(5);
  for (int columns = 2; columns <= 3 * reach; ++columns) {
    // As many as a vector has lanes go together, the others one by one.
    constexpr int rows = Native::lanes + 5;
    const int n = rows * columns;
    Guarded x(n, 1), dx(n, 2), z(n, 3), losses(rows, 4), scalar_losses(rows);
    Label labels[rows];
    int right = 0;
    for (int i = 0; i < n; ++i) x[i] = 20 * numbers.even();
    for (int row = 0; row < rows; ++row) {
      labels[row] = static_cast<Label>(numbers.below(columns));
      int best = 0;
      for (int j = 0; j < columns; ++j) best = x[row * columns + j] > x[row * columns + best] ? j : best;
      right += best == labels[row] ? 1 : 0;
    }
    const float scale = 1.0f / rows;
    CHECK(on::softmax_cross_entropy<Native>(rows, columns, x.data(), labels, scale, losses.data(), dx.data()) == right);
    CHECK(on::softmax_cross_entropy<Scalar>(rows, columns, x.data(), labels, scale, scalar_losses.data(), z.data()) ==
          right);
    for (int row = 0; row < rows; ++row) {
      const float* const scores = x.data() + row * columns;
      double total = 0;
      for (int j = 0; j < columns; ++j) total += std::exp(static_cast<double>(scores[j]));
      const double loss = std::log(total) - static_cast<double>(scores[labels[row]]);
      CHECK(bits_of(losses[row]) == bits_of(scalar_losses[row]));
      CHECK(std::fabs(static_cast<double>(losses[row]) - loss) <= 1e-6 * (1 + loss));
      for (int j = 0; j < columns; ++j) {
        const double p = std::exp(static_cast<double>(scores[j])) / total - (j == labels[row] ? 1 : 0);
        CHECK(bits_of(dx[row * columns + j]) == bits_of(z[row * columns + j]));
        CHECK(std::fabs(static_cast<double>(dx[row * columns + j]) - p / rows) <= 2e-7);
      }
    }
    CHECK((dx.intact() && losses.intact() && x.intact()));
    on::softmax_cross_entropy<Native>(rows, columns, x.data(), labels, scale, losses.data(), x.data());
    for (int i = 0; i < n; ++i) CHECK(bits_of(x[i]) == bits_of(dx[i]));
  }
}

TEST_CASE("cross-entropy of extreme scores is finite, the first of equal scores counts, NaN stays visible") {
  float dx[3], loss;
  const std::uint8_t first = 0, second = 1;
  const float far[] = {0, 3e38f, -3e38f};
  CHECK(on::softmax_cross_entropy<Native>(1, 3, far, &first, 1.0f, &loss, dx) == 0);
  CHECK(loss == 3e38f);
  CHECK(dx[0] == -1.0f);
  CHECK(dx[1] == 1.0f);
  CHECK(bits_of(dx[2]) == 0);
  const float equal[] = {2, 2, 1};
  CHECK(on::softmax_cross_entropy<Native>(1, 3, equal, &first, 1.0f, &loss, dx) == 1);
  CHECK(on::softmax_cross_entropy<Native>(1, 3, equal, &second, 1.0f, &loss, dx) == 0);
  const float broken[] = {2, NAN, 1};
  on::softmax_cross_entropy<Native>(1, 3, broken, &first, 1.0f, &loss, dx);
  CHECK(is_nan(loss));
}

TEST_CASE("cross-entropy of extreme scores in a batch: the bits of each row alone") {
  constexpr int columns = 3, rows = Native::lanes;
  const float kinds[][columns] = {{0, 3e38f, -3e38f}, {2, 2, 1},         {2, NAN, 1},  {NAN, 1, 2}, {-0.0f, 0, -0.0f},
                                  {0, -44, -45},      {INFINITY, 0, -1}, {-1, -1, -1}, {1, 2, 3}};
  for (std::uint8_t label = 0; label < columns; ++label) {
    for (const auto& kind : kinds) {
      float x[rows * columns], dx[rows * columns], losses[rows], alone[columns], loss;
      std::uint8_t labels[rows];
      for (int row = 0; row < rows; ++row) {
        labels[row] = label;
        for (int j = 0; j < columns; ++j) x[row * columns + j] = row % 2 == 0 ? kind[j] : static_cast<float>(row + j);
      }
      on::softmax_cross_entropy<Native>(rows, columns, x, labels, 0.5f, losses, dx);
      const int right = on::softmax_cross_entropy<Native>(1, columns, x, labels, 0.5f, &loss, alone);
      CHECK(right == on::softmax_cross_entropy<Scalar>(1, columns, x, labels, 0.5f, &loss, alone));
      CHECK(((is_nan(loss) && is_nan(losses[0])) || bits_of(loss) == bits_of(losses[0])));
      for (int j = 0; j < columns; ++j) {
        CHECK(((is_nan(alone[j]) && is_nan(dx[j])) || bits_of(alone[j]) == bits_of(dx[j])));
      }
    }
  }
}
