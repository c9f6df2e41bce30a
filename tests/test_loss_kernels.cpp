// The kernels of losses and of the search for NaN: Native against Scalar, bit for bit.
#include <limits>

#include <doctest/doctest.h>

#include "../src/kernels/finite.hpp"
#include "../src/kernels/losses.hpp"
#include "support.hpp"

using namespace tests;
namespace on = mica::kernels::on;

namespace {

constexpr int reach = Native::lanes > 8 ? Native::lanes : 8;
constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

// Outputs, targets from 0 to 1, and what a kernel makes of them.
struct Arrays {
  Guarded y, t, terms, dy;
  Arrays(int n, int offset, Numbers& numbers)
      : y(n, offset), t(n, offset + 1), terms(n, offset + 2), dy(n, offset + 3) {
    const float special[] = {0.0f, -0.0f, inf, -inf, not_a_number, 1e30f, -60, 100};
    for (int i = 0; i < n; ++i) {
      y[i] = numbers.below(6) == 0 ? special[numbers.below(8)] : 8 * numbers.even();
      t[i] = numbers.below(8) == 0 ? special[numbers.below(2)] : (numbers.even() + 1) / 2;
      terms[i] = dy[i] = not_a_number;
    }
  }
  bool intact() const { return y.intact() && t.intact() && terms.intact() && dy.intact(); }
};

int differences(Arrays& a, Arrays& b) {
  int wrong = a.intact() ? 0 : 1;
  for (int i = 0; i < a.y.size(); ++i) wrong += same(a.terms[i], b.terms[i]) && same(a.dy[i], b.dy[i]) ? 0 : 1;
  return wrong;
}

template <class OnNative, class OnScalar>
int compare(OnNative native, OnScalar scalar) {
  Numbers numbers(4);
  int wrong = 0;
  for (int n = 1; n <= 3 * reach + 1; ++n) {
    for (int offset = 0; offset < reach; ++offset) {
      Arrays a(n, offset, numbers), b = a, over = a;
      native(n, a.y.data(), a.t.data(), a.terms.data(), a.dy.data());
      scalar(n, b.y.data(), b.t.data(), b.terms.data(), b.dy.data());
      wrong += differences(a, b);
      native(n, over.y.data(), over.t.data(), over.terms.data(), over.y.data());
      for (int i = 0; i < n; ++i) wrong += same(over.y[i], a.dy[i]) && same(over.terms[i], a.terms[i]) ? 0 : 1;
    }
  }
  return wrong;
}

constexpr float scale = 0.3f;

}  // namespace

TEST_CASE("terms and gradients are the same on Native and Scalar, also where the gradient is written over the output") {
  CHECK(compare([](int n, auto... a) { on::huber<Native>(n, 0.7f, scale, a...); },
                [](int n, auto... a) { on::huber<Scalar>(n, 0.7f, scale, a...); }) == 0);
  CHECK(compare([](int n, auto... a) { on::absolute_error<Native>(n, scale, a...); },
                [](int n, auto... a) { on::absolute_error<Scalar>(n, scale, a...); }) == 0);
  CHECK(compare([](int n, auto... a) { on::binary_cross_entropy<Native>(n, scale, a...); },
                [](int n, auto... a) { on::binary_cross_entropy<Scalar>(n, scale, a...); }) == 0);
  CHECK(compare([](int n, auto... a) { on::kl_divergence<Native>(n, scale, a...); },
                [](int n, auto... a) { on::kl_divergence<Scalar>(n, scale, a...); }) == 0);
}

TEST_CASE("rows with labels are the same on Native and Scalar") {
  Numbers numbers(5);
  int wrong = 0;
  for (int columns = 2; columns <= 3 * reach + 1; ++columns) {
    for (const float smoothing : {0.0f, 0.1f}) {
      const int rows = 3, n = rows * columns;
      Arrays a(n, columns % reach, numbers);
      std::uint8_t labels[rows];
      for (auto& label : labels) label = static_cast<std::uint8_t>(numbers.below(columns));
      Arrays b = a, c = a, d = a;
      const int right = on::weighted_cross_entropy<Native>(rows, columns, a.y.data(), labels, a.t.data(), smoothing,
                                                           scale, a.terms.data(), a.dy.data());
      wrong += right == on::weighted_cross_entropy<Scalar>(rows, columns, b.y.data(), labels, b.t.data(), smoothing,
                                                           scale, b.terms.data(), b.dy.data())
                   ? 0
                   : 1;
      wrong += differences(a, b);
      on::negative_log_likelihood<Native>(rows, columns, c.y.data(), labels, scale, c.terms.data(), c.dy.data());
      on::negative_log_likelihood<Scalar>(rows, columns, d.y.data(), labels, scale, d.terms.data(), d.dy.data());
      wrong += differences(c, d);
      Arrays e = a, f = a;
      const int largest = on::soft_target_cross_entropy<Native>(rows, columns, e.y.data(), e.t.data(), scale,
                                                                e.terms.data(), e.dy.data());
      wrong += largest == on::soft_target_cross_entropy<Scalar>(rows, columns, f.y.data(), f.t.data(), scale,
                                                                f.terms.data(), f.dy.data())
                   ? 0
                   : 1;
      wrong += differences(e, f);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the first number that is not finite is found wherever it stands, and no finite number is taken for one") {
  const float largest = std::numeric_limits<float>::max();
  for (const int n : {1, 7, 8, 31, 32, 33, 1023, 1024, 1025, 2100}) {
    CAPTURE(n);
    Guarded x(n, 3);
    Numbers numbers(6);
    for (int i = 0; i < n; ++i) x[i] = i % 5 == 0 ? (i % 2 == 0 ? largest : -largest) : numbers.wide();
    CHECK(on::first_not_finite<Native>(n, x.data()) == n);
    int wrong = 0;
    for (int at = 0; at < n; at += n < 100 ? 1 : 37) {
      for (const float bad : {not_a_number, inf, -inf}) {
        const float before = x[at], last = x[n - 1];
        x[at] = bad;
        wrong += on::first_not_finite<Native>(n, x.data()) == at ? 0 : 1;
        wrong += on::first_not_finite<Scalar>(n, x.data()) == at ? 0 : 1;
        x[n - 1] = inf;
        wrong += on::first_not_finite<Native>(n, x.data()) == at ? 0 : 1;
        x[n - 1] = last;
        x[at] = before;
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("the rank of an output counts what is larger, and equals in front of it") {
  const float x[] = {2, 5, 2, 7, -1};
  const int ranks[] = {2, 1, 3, 0, 4};
  for (int i = 0; i < 5; ++i) CHECK(mica::kernels::rank_of(5, x, i) == ranks[i]);
  CHECK(mica::kernels::largest_at(5, x) == 3);
  const float bad[] = {1, not_a_number};
  CHECK(mica::kernels::rank_of(2, bad, 1) == 2);
}
