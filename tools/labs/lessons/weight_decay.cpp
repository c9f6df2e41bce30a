// L2: the step that shrinks, and what the norm of the weights says and does not say.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Plain = Sequential<Input<28, 28, 1>, Dense<200>, ReLU, Dense<10>>;
using Normed = Sequential<Input<28, 28, 1>, Dense<200>, BatchNorm<>, ReLU, Dense<10>>;
constexpr double lambdas[] = {0, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1};

struct Point {
  double norm, error;
};

template <class Net>
double weight_norm(const Model<Net>& model) {
  ValueStatistics all;
  all.add(784 * 200, model.parameters());
  return static_cast<double>(all.norm);
}

template <class Net>
std::vector<Point> sweep(Context& lab, const Digits& digits, const Digits& test) {
  std::vector<Point> points;
  for (const double lambda : lambdas) {
    auto run = start<Run<Net, SGDMomentum>>(lab.seed);
    run->trainer.optimizer.learning_rate = 0.02f;
    run->trainer.optimizer.weight_decay = static_cast<float>(lambda);
    run->trainer.optimizer.decay_biases = false;
    run->train_epochs(digits, lab.full_or_quick(80, 30));
    points.push_back({weight_norm(run->model), run->test(test).error_percent()});
  }
  return points;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(1000, lab.seed), test = lab.digits.testing(2000);
  // The shrink step: with a gradient of 0 only (1 - rate lambda) is left.
  float weight = 2, nothing = 0;
  kernels::sgd(1, 0.1f, 0.5f, &nothing, &weight);

  const std::vector<Point> plain = sweep<Plain>(lab, digits, test), normed = sweep<Normed>(lab, digits, test);
  LinePlot norms{"norm",
                 {"Norm of the first layer's weights", "Chuẩn trọng số tầng đầu"},
                 {"lambda (0 drawn at 1e-5)", "lambda (0 vẽ tại 1e-5)"},
                 {"norm", "chuẩn"},
                 Scale::logarithmic,
                 Scale::logarithmic};
  LinePlot errors{
      "error", {"Test error", "Lỗi kiểm tra"}, norms.x, {"test error, %", "lỗi kiểm tra, %"}, Scale::logarithmic};
  Table table{"sweep",
              {"Weight norm and test error", "Chuẩn trọng số và lỗi kiểm tra"},
              {{"lambda", "lambda"},
               {"norm", "chuẩn"},
               {"error %", "lỗi %"},
               {"norm, BatchNorm", "chuẩn, BatchNorm"},
               {"error %, BatchNorm", "lỗi %, BatchNorm"}},
              {}};
  Series series[4] = {
      {{"plain", "thường"}}, {{"BatchNorm", "BatchNorm"}}, {{"plain", "thường"}}, {{"BatchNorm", "BatchNorm"}}};
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const double at = std::max(lambdas[i], 1e-5);
    series[0].add(at, plain[i].norm), series[1].add(at, normed[i].norm);
    series[2].add(at, plain[i].error), series[3].add(at, normed[i].error);
    table.rows.push_back({number(lambdas[i]), number(plain[i].norm), number(plain[i].error), number(normed[i].norm),
                          number(normed[i].error)});
  }
  norms.series = {series[0], series[1]};
  errors.series = {series[2], series[3]};
  lab.report.show(norms);
  lab.report.show(errors);
  lab.report.show(table);

  // All weights before a BatchNorm times 10, and the running averages taken with them.
  auto trained = start<Run<Normed, SGDMomentum>>(lab.seed);
  trained->train_epochs(digits, 5);
  const std::vector<float> before = trained->scores(test);
  kernels::scale(785 * 200, 10.0f, trained->model.parameters());
  auto& running = item_at<1>(trained->model.stats());
  for (float& m : running.mean.values) m *= 10;
  for (float& r : running.remainder.values) r *= 10;
  for (float& v : running.variance.values) v *= 100;
  const std::vector<float> after = trained->scores(test);
  double same = 0, difference = 0;
  for (std::size_t i = 0; i < before.size(); i += 10) {
    const auto first = static_cast<std::ptrdiff_t>(i);
    same += std::max_element(before.begin() + first, before.begin() + first + 10) - before.begin() ==
            std::max_element(after.begin() + first, after.begin() + first + 10) - after.begin();
  }
  for (std::size_t i = 0; i < before.size(); ++i)
    difference = std::max(difference, static_cast<double>(std::abs(before[i] - after[i])));
  same /= static_cast<double>(test.size());

  lab.report.find({"A weight of 2 with gradient 0 becomes {} at rate 0.1 and lambda 0.5: times 1 - 0.05.",
                   "Trọng số 2 với gradient 0 trở thành {} với tốc độ 0.1 và lambda 0.5: nhân 1 - 0.05."},
                  number(static_cast<double>(weight), 5));
  const auto best = std::min_element(plain.begin(), plain.end(), [](Point a, Point b) { return a.error < b.error; });
  lab.report.find(
      {"Without a norm layer the error is {} % at lambda 0, lowest ({} %) at lambda {}; the weights' norm falls from "
       "{} "
       "to {}.",
       "Không có tầng chuẩn hóa, lỗi là {} % khi lambda 0, thấp nhất ({} %) ở lambda {}; chuẩn trọng số giảm từ {} "
       "còn {}."},
      plain[0].error, best->error, lambdas[best - plain.begin()], plain[0].norm, plain.back().norm);
  lab.report.find(
      {"Ten times larger weights before a BatchNorm change no score by more than {} and {} of the predictions are the "
       "same: there the norm says little about what the net computes.",
       "Trọng số trước BatchNorm lớn gấp mười không làm điểm nào đổi quá {} và {} dự đoán giữ nguyên: ở đó chuẩn "
       "nói rất ít về điều mạng tính."},
      difference, same);
  lab.report.claim("shrinks", {"2 after one step of decay alone", "2 sau một bước chỉ có suy giảm"},
                   static_cast<double>(weight), 1.9 - 1e-6, 1.9 + 1e-6);
  lab.report.claim_at_most("norm-falls", {"norm at lambda 0.1 over norm at 0", "chuẩn ở lambda 0.1 chia chuẩn ở 0"},
                           plain.back().norm / plain[0].norm, 0.5);
  lab.report.claim(
      "scale-free",
      {"predictions equal with weights times 10 before BatchNorm", "dự đoán giữ nguyên khi nhân 10 trước BatchNorm"},
      same, 0.999, 1);
}

}  // namespace

const Lab weight_decay{"weight-decay",
                       {"Weight decay", "Suy giảm trọng số (L2)"},
                       {"What does L2 do to the weights, to the test error, and beside BatchNorm?",
                        "L2 làm gì với trọng số, với lỗi kiểm tra, và khi có BatchNorm?"},
                       run};

}  // namespace mica::labs
