// BatchNorm normalises columns, over the batch: what a sample is told depends on the others, in training only.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

constexpr int batch = 32;
using Net = Sequential<Input<28, 28, 1>, Dense<50>, BatchNorm<>, ReLU, Dense<10>>;
using Norm = Sequential<Input<28, 28, 1>, Dense<50>, BatchNorm<>>;

// Keeps what the last layer put out.
struct Outputs : Observer {
  std::vector<float> values;
  template <int i, class Values>
  void after_layer(Values y) {
    values.assign(y.data, y.data + y.count());
  }
};

// The network's scores for image 0 in a batch with images first ... first + 30, in the training pass.
std::vector<float> in_training(const Run<Net, SGD, batch>& run, const Digits& digits, int first) {
  std::vector<float> x(digits.image(0), digits.image(0) + 784);
  x.insert(x.end(), digits.image(first), digits.image(first + batch - 1));
  const std::vector<std::uint8_t> labels(batch, 0);
  auto copy = std::make_unique<Run<Net, SGD, batch>>(run);
  copy->trainer.optimizer.learning_rate = 0;
  Outputs outputs;
  static_cast<void>(copy->trainer.step(copy->model, {x.data(), batch}, {labels.data(), batch}, outputs));
  return {outputs.values.begin(), outputs.values.begin() + 10};
}
std::vector<float> at_test_time(Run<Net, SGD, batch>& run, const Digits& digits, int first) {
  Digits some = digits.first(1);
  some.pixels.insert(some.pixels.end(), digits.image(first), digits.image(first + batch - 1));
  some.labels.resize(batch);
  const std::vector<float> scores = run.scores(some);
  return {scores.begin(), scores.begin() + 10};
}
double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, static_cast<double>(std::abs(a[i] - b[i])));
  return most;
}

// How far the running averages are from mean and variance over the whole data set.
struct Distance {
  double mean, variance;
};
Distance distance(Run<Net, SGD, batch>& run, const Digits& digits) {
  static Model<Sequential<Input<28, 28, 1>, Dense<50>>> before_norm;
  std::copy(run.model.parameters(), run.model.parameters() + 785 * 50, before_norm.parameters());
  static Predictor<Sequential<Input<28, 28, 1>, Dense<50>>, 100> predict;
  std::vector<double> sum(50, 0), squares(50, 0);
  float y[100 * 50];
  for (int first = 0; first < digits.size(); first += 100) {
    predict(before_norm, {digits.image(first), 100}, {y, 100});
    for (std::size_t i = 0; i < 5000; ++i) {
      sum[i % 50] += static_cast<double>(y[i]);
      squares[i % 50] += static_cast<double>(y[i]) * static_cast<double>(y[i]);
    }
  }
  const auto& running = item_at<1>(run.model.stats());
  Distance far{0, 0};
  for (int c = 0; c < 50; ++c) {
    const auto at = static_cast<std::size_t>(c);
    const double mean = sum[at] / digits.size(), variance = squares[at] / digits.size() - mean * mean;
    far.mean += std::abs(static_cast<double>(running.mean[c]) + static_cast<double>(running.remainder[c]) - mean) /
                std::sqrt(variance) / 50;
    far.variance += std::abs(static_cast<double>(running.variance[c]) / variance - 1) / 50;
  }
  return far;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(2000, lab.seed);
  auto run = start<Run<Net, SGD, batch>>(lab.seed);

  // Rate 0: only the running averages change, towards the data set's mean and variance.
  run->trainer.optimizer.learning_rate = 0;
  LinePlot plot{"averages",
                {"Distance of the running averages from the data set's, weights at rest",
                 "Khoảng cách từ trung bình chạy đến trung bình của tập dữ liệu, trọng số đứng yên"},
                {"step", "bước"},
                {"mean distance", "khoảng cách trung bình"},
                Scale::linear,
                Scale::logarithmic};
  Series means{{"mean, in deviations", "trung bình, tính theo độ lệch chuẩn"}, {}, {}};
  Series variances{{"variance, relative", "phương sai, tương đối"}, {}, {}};
  const Distance at_start = distance(*run, digits);
  for (int step = 0; step <= 100; ++step) {
    if (step % 5 == 0) {
      const Distance far = distance(*run, digits);
      means.add(step, far.mean);
      variances.add(step, far.variance);
    }
    run->step(digits);
  }
  plot.series = {means, variances};
  lab.report.show(plot);
  const Distance converged = distance(*run, digits);

  // Columns, not rows: in a training batch every unit has mean 0 and deviation 1 over the samples.
  struct Columns : Observer {
    double worst_mean = 0, worst_deviation = 0, row_deviation_low = 1e9, row_deviation_high = 0;
    void look(const float* y, int samples) {
      for (int c = 0; c < 50; ++c) {
        double sum = 0, squares = 0;
        for (int s = 0; s < samples; ++s) sum += static_cast<double>(y[s * 50 + c]);
        for (int s = 0; s < samples; ++s) squares += std::pow(static_cast<double>(y[s * 50 + c]) - sum / samples, 2);
        worst_mean = std::max(worst_mean, std::abs(sum / samples));
        worst_deviation = std::max(worst_deviation, std::abs(std::sqrt(squares / samples) - 1));
      }
      for (int s = 0; s < samples; ++s) {
        double sum = 0, squares = 0;
        for (int c = 0; c < 50; ++c) sum += static_cast<double>(y[s * 50 + c]);
        for (int c = 0; c < 50; ++c) squares += std::pow(static_cast<double>(y[s * 50 + c]) - sum / 50, 2);
        row_deviation_low = std::min(row_deviation_low, std::sqrt(squares / 50));
        row_deviation_high = std::max(row_deviation_high, std::sqrt(squares / 50));
      }
    }
  } columns;
  static Model<Norm> norm;
  std::copy(run->model.parameters(), run->model.parameters() + Norm::parameters, norm.parameters());
  static Trainer<Norm, MeanSquaredError, SGD, batch> trainer;
  trainer.optimizer.learning_rate = 0;
  Outputs outputs;
  const std::vector<float> target(batch * 50, 0);
  static_cast<void>(trainer.step(norm, {digits.image(0), batch}, {target.data(), batch}, outputs));
  columns.look(outputs.values.data(), batch);

  run->trainer.optimizer.learning_rate = 0.05f;
  run->train(digits, 200);
  const double others_in_training = largest_difference(in_training(*run, digits, 100), in_training(*run, digits, 500));
  const double others_at_test = largest_difference(at_test_time(*run, digits, 100), at_test_time(*run, digits, 500));

  lab.report.find(
      {"In a training batch each unit (column) has a mean within {} of 0 and a deviation within {} of 1; the "
       "deviation of a sample (row) is anything from {} to {}.",
       "Trong một lô huấn luyện, mỗi nút (cột) có trung bình cách 0 không quá {} và độ lệch cách 1 không quá "
       "{}; độ lệch của một mẫu (hàng) là bất kỳ từ {} đến {}."},
      columns.worst_mean, columns.worst_deviation, columns.row_deviation_low, columns.row_deviation_high);
  lab.report.find(
      {"The scores of one sample change by {} when the other 31 of its batch are exchanged in training, by {} "
       "at test time.",
       "Điểm của một mẫu thay đổi {} khi thay 31 mẫu còn lại của lô lúc huấn luyện, và {} lúc kiểm tra."},
      others_in_training, others_at_test);
  lab.report.find(
      {"Running means begin {} deviations away from the data set's and come within {}; variances end {} off "
       "(relative), the noise of batches of 32.",
       "Trung bình chạy bắt đầu cách trung bình tập dữ liệu {} độ lệch và đến gần còn {}; phương sai sai "
       "lệch {} (tương đối), do nhiễu của lô 32 mẫu."},
      at_start.mean, converged.mean, converged.variance);
  lab.report.claim_at_most("columns-mean", {"largest mean of a column", "trung bình lớn nhất của một cột"},
                           columns.worst_mean, 1e-3);
  lab.report.claim_at_most("columns-deviation",
                           {"largest |deviation - 1| of a column", "|độ lệch - 1| lớn nhất của một cột"},
                           columns.worst_deviation, 1e-2);
  lab.report.claim_at_least("depends",
                            {"change of a sample's scores by its batch, training", "thay đổi do lô, lúc huấn luyện"},
                            others_in_training, 0.01);
  lab.report.claim("independent", {"the same at test time", "như trên, lúc kiểm tra"}, others_at_test, 0, 0);
  lab.report.claim_at_most("means-converge", {"running means' distance, in deviations", "khoảng cách trung bình chạy"},
                           converged.mean, 0.15);
  lab.report.claim_at_most("variances-converge",
                           {"running variances' relative distance", "khoảng cách tương đối của phương sai chạy"},
                           converged.variance, 0.2);
}

}  // namespace

const Lab batch_norm{"batch-norm",
                     {"BatchNorm: columns in place of rows", "BatchNorm: theo cột thay vì theo hàng"},
                     {"Over what does BatchNorm normalise, in training and at test time?",
                      "BatchNorm chuẩn hóa theo cái gì, lúc huấn luyện và lúc kiểm tra?"},
                     run};

}  // namespace mica::labs
