// Initialisation, normalisation, regularisation and optimizer: each choice depends on the others.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

template <class Norm, class Drop>
using Net = typename RepeatedOf<Sequential<Input<14, 14, 1>>, 10, Dense<50, Drawn>, Norm,
                                ReLU>::template With<Drop, Dense<10, Drawn>>;

template <class N, class Optimizer>
double error(Context& lab, const Digits& digits, const Digits& test, double variance) {
  Drawn::over_inputs = variance;
  auto run = start<Run<N, Optimizer>>(lab.seed);
  run->trainer.optimizer.learning_rate = std::is_same_v<Optimizer, SGDMomentum> ? 0.01f : 0.002f;
  run->trainer.clip_norm = 1;
  run->train_epochs(digits, lab.full_or_quick(20, 12));
  return run->test(test).error_percent();
}

constexpr double variances[] = {0.2, 2, 20};

template <class Norm, class Drop>
void rows(Context& lab, const Digits& digits, const Digits& test, Heatmap& map, Text name) {
  map.rows.push_back(std::move(name));
  map.values.emplace_back();
  for (const double variance : variances) {
    map.values.back().push_back(error<Net<Norm, Drop>, SGDMomentum>(lab, digits, test, variance));
    map.values.back().push_back(error<Net<Norm, Drop>, Adam>(lab, digits, test, variance));
  }
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(lab.full_or_quick(5000, 1000), lab.seed).halved(),
               test = lab.digits.testing(1000).halved();
  Heatmap map{"error",
              {"Test error in % of nets with 10 hidden layers", "Lỗi kiểm tra (%) của mạng 10 tầng ẩn"},
              {"normalisation, regularisation", "chuẩn hóa, điều chuẩn"},
              {"Var(w) and optimizer", "Var(w) và bộ tối ưu"}};
  for (const double variance : variances) {
    for (const char* optimizer : {"SGD", "Adam"}) {
      const std::string name = number(variance) + "/n " + optimizer;
      map.columns.push_back({name, name});
    }
  }
  rows<Identity, Dropout<0, 1>>(lab, digits, test, map, {"none", "không"});
  rows<Identity, Dropout<1, 5>>(lab, digits, test, map, {"dropout", "dropout"});
  rows<BatchNorm<>, Dropout<0, 1>>(lab, digits, test, map, {"BatchNorm", "BatchNorm"});
  rows<BatchNorm<>, Dropout<1, 5>>(lab, digits, test, map, {"BatchNorm, dropout", "BatchNorm, dropout"});
  rows<LayerNorm<>, Dropout<0, 1>>(lab, digits, test, map, {"LayerNorm", "LayerNorm"});
  rows<LayerNorm<>, Dropout<1, 5>>(lab, digits, test, map, {"LayerNorm, dropout", "LayerNorm, dropout"});
  lab.report.show(map);
  const auto spread = [&](std::size_t row) {
    return std::max(map.values[row][0], map.values[row][4]) - map.values[row][2];
  };
  lab.report.find(
      {"Under SGD a wrong variance costs up to {} points without a norm, {} with BatchNorm and {} with LayerNorm.",
       "Với SGD, phương sai sai làm mất tới {} điểm khi không chuẩn hóa, {} với BatchNorm và {} với LayerNorm."},
      spread(0), spread(2), spread(4));
  lab.report.claim_at_least(
      "start-matters",
      {"points lost by a wrong variance without a norm, SGD", "điểm mất do phương sai sai, không chuẩn hóa, SGD"},
      spread(0), 20);
  lab.report.claim_at_most(
      "norm-forgives",
      {"the same with BatchNorm, over that without", "như trên với BatchNorm, chia cho không chuẩn hóa"},
      spread(2) / spread(0), 0.5);
}

}  // namespace

const Lab interaction{"interaction",
                      {"Everything depends on everything", "Mọi lựa chọn phụ thuộc lẫn nhau"},
                      {"How do start, norm, regularisation and optimizer work together?",
                       "Khởi tạo, chuẩn hóa, điều chuẩn và bộ tối ưu tương tác thế nào?"},
                      run};

}  // namespace mica::labs
