// Running averages taken anew over a data set.
#include <mica/mica.hpp>

#include <cmath>
#include <cstring>
#include <vector>

#include <doctest/doctest.h>

namespace {

using Net = mica::Sequential<mica::Input<3>, mica::BatchNorm<>, mica::Dropout<1, 2>, mica::Dense<4>,
                             mica::BatchNorm<mica::Exponential<1, 2>>, mica::Dense<2>>;

// `count` samples around (1, -20, 3); one of them may be unreadable.
struct Data {
  using Sample = mica::Shape<3>;
  int count = 10, unreadable = -1;
  int size() const { return count; }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    if (index == unreadable) return mica::Status::error(mica::Status::Message() << "Sample " << index << " is torn.");
    const float middle[] = {1, -20, 3};
    const mica::Random random(static_cast<std::uint64_t>(index));
    for (int i = 0; i < 3; ++i) sample[i] = middle[i] + 4 * random.uniform(static_cast<std::uint32_t>(i));
    label = 0;
    return {};
  }
};

template <int batch>
using Reestimator = mica::Reestimator<Net, mica::SoftmaxCrossEntropy, batch>;

struct Moments {
  double mean, variance;
};

}  // namespace

TEST_CASE("the averages become those over the data, each batch weighing the same") {
  static mica::Model<Net> model{};
  static Reestimator<4> reestimator;
  model.initialize(1);
  for (int i = 0; i < Net::statistics; ++i) model.statistics()[i] = 99;  // nothing of this may survive
  const mica::Model<Net> before = model;
  REQUIRE(reestimator.run(model, Data{}).ok());
  CHECK(std::memcmp(model.parameters(), before.parameters(), sizeof(float) * Net::parameters) == 0);

  // Ten samples in batches of at most 4 are 3, 3 and 4.
  const int places[] = {0, 3, 6, 10};
  const auto& first = mica::item_at<0>(model.stats());
  const auto& second = mica::item_at<3>(model.stats());
  const auto& weight = mica::item_at<2>(model.params()).weight;
  const auto& bias = mica::item_at<2>(model.params()).bias;
  double mean[3] = {}, variance[3] = {}, mean_behind[4] = {}, variance_behind[4] = {};
  for (int b = 0; b < 3; ++b) {
    const int n = places[b + 1] - places[b];
    const auto moments_of = [n](const std::vector<double>& values) {
      Moments m{0, 0};
      for (const double v : values) m.mean += v / n;
      for (const double v : values) m.variance += std::pow(v - m.mean, 2) / n;
      return m;
    };
    std::vector<std::vector<double>> normalized(3);
    for (int i = 0; i < 3; ++i) {
      std::vector<double> x;
      for (int s = places[b]; s < places[b + 1]; ++s) {
        float sample[3];
        std::uint8_t label;
        REQUIRE(Data{}.read(s, sample, label).ok());
        x.push_back(static_cast<double>(sample[i]));
      }
      const Moments m = moments_of(x);
      mean[i] += m.mean / 3;
      variance[i] += m.variance * n / (n - 1) / 3;
      for (double v : x) normalized[static_cast<std::size_t>(i)].push_back((v - m.mean) / std::sqrt(m.variance + 1e-5));
    }
    // What the second BatchNorm sees: no dropout on the way.
    for (int j = 0; j < 4; ++j) {
      std::vector<double> y(static_cast<std::size_t>(n), static_cast<double>(bias[j]));
      for (std::size_t s = 0; s < y.size(); ++s) {
        for (int i = 0; i < 3; ++i)
          y[s] += normalized[static_cast<std::size_t>(i)][s] * static_cast<double>(weight(i, j));
      }
      const Moments m = moments_of(y);
      mean_behind[j] += m.mean / 3;
      variance_behind[j] += m.variance * n / (n - 1) / 3;
    }
  }
  for (int i = 0; i < 3; ++i) {
    CHECK(static_cast<double>(first.mean[i]) == doctest::Approx(mean[i]).epsilon(1e-6));
    CHECK(static_cast<double>(first.variance[i]) == doctest::Approx(variance[i]).epsilon(1e-5));
  }
  for (int j = 0; j < 4; ++j) {
    CHECK(std::fabs(static_cast<double>(second.mean[j]) - mean_behind[j]) < 1e-6);
    CHECK(static_cast<double>(second.variance[j]) == doctest::Approx(variance_behind[j]).epsilon(1e-5));
  }
  CHECK(first.batches == 3);
}

TEST_CASE("data that cannot be read leave the model as it was") {
  static mica::Model<Net> model{};
  static Reestimator<4> reestimator;
  model.initialize(1);
  const std::uint64_t before = model.hash();
  mica::Status status = reestimator.run(model, Data{10, 8});
  CHECK_FALSE(status.ok());
  CHECK(std::strstr(status.message(), "Sample 8 is torn") != nullptr);
  CHECK(model.hash() == before);
  status = reestimator.run(model, Data{1});
  CHECK_FALSE(status.ok());
  CHECK(std::strstr(status.message(), "at least 2") != nullptr);
  CHECK(model.hash() == before);
}

TEST_CASE("a network that was trained with few samples predicts the better for it") {
  using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;
  using Small = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<24>, mica::BatchNorm<>, mica::ReLU, mica::Dense<10>>;
  static mica::Model<Small> model{};
  static mica::Trainer<Small, mica::SoftmaxCrossEntropy, mica::SGD, 16> trainer;
  static mica::Evaluator<Small, mica::SoftmaxCrossEntropy, 16> evaluator;
  static mica::Reestimator<Small, mica::SoftmaxCrossEntropy, 16> reestimator;
  static mica::DataBatch<Small, mica::SoftmaxCrossEntropy, 16> data;
  const auto digits = Digits::training(400, 1);
  model.initialize(1);
  trainer.optimizer.learning_rate = 0.1f;
  for (int step = 0; step < 5; ++step) {
    REQUIRE(data.gather(digits, step * 16, 16, [](std::uint32_t i) { return i; }).ok());
    trainer.step(model, data.x(), data.target());
  }
  // After five steps the exponential averages are still on their way from mean 0 and variance 1.
  mica::Evaluation before, after;
  REQUIRE(evaluator.run(model, digits, before).ok());
  REQUIRE(reestimator.run(model, digits).ok());
  REQUIRE(evaluator.run(model, digits, after).ok());
  CHECK(after.loss < before.loss);
}
