// Layers made of layers: Residual and Concat against the contract, against hand-computed numbers and against the same
// layers written one after the other.
#include <string>

#include <doctest/doctest.h>
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include "kept_contract.hpp"

namespace {

using namespace mica;

template <class Layer, class InputShape, int batch = 4>
void check() {
  tests::expect_kept(check_layer<Layer, InputShape, batch>());
}

template <class Layer>
std::string described() {
  Text<400> text;
  Layer::describe(text);
  return text.c_str();
}

}  // namespace

TEST_CASE("Residual keeps the layer contract, whatever its layers read and overwrite") {
  check<Residual<Dense<5>>, Shape<5>>();
  check<Residual<Dense<7>, Tanh, Dense<5>, Sigmoid>, Shape<5>>();  // f's backward reads f(x)
  check<Residual<Dense<5>, BatchNorm<>>, Shape<5>>();              // f's backward writes over dy
  check<Residual<BatchNorm<>, ReLU, Dense<5>>, Shape<5>>();        // pre-activation
  check<Residual<Tanh>, Shape<3, 2>>();                            // nothing to learn
  check<Residual<Residual<Dense<4>>, Dropout<1, 4>>, Shape<4>>();  // nested, with noise
  check<Residual<Conv2d<4, 3, Same>, BatchNorm<>, ReLU, Conv2d<4, 3, Same>, BatchNorm<>>, Shape<5, 6, 4>, 3>();
}

TEST_CASE("Residual with layers on the way around") {
  check<Residual<Shortcut<Dense<3>>, Dense<3>>, Shape<5>>();
  check<Residual<Shortcut<Dense<3>, Sigmoid>, Dense<3>, Tanh>, Shape<5>>();
  check<Residual<Shortcut<Dense<3>, BatchNorm<>>, Dense<3>, BatchNorm<>>, Shape<5>>();
  check<Residual<Shortcut<AvgPool2d<2>>, Conv2d<2, 3, Same, 2>, ReLU>, Shape<6, 6, 2>, 3>();
  check<Residual<Shortcut<Conv2d<6, 1, Valid, 2>>, Conv2d<6, 3, Same, 2>, BatchNorm<>, ReLU, Conv2d<6, 3, Same>>,
        Shape<7, 5, 3>, 3>();
}

TEST_CASE("Concat keeps the layer contract") {
  check<Concat<Branch<Dense<3>>>, Shape<4>>();
  check<Concat<Branch<Dense<3>, Tanh>, Branch<>, Branch<Dense<2>, BatchNorm<>>>, Shape<4>>();
  check<Concat<Branch<>, Branch<>>, Shape<2, 3>>();
  check<Concat<Branch<Conv2d<3, 1>, ReLU>, Branch<Conv2d<2, 1>, ReLU, Conv2d<4, 3, Same>, ReLU>,
               Branch<MaxPool2d<3, 1, Same>, Conv2d<2, 1>>>,
        Shape<5, 4, 3>, 3>();
  check<Residual<Concat<Branch<Dense<3>>, Branch<Dropout<1, 2>, Dense<2>>>, ReLU>, Shape<5>>();
}

TEST_CASE("hand-computed: y = 2x + 1 + x, y = 2x + 1 + 5x, and [2x + 1, x]") {
  const float x = 3;
  float y[2], dy[2] = {1, 10}, dx, scratch[64];
  const StepContext<float> context{scratch, Random(1)};
  {
    using Layer = Residual<Dense<1>>::On<Shape<1>>;
    static_assert(parameter_count<Layer> == 2 && statistic_count<Layer> == 0 && !Layer::needs_output, "");
    Layer::Params params, gradient{};
    Layer::Stats stats;
    Layer::Cache<1> cache;
    float* const numbers = reinterpret_cast<float*>(&params);
    numbers[0] = 2;
    numbers[1] = 1;
    Layer::forward(params, stats, cache, {&x, 1}, {y, 1}, context);
    CHECK(y[0] == 10);
    Layer::backward(params, gradient, cache, {&x, 1}, {y, 1}, {dy, 1}, {&dx, 1}, context);
    CHECK(dx == 2 + 1);
    CHECK(reinterpret_cast<const float*>(&gradient)[0] == 3);
    CHECK(reinterpret_cast<const float*>(&gradient)[1] == 1);
  }
  {
    using Layer = Residual<Shortcut<Dense<1>>, Dense<1>>::On<Shape<1>>;
    static_assert(parameter_count<Layer> == 4, "");
    Layer::Params params, gradient{};
    Layer::Stats stats;
    Layer::Cache<1> cache;
    float* const numbers = reinterpret_cast<float*>(&params);
    const float values[] = {2, 1, 5, 0};  // the layers, then the way around
    for (int i = 0; i < 4; ++i) numbers[i] = values[i];
    Layer::forward(params, stats, cache, {&x, 1}, {y, 1}, context);
    CHECK(y[0] == 2 * 3 + 1 + 5 * 3);
    Layer::backward(params, gradient, cache, {&x, 1}, {y, 1}, {dy, 1}, {&dx, 1}, context);
    CHECK(dx == 2 + 5);
  }
  {
    using Layer = Concat<Branch<Dense<1>>, Branch<>>::On<Shape<1>>;
    static_assert(std::is_same_v<Layer::Output, Shape<2>>, "");
    Layer::Params params, gradient{};
    Layer::Stats stats;
    Layer::Cache<1> cache;
    float* const numbers = reinterpret_cast<float*>(&params);
    numbers[0] = 2;
    numbers[1] = 1;
    Layer::forward(params, stats, cache, {&x, 1}, {y, 1}, context);
    CHECK(y[0] == 7);
    CHECK(y[1] == 3);
    Layer::backward(params, gradient, cache, {&x, 1}, {y, 1}, {dy, 1}, {&dx, 1}, context);
    CHECK(dx == 2 * 1 + 10);
    CHECK(reinterpret_cast<const float*>(&gradient)[0] == 3);
  }
}

TEST_CASE("names are as they were written") {
  CHECK(described<Residual<Dense<3>, ReLU>>() == "Residual<Dense<3>, ReLU>");
  CHECK(described<Residual<Shortcut<Dense<3>>, Dense<3>>>() == "Residual<Shortcut<Dense<3>>, Dense<3>>");
  CHECK(described<Concat<Branch<Tanh>, Branch<>>>() == "Concat<Branch<Tanh>, Branch<>>");
}

TEST_CASE("decay falls on weights inside, not on biases and norms") {
  using Params = Sequential<Input<4>, Residual<Dense<4>, BatchNorm<>>, Dense<2>>::Params;
  constexpr auto spans = parameter_spans<Params>;
  static_assert(spans.size == 4, "");
  CHECK(spans.spans[0].is_weight);
  CHECK(spans.spans[0].count == 16);
  CHECK(spans.spans[1].count == 4 + 8);
  CHECK(spans.spans[2].count == 8);
}
