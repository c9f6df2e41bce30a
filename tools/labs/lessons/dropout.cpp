// Dropout at test time: the average of many masked passes, and the one pass in its place.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

// A linear layer behind the dropout: there the scaled pass is the exact mean over all masks.
using Linear = Sequential<Input<28, 28, 1>, Dense<100>, ReLU, Dropout<1, 2>, Dense<10>>;
using Plain = Sequential<Input<28, 28, 1>, Dense<100>, ReLU, Dense<10>>;

struct Outputs : Observer {
  float y[100 * 10] = {};
  template <int i, class Values>
  void after_layer(Values values) {
    if (values.count() == 1000) std::copy_n(values.data, 1000, y);
  }
};

void run(Context& lab) {
  const int few = 500;
  const Digits digits = lab.digits.training(few, lab.seed), test = lab.digits.testing(2000);
  auto with = start<Run<Linear>>(lab.seed);
  auto without = start<Run<Plain>>(lab.seed);
  LinePlot errors{"error",
                  {"Test error on 500 training samples", "Lỗi kiểm tra với 500 mẫu huấn luyện"},
                  {"epoch", "vòng"},
                  {"test error, %", "lỗi kiểm tra, %"}};
  Series dropped{{"dropout 1/2", "dropout 1/2"}}, plain{{"without", "không dropout"}};
  const int epochs = lab.full_or_quick(100, 30);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    with->train_epochs(digits, 1);
    without->train_epochs(digits, 1);
    dropped.add(epoch, with->test(test).error_percent());
    plain.add(epoch, without->test(test).error_percent());
  }
  errors.series = {dropped, plain};

  // One digit, 100 masks a pass (each place in a batch has its own), 100 passes.
  const int sample = 0, passes = 100;
  const std::vector<float> scaled = with->scores(test.first(1));
  using R = Run<Linear, SGD, 100>;
  auto masked = start<R>(lab.seed);
  masked->model = with->model;
  masked->trainer.optimizer.learning_rate = 0;
  std::vector<float> x;
  for (int i = 0; i < 100; ++i) x.insert(x.end(), test.image(sample), test.image(sample) + 784);
  const std::vector<std::uint8_t> labels(100, test.label(sample));
  std::vector<double> sum(10, 0), squares(10, 0);
  LinePlot mean{"mean",
                {"Mean of masked passes and the scaled pass, one digit",
                 "Trung bình các lượt có mặt nạ và lượt co giãn, một chữ số"},
                {"masks", "số mặt nạ"},
                {"score of the first class", "điểm của lớp đầu"},
                Scale::logarithmic};
  Series average{{"mean of masked passes", "trung bình các lượt có mặt nạ"}},
      exact{{"scaled pass", "lượt co giãn"}, {}, {}, Series::Style::dashed};
  for (int pass = 0; pass < passes; ++pass) {
    Outputs outputs;
    static_cast<void>(masked->trainer.step(masked->model, {x.data(), 100}, {labels.data(), 100}, outputs));
    for (std::size_t i = 0; i < 1000; ++i) {
      sum[i % 10] += static_cast<double>(outputs.y[i]);
      squares[i % 10] += static_cast<double>(outputs.y[i]) * static_cast<double>(outputs.y[i]);
      const auto masks = static_cast<double>(pass * 100) + static_cast<double>(i / 10) + 1;
      if (i % 10 == 0 && (masks < 100 || i == 990)) average.add(masks, sum[0] / masks);
    }
  }
  exact.add(1, static_cast<double>(scaled[0]));
  exact.add(10000, static_cast<double>(scaled[0]));
  mean.series = {average, exact};
  double furthest = 0, spread = 0;
  for (std::size_t c = 0; c < 10; ++c) {
    const double masks = passes * 100, m = sum[c] / masks, deviation = std::sqrt(squares[c] / masks - m * m);
    furthest = std::max(furthest, std::abs(m - static_cast<double>(scaled[c])) / (deviation / std::sqrt(masks)));
    spread = std::max(spread, deviation);
  }
  lab.report.show(mean);
  lab.report.show(errors);
  lab.report.find(
      {"A single masked pass scatters by {}; the mean of 10,000 is within {} standard errors of the scaled pass in "
       "all ten scores.",
       "Một lượt có mặt nạ dao động {}; trung bình 10.000 lượt cách lượt co giãn không quá {} sai số chuẩn ở cả "
       "mười điểm."},
      spread, furthest);
  const auto tail = [](const Series& s) {
    double total = 0;
    for (std::size_t i = s.y.size() - 10; i < s.y.size(); ++i) total += s.y[i] / 10;
    return total;
  };
  lab.report.find({"Test error over the last ten epochs: {} % with, {} % without.",
                   "Lỗi kiểm tra mười vòng cuối: {} % có, {} % không dropout."},
                  tail(dropped), tail(plain));
  lab.report.claim_at_most("mean-of-masks",
                           {"mean of 10,000 masks from the scaled pass, in standard errors",
                            "trung bình 10.000 mặt nạ cách lượt co giãn, theo sai số chuẩn"},
                           furthest, 4);
  lab.report.claim_at_most("helps", {"test error with minus without dropout, points", "lỗi có trừ không dropout, điểm"},
                           tail(dropped) - tail(plain), 0.5);
}

}  // namespace

const Lab dropout{"dropout",
                  {"Dropout as an average", "Dropout như một phép lấy trung bình"},
                  {"Is the one pass at test time the mean of all masked passes, and does dropout help on little data?",
                   "Một lượt lúc kiểm tra có phải trung bình mọi lượt có mặt nạ, và dropout có giúp khi ít dữ liệu?"},
                  run};

}  // namespace mica::labs
