// The optimizer steps: Native against Scalar and against the formula, and nothing decays into subnormal numbers.
#include <cmath>

#include <doctest/doctest.h>

#include "../src/kernels/updates.hpp"
#include "support.hpp"

using namespace tests;
namespace on = mica::kernels::on;

namespace {

constexpr int reach = Native::lanes > 8 ? Native::lanes : 8;
constexpr float kept = mica::kernels::smallest_kept;

float keep(float x) { return std::fabs(x) < kept ? 0.0f : x; }

// Weight, gradient and velocity of `n` parameters.
struct State {
  Guarded weight, gradient, velocity;
  State(int n, int offset) : weight(n, offset), gradient(n, offset + 3), velocity(n, offset + 6) {}
  void fill(Numbers& numbers) {
    const float tiny[] = {0.0f, -0.0f, kept, -kept, kept / 2, -kept * 0.75f, 0x1p-90f, 1, 0x1p-130f, -0x1p-149f};
    for (Guarded* array : {&weight, &gradient, &velocity}) {
      for (int i = 0; i < array->size(); ++i) {
        (*array)[i] = numbers.below(4) == 0 ? tiny[numbers.below(10)] : numbers.even();
      }
    }
  }
  bool intact() const { return weight.intact() && gradient.intact() && velocity.intact(); }
};

int differences(State& a, State& b) {
  int wrong = a.intact() ? 0 : 1;
  for (int i = 0; i < a.weight.size(); ++i) {
    wrong += bits_of(a.weight[i]) == bits_of(b.weight[i]) ? 0 : 1;
    wrong += bits_of(a.velocity[i]) == bits_of(b.velocity[i]) ? 0 : 1;
    wrong += bits_of(a.gradient[i]) == 0 ? 0 : 1;
  }
  return wrong;
}

}  // namespace

TEST_CASE("sgd") {
  Numbers numbers(1);
  int wrong = 0;
  const float rate = 0.1f, decay = 0.01f;
  for (int n = 0; n <= 3 * reach; ++n) {
    for (int offset = 0; offset < reach; ++offset) {
      State native(n, offset);
      native.fill(numbers);
      State scalar = native, expected = native;
      for (int i = 0; i < n; ++i) {
        const float g = Scalar::fma(decay, expected.weight[i], expected.gradient[i]);
        expected.weight[i] = keep(Scalar::fma(-rate, g, expected.weight[i]));
        expected.gradient[i] = 0;
      }
      on::sgd<Native>(n, rate, decay, native.gradient.data(), native.weight.data());
      on::sgd<Scalar>(n, rate, decay, scalar.gradient.data(), scalar.weight.data());
      wrong += differences(native, expected) + differences(scalar, expected);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("sgd with momentum, plain and Nesterov") {
  Numbers numbers(2);
  const float rate = 0.1f, decay = 0.01f, momentum = 0.9f;
  for (const bool nesterov : {false, true}) {
    CAPTURE(nesterov);
    int wrong = 0;
    for (int n = 0; n <= 3 * reach; ++n) {
      for (int offset = 0; offset < reach; ++offset) {
        State native(n, offset);
        native.fill(numbers);
        State scalar = native, expected = native;
        for (int i = 0; i < n; ++i) {
          const float g = Scalar::fma(decay, expected.weight[i], expected.gradient[i]);
          const float v = keep(Scalar::fma(momentum, expected.velocity[i], g));
          expected.velocity[i] = v;
          expected.weight[i] = keep(Scalar::fma(-rate, nesterov ? Scalar::fma(momentum, v, g) : v, expected.weight[i]));
          expected.gradient[i] = 0;
        }
        on::sgd_momentum<Native>(n, rate, decay, momentum, nesterov, native.gradient.data(), native.velocity.data(),
                                 native.weight.data());
        on::sgd_momentum<Scalar>(n, rate, decay, momentum, nesterov, scalar.gradient.data(), scalar.velocity.data(),
                                 scalar.weight.data());
        wrong += differences(native, expected) + differences(scalar, expected);
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("a gradient that is a product, stored nowhere, is the stored one") {
  Numbers numbers(4);
  const float rate = 0.1f, decay = 0.01f, momentum = 0.9f;
  int wrong = 0;
  for (int columns = 1; columns <= 2 * reach + 1; ++columns) {
    for (const int rows : {1, 3}) {
      Guarded column(rows, columns % reach), row(columns, (columns + 1) % reach);
      for (int i = 0; i < rows; ++i) column[i] = numbers.even();
      for (int j = 0; j < columns; ++j) row[j] = j % 5 == 0 ? -0.0f : numbers.even();
      State stored(rows * columns, columns % reach);
      stored.fill(numbers);
      for (int i = 0; i < rows * columns; ++i) {
        stored.gradient[i] = Scalar::fma(column[i / columns], row[i % columns], 0.0f);
      }
      State native = stored, scalar = stored;
      for (int i = 0; i < rows * columns; ++i) native.gradient[i] = scalar.gradient[i] = 0;
      if (columns % 3 == 0) {
        on::sgd<Scalar>(rows * columns, rate, decay, stored.gradient.data(), stored.weight.data());
        on::sgd_outer<Native>(rows, columns, column.data(), row.data(), rate, decay, native.weight.data());
        on::sgd_outer<Scalar>(rows, columns, column.data(), row.data(), rate, decay, scalar.weight.data());
      } else {
        const bool nesterov = columns % 3 == 1;
        on::sgd_momentum<Scalar>(rows * columns, rate, decay, momentum, nesterov, stored.gradient.data(),
                                 stored.velocity.data(), stored.weight.data());
        on::sgd_momentum_outer<Native>(rows, columns, column.data(), row.data(), rate, decay, momentum, nesterov,
                                       native.velocity.data(), native.weight.data());
        on::sgd_momentum_outer<Scalar>(rows, columns, column.data(), row.data(), rate, decay, momentum, nesterov,
                                       scalar.velocity.data(), scalar.weight.data());
      }
      wrong += differences(native, stored) + differences(scalar, stored);
      wrong += column.intact() && row.intact() ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("a velocity without gradient decays to exactly 0 and is never subnormal") {
  const int n = 2 * reach + 1;
  State state(n, 0);
  for (int i = 0; i < n; ++i) state.weight[i] = 1, state.gradient[i] = 0, state.velocity[i] = i % 2 == 0 ? 1.0f : -1.0f;
  int small = 0;
  for (int step = 0; step < 1000; ++step) {
    on::sgd_momentum<Native>(n, 0.01f, 0.0f, 0.9f, false, state.gradient.data(), state.velocity.data(),
                             state.weight.data());
    for (int i = 0; i < n; ++i) small += state.velocity[i] != 0 && std::fabs(state.velocity[i]) < kept ? 1 : 0;
  }
  CHECK(small == 0);
  for (int i = 0; i < n; ++i) CHECK(bits_of(state.velocity[i]) == 0);
}

TEST_CASE("weights that decay become exactly 0") {
  const int n = 2 * reach + 1;
  State state(n, 0);
  for (int i = 0; i < n; ++i) state.weight[i] = i % 2 == 0 ? 1.0f : -1.0f, state.gradient[i] = 0;
  for (int step = 0; step < 100; ++step) {
    on::sgd<Native>(n, 0.5f, 0.9f, state.gradient.data(), state.weight.data());
    for (int i = 0; i < n; ++i) CHECK((state.weight[i] == 0 || std::fabs(state.weight[i]) >= kept));
  }
  // (1 - 0.45)^100 is 2^-86; a few more steps pass the threshold.
  CHECK(std::fabs(state.weight[0]) > 0.0f);
  for (int step = 0; step < 20; ++step) on::sgd<Native>(n, 0.5f, 0.9f, state.gradient.data(), state.weight.data());
  for (int i = 0; i < n; ++i) CHECK(bits_of(state.weight[i]) == 0);
}

TEST_CASE("the threshold itself is kept, NaN and infinity stay visible") {
  State state(4, 0);
  state.weight[0] = kept;
  state.weight[1] = std::nextafter(kept, 0.0f);
  state.weight[2] = NAN;
  state.weight[3] = -HUGE_VALF;
  for (int i = 0; i < 4; ++i) state.gradient[i] = 0;
  on::sgd<Native>(4, 0.0f, 0.0f, state.gradient.data(), state.weight.data());
  CHECK(state.weight[0] == kept);
  CHECK(bits_of(state.weight[1]) == 0);
  CHECK(is_nan(state.weight[2]));
  CHECK(is_nan(state.weight[3]));  // 0 times infinity
}
