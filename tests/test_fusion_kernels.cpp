// The loops of a convolution with its ReLU and max pool in one, native and scalar, between guards, bit for bit against the
// loops of the three layers one after the other.
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "../src/kernels/activations.hpp"
#include "../src/kernels/convolution.hpp"
#include "../src/kernels/pooled_convolution.hpp"
#include "../src/kernels/pooling.hpp"
#include "support.hpp"

using namespace tests;
namespace on = mica::kernels::on;
using mica::PooledWindow;
using mica::Window;

namespace {

int positions(int size, int reach, int stride) { return (size - reach) / stride + 1; }

Window random_convolution(Numbers& numbers) {
  Window w{};
  const bool one_channel = numbers.below(3) == 0;
  w.channels = one_channel ? 1 : 1 + numbers.below(2 * Native::lanes + 2);
  w.kernel_height = 1 + numbers.below(5);
  w.kernel_width = one_channel ? 3 + 2 * numbers.below(2) : 1 + numbers.below(6);
  w.stride_height = 1 + (numbers.below(3) == 0 ? numbers.below(3) : 0);
  w.stride_width = 1 + (numbers.below(3) == 0 ? numbers.below(3) : 0);
  w.dilation_height = 1 + (numbers.below(4) == 0 ? 1 : 0);
  w.dilation_width = 1 + (numbers.below(4) == 0 ? 1 : 0);
  const bool padded = numbers.below(3) > 0;
  w.top = padded ? numbers.below(4) : 0;
  w.left = padded ? numbers.below(4) : 0;
  const int bottom = padded ? numbers.below(4) : 0, right = padded ? numbers.below(4) : 0;
  w.height = w.reach_height() + numbers.below(18);
  w.width = w.reach_width() + numbers.below(24);
  w.out_height = positions(w.height + w.top + bottom, w.reach_height(), w.stride_height);
  w.out_width = positions(w.width + w.left + right, w.reach_width(), w.stride_width);
  return w;
}

// Windows that neither overlap nor reach outside; some leave out columns, rows or the end.
PooledWindow random_window(Numbers& numbers) {
  PooledWindow w{};
  w.convolution = random_convolution(numbers);
  w.outputs = numbers.below(6) == 0 ? 60 + numbers.below(80) : 1 + numbers.below(2 * Native::lanes + 4);
  w.rectified = numbers.below(3) > 0;
  Window& p = w.pool;
  p.height = w.convolution.out_height;
  p.width = w.convolution.out_width;
  p.channels = w.outputs;
  const bool usual = numbers.below(2) == 0 && p.height > 1 && p.width > 1;
  p.kernel_height = usual ? 2 : 1 + numbers.below(p.height < 3 ? p.height : 3);
  p.kernel_width = usual ? 2 : 1 + numbers.below(p.width < 4 ? p.width : 4);
  p.stride_height = p.kernel_height + (numbers.below(4) == 0 ? 1 : 0);
  p.stride_width = p.kernel_width + (numbers.below(4) == 0 ? 1 : 0);
  p.dilation_height = p.dilation_width = 1;
  p.out_height = positions(p.height, p.kernel_height, p.stride_height);
  p.out_width = positions(p.width, p.kernel_width, p.stride_width);
  return w;
}

struct Case {
  PooledWindow w;
  int samples, weights;
  Guarded x, weight, bias, dy, dw, db;

  Case(const PooledWindow& window, int samples_, int offset)
      : w(window),
        samples(samples_),
        weights(w.convolution.taps() * w.convolution.channels * w.outputs),
        x(samples * w.input_size(), offset),
        weight(weights, offset + 1),
        bias(w.outputs, offset + 2),
        dy(samples * w.output_size(), offset + 3),
        dw(weights, offset + 1),
        db(w.outputs, offset) {}

  // Whole numbers, of which many products and sums are equal.
  void fill(Numbers& numbers, bool whole) {
    for (Guarded* array : {&x, &weight, &bias, &dy, &dw, &db}) {
      for (int i = 0; i < array->size(); ++i) {
        (*array)[i] = whole ? static_cast<float>(numbers.below(5) - 2) : numbers.even();
      }
    }
  }
};

struct Results {
  Guarded y, dw, db, dx;
  explicit Results(Case& c, int offset)
      : y(c.samples * c.w.output_size(), offset), dw(c.dw), db(c.db), dx(c.samples * c.w.input_size(), offset + 1) {}

  int differences(Results& other) {
    Guarded* const mine[] = {&y, &dw, &db, &dx};
    Guarded* const others[] = {&other.y, &other.dw, &other.db, &other.dx};
    int wrong = 0;
    for (int k = 0; k < 4; ++k) {
      wrong += mine[k]->intact() ? 0 : 1;
      for (int i = 0; i < mine[k]->size(); ++i) wrong += same((*mine[k])[i], (*others[k])[i]) ? 0 : 1;
    }
    return wrong;
  }
};

// The three layers, whose loops other tests hold against their definition.
void run_layers(Case& c, Results& result) {
  const Window& w = c.w.convolution;
  const int numbers = c.samples * w.out_height * w.out_width * c.w.outputs;
  const int room = w.scratch() > mica::kernels::panel_size ? w.scratch() : mica::kernels::panel_size;
  std::vector<float> z(static_cast<std::size_t>(numbers)), dz(z.size()), scratch(static_cast<std::size_t>(room) + 1);
  on::convolve<Scalar>(w, c.w.outputs, c.samples, c.x.data(), c.weight.data(), c.bias.data(), z.data(), scratch.data());
  if (c.w.rectified) on::relu<Scalar>(numbers, z.data(), z.data());
  on::max_pool<Scalar>(c.w.pool, c.samples, z.data(), result.y.data());
  on::max_pool_backward<Scalar>(c.w.pool, c.samples, z.data(), result.y.data(), c.dy.data(), dz.data());
  if (c.w.rectified) on::relu_backward<Scalar>(numbers, z.data(), dz.data(), dz.data());
  on::convolve_weight_gradient<Scalar>(w, c.w.outputs, c.samples, c.x.data(), dz.data(), result.dw.data(),
                                       scratch.data(), {0, w.kernel_height});
  on::add_rows<Scalar>(numbers / c.w.outputs, c.w.outputs, dz.data(), result.db.data());
  on::convolve_input_gradient<Scalar>(w, c.w.outputs, c.samples, dz.data(), c.weight.data(), nullptr, result.dx.data(),
                                      scratch.data());
}

template <class P>
int run(Case& c, Results& result) {
  std::vector<std::uint8_t> passing(static_cast<std::size_t>(c.samples * c.w.sample_bytes() + 1), 0xa5);
  Guarded forward(c.w.forward_scratch()), weights(c.w.weight_gradient_scratch()), inputs(c.w.input_gradient_scratch());
  on::convolve_pooled<P>(c.w, c.samples, c.x.data(), c.weight.data(), c.bias.data(), result.y.data(), passing.data(),
                         forward.data());
  on::pooled_weight_gradient<P>(c.w, c.samples, c.x.data(), c.dy.data(), passing.data(), result.dw.data(),
                                result.db.data(), weights.data(), {0, c.w.outputs});
  on::pooled_input_gradient<P>(c.w, c.samples, c.dy.data(), passing.data(), c.weight.data(), result.dx.data(),
                               inputs.data());
  // Without anything to keep the outputs are the same.
  Guarded y(result.y.size());
  on::convolve_pooled<P>(c.w, c.samples, c.x.data(), c.weight.data(), c.bias.data(), y.data(), nullptr, forward.data());
  int wrong = passing.back() == 0xa5 ? 0 : 1;
  for (int i = 0; i < y.size(); ++i) wrong += same(y[i], result.y[i]) ? 0 : 1;
  return wrong + (forward.intact() && weights.intact() && inputs.intact() ? 0 : 1);
}

void describe(const PooledWindow& both) {
  const Window &w = both.convolution, &p = both.pool;
  MESSAGE("image ", w.height, "x", w.width, "x", w.channels, ", kernel ", w.kernel_height, "x", w.kernel_width,
          ", stride ", w.stride_height, "x", w.stride_width, ", dilation ", w.dilation_height, "x", w.dilation_width,
          ", top ", w.top, ", left ", w.left, ", output ", w.out_height, "x", w.out_width, "x", both.outputs, ", pool ",
          p.kernel_height, "x", p.kernel_width, ", stride ", p.stride_height, "x", p.stride_width, ", output ",
          p.out_height, "x", p.out_width, ", rectified ", both.rectified);
}

}  // namespace

TEST_CASE("convolution, ReLU and max pool in one, of random extents") {
  Numbers numbers(1);
  for (int round = 0; round < 300; ++round) {
    Case c(random_window(numbers), 1 + numbers.below(3), round % 8);
    c.fill(numbers, round % 3 == 0);
    Results native(c, round % 8), scalar(c, 0), layers(c, 0);
    const int wrong = run<Native>(c, native) + run<Scalar>(c, scalar);
    run_layers(c, layers);
    const int differences = native.differences(layers) + scalar.differences(layers);
    if (wrong + differences > 0) describe(c.w);
    CHECK(wrong == 0);
    CHECK(differences == 0);
  }
}

TEST_CASE("NaN and infinity come through to where they are noticed") {
  const float specials[] = {NAN, HUGE_VALF, -HUGE_VALF};
  Numbers numbers(2);
  for (int round = 0; round < 60; ++round) {
    Case c(random_window(numbers), 1, 0);
    c.fill(numbers, false);
    c.x[numbers.below(c.x.size())] = specials[round % 3];
    Results native(c, 0), scalar(c, 0), layers(c, 0);
    run<Native>(c, native);
    run<Scalar>(c, scalar);
    run_layers(c, layers);
    int wrong = 0;
    for (int i = 0; i < layers.y.size(); ++i) {
      wrong += same(native.y[i], layers.y[i]) && same(scalar.y[i], layers.y[i]) ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(native.differences(scalar) == 0);
  }
}

TEST_CASE("the gradient of inputs may take the place of the inputs") {
  Numbers numbers(3);
  for (int round = 0; round < 40; ++round) {
    Case c(random_window(numbers), 2, 0);
    c.fill(numbers, false);
    Results apart(c, 0);
    run<Native>(c, apart);
    std::vector<std::uint8_t> passing(static_cast<std::size_t>(c.samples * c.w.sample_bytes()));
    std::vector<float> scratch(
        static_cast<std::size_t>(c.w.forward_scratch() + c.w.weight_gradient_scratch() + c.w.input_gradient_scratch()));
    on::convolve_pooled<Native>(c.w, c.samples, c.x.data(), c.weight.data(), c.bias.data(), apart.y.data(),
                                passing.data(), scratch.data());
    on::pooled_input_gradient<Native>(c.w, c.samples, c.dy.data(), passing.data(), c.weight.data(), c.x.data(),
                                      scratch.data());
    int wrong = c.x.intact() ? 0 : 1;
    for (int i = 0; i < c.x.size(); ++i) wrong += same(c.x[i], apart.dx[i]) ? 0 : 1;
    CHECK(wrong == 0);
  }
}
