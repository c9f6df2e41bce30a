// Initializers: moments against PyTorch's, bounds, orthogonality, and the choice that Auto makes.
#include <cmath>

#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/initializers.hpp"

namespace {

using golden::initializer_in;
using golden::initializer_out;
using mica::Dense;
using mica::Input;
using mica::Sequential;

constexpr int weights = initializer_in * initializer_out;

struct Statistics {
  double mean, variance, least, most;
};

// Of the first layer's weights of a network, over five seeds.
template <class Net>
Statistics first_weights() {
  static mica::Model<Net> model;
  constexpr int draws = 5;
  double sum = 0, squares = 0;
  Statistics result{0, 0, HUGE_VAL, -HUGE_VAL};
  for (std::uint64_t seed = 0; seed < draws; ++seed) {
    model.initialize(seed);
    for (int i = 0; i < weights; ++i) {
      const double w = static_cast<double>(model.parameters()[i]);
      sum += w;
      squares += w * w;
      result.least = std::fmin(result.least, w);
      result.most = std::fmax(result.most, w);
    }
    // The biases are 0.
    for (int i = 0; i < initializer_out; ++i) CHECK(model.parameters()[weights + i] == 0);
  }
  constexpr double count = double(draws) * weights;
  result.mean = sum / count;
  result.variance = (squares - sum * result.mean) / (count - 1);
  return result;
}

// Mean and variance within 4 standard errors of PyTorch's, and of the exact variance where it is known.
template <class Case, class Net>
void check_moments() {
  const Statistics s = first_weights<Net>();
  const double samples = 5.0 * weights;
  const double share = 1 / samples + 1.0 / golden::initializer_samples;
  CAPTURE(s.mean);
  CAPTURE(s.variance);
  CAPTURE(Case::variance);
  CHECK(std::fabs(s.mean) <= 4 * std::sqrt(Case::variance / samples));
  CHECK(std::fabs(s.mean - Case::mean) <= 4 * std::sqrt(Case::variance * share));
  CHECK(std::fabs(s.variance - Case::variance) <= 4 * Case::variance * std::sqrt((Case::kurtosis - 1) * share));
  const bool bounded = Case::kurtosis < 2.9;
  if (bounded) {
    CHECK(std::fabs(s.least / Case::least - 1) <= 1e-3);
    CHECK(std::fabs(s.most / Case::most - 1) <= 1e-3);
  }
}

}  // namespace

TEST_CASE("initializers have PyTorch's mean, variance and bounds") {
  golden::InitializerCases::each([](auto c) {
    using Case = decltype(c);
    using Net = Sequential<Input<initializer_in>, Dense<initializer_out, typename Case::Of>>;
    check_moments<Case, Net>();
  });
}

TEST_CASE("Auto looks at the activation that follows") {
  golden::AutoCases::each([](auto c) {
    using Case = decltype(c);
    check_moments<Case, Sequential<Input<initializer_in>, Dense<initializer_out>, typename Case::Of, Dense<2>>>();
  });
}

TEST_CASE("Auto is Xavier at the end of a network and before another Dense") {
  check_moments<golden::AutoTanh, Sequential<Input<initializer_in>, Dense<initializer_out>>>();
  check_moments<golden::AutoTanh, Sequential<Input<initializer_in>, Dense<initializer_out>, Dense<2>, mica::ReLU>>();
}

TEST_CASE("the variance that Auto asks for, exactly") {
  const mica::Fan fan{300, 200};
  CHECK(mica::Auto::variance(fan, mica::ReLU::On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 300));
  CHECK(mica::Auto::variance(fan, mica::PReLU::On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 300 / 1.0625));
  CHECK(mica::Auto::variance(fan, mica::LeakyReLU<1, 2>::On<mica::Shape<1>>::activation) ==
        doctest::Approx(2.0 / 300 / 1.25));
  CHECK(mica::Auto::variance(fan, mica::Sigmoid::On<mica::Shape<1>>::activation) == doctest::Approx(16.0 / 300));
  CHECK(mica::Auto::variance(fan, mica::Tanh::On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 500));
  CHECK(mica::Auto::variance(fan, mica::Softmax::On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 500));
  CHECK(mica::Auto::variance(fan, mica::LogSoftmax::On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 500));
  CHECK(mica::Auto::variance(fan, mica::HardTanh<>::On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 500));
  CHECK(mica::Auto::variance(fan, mica::HardSigmoid::On<mica::Shape<1>>::activation) == doctest::Approx(36.0 / 300));
  CHECK(mica::Auto::variance(fan, mica::SELU::On<mica::Shape<1>>::activation) == doctest::Approx(1.0 / 300));
}

TEST_CASE_TEMPLATE("Auto takes these for rectifiers", Layer, mica::ELU<>, mica::CELU<>, mica::GELU<>, mica::SiLU,
                   mica::Mish, mica::Softplus<>, mica::HardSwish, mica::ReLU6) {
  CHECK(mica::Auto::variance({300, 200}, Layer::template On<mica::Shape<1>>::activation) == doctest::Approx(2.0 / 300));
  using Net = Sequential<Input<initializer_in>, Dense<initializer_out>, Layer, Dense<2>>;
  check_moments<golden::AutoReLU, Net>();
}

TEST_CASE("weights of variance 1 / fan-in and SELU keep mean 0 and variance 1 through ten layers") {
  using mica::SELU;
  using Net =
      Sequential<Input<200>, Dense<200>, SELU, Dense<200>, SELU, Dense<200>, SELU, Dense<200>, SELU, Dense<200>, SELU,
                 Dense<200>, SELU, Dense<200>, SELU, Dense<200>, SELU, Dense<200>, SELU, Dense<200>, SELU>;
  static mica::Model<Net> model;
  static mica::Predictor<Net> predict;
  model.initialize(3);
  double sum = 0, squares = 0;
  constexpr int samples = 50;
  for (std::uint32_t sample = 0; sample < samples; ++sample) {
    mica::Tensor<float, 200> x, y;
    mica::Normal<1>::fill(x.data(), 1, 200, {}, {}, mica::Random(sample));
    predict(model, x, y);
    for (const float v : y.values) {
      sum += static_cast<double>(v);
      squares += static_cast<double>(v) * static_cast<double>(v);
    }
  }
  const double mean = sum / (samples * 200), variance = squares / (samples * 200) - mean * mean;
  CAPTURE(mean);
  CAPTURE(variance);
  CHECK(std::fabs(mean) < 0.2);
  CHECK((variance > 0.75 && variance < 1.3));
}

TEST_CASE("bounds hold to the last number") {
  static float w[200000];
  mica::Uniform<1, 2>::fill(w, 1, 200000, {}, {}, mica::Random(1));
  for (const float x : w) CHECK((x >= -0.5f && x < 0.5f));
  mica::TruncatedNormal<1, 10>::fill(w, 1, 200000, {}, {}, mica::Random(2));
  for (const float x : w) CHECK(std::fabs(x) <= 0.2f);
}

TEST_CASE("Zeros and Constant") {
  float w[7];
  mica::Constant<3, 4>::fill(w, 1, 7, {}, {}, mica::Random(1));
  for (const float x : w) CHECK(x == 0.75f);
  mica::Zeros::fill(w, 1, 7, {}, {}, mica::Random(1));
  for (const float x : w) CHECK(x == 0);
}

namespace {

// The largest element of |products of all pairs of vectors - gain^2 I|.
template <int rows, int columns, int gain>
double distance_from_orthogonal(std::uint64_t seed) {
  static float w[rows * columns];
  mica::Orthogonal<gain>::fill(w, rows, columns, {}, {}, mica::Random(seed));
  constexpr bool tall = rows >= columns;
  constexpr int vectors = tall ? columns : rows, length = tall ? rows : columns;
  double worst = 0;
  for (int u = 0; u < vectors; ++u) {
    for (int v = 0; v <= u; ++v) {
      double dot = u == v ? -double(gain) * gain : 0;
      for (int i = 0; i < length; ++i) {
        dot += static_cast<double>(tall ? w[i * columns + u] : w[u * columns + i]) *
               static_cast<double>(tall ? w[i * columns + v] : w[v * columns + i]);
      }
      worst = std::fmax(worst, std::fabs(dot));
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("Orthogonal is orthogonal: tall, wide, square, with a gain") {
  const double tall = distance_from_orthogonal<150, 60, 1>(1), wide = distance_from_orthogonal<40, 130, 1>(2);
  const double square = distance_from_orthogonal<50, 50, 1>(3), gained = distance_from_orthogonal<30, 20, 2>(4);
  CHECK(tall <= 1e-5);
  CHECK(wide <= 1e-5);
  CHECK(square <= 1e-5);
  CHECK(gained <= 4e-5);
}

TEST_CASE("the same seed gives the same weights, another seed, layer or kind of parameter others") {
  using Net = Sequential<Input<30>, Dense<30>, mica::ReLU, Dense<30>, mica::ReLU>;
  static mica::Model<Net> a, b;
  a.initialize(5);
  b.initialize(5);
  CHECK(a.hash() == b.hash());
  b.initialize(6);
  CHECK(a.hash() != b.hash());
  int equal = 0;
  for (int i = 0; i < 900; ++i) equal += a.parameters()[i] == a.parameters()[930 + i] ? 1 : 0;
  CHECK(equal < 5);
}

TEST_CASE("weights in double are those in float") {
  float w[500];
  double v[500];
  mica::KaimingNormal<>::fill(w, 20, 25, {20, 25}, {}, mica::Random(9));
  mica::KaimingNormal<>::fill(v, 20, 25, {20, 25}, {}, mica::Random(9));
  for (int i = 0; i < 500; ++i) CHECK(std::fabs(static_cast<double>(w[i]) - v[i]) <= 4e-7 * std::fabs(v[i]));
  mica::XavierUniform<>::fill(w, 20, 25, {20, 25}, {}, mica::Random(9));
  mica::XavierUniform<>::fill(v, 20, 25, {20, 25}, {}, mica::Random(9));
  for (int i = 0; i < 500; ++i) CHECK(std::fabs(static_cast<double>(w[i]) - v[i]) <= 1e-7);
}
