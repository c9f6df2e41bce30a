// The element-wise kernels: Native against Scalar and against their formulas for every length up to three vectors, at
// every offset, out of place and in place, between guards.
#include <cmath>

#include <doctest/doctest.h>

#include "../src/kernels/activations.hpp"
#include "../src/kernels/arrays.hpp"
#include "../src/kernels/orthonormalize.hpp"
#include "check_map.hpp"

using namespace tests;
namespace on = mica::kernels::on;

namespace {

// Close to a function in double; how close is the matter of test_elementary.
template <class Function>
auto close_to(Function f) {
  return [f](float x, float, float y) {
    const double exact = f(static_cast<double>(x));
    if (std::isnan(exact)) return is_nan(y);
    if (std::isinf(static_cast<float>(exact))) return y == static_cast<float>(exact);
    return std::fabs(static_cast<double>(y) - exact) <= 2e-7 * std::fabs(exact) + 1.2e-38;
  };
}

}  // namespace

TEST_CASE("exp, log, tanh, sigmoid") {
  check_map("exp", true, false, CALL(on::exp<P>(n, x, y)), close_to([](double x) { return std::exp(x); }));
  check_map("log", true, false, CALL(on::log<P>(n, x, y)), close_to([](double x) { return std::log(x); }));
  check_map("tanh", true, false, CALL(on::tanh<P>(n, x, y)), close_to([](double x) { return std::tanh(x); }));
  check_map("sigmoid", true, false, CALL(on::sigmoid<P>(n, x, y)),
            close_to([](double x) { return x < -44 ? 0 : 1 / (1 + std::exp(-x)); }));
}

TEST_CASE("rectifiers: NaN goes through") {
  const float a = 0.25f;
  check_map("relu", true, false, CALL(on::relu<P>(n, x, y)), FORMULA(is_nan(x) ? x : x > 0 ? x : y == 0 ? y : NAN));
  check_map("leaky_relu", true, false, CALL(on::leaky_relu<P>(n, a, x, y)), FORMULA(x < 0 ? a * x : x));
}

// In these, x stands for the output y of the forward pass and w for dy.
TEST_CASE("the way back through the activations") {
  const float a = 0.25f;
  check_map("relu_backward", false, true, CALL(on::relu_backward<P>(n, x, w, y)), FORMULA(x > 0 ? w : 0.0f));
  check_map("leaky_relu_backward", false, true, CALL(on::leaky_relu_backward<P>(n, a, x, w, y)),
            FORMULA(x > 0 ? w : a * w));
  check_map("sigmoid_backward", false, true, CALL(on::sigmoid_backward<P>(n, x, w, y)), FORMULA(w * (x * (1 - x))));
  check_map("tanh_backward", false, true, CALL(on::tanh_backward<P>(n, x, w, y)), FORMULA(w * ((1 - x) * (1 + x))));
}

TEST_CASE("scale, affine, subtract") {
  const float f = 1.7f, s = -0.3f;
  check_map("affine", true, false, CALL(on::affine<P>(n, f, s, x, y)), FORMULA(Scalar::fma(f, x, s)));
  check_map("subtract", true, true, CALL(on::subtract<P>(n, f, x, w, y)), FORMULA(f * (x - w)));
  const auto scale = [=](auto port, int n, const float* x, const float*, float* y) {
    for (int i = 0; i < n; ++i) y[i] = x[i];
    on::scale<decltype(port)>(n, f, y);
  };
  check_map("scale", true, false, scale, FORMULA(f * x));
}

TEST_CASE("add puts x onto a total") {
  const auto add = [](auto port, int n, const float* x, const float* w, float* y) {
    if (y != w) {
      for (int i = 0; i < n; ++i) y[i] = w[i];
    }
    on::add<decltype(port)>(n, x, y);
  };
  check_map("add", false, true, add, FORMULA(w + x));
}

TEST_CASE("orthonormalize: Native is Scalar, and the columns or rows are orthonormal") {
  Numbers numbers(4);
  for (int rows = 1; rows <= 12; ++rows) {
    for (int columns = 1; columns <= 12; ++columns) {
      Guarded x(rows * columns, columns % 8), y(rows * columns, 1);
      for (int i = 0; i < x.size(); ++i) x[i] = y[i] = numbers.even();
      on::orthonormalize<Native>(rows, columns, x.data());
      on::orthonormalize<Scalar>(rows, columns, y.data());
      CHECK(x.intact());
      for (int i = 0; i < x.size(); ++i) CHECK(bits_of(x[i]) == bits_of(y[i]));
      const int vectors = rows < columns ? rows : columns, length = rows + columns - vectors;
      const int next = rows < columns ? columns : 1, stride = rows < columns ? 1 : columns;
      for (int u = 0; u < vectors; ++u) {
        for (int v = 0; v <= u; ++v) {
          double dot = 0;
          for (int i = 0; i < length; ++i) {
            dot += static_cast<double>(x[u * next + i * stride]) * static_cast<double>(x[v * next + i * stride]);
          }
          CHECK(std::fabs(dot - (u == v ? 1 : 0)) < 2e-6);
        }
      }
    }
  }
}

TEST_CASE("prelu has one slope for each channel") {
  Numbers numbers(2);
  int wrong = 0;
  for (int channels = 1; channels <= 3 * reach; ++channels) {
    for (int rows = 0; rows < 4; ++rows) {
      const int n = rows * channels;
      Guarded slope(channels, 1), x(n, 2), y(n, 3), z(n);
      fill(x, numbers);
      for (int i = 0; i < channels; ++i) slope[i] = numbers.even();
      on::prelu<Native>(rows, channels, slope.data(), x.data(), y.data());
      on::prelu<Scalar>(rows, channels, slope.data(), x.data(), z.data());
      for (int i = 0; i < n; ++i) {
        if (!same(y[i], x[i] < 0 ? slope[i % channels] * x[i] : x[i])) ++wrong;
        if (!same(y[i], z[i])) ++wrong;
      }
      if (!(y.intact() && x.intact() && slope.intact())) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the way back through prelu adds up the slopes' gradient row by row") {
  Numbers numbers(3);
  int wrong = 0;
  for (int channels = 1; channels <= 3 * reach; ++channels) {
    for (int rows = 0; rows < 4; ++rows) {
      const int n = rows * channels;
      Guarded slope(channels, 1), x(n, 2), dy(n, 3), dx(n, 4), dslope(channels, 5), expected(channels);
      Guarded scalar_dx(n), scalar_dslope(channels);
      for (int i = 0; i < channels; ++i) {
        slope[i] = numbers.even();
        dslope[i] = expected[i] = scalar_dslope[i] = numbers.even();
      }
      for (int i = 0; i < n; ++i) {
        x[i] = numbers.below(8) == 0 ? 0.0f : numbers.even();
        dy[i] = numbers.even();
        expected[i % channels] = Scalar::fma(x[i] < 0 ? x[i] : 0.0f, dy[i], expected[i % channels]);
      }
      on::prelu_backward<Native>(rows, channels, slope.data(), x.data(), dy.data(), dx.data(), dslope.data());
      on::prelu_backward<Scalar>(rows, channels, slope.data(), x.data(), dy.data(), scalar_dx.data(),
                                 scalar_dslope.data());
      for (int i = 0; i < n; ++i) {
        if (!same(dx[i], x[i] > 0 ? dy[i] : slope[i % channels] * dy[i])) ++wrong;
        if (!same(dx[i], scalar_dx[i])) ++wrong;
      }
      for (int i = 0; i < channels; ++i) {
        if (!same(dslope[i], expected[i]) || !same(dslope[i], scalar_dslope[i])) ++wrong;
      }
      if (!(dx.intact() && dslope.intact())) ++wrong;
      // dx may lie over dy.
      on::prelu_backward<Native>(rows, channels, slope.data(), x.data(), dy.data(), dy.data(), dslope.data());
      for (int i = 0; i < n; ++i) wrong += same(dy[i], dx[i]) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}
