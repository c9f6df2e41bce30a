// The kernels of normalisation and dropout: the same bits on every port, sums in the written order.
#include <mica/kernels.hpp>

#include <doctest/doctest.h>

#include "../src/kernels/dropout.hpp"
#include "../src/kernels/normalization.hpp"
#include "../src/kernels/row_normalization.hpp"
#include "support.hpp"

using tests::Guarded;
using tests::Native;
using tests::Numbers;
using tests::Scalar;
namespace on = mica::kernels::on;

namespace {

void fill(Guarded& array, Numbers& numbers) {
  for (int i = 0; i < array.size(); ++i) array[i] = numbers.wide();
}

// Arrays for the column kernels.
struct Matrix {
  int rows, columns;
  Guarded x, dy, pivot, offset, variance, inverse, scale, shift, y, dx, dshift, dscale, mean, remainder;
  Matrix(int m, int n, int misaligned, std::uint32_t seed)
      : rows(m),
        columns(n),
        x(m * n, misaligned),
        dy(m * n),
        pivot(n),
        offset(n),
        variance(n),
        inverse(n),
        scale(n),
        shift(n),
        y(m * n, misaligned),
        dx(m * n),
        dshift(n),
        dscale(n),
        mean(n),
        remainder(n) {
    Numbers numbers(seed);
    for (Guarded* array : {&x, &dy, &scale, &shift, &mean, &remainder}) fill(*array, numbers);
    for (int c = 0; c < n; ++c) pivot[c] = x[c];
  }
  template <class P>
  void run(int groups) {
    on::column_moments<P>(rows, columns, groups, x.data(), pivot.data(), offset.data(), variance.data());
    on::inverse_deviation<P>(columns, variance.data(), 1e-5f, inverse.data());
    on::normalize_columns<P>(rows, columns, x.data(), pivot.data(), offset.data(), inverse.data(), shift.data(),
                             y.data());
    on::scale_columns<P>(rows, columns, scale.data(), y.data(), y.data());
    on::normalized_sums<P>(rows, columns, x.data(), pivot.data(), offset.data(), inverse.data(), dy.data(),
                           dshift.data(), dscale.data());
    on::sum_groups<P>(columns, groups, scale.data(), dshift.data());
    on::sum_groups<P>(columns, groups, scale.data(), dscale.data());
    on::normalize_columns_backward<P>(rows, columns, x.data(), pivot.data(), offset.data(), inverse.data(),
                                      scale.data(), 0.25f, dshift.data(), dscale.data(), dy.data(), dx.data());
    on::update_average<P>(columns, 0.1f, 1.5f, variance.data(), mean.data());
    on::update_mean<P>(columns, 0.1f, pivot.data(), offset.data(), mean.data(), remainder.data());
  }
};

bool same(Guarded& a, Guarded& b) {
  bool equal = a.intact() && b.intact();
  for (int i = 0; i < a.size(); ++i) equal = equal && tests::same(a[i], b[i]);
  return equal;
}

void check_columns(int rows, int columns, int groups, int misaligned) {
  CAPTURE(rows);
  CAPTURE(columns);
  CAPTURE(groups);
  Matrix native(rows, columns, misaligned, 7), scalar(rows, columns, 0, 7);
  native.run<Native>(groups);
  scalar.run<Scalar>(groups);
  CHECK(same(native.offset, scalar.offset));
  CHECK(same(native.variance, scalar.variance));
  CHECK(same(native.inverse, scalar.inverse));
  CHECK(same(native.y, scalar.y));
  CHECK(same(native.dshift, scalar.dshift));
  CHECK(same(native.dscale, scalar.dscale));
  CHECK(same(native.dx, scalar.dx));
  CHECK(same(native.mean, scalar.mean));
  CHECK(same(native.remainder, scalar.remainder));
}

}  // namespace

TEST_CASE("normalised columns have the same bits on every port, at every width and offset") {
  for (int columns = 1; columns <= 2 * 4 * 8 + 9; ++columns) {
    check_columns(5, columns, columns, columns % 7);
    check_columns(1 + columns % 3, columns, 1, columns % 5);
  }
  for (const int rows : {1, 2, 63, 64, 65, 128, 255, 256, 257, 700}) {
    for (const int columns : {1, 3, 8, 24, 44}) check_columns(rows, columns, columns, 1);
    check_columns(rows, 36, 4, 0);
    check_columns(rows, 34, 2, 3);
  }
}

TEST_CASE("sums of columns are taken in the written order") {
  for (const int rows : {1, 64, 65, 300, 1000}) {
    for (const int columns : {1, 5, 19, 64}) {
      Matrix matrix(rows, columns, 0, 3);
      matrix.run<Native>(columns);
      for (int c = 0; c < columns; ++c) {
        float all = 0;
        for (int first = 0; first < rows; first += 64) {
          float sum = 0;
          for (int row = first; row < rows && row < first + 64; ++row) sum += matrix.x[row * columns + c] - matrix.x[c];
          all += sum;
        }
        CHECK(tests::same(matrix.offset[c], all / static_cast<float>(rows)));
      }
    }
  }
}

TEST_CASE("normalised rows have the same bits on every port, and their sums the written order") {
  Numbers numbers(5);
  for (int columns = 1; columns <= 3000; columns += columns < 70 ? 1 : 371) {
    CAPTURE(columns);
    const int rows = 11;  // more than are worked on at a time
    Guarded x(rows * columns, 1), dy(rows * columns, 2), scale(columns), shift(columns, 3);
    for (Guarded* array : {&x, &dy, &scale, &shift}) fill(*array, numbers);
    Guarded y(rows * columns), offset(rows), inverse(rows), dscale(columns), dshift(columns), dx(rows * columns);
    Guarded y2(rows * columns, 1), offset2(rows), inverse2(rows), dscale2(columns, 1), dshift2(columns),
        dx2(rows * columns);
    for (int c = 0; c < columns; ++c) dscale[c] = dscale2[c] = dshift[c] = dshift2[c] = scale[c];
    on::normalize_rows<Native>(rows, columns, 1e-5f, x.data(), scale.data(), shift.data(), y.data(), offset.data(),
                               inverse.data());
    on::normalize_rows<Scalar>(rows, columns, 1e-5f, x.data(), scale.data(), shift.data(), y2.data(), offset2.data(),
                               inverse2.data());
    on::normalize_rows_backward<Native>(rows, columns, x.data(), offset.data(), inverse.data(), scale.data(), dy.data(),
                                        dscale.data(), dshift.data(), dx.data());
    on::normalize_rows_backward<Scalar>(rows, columns, x.data(), offset.data(), inverse.data(), scale.data(), dy.data(),
                                        dscale2.data(), dshift2.data(), dx2.data());
    CHECK(same(y, y2));
    CHECK(same(offset, offset2));
    CHECK(same(inverse, inverse2));
    CHECK(same(dscale, dscale2));
    CHECK(same(dshift, dshift2));
    CHECK(same(dx, dx2));
    // The sum of the differences is the sum of an array of them.
    Guarded differences(columns);
    for (int c = 0; c < columns; ++c) differences[c] = x[c] - x[0];
    CHECK(tests::same(offset[0], on::sum<Scalar>(columns, differences.data()) / static_cast<float>(columns)));
  }
}

TEST_CASE("the way back of normalised rows is its formula, number by number, and its sums are in the written order") {
  Numbers numbers(9);
  for (const int columns : {1, 7, 32, 100, 256, 1300}) {
    CAPTURE(columns);
    const int rows = 11;  // more than are worked on at a time
    Guarded x(rows * columns), dy(rows * columns), offset(rows), inverse(rows), scale(columns), dscale(columns),
        dshift(columns), dx(rows * columns);
    for (Guarded* array : {&x, &dy, &offset, &inverse, &scale, &dscale, &dshift}) fill(*array, numbers);
    Guarded scales(columns), shifts(columns), expected(rows * columns), normal(columns), weighted(columns),
        along(columns);
    for (int c = 0; c < columns; ++c) scales[c] = dscale[c], shifts[c] = dshift[c];
    for (int row = 0; row < rows; ++row) {
      const float* const from = x.data() + row * columns;
      const float* const gradient = dy.data() + row * columns;
      for (int c = 0; c < columns; ++c) {
        normal[c] = ((from[c] - from[0]) - offset[row]) * inverse[row];
        shifts[c] = shifts[c] + gradient[c];
        scales[c] = Scalar::fma(gradient[c], normal[c], scales[c]);
        weighted[c] = scale[c] * gradient[c];
        along[c] = weighted[c] * normal[c];
      }
      const float mean = on::sum<Scalar>(columns, weighted.data()) / static_cast<float>(columns);
      const float slope = on::sum<Scalar>(columns, along.data()) / static_cast<float>(columns);
      for (int c = 0; c < columns; ++c) {
        const float centred = Scalar::fma(scale[c], gradient[c], -mean);
        expected[row * columns + c] = inverse[row] * Scalar::fma(-slope, normal[c], centred);
      }
    }
    on::normalize_rows_backward<Native>(rows, columns, x.data(), offset.data(), inverse.data(), scale.data(), dy.data(),
                                        dscale.data(), dshift.data(), dx.data());
    CHECK(same(dx, expected));
    CHECK(same(dscale, scales));
    CHECK(same(dshift, shifts));
  }
}

TEST_CASE("masks and noise have the same bits on every port, for every length and offset") {
  Numbers numbers(6);
  for (int n = 0; n <= 200; ++n) {
    CAPTURE(n);
    Guarded x(n, n % 9), native(n, n % 5), scalar(n);
    for (int i = 0; i < n; ++i) x[i] = numbers.wide();
    const mica::Random random(static_cast<std::uint64_t>(n));
    const auto equal = [&] {
      bool same = native.intact() && scalar.intact();
      for (int i = 0; i < n; ++i) same = same && tests::same(native[i], scalar[i]);
      return same;
    };
    on::drop<Native>(n, random, 1 << 22, 1.5f, 0.25f, -2.0f, x.data(), native.data());
    on::drop<Scalar>(n, random, 1 << 22, 1.5f, 0.25f, -2.0f, x.data(), scalar.data());
    CHECK(equal());
    on::add_normal<Native>(n, random, 0.7f, x.data(), native.data());
    on::add_normal<Scalar>(n, random, 0.7f, x.data(), scalar.data());
    CHECK(equal());
    on::fill_kept<Native>(n, random, 1 << 23, 2.0f, native.data());
    on::fill_kept<Scalar>(n, random, 1 << 23, 2.0f, scalar.data());
    CHECK(equal());
    on::copy<Native>(n, x.data(), native.data());
    on::copy<Scalar>(n, x.data(), scalar.data());
    CHECK(equal());
  }
}
