// The three matrix products against the contract: each element is one chain of fused multiply-adds, k increasing.
#include <cstdio>
#include <vector>

#include <doctest/doctest.h>

#include "../src/kernels/matmul.hpp"
#include "support.hpp"

using namespace tests;
namespace kernels = mica::kernels;

namespace {

enum Form { plain, transposed_a, transposed_b };
enum From { zero, row, matrix, itself };

// One product and its operands.
struct Case {
  Form form;
  int m, n, k;
  From from;
  int offset;  // of every array from where it would be aligned
  Guarded a, b, start;
  int start_stride;

  Case(Form form_, int m_, int n_, int k_, From from_, int offset_, Numbers& numbers)
      : form(form_),
        m(m_),
        n(n_),
        k(k_),
        from(from_),
        offset(offset_),
        a(m * k, offset),
        b(k * n, offset + 1),
        start(m * (n + 3), offset + 2),
        start_stride(from == matrix   ? n + 3
                     : from == itself ? n
                                      : 0) {
    for (Guarded* array : {&a, &b, &start}) {
      for (int i = 0; i < array->size(); ++i) (*array)[i] = numbers.even();
    }
  }

  kernels::Strided<float> left() {
    if (form == transposed_a) return {a.data(), 1, m};
    return {a.data(), k, 1};
  }
  kernels::Strided<float> right() {
    if (form == transposed_b) return {b.data(), k, 1};
    return {b.data(), 1, n};
  }

  template <class P>
  Guarded run(bool with_panel) {
    Guarded c(m * n, offset + 3);
    if (from == itself) {
      for (int i = 0; i < m * n; ++i) c[i] = start[i];
    }
    kernels::Start<float> begin = kernels::Start<float>::zero();
    if (from == row) begin = kernels::Start<float>::row(start.data());
    if (from == matrix) begin = kernels::Start<float>::matrix(start.data(), start_stride);
    if (from == itself) begin = kernels::Start<float>::matrix(c.data(), n);
    Guarded panel(kernels::panel_size, offset);
    kernels::multiply<P>({m, n, k, left(), right(), begin, c.data(), n}, with_panel ? panel.data() : nullptr);
    CHECK(c.intact());
    CHECK(panel.intact());
    return c;
  }

  float expected(int i, int j) {
    float sum = from == zero ? 0.0f : start[i * start_stride + j];
    const auto x = left(), y = right();
    for (int l = 0; l < k; ++l) sum = Scalar::fma(*x.from(i, l).data, *y.from(j, l).data, sum);
    return sum;
  }
};

void check(Case& product, bool with_scalar) {
  CAPTURE(product.form);
  CAPTURE(product.m);
  CAPTURE(product.n);
  CAPTURE(product.k);
  CAPTURE(product.from);
  CAPTURE(product.offset);
  std::vector<Guarded> results;
  results.push_back(product.run<Native>(false));
  results.push_back(product.run<Native>(true));
  if (with_scalar) results.push_back(product.run<Scalar>(false));
  if (with_scalar) results.push_back(product.run<Scalar>(true));
  int wrong = 0;
  for (int i = 0; i < product.m; ++i) {
    for (int j = 0; j < product.n; ++j) {
      const float expected = product.expected(i, j);
      for (Guarded& c : results) wrong += bits_of(c[i * product.n + j]) == bits_of(expected) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

constexpr int width = Native::tile_vectors * Native::lanes;

}  // namespace

TEST_CASE("all small extents around the edges of the tile") {
  Numbers numbers(1);
  int count = 0;
  const int ms[] = {0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 16, 19};
  const int ks[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 17};
  for (const int m : ms) {
    for (int n = 0; n <= 3 * width + 1; ++n) {
      for (const int k : ks) {
        // The three forms, the four starts and the offsets take turns.
        Case product(static_cast<Form>(count % 3), m, n, k, static_cast<From>(count / 3 % 4), count % 8, numbers);
        check(product, count % 5 == 0);
        ++count;
      }
    }
  }
  std::printf("%d small products\n", count);
}

TEST_CASE("every form with every start at every offset") {
  Numbers numbers(2);
  for (const Form form : {plain, transposed_a, transposed_b}) {
    for (const From from : {zero, row, matrix, itself}) {
      for (int offset = 0; offset < 8; ++offset) {
        Case product(form, Native::tile_rows + 1, width + 3, 21, from, offset, numbers);
        check(product, true);
      }
    }
  }
}

TEST_CASE("k beyond a block of the panel") {
  Numbers numbers(3);
  const int block = kernels::panel_size > 0 ? kernels::panel_size / width : 100;
  for (const Form form : {plain, transposed_a, transposed_b}) {
    for (const int k : {block - 1, block, block + 1, 2 * block, 2 * block + 5}) {
      for (const From from : {zero, row, matrix, itself}) {
        Case product(form, 2 * Native::tile_rows + 1, width + 1, k, from, 1, numbers);
        check(product, k == block + 1);
      }
    }
  }
}

TEST_CASE("a batch of one: one row of a, one step of k, and matrices beyond the nearest cache") {
  Numbers numbers(8);
  constexpr int strip = Native::row_vectors * Native::lanes;
  for (const From from : {zero, row, matrix, itself}) {
    for (const int n : {strip, strip + 1, 2 * strip, 2 * strip + Native::lanes + 3}) {
      for (const int k : {32768 / n, 32768 / n + 1, 32768 / n + 8, 32768 / n + 13}) {
        Case forward(plain, 1, n, k, from, 1, numbers);
        check(forward, false);
        Case inputs(transposed_b, 1, n, k, from, 2, numbers);
        check(inputs, false);
        Case weights(transposed_a, k % 97, n, 1, from, 3, numbers);
        check(weights, false);
      }
    }
  }
}

TEST_CASE("large products of random extents") {
  Numbers numbers(4);
  for (int i = 0; i < 24; ++i) {
    const int m = 1 + numbers.below(60), n = 1 + numbers.below(150), k = 1 + numbers.below(700);
    Case product(static_cast<Form>(i % 3), m, n, k, static_cast<From>(numbers.below(4)), numbers.below(8), numbers);
    check(product, true);
  }
}

TEST_CASE("one row of a batch is the row alone, and so is one column") {
  Numbers numbers(5);
  for (const Form form : {plain, transposed_b}) {
    Case whole(form, 32, 37, 131, row, 0, numbers);
    Guarded c = whole.run<Native>(true);
    for (int i = 0; i < whole.m; ++i) {
      Guarded alone(whole.n);
      kernels::multiply<Native>({1, whole.n, whole.k, whole.left().from(i, 0), whole.right(),
                                 kernels::Start<float>::row(whole.start.data()), alone.data(), whole.n},
                                nullptr);
      for (int j = 0; j < whole.n; ++j) CHECK(bits_of(alone[j]) == bits_of(c[i * whole.n + j]));
    }
  }
}

TEST_CASE("some columns of a wider result, the others as they were") {
  Numbers numbers(9);
  for (const int n : {1, 3, width, width + 5, 2 * width}) {
    for (const int m : {1, 2, Native::tile_rows, 3 * Native::tile_rows + 1}) {
      const int stride = n + 7, k = 2 * Native::lanes + 3;
      Case whole(transposed_b, m, n, k, zero, 0, numbers);
      Guarded wide(m * stride), panel(kernels::panel_size);
      for (int i = 0; i < m * stride; ++i) wide[i] = 7;
      kernels::matmul_transposed_b(m, n, k, whole.a.data(), whole.b.data(), kernels::Start<float>::zero(),
                                   wide.data() + 2, stride, kernels::panel_size > 0 ? panel.data() : nullptr);
      int wrong = 0;
      for (int i = 0; i < m; ++i) {
        for (int j = -2; j < stride - 2; ++j) {
          const float expected = j >= 0 && j < n ? whole.expected(i, j) : 7;
          wrong += bits_of(wide[i * stride + 2 + j]) == bits_of(expected) ? 0 : 1;
        }
      }
      CHECK(wrong == 0);
      CHECK(wide.intact());
    }
  }
}

TEST_CASE("NaN and infinity reach the elements they belong to and no others") {
  Numbers numbers(6);
  for (const Form form : {plain, transposed_a, transposed_b}) {
    Case product(form, 9, width + 5, 11, zero, 0, numbers);
    const_cast<float&>(*product.left().from(4, 3).data) = from_bits(0x7fc00000);
    const_cast<float&>(*product.right().from(width + 2, 5).data) = from_bits(0x7f800000);
    for (const bool with_panel : {false, true}) {
      Guarded c = product.run<Native>(with_panel);
      for (int i = 0; i < product.m; ++i) {
        for (int j = 0; j < product.n; ++j) {
          CHECK(is_nan(c[i * product.n + j]) == (i == 4));
          if (i != 4) CHECK(((bits_of(c[i * product.n + j]) & 0x7fffffff) == 0x7f800000) == (j == width + 2));
        }
      }
    }
  }
}

TEST_CASE("the three products read their operands as they are declared") {
  Numbers numbers(7);
  Case a(plain, 7, 19, 5, row, 0, numbers), b(transposed_a, 7, 19, 5, matrix, 0, numbers),
      c(transposed_b, 7, 19, 5, zero, 0, numbers);
  Guarded panel(kernels::panel_size), y(7 * 19);
  const auto compare = [&](Case& product) {
    for (int i = 0; i < 7; ++i) {
      for (int j = 0; j < 19; ++j) CHECK(bits_of(y[i * 19 + j]) == bits_of(product.expected(i, j)));
    }
  };
  kernels::matmul(7, 19, 5, a.a.data(), a.b.data(), kernels::Start<float>::row(a.start.data()), y.data(), panel.data());
  compare(a);
  kernels::matmul_transposed_a(7, 19, 5, b.a.data(), b.b.data(),
                               kernels::Start<float>::matrix(b.start.data(), b.start_stride), y.data(), panel.data());
  compare(b);
  kernels::matmul_transposed_b(7, 19, 5, c.a.data(), c.b.data(), kernels::Start<float>::zero(), y.data(), panel.data());
  compare(c);
  CHECK(y.intact());
}
