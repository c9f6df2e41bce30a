// Test data unlike the training data: which mean and variance should BatchNorm use?
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Net = Sequential<Input<28, 28, 1>, Dense<100>, BatchNorm<>, ReLU, Dense<50>, BatchNorm<>, ReLU, Dense<10>>;
using R = Run<Net, SGDMomentum, 64>;

enum class Change { none, brighter, fainter, noise };

// Brightness and contrast as a camera might change them: no pixel is cut off.
Digits changed(Digits digits, Change change, std::uint64_t seed) {
  std::vector<float> noise(digits.pixels.size());
  kernels::fill_normal(static_cast<int>(noise.size()), Random(seed).fork(3), 1.0f, 1.0f, noise.data());
  for (std::size_t i = 0; i < digits.pixels.size(); ++i) {
    float& pixel = digits.pixels[i];
    if (change == Change::brighter) pixel += 2.0f;
    if (change == Change::fainter) pixel = 0.2f * pixel;
    if (change == Change::noise) pixel += noise[i];
  }
  return digits;
}

// A dataset for the Reestimator.
struct Images {
  using Sample = Shape<28, 28, 1>;
  const Digits& digits;
  int size() const { return digits.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const {
    std::copy_n(digits.image(index), 784, sample);
    label = digits.label(index);
    return {};
  }
};

double with_running(const R& trained, const Digits& test) {
  auto run = std::make_unique<R>(trained);
  return 100 * run->test(test).accuracy;
}
double with_reestimated(const R& trained, const Digits& like_test, const Digits& test) {
  auto run = std::make_unique<R>(trained);
  const auto reestimator = std::make_unique<Reestimator<Net, SoftmaxCrossEntropy, 64>>();
  models::check(reestimator->run(run->model, Images{like_test}));
  return 100 * run->test(test).accuracy;
}
// Each batch of 64 by its own statistics.
double with_batch(const R& trained, const Digits& test) {
  double right = 0;
  int samples = 0;
  for (int first = 0; first + 64 <= test.size(); first += 64) {
    Digits batch;
    batch.pixels.assign(test.image(first), test.image(first) + 64 * 784);
    batch.labels.assign(test.labels.begin() + first, test.labels.begin() + first + 64);
    auto run = std::make_unique<R>(trained);
    const auto reestimator = std::make_unique<Reestimator<Net, SoftmaxCrossEntropy, 64>>();
    models::check(reestimator->run(run->model, Images{batch}));
    right += 64 * run->test(batch).accuracy;
    samples += 64;
  }
  return 100 * right / samples;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(lab.full_or_quick(10000, 3000), lab.seed);
  const Digits all_test = lab.digits.testing(2000);
  auto trained = start<R>(lab.seed);
  trained->trainer.optimizer = {0.02f, 0.9f};
  trained->train_epochs(digits, lab.full_or_quick(6, 5));
  // Half of the test data, without their labels, are what running averages are taken from anew.
  Digits halves[2];
  for (int half = 0; half < 2; ++half) {
    halves[half].pixels.assign(all_test.image(half * 1000), all_test.image(half * 1000) + 784000);
    halves[half].labels.assign(all_test.labels.begin() + half * 1000, all_test.labels.begin() + half * 1000 + 1000);
  }
  const Text names[] = {{"as in training", "như lúc huấn luyện"},
                        {"brighter", "sáng hơn"},
                        {"less contrast", "giảm tương phản"},
                        {"noise", "nhiễu"}};
  BarPlot plot{"accuracy",
               {"Test accuracy by what BatchNorm takes for mean and variance",
                "Độ chính xác theo nguồn trung bình và phương sai của BatchNorm"},
               {"accuracy, %", "độ chính xác, %"},
               {},
               {{{"running averages", "trung bình chạy"}, {}},
                {{"re-estimated", "ước lượng lại"}, {}},
                {{"of the batch", "của lô"}, {}}}};
  Table table{"accuracies",
              {"Test accuracy, %", "Độ chính xác, %"},
              {{"test data", "dữ liệu kiểm tra"}, plot.series[0].name, plot.series[1].name, plot.series[2].name},
              {}};
  double accuracy[4][3];
  for (int c = 0; c < 4; ++c) {
    const Digits like_test = changed(halves[0], static_cast<Change>(c), 1),
                 test = changed(halves[1], static_cast<Change>(c), 2);
    accuracy[c][0] = with_running(*trained, test);
    accuracy[c][1] = with_reestimated(*trained, like_test, test);
    accuracy[c][2] = with_batch(*trained, test);
    plot.groups.push_back(names[c]);
    std::vector<std::string> row = {names[c].english};
    for (int way = 0; way < 3; ++way) {
      plot.series[static_cast<std::size_t>(way)].values.push_back(accuracy[c][way]);
      row.push_back(number(accuracy[c][way]));
    }
    table.rows.push_back(row);
  }
  lab.report.show(plot);
  lab.report.show(table);
  const auto recovered = [&](int c) { return (accuracy[c][1] - accuracy[c][0]) / (accuracy[0][0] - accuracy[c][0]); };
  lab.report.find(
      {"Brighter images bring the accuracy with running averages from {} to {} %; re-estimated on images like "
       "them, without labels, it is {} %. Less contrast: {}, re-estimated {} %.",
       "Ảnh sáng hơn làm độ chính xác với trung bình chạy giảm từ {} còn {} %; ước lượng lại trên ảnh tương tự, "
       "không cần nhãn, được {} %. Giảm tương phản: {}, ước lượng lại {} %."},
      accuracy[0][0], accuracy[1][0], accuracy[1][1], accuracy[2][0], accuracy[2][1]);
  lab.report.find(
      {"Of the loss by noise it recovers {}: noise is not one shift and one factor per unit.",
       "Với nhiễu nó chỉ lấy lại được {} phần mất: nhiễu không phải là một phép dịch và một hệ số cho mỗi nút."},
      recovered(3));
  lab.report.claim_at_least(
      "hurts", {"points lost by brightness with running averages", "số điểm mất do độ sáng, trung bình chạy"},
      accuracy[0][0] - accuracy[1][0], 5);
  lab.report.claim_at_least("brightness", {"share of the loss by brightness recovered", "phần lấy lại được, độ sáng"},
                            recovered(1), 0.5);
  lab.report.claim_at_least("contrast", {"share of the loss by contrast recovered", "phần lấy lại được, độ tương phản"},
                            recovered(2), 0.5);
}

}  // namespace

const Lab batch_norm_test_time{"batch-norm-test-time",
                               {"BatchNorm at test time", "BatchNorm lúc kiểm tra"},
                               {"What if the test data are brighter, fainter or noisier than those of training?",
                                "Nếu dữ liệu kiểm tra sáng hơn, nhạt hơn hoặc nhiễu hơn thì sao?"},
                               run};

}  // namespace mica::labs
