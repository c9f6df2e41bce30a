// Element-wise kernels, on Native and on Scalar: the same bits for every length up to three vectors, at every offset, out
// of place and in place, between guards, and what a formula says.
#pragma once

#include <cmath>

#include <doctest/doctest.h>

#include "support.hpp"

namespace tests {

constexpr int reach = Native::lanes > 8 ? Native::lanes : 8;

// Zeros, infinities, NaN and numbers of several magnitudes whose products stay normal.
inline float interesting(Numbers& numbers) {
  const float special[] = {0.0f, -0.0f, HUGE_VALF, -HUGE_VALF, NAN, 1, -1, 0.5f, 88.5f, -88.5f, 200, -200, 3e38f};
  const int i = numbers.below(26);
  return i < 13 ? special[i] : numbers.wide();
}

inline void fill(Guarded& array, Numbers& numbers) {
  for (int i = 0; i < array.size(); ++i) array[i] = interesting(numbers);
}

// Runs call(port, n, x, w, y) for every length and offset on both ports; y may be w or (`over_x`) x. `formula` says what
// an element must be; a formula that returns a NaN where the kernel does not, or the other way round, fails.
template <class Call, class Formula>
void check_map(const char* name, bool over_x, bool over_w, Call call, Formula formula) {
  CAPTURE(doctest::String(name));
  Numbers numbers(1);
  int wrong = 0;
  for (int n = 0; n <= 3 * reach; ++n) {
    for (int offset = 0; offset < reach; ++offset) {
      Guarded x(n, offset), w(n, (offset + 5) % reach), y(n, (3 * offset + 1) % reach), z(n, offset);
      fill(x, numbers);
      fill(w, numbers);
      call(Native{}, n, x.data(), w.data(), y.data());
      call(Scalar{}, n, x.data(), w.data(), z.data());
      Guarded x_before = x, w_before = w;
      if (over_x) call(Native{}, n, x.data(), w.data(), x.data());
      if (over_w) call(Native{}, n, x_before.data(), w.data(), w.data());
      for (int i = 0; i < n; ++i) {
        if (!same(y[i], z[i])) ++wrong;
        if (over_x && !same(x[i], y[i])) ++wrong;
        if (over_w && !same(w[i], y[i])) ++wrong;
        if (!formula(x_before[i], w_before[i], y[i])) ++wrong;
      }
      if (!(x.intact() && w.intact() && y.intact() && z.intact())) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

}  // namespace tests

#define CALL(statement)                                             \
  [=](auto port, int n, const float* x, const float* w, float* y) { \
    using P = decltype(port);                                       \
    static_cast<void>(w);                                           \
    statement;                                                      \
  }
#define FORMULA(expression)                     \
  [=](float x, float w, float y) {              \
    static_cast<void>(x), static_cast<void>(w); \
    return same(y, expression);                 \
  }
