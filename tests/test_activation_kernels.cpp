// The kernels of the smooth and the straight activations, and of log_softmax: Native against Scalar and against their
// definition.
#include <cmath>

#include <doctest/doctest.h>

#include "../src/kernels/piecewise_activations.hpp"
#include "../src/kernels/smooth_activations.hpp"
#include "../src/kernels/softmax.hpp"
#include "check_map.hpp"

using namespace tests;
namespace on = mica::kernels::on;

namespace {

using Smooth = mica::kernels::SmoothFunctions<Scalar>;

// What the way back through a curve must give for the gradient w.
float back(float w, float slope) { return mica::kernels::keep_normal<Scalar>(w * slope); }

}  // namespace

TEST_CASE("smooth activations, and the way back from their input") {
  check_map("gelu", true, false, CALL(on::gelu<P>(n, x, y)), FORMULA(Smooth::gelu(x)));
  check_map("gelu_tanh", true, false, CALL(on::gelu_tanh<P>(n, x, y)), FORMULA(Smooth::gelu_tanh(x)));
  check_map("silu", true, false, CALL(on::silu<P>(n, x, y)), FORMULA(Smooth::silu(x)));
  check_map("mish", true, false, CALL(on::mish<P>(n, x, y)), FORMULA(Smooth::mish(x)));
  check_map("gelu_backward", false, true, CALL(on::gelu_backward<P>(n, x, w, y)),
            FORMULA(back(w, Smooth::gelu_slope(x))));
  check_map("gelu_tanh_backward", false, true, CALL(on::gelu_tanh_backward<P>(n, x, w, y)),
            FORMULA(back(w, Smooth::gelu_tanh_slope(x))));
  check_map("silu_backward", false, true, CALL(on::silu_backward<P>(n, x, w, y)),
            FORMULA(back(w, Smooth::silu_slope(x))));
  check_map("mish_backward", false, true, CALL(on::mish_backward<P>(n, x, w, y)),
            FORMULA(back(w, Smooth::mish_slope(x))));
}

TEST_CASE("softplus, and the way back from its output and its input") {
  const float b = 1.5f, t = 3;
  check_map("softplus", true, false, CALL(on::softplus<P>(n, b, t, x, y)),
            FORMULA((b * x > t) ? x : 1 / b * Smooth::softplus(b * x)));
  check_map("softplus_backward", false, true, CALL(on::softplus_backward<P>(n, b, x, w, y)),
            FORMULA(back(w, Smooth::softplus_slope_from_output(b * x))));
  check_map("softplus_backward_from_input", false, true, CALL(on::softplus_backward_from_input<P>(n, b, t, x, w, y)),
            FORMULA(back(w, (b * x > t) ? 1 : Smooth::softplus_slope(b * x))));
}

TEST_CASE("exponential linear units") {
  const mica::kernels::ExponentialLinear<float> shape = {1.25f, 0.75f, 0.5f};
  check_map("exponential_linear", true, false, CALL(on::exponential_linear<P>(n, shape, x, y)),
            FORMULA((x > 0) ? 1.25f * x : 0.75f * mica::kernels::Elementary<Scalar>::expm1(0.5f * x)));
  check_map("exponential_linear_backward", false, true, CALL(on::exponential_linear_backward<P>(n, shape, x, w, y)),
            FORMULA(w * ((x > 0) ? 1.25f : 0.5f * (x + 0.75f))));
}

TEST_CASE("activations of straight lines: NaN goes through") {
  const float low = -0.75f, high = 1.5f;
  check_map("clamp", true, false, CALL(on::clamp<P>(n, low, high, x, y)),
            FORMULA(is_nan(x)    ? x
                    : (x < low)  ? low
                    : (x > high) ? high
                                 : x));
  check_map("clamp_backward", false, true, CALL(on::clamp_backward<P>(n, low, high, x, w, y)),
            FORMULA((x > low) && (x < high) ? w : 0.0f));
  const float sixth = 1 / 6.0f;
  check_map("hard_sigmoid", true, false, CALL(on::hard_sigmoid<P>(n, x, y)),
            FORMULA(is_nan(x)      ? x
                    : (x + 3 <= 0) ? 0
                    : (x + 3 >= 6) ? 1
                                   : (x + 3) * sixth));
  check_map("hard_sigmoid_backward", false, true, CALL(on::hard_sigmoid_backward<P>(n, x, w, y)),
            FORMULA((x > 0) && (x < 1) ? w * sixth : 0.0f));
  check_map("hard_swish", true, false, CALL(on::hard_swish<P>(n, x, y)),
            FORMULA(is_nan(x)      ? x
                    : (x < -3)     ? 0
                    : (x + 3 >= 6) ? x
                                   : x * ((x + 3) * sixth)));
  check_map("hard_swish_backward", false, true, CALL(on::hard_swish_backward<P>(n, x, w, y)),
            FORMULA(w * (is_nan(x)  ? x
                         : (x < -3) ? 0
                         : (x > 3)  ? 1
                                    : Scalar::fma(2, x, 3) * sixth)));
}

TEST_CASE("no gradient comes into the subnormal range, however far in the tail and however small dy") {
  Numbers numbers(6);
  int subnormal = 0;
  const auto look = [&](auto backward) {
    Guarded x(4000), dy(4000), dx(4000);
    for (int i = 0; i < 4000; ++i) {
      x[i] = -static_cast<float>(i) / 80;
      dy[i] = numbers.even() * from_bits(static_cast<std::uint32_t>(127 - numbers.below(100)) << 23);
    }
    backward(4000, x.data(), dy.data(), dx.data());
    for (int i = 0; i < 4000; ++i) {
      subnormal += is_subnormal(dx[i]) || (dx[i] != 0 && std::fabs(dx[i]) < 0x1p-100f) ? 1 : 0;
    }
  };
  look([](auto... a) { on::gelu_backward<Native>(a...); });
  look([](auto... a) { on::gelu_tanh_backward<Native>(a...); });
  look([](auto... a) { on::silu_backward<Native>(a...); });
  look([](auto... a) { on::mish_backward<Native>(a...); });
  look([](int n, float* x, float* dy, float* dx) {
    on::softplus<Native>(n, 1.0f, 20.0f, x, x);
    on::softplus_backward<Native>(n, 1.0f, x, dy, dx);
  });
  CHECK(subnormal == 0);
}

TEST_CASE("log_softmax and the way back: Native is Scalar, in place too") {
  Numbers numbers(5);
  int wrong = 0;
  for (int columns = 1; columns <= 40; ++columns) {
    for (int rows = 0; rows < 4; ++rows) {
      const int n = rows * columns;
      Guarded x(n, 1), y(n, 2), z(n), scratch(columns, 3), dy(n, 4), dx(n, 5), dz(n);
      for (int i = 0; i < n; ++i) {
        x[i] = numbers.even() * (numbers.below(4) == 0 ? 60.0f : 6.0f);
        dy[i] = numbers.even();
      }
      on::log_softmax<Native>(rows, columns, x.data(), y.data(), scratch.data());
      on::log_softmax<Scalar>(rows, columns, x.data(), z.data(), scratch.data());
      on::log_softmax_backward<Native>(rows, columns, y.data(), dy.data(), dx.data());
      on::log_softmax_backward<Scalar>(rows, columns, y.data(), dy.data(), dz.data());
      for (int row = 0; row < rows; ++row) {
        double sum = 0;
        for (int j = 0; j < columns; ++j) sum += std::exp(static_cast<double>(y[row * columns + j]));
        if (std::fabs(sum - 1) > 1e-5) ++wrong;
      }
      on::log_softmax<Native>(rows, columns, x.data(), x.data(), scratch.data());
      on::log_softmax_backward<Native>(rows, columns, y.data(), dy.data(), dy.data());
      for (int i = 0; i < n; ++i) {
        if (!same(y[i], z[i]) || !same(x[i], y[i]) || !same(dx[i], dz[i]) || !same(dy[i], dx[i])) ++wrong;
      }
      if (!(x.intact() && y.intact() && scratch.intact() && dy.intact() && dx.intact())) ++wrong;
    }
  }
  CHECK(wrong == 0);
}
