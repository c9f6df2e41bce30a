#pragma once

#include <cstdint>

#include <mica/chain_plan.hpp>
#include <mica/rng.hpp>
#include <mica/testing/check_report.hpp>
#include <mica/testing/layer_checks.hpp>
#include <mica/testing/numerical_gradient.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// CheckOptions: what check_layer draws, and how much it allows.
struct CheckOptions {
  std::uint64_t seed = 1;
  float low = -2, high = 2;          // the inputs are even between these
  int indices = 0;                   // above 0: the inputs are whole numbers below this, and have no gradient
  double gradient_tolerance = 1e-6;  // between backward and the numerical gradient, in double
  double float_tolerance = 1e-4;     // between float and double
};

namespace testing {

// LayerCheck: the memory and the order of the checks.
template <class Layer, class Input, int batch>
class LayerCheck {
  template <class T>
  using On = typename Layer::template On<Input, T>;

 public:
  CheckReport run(const CheckOptions& options) {
    report_ = CheckReport();
    subject_ = Subject();
    Layer::describe(subject_);
    subject_ << " on ";
    Input::describe(subject_);
    prepare(in_float_);
    prepare(in_double_);
    in_float_.check_initialize(options.seed);
    in_double_.check_initialize(options.seed);
    draw(options);
    in_float_.warm_up(batch);
    in_double_.warm_up(batch);
    check_samples(batch, options);
    if (batch > 2) check_samples(batch - 1, options);
    return report_;
  }

 private:
  using InFloat = LayerChecks<On<float>, batch>;
  using InDouble = LayerChecks<On<double>, batch>;
  using Subject = Text<159>;
  static constexpr int most = largest({1, batch* InFloat::outputs, batch* InFloat::inputs, InFloat::parameters});
  static_assert(batch > 0, "mica::check_layer: a batch holds at least one sample.");

  template <class Checks>
  void prepare(Checks& checks) {
    checks.subject = subject_.c_str();
    checks.report = &report_;
  }

  // Inputs, weights of the outputs, and parameters that are not as special as those of a new layer; the same ones in
  // float and double.
  void draw(const CheckOptions& options) {
    const Random random(options.seed);
    const auto even = [random](std::uint32_t stream, int i, float low, float high) {
      return low + (high - low) * random.fork(stream).uniform(static_cast<std::uint32_t>(i));
    };
    for (int i = 0; i < batch * InFloat::inputs; ++i) {
      const auto index = static_cast<std::uint32_t>(i);
      const float x = options.indices > 0
                          ? static_cast<float>(random.fork(1).below(static_cast<std::uint32_t>(options.indices), index))
                          : even(1, i, options.low, options.high);
      set(i, x, in_float_.bench.start_x.data(), in_double_.bench.start_x.data());
    }
    for (int i = 0; i < batch * InFloat::outputs; ++i) {
      set(i, even(2, i, -1, 1), in_float_.bench.start_dy.data(), in_double_.bench.start_dy.data());
    }
    float* const parameters = numbers_of<float>(in_float_.bench.start_params);
    double* const in_double = numbers_of<double>(in_double_.bench.start_params);
    for (int i = 0; i < InFloat::parameters; ++i) {
      set(i, parameters[i] + even(3, i, -0.125f, 0.125f), parameters, in_double);
    }
    in_float_.bench.random = random.fork(4);
    in_double_.bench.random = random.fork(4);
  }
  static void set(int i, float value, float* in_float, double* in_double) {
    in_float[i] = value;
    in_double[i] = static_cast<double>(value);
  }

  void check_samples(int n, const CheckOptions& options) {
    check_passes(in_float_, n);
    check_passes(in_double_, n);
    if (report_.failures() > 0) return;
    compare("y in float must be that in double", "y", n * InFloat::outputs, in_float_.y.data(), in_double_.y.data(),
            options);
    compare("dx in float must be that in double", "dx", n * InFloat::inputs, in_float_.dx.data(), in_double_.dx.data(),
            options);
    compare("the gradient in float must be that in double", "gradient", InFloat::parameters, in_float_.gradient.data(),
            in_double_.gradient.data(), options);
    numerical_.check(in_double_, n, options.indices == 0, options.gradient_tolerance);
  }
  template <class Checks>
  static void check_passes(Checks& checks, int n) {
    checks.check_infer(n);
    checks.check_forward(n);
    checks.check_backward(n);
  }

  void compare(const char* point, const char* name, int count, const float* got, const double* expected,
               const CheckOptions& options) {
    for (int i = 0; i < count; ++i) widened_[i] = static_cast<double>(got[i]);
    in_double_.expect_close(point, name, count, widened_, expected, options.float_tolerance, [](int) { return 1e-9; });
  }

  CheckReport report_;
  Subject subject_;
  InFloat in_float_;
  InDouble in_double_;
  NumericalGradient<On<double>, batch> numerical_;
  double widened_[most];
};

// A whole network as a layer.
template <class Net>
struct NetworkAsLayer {
  template <class Input, class T>
  using On = typename Net::template In<T>;
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    Net::describe(writer);
  }
};

}  // namespace testing

// check_layer: holds a layer against the layer contract (layer.hpp) for inputs of one shape, in float and in double,
// for a full batch and for one sample less:
//   - backward is the numerical gradient of a random linear function of y, in double
//   - backward adds to the gradient, overwrites dx, gives the same gradient when dx is null, and reads x and y only if
//     it says so
//   - the passes give the same bits in place if the layer says so, and infer those of forward unless it trains
//     differently; a sample gives infer the same bits alone as in a batch
//   - nothing is written but the results, and no more scratch is used than claimed
//   - initialize writes every number, the same ones for the same seed
// Every broken point is one sentence of the report. The program links mica_testing, which has the kernels in double; a
// layer with loops of its own writes them for both number types.
// Memory: static, several times that of the layer's passes; not for two threads at once. A badly broken layer
// fails in many points at once: begin with the first sentence.
template <class Layer, class Input, int batch = 4>
CheckReport check_layer(const CheckOptions& options = {}) {
  static testing::LayerCheck<Layer, Input, batch> check;
  return check.run(options);
}

// The same for a whole network, whose layers share memory.
template <class Net, int batch = 4>
CheckReport check_network(const CheckOptions& options = {}) {
  return check_layer<testing::NetworkAsLayer<Net>, typename Net::Input, batch>(options);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
