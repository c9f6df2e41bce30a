// Inputs from 0 to 255, from 0 to 1, or with mean 0 and deviation 1.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

// "Plain large": deviation 0.1 for every weight, whatever the number of inputs; Xavier would have 0.05 here.
using Large = Normal<1, 10>;
template <class Act>
using Net = Sequential<Input<28, 28, 1>, Dense<64, Large>, Act, Dense<64, Large>, Act, Dense<10, Large>>;

Digits scaled(Digits digits, double divide, double shift) {
  for (float& pixel : digits.pixels)
    pixel = static_cast<float>(static_cast<double>(brightness_of(pixel)) / divide - shift);
  return digits;
}

struct Course {
  double first, last, accuracy;
};
template <class Act>
Course train(Context& lab, const Digits& digits, const Digits& test, Text name, LinePlot& plot) {
  auto run = start<Run<Net<Act>, SGD>>(lab.seed);
  run->trainer.optimizer.learning_rate = 0.1f;
  const int epochs = lab.full_or_quick(40, 15), per_epoch = run->steps_per_epoch(digits);
  Series series{std::move(name), {}, {}};
  Course course{0, 0, 0};
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const double first = run->step(digits);
    if (epoch == 0) course.first = first;
    course.last = (first + run->train(digits, per_epoch - 1) * (per_epoch - 1)) / per_epoch;
    series.add(epoch + 1, course.last);
  }
  course.accuracy = run->test(test).accuracy;
  plot.series.push_back(series);
  return course;
}

struct Moments {
  double mean, deviation, skewness;
};
Moments moments_of(const std::vector<float>& values) {
  double mean = 0, squares = 0, cubes = 0;
  for (const float v : values) mean += static_cast<double>(v) / static_cast<double>(values.size());
  for (const float v : values) {
    const double d = static_cast<double>(v) - mean;
    squares += d * d / static_cast<double>(values.size());
    cubes += d * d * d / static_cast<double>(values.size());
  }
  return {mean, std::sqrt(squares), cubes / std::pow(squares, 1.5)};
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(3000, lab.seed), test = lab.digits.testing(1000);
  const Digits raw = scaled(digits, 1, 0), raw_test = scaled(test, 1, 0);
  const Digits unit = scaled(digits, 255, 0), unit_test = scaled(test, 255, 0);
  LinePlot plot{"loss",
                {"Training loss", "Mất mát huấn luyện"},
                {"epoch", "vòng"},
                {"loss", "mất mát"},
                Scale::linear,
                Scale::logarithmic};
  const Course relu_raw = train<ReLU>(lab, raw, raw_test, {"ReLU, 0...255", "ReLU, 0...255"}, plot);
  const Course relu_unit = train<ReLU>(lab, unit, unit_test, {"ReLU, 0...1", "ReLU, 0...1"}, plot);
  const Course relu = train<ReLU>(lab, digits, test, {"ReLU, standardised", "ReLU, chuẩn hóa"}, plot);
  const Course sigmoid_raw = train<Sigmoid>(lab, raw, raw_test, {"sigmoid, 0...255", "sigmoid, 0...255"}, plot);
  const Course sigmoid_unit = train<Sigmoid>(lab, unit, unit_test, {"sigmoid, 0...1", "sigmoid, 0...1"}, plot);
  const Course sigmoid = train<Sigmoid>(lab, digits, test, {"sigmoid, standardised", "sigmoid, chuẩn hóa"}, plot);
  lab.report.show(plot);
  Table table{"courses",
              {"First and last loss, test accuracy", "Mất mát đầu và cuối, độ chính xác"},
              {{"inputs and activation", "đầu vào và kích hoạt"},
               {"first step", "bước đầu"},
               {"last epoch", "vòng cuối"},
               {"accuracy", "độ chính xác"}},
              {}};
  const Course* const courses[] = {&relu_raw, &relu_unit, &relu, &sigmoid_raw, &sigmoid_unit, &sigmoid};
  for (std::size_t c = 0; c < 6; ++c) {
    table.rows.push_back({plot.series[c].name.english, number(courses[c]->first), number(courses[c]->last),
                          number(courses[c]->accuracy)});
  }
  lab.report.show(table);

  const Moments before = moments_of(raw.pixels), after = moments_of(digits.pixels);
  LinePlot shape{"histogram",
                 {"Pixels in deviations from their mean: before and after are the same shape",
                  "Điểm ảnh tính theo độ lệch: trước và sau có cùng hình dạng"},
                 {"(value - mean) / deviation", "(giá trị - trung bình) / độ lệch"},
                 {"share of the pixels", "tỉ lệ điểm ảnh"},
                 Scale::linear,
                 Scale::logarithmic};
  std::vector<double> of_raw, of_standardised;
  for (const float v : raw.pixels) of_raw.push_back((static_cast<double>(v) - before.mean) / before.deviation);
  for (const float v : digits.pixels)
    of_standardised.push_back((static_cast<double>(v) - after.mean) / after.deviation);
  shape.series.push_back(histogram({"raw", "thô"}, of_raw, -1, 4, 50));
  shape.series.push_back(histogram({"standardised", "chuẩn hóa"}, of_standardised, -1, 4, 50));
  shape.series[0].style = Series::Style::line;
  shape.series[1].style = Series::Style::points;
  Series gaussian{{"a Gaussian", "phân phối chuẩn"}, {}, {}, Series::Style::dashed};
  for (double x = -1; x <= 4; x += 0.1) gaussian.add(x, 0.1 * std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979));
  shape.series.push_back(gaussian);
  lab.report.show(shape);
  lab.report.find(
      {"Skewness is {} before and {} after (a Gaussian has 0): to subtract and divide moves and stretches, it "
       "does not change the shape.",
       "Độ lệch bất đối xứng là {} trước và {} sau (phân phối chuẩn có 0): trừ và chia chỉ dời và co giãn, "
       "không đổi hình dạng."},
      before.skewness, after.skewness);
  lab.report.find(
      {"On raw pixels the ReLU net starts at a loss of {} and ends at {} with accuracy {}; the sigmoid net, whose "
       "outputs stay between 0 and 1, goes from {} to {} with accuracy {}.",
       "Với điểm ảnh thô, mạng ReLU bắt đầu ở mất mát {} và kết thúc ở {}, độ chính xác {}; mạng sigmoid, có đầu "
       "ra luôn trong 0 đến 1, đi từ {} đến {}, độ chính xác {}."},
      relu_raw.first, relu_raw.last, relu_raw.accuracy, sigmoid_raw.first, sigmoid_raw.last, sigmoid_raw.accuracy);
  lab.report.claim_at_most("relu-raw-stuck", {"accuracy: ReLU on raw pixels", "độ chính xác: ReLU với điểm ảnh thô"},
                           relu_raw.accuracy, 0.3);
  lab.report.claim_at_least("sigmoid-raw-learns",
                            {"accuracy: sigmoid on raw pixels", "độ chính xác: sigmoid với điểm ảnh thô"},
                            sigmoid_raw.accuracy, 0.4);
  lab.report.claim_at_least(
      "standardised-learn",
      {"accuracy: the worse of both, standardised", "độ chính xác: mạng tệ hơn, dữ liệu chuẩn hóa"},
      std::min(relu.accuracy, sigmoid.accuracy), 0.5);
  lab.report.claim("same-skewness", {"skewness after over before", "độ bất đối xứng sau chia trước"},
                   after.skewness / before.skewness, 0.999, 1.001);
  lab.report.claim_at_least("not-gaussian", {"skewness after", "độ bất đối xứng sau"}, after.skewness, 0.5);
}

}  // namespace

const Lab standardise{"standardise",
                      {"Standardising the inputs", "Chuẩn hóa đầu vào"},
                      {"Does it matter whether pixels run from 0 to 255 or have mean 0 and deviation 1?",
                       "Điểm ảnh từ 0 đến 255 hay có trung bình 0 và độ lệch 1 thì khác gì?"},
                      run};

}  // namespace mica::labs
